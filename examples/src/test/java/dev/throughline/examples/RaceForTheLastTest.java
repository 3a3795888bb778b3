// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.Outbound;
import dev.throughline.consent.Grant;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Sender;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.pool.Pool;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 32 threads want the last place under a cap and the last piece of a pool: what there is goes out, and no more. */
@Timeout(120)
class RaceForTheLastTest {

    private static final int THREADS = 32;
    private static final int CUSTOMERS = 8;
    private static final int ADS = THREADS / 4;
    private static final int PIECES = 10;

    /** Decree 91/2020/ND-CP art. 13. */
    private static final int CAP = 3;

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(SMS, Sender.of("SHOP").registeredUntil(Instant.parse("2036-01-01T00:00:00Z")))
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");
    private static final Message GIFT =
            Message.transactional("gift", SHOP).on(SMS, text("Ma qua tang")).drawsOn("gifts");

    @TempDir
    private Path directory;

    /** Where the hosts keep it. */
    enum Kept {
        MEMORY,
        SQLITE,
        POSTGRESQL
    }

    @ParameterizedTest
    @EnumSource
    void reachesEveryCapAndPassesNone(Kept kept) throws Exception {
        race(kept, hosts -> {
            for (int customer = 0; customer < CUSTOMERS; customer++) {
                var her = userId("customer-" + customer);
                hosts.any().identify(her, Map.of("phone", phone(customer)));
                hosts.any()
                        .consent(her)
                        .record(Grant.of(ADVERTISING)
                                .on(SMS)
                                .shown(notice("checkout", 3))
                                .method("web form"));
            }

            hosts.atOnce(number -> {
                for (int customer = 0; customer < CUSTOMERS; customer++) {
                    hosts.of(number).track(userId("customer-" + customer), "Ad " + number % ADS, Map.of());
                }
            });

            assertThat(hosts.sms.sent().stream()
                            .collect(Collectors.groupingBy(
                                    message -> message.to().value(), Collectors.counting())))
                    .hasSize(CUSTOMERS)
                    .allSatisfy((phone, sent) -> assertThat(sent).isEqualTo(CAP));
        });
    }

    @ParameterizedTest
    @EnumSource
    void givesAwayAllPiecesOfAPoolAndNoMore(Kept kept) throws Exception {
        race(kept, hosts -> {
            hosts.atOnce(number -> {
                var her = userId("winner-" + number);
                hosts.of(number).identify(her, Map.of("phone", phone(number)));
                hosts.of(number).track(her, "Game Won", Map.of());
            });

            assertThat(hosts.sms.sent())
                    .hasSize(PIECES)
                    .extracting(Outbound::to)
                    .doesNotHaveDuplicates();
            hosts.clock.moveTo("2026-11-23T18:00+07:00"); // who met pieces that were only held has asked again by then
            Hosts.await("everybody knows", () -> IntStream.range(0, THREADS)
                    .allMatch(number -> !verdict(hosts, number).isEmpty()));
            assertThat(hosts.sms.sent()).hasSize(PIECES);
            assertThat(IntStream.range(0, THREADS).mapToObj(number -> verdict(hosts, number)))
                    .filteredOn("SKIPPED(POOL_EMPTY)"::equals)
                    .hasSize(THREADS - PIECES);
        });
    }

    private static String verdict(Running hosts, int winner) {
        return hosts.any().queries().decisions(userId("winner-" + winner)).stream()
                .map(decision -> decision.verdict().toString())
                .collect(Collectors.joining());
    }

    private interface Race {
        void run(Running hosts) throws Exception;
    }

    private void race(Kept kept, Race race) throws Exception {
        try (var hosts = new Running(kept, directory)) {
            race.run(hosts);
        }
    }

    private static String phone(int number) {
        return "+84 90 000 " + (1000 + number);
    }

    /** Two hosts on PostgreSQL, else one. */
    private static final class Running implements AutoCloseable {

        final RecordingSms sms = new RecordingSms();
        private final TestClock clock = new TestClock("2026-11-23T09:00+07:00");
        private final List<Throughline> open = new ArrayList<>();

        Running(Kept kept, Path directory) {
            Supplier<Store> stores = stores(kept, directory);
            open.add(open(stores.get()));
            if (kept == Kept.POSTGRESQL) {
                open.add(open(stores.get()));
            }
        }

        private static Supplier<Store> stores(Kept kept, Path directory) {
            if (kept == Kept.MEMORY) {
                return MemoryStore::new;
            }
            String url = Database.valueOf(kept.name()).fresh(directory);
            return () -> JdbcStore.url(url);
        }

        private Throughline open(Store store) {
            return Throughline.open(t -> {
                t.store(store)
                        .environment("production")
                        .delivery(Delivery.LIVE)
                        .channel(sms)
                        .clock(clock);
                t.policy(Policy.vietnam().doNotCall(Hosts.fresh(clock))).pool(Pool.pieces("gifts", PIECES));
                t.campaign(Campaign.named("gifts")
                        .journey(j -> j.startOn(event("Game Won")).send(GIFT, first(SMS))));
                IntStream.range(0, ADS).forEach(ad -> t.campaign(ad(ad)));
            });
        }

        private static Campaign ad(int number) {
            var message = Message.marketing("ad-" + number, SHOP).on(SMS, text("Uu dai " + number));
            return Campaign.named("ad-" + number)
                    .journey(j -> j.startOn(event("Ad " + number)).send(message, first(SMS)));
        }

        Throughline any() {
            return open.get(0);
        }

        Throughline of(int number) {
            return open.get(number % open.size());
        }

        /** Until nothing is on its way any more. */
        void atOnce(IntConsumer deed) throws Exception {
            var start = new CyclicBarrier(THREADS);
            var threads = Executors.newFixedThreadPool(THREADS);
            try {
                var done = new ArrayList<Future<?>>();
                for (int i = 0; i < THREADS; i++) {
                    int number = i;
                    done.add(threads.submit(() -> {
                        start.await();
                        deed.accept(number);
                        return null;
                    }));
                }
                for (Future<?> each : done) {
                    each.get();
                }
            } finally {
                threads.shutdown();
            }
            Hosts.await("nothing is on its way", this::quiet);
        }

        private boolean quiet() {
            var backlog = any().health().backlog();
            boolean idle = Stream.of("outbox", "sending", "inbox", "told")
                    .allMatch(name -> backlog.getOrDefault(name, 0L) == 0);
            int sent = sms.sent().size();
            Hosts.pause(Duration.ofMillis(300));
            return idle && sms.sent().size() == sent;
        }

        @Override
        public void close() {
            open.forEach(Throughline::close);
        }
    }
}
