// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.consent.Purpose.TRACKING;
import static dev.throughline.identity.Channel.SMS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Receiver;
import dev.throughline.channel.SendResult;
import dev.throughline.consent.Withdrawal;
import dev.throughline.engine.Ack;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.KillSwitch;
import dev.throughline.engine.Observer;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.Exclusion;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a host's metrics are told, and that they cannot hurt. */
@Timeout(60)
class ObserverTest {

    private static final Identity MAI = userId("mai");
    private static final Exclusion EVERYTHING = new Exclusion(Exclusion.By.EVERYTHING, "");
    private static final Pattern METRIC = Pattern.compile("\"(throughline\\.[a-z.]+)\"");

    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @Test
    void tellsOfTouchpointsVerdictsAndSends() {
        try (var throughline = opened(new Notes())) {
            greet(throughline, MAI);

            await("count throughline.touchpoints 1 {origin=LIVE}"::equals);
            await("count throughline.verdicts 1 {channel=sms, class=TRANSACTIONAL, outcome=SENT, reason=}"::equals);
            await("time throughline.send {adapter=sms, cause=, result=Accepted}"::equals);
            await("level throughline.backlog {where=outbox}"::equals);
            await(line -> line.startsWith("count throughline.rounds "));
            assertThat(told).contains("time throughline.acknowledgement {}", "time throughline.commit {}");
            assertThat(told).noneMatch(line -> line.contains("mai") || line.contains("8490"));
        }
    }

    @Test
    void tellsOfDueTimers() {
        try (var throughline = opened(new Notes(), Delivery.RECORD)) {
            throughline.identify(MAI, Map.of("phone", "+84900000001"));
            throughline.track(MAI, "Waited For", Map.of());

            await("count throughline.timers.due 1 {}"::equals);
        }
    }

    @Test
    void tellsHowOldTheOutboxIs() {
        try (var throughline = opened(new Notes())) {
            throughline.stop(EVERYTHING, KillSwitch.Mode.HOLD, "ann", "a test");
            greet(throughline, MAI);

            await("level throughline.outbox {channel=sms, lane=urgent} 1"::equals);
            await(line -> line.matches("level throughline.outbox.age \\{channel=sms, lane=urgent} [1-9][0-9]*"));
            assertThat(throughline.health().queues())
                    .singleElement()
                    .satisfies(queue -> assertThat(queue.lane()).isEqualTo("urgent"))
                    .satisfies(queue -> assertThat(queue.since()).isBefore(Instant.now()));

            throughline.release(EVERYTHING);

            await("level throughline.outbox {channel=sms, lane=urgent} 0"::equals);
            await("level throughline.outbox.age {channel=sms, lane=urgent} 0"::equals);
            assertThat(throughline.health().queues()).isEmpty();
        }
    }

    @Test
    void tellsHowLongOptOutsTake() {
        var sms = new Sms();
        try (var throughline = Throughline.open(t -> setUp(t, new Notes(), Delivery.LIVE, sms))) {
            throughline.consent(MAI).record(Withdrawal.of(ADVERTISING));
            greet(throughline, MAI);
            await("count throughline.verdicts 1 {channel=sms, class=TRANSACTIONAL, outcome=SENT, reason=}"::equals);
            assertThat(told)
                    .as("what was refused before is no news at a new address")
                    .noneMatch(line -> line.contains("optout"));

            throughline.consent(MAI).record(Withdrawal.of(TRACKING));
            await("time throughline.optout {way=withdrawal}"::equals);
            sms.reply(new Inbound("in-1", SMS, Address.phone("+84900000001"), "8088", "STOP", Instant.now()));
            await("time throughline.optout {way=reply}"::equals);
            var message = throughline.queries().decisions(MAI).get(0).message();
            throughline.unsubscribe(message.value());
            await("time throughline.optout {way=receipt}"::equals);
        }
    }

    @Test
    void goesOnWhenTheObserverThrows() {
        var notes = new Notes() {
            @Override
            public void time(String metric, Duration took, Map<String, String> tags) {
                throw new IllegalStateException("the registry is closed");
            }
        };
        try (var throughline = opened(notes)) {
            greet(throughline, MAI);
            greet(throughline, userId("lan"));

            await(line -> line.startsWith("count throughline.observer.failed "));
        }
    }

