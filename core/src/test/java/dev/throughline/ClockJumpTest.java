// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.consent.Grant;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A clock that jumps back by an hour and forward again while work is under way. */
@Timeout(60)
class ClockJumpTest {

    private static final Instant START = Instant.parse("2026-11-23T03:00:00Z");
    private static final int CUSTOMERS = 30;

    /** A second less than an hour: what is an hour late when it is stepped starts no journey. */
    private static final Duration BACK = hours(1).minusSeconds(1);

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(EMAIL, "news@shop.example")
            .postalAddress("1 Street, Hanoi")
            .optOutByWeb("https://shop.example/u/")
            .optOutByCall("1900 0000");

    private final Queue<MessageId> sent = new ConcurrentLinkedQueue<>();
    private volatile Instant now = START;
    private final Throughline throughline = Throughline.open(t -> t.store(new MemoryStore())
            .environment("test")
            .delivery(Delivery.LIVE)
            .clock(() -> now)
            .channel(new Taking())
            .policy(Policy.vietnam())
            .campaign(Campaign.named("reminders").journey(j -> j.startOn(event("Product Added"))
                    .delay(hours(1))
                    .send(Message.transactional("reminder", SHOP).on(EMAIL, mail("Tea", "<p>Tea</p>")), first(EMAIL))))
            .campaign(Campaign.named("offers").journey(j -> j.startOn(event("Sale Announced"))
                    .keyedBy("sale")
                    .send(
                            Message.marketing("offer", SHOP)
                                    .validFor(Duration.ofDays(3))
                                    .on(EMAIL, mail("Tea", "<p>Tea</p>")),
                            first(EMAIL)))));

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void losesAndDoublesNothingAndFiresEachTimerOnce() throws InterruptedException {
        var over = new AtomicBoolean();
        var jumping = new Thread(() -> {
            for (int jump = 0; !over.get(); jump++) {
                now = jump % 2 == 0 ? START.minus(BACK) : START;
                pause();
            }
        });
        jumping.start();
        for (int number = 0; number < CUSTOMERS; number++) {
            basket(number);
        }
        over.set(true);
        jumping.join();

        for (Duration later : List.of(hours(1), hours(0), hours(2), hours(1), hours(2))) {
            now = START.plus(later);
            pause();
        }
        until(() -> {
            now = now.plus(Duration.ofMinutes(1)); // what had lain too long is decided again a little later
            return decisions().size() >= CUSTOMERS;
        });
        until(this::isQuiet);

        assertThat(decisions()).hasSize(CUSTOMERS);
        assertThat(decisions())
                .allSatisfy(decision -> assertThat(decision.verdict()).isEqualTo(Verdict.SENT));
        assertThat(sent.stream().collect(groupingBy(id -> id, counting())).values())
                .hasSize(CUSTOMERS)
                .containsOnly(1L);
        for (int number = 0; number < CUSTOMERS; number++) {
            assertThat(throughline.queries().timeline(who(number)))
                    .extracting(Touchpoint::name)
                    .contains("Product Added");
        }
        assertThat(throughline.deadLetters().all()).isEmpty();
    }

    @Test
    void capsHold() throws InterruptedException {
        var mai = userId("mai");
        throughline.identify(mai, Map.of("email", "mai@example.com"));
        throughline.consent(mai).record(Grant.of(ADVERTISING).on(EMAIL).shown(notice("checkout", 3)));
        now = START.plus(hours(1));
        sales(mai, "a", "b");
        now = START;
        sales(mai, "c", "d");
        now = START.plus(hours(1));
        sales(mai, "e", "f");

        until(() -> {
            now = now.plus(Duration.ofMinutes(1)); // what had lain too long is decided again a little later
            return sent.size() >= 3;
        });
        now = START.plus(hours(12));
        until(this::isQuiet);
        assertThat(sent).as("the law allows three in 24 hours").hasSize(3);

        now = START.plus(hours(27));
        until(() -> throughline.queries().decisions(mai).size() == 6);
        assertThat(throughline.queries().decisions(mai))
                .allSatisfy(decision -> assertThat(decision.verdict()).isEqualTo(Verdict.SENT));
        assertThat(sent).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void healthTellsThatTheClockWasSet() {
        assertThat(throughline.health().clock()).isEmpty();

        now = START.minus(hours(1));
        assertThat(throughline.health().clock()).matches("this host's clock was set back by 36\\d\\d s");

        now = START;
        assertThat(throughline.health().clock()).matches("this host's clock was set forward by 3[56]\\d\\d s");
    }

    private void basket(int number) {
        insist(() -> throughline.identify(who(number), Map.of("email", number + "@example.com")));
        insist(() -> throughline.track(who(number), "Product Added", Map.of()));
    }

    /** A stamp of before a jump lies ahead of the clock behind it: it is refused, and handed in again. */
    private static void insist(Runnable call) {
        while (true) {
            try {
                call.run();
                return;
            } catch (ThroughlineException ahead) {
                assertThat(ahead).hasMessageContaining("expected no later than");
            }
        }
    }

    private void sales(Identity who, String... names) {
        for (String name : names) {
            throughline.track(who, "Sale Announced", Map.of("sale", name));
        }
    }

    private List<Decision> decisions() {
        var all = new ArrayList<Decision>();
        for (int number = 0; number < CUSTOMERS; number++) {
            all.addAll(throughline.queries().decisions(who(number)));
        }
        return all;
    }

    private boolean isQuiet() {
        var backlog = throughline.health().backlog();
        return backlog.get("outbox") + backlog.get("sending") + backlog.get("told") == 0;
    }

    private static Identity who(int number) {
        return userId("KH-" + number);
    }

    private static void until(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Taking implements ChannelAdapter {
        @Override
        public String id() {
            return "taking";
        }

        @Override
        public Channel channel() {
            return EMAIL;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            sent.add(message.id());
            return CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));
        }
    }
}