    @Test
    void waitsForNoObserver() {
        var open = new CountDownLatch(1);
        var notes = new Notes() {
            @Override
            public void count(String metric, long number, Map<String, String> tags) {
                try {
                    open.await();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        try (var throughline = opened(notes)) {
            for (int number = 0; number < 500; number++) {
                assertThat(throughline.track(userId("u" + number), "Page Viewed", Map.of()))
                        .isEqualTo(Ack.APPLIED);
            }
        }
        assertThat(open.getCount()).as("nobody had to wait for it").isOne();
    }

    @Test
    void hasNoThreadWithoutAnObserver() {
        try (var throughline = opened(null)) {
            greet(throughline, MAI);

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .contains("throughline-steps")
                    .doesNotContain("throughline-observer");
        }
    }

    @Test
    void guideListsEachMetric() throws IOException {
        String guide = Files.readString(Path.of("../docs/embedding.md"), UTF_8);
        var sources = new StringBuilder();
        for (String file : List.of("Figures", "Watch", "Turn", "Stepper", "OptOuts")) {
            sources.append(Files.readString(Path.of("src/main/java/dev/throughline/engine/" + file + ".java"), UTF_8));
        }

        assertThat(METRIC.matcher(sources).results().map(found -> "| `" + found.group(1) + "` |"))
                .hasSizeGreaterThan(12)
                .allSatisfy(row -> assertThat(guide).contains(row));
    }

    @Test
    void takesNothingBeforeItIsStarted() {
        try (var throughline = Throughline.build(t -> setUp(t, null, Delivery.LIVE))) {
            assertThatThrownBy(() -> throughline.track(MAI, "Page Viewed", Map.of()))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("not started: expected start() to be called first");
            throughline.start();
            throughline.start();

            assertThat(throughline.track(MAI, "Page Viewed", Map.of())).isEqualTo(Ack.APPLIED);
        }
    }

    @Test
    void closesWithoutHavingStarted() {
        var throughline = Throughline.build(t -> setUp(t, new Notes(), Delivery.LIVE));
        throughline.close();

        assertThatThrownBy(throughline::start).hasMessage("closed: nothing more is taken");
        assertThatThrownBy(() -> throughline.queries()).hasMessage("closed: nothing more is taken");
        assertThatThrownBy(() -> throughline.track(MAI, "Page Viewed", Map.of()))
                .hasMessage("closed: nothing more is taken");
        throughline.close();
    }

    private static void greet(Throughline throughline, Identity who) {
        throughline.identify(who, Map.of("phone", "+84900000001"));
        throughline.track(who, "Signed Up", Map.of());
    }

    private void await(Predicate<String> line) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (told.stream().noneMatch(line)) {
            assertThat(System.nanoTime() - end).as(() -> "told: " + told).isNegative();
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static Throughline opened(@Nullable Observer observer) {
        return opened(observer, Delivery.LIVE);
    }

    private static Throughline opened(@Nullable Observer observer, Delivery delivery) {
        return Throughline.open(t -> setUp(t, observer, delivery));
    }

    private static void setUp(Setup setup, @Nullable Observer observer, Delivery delivery) {
        setUp(setup, observer, delivery, new Sms());
    }

    private static void setUp(Setup setup, @Nullable Observer observer, Delivery delivery, Sms sms) {
        var shop = Brand.named("Shop").sender(SMS, "SHOP");
        var news = Message.transactional("news", shop).on(SMS, text("Hi"));
        setup.store(new MemoryStore())
                .environment("test")
                .delivery(delivery)
                .policy(Policy.base())
                .channel(sms)
                .campaign(Campaign.named("news")
                        .journey(j -> j.startOn(event("Signed Up")).send(news, first(SMS))))
                .campaign(Campaign.named("later").journey(j -> j.startOn(event("Waited For"))
                        .delay(Duration.ofMillis(1))
                        .send(news, first(SMS))));
        if (observer != null) {
            setup.observer(observer);
        }
    }

    private class Notes implements Observer {
        @Override
        public void count(String metric, long number, Map<String, String> tags) {
            told.add("count " + metric + " " + number + " " + tags);
        }

        @Override
        public void time(String metric, Duration took, Map<String, String> tags) {
            assertThat(took).isPositive();
            told.add("time " + metric + " " + tags);
        }

        @Override
        public void level(String metric, long value, Map<String, String> tags) {
            told.add("level " + metric + " " + tags);
            told.add("level " + metric + " " + tags + " " + value);
        }
    }

    private static final class Sms implements ChannelAdapter {

        private @Nullable Receiver receiver;

        void reply(Inbound inbound) {
            requireNonNull(receiver)
                    .receive(new Callback(CallbackAnswer.text(200, ""), List.of(), List.of(inbound)))
                    .toCompletableFuture()
                    .join();
        }

        @Override
        public void listen(Receiver where) {
            receiver = where;
        }

        @Override
        public String id() {
            return "sms";
        }

        @Override
        public Channel channel() {
            return SMS;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            return CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));
        }
    }
}
