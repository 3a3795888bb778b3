// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.called;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.CallBuilder;
import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.HostFunction;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Explanation;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Code of the host that journeys call, in real time. */
class HostFunctionTest {

    private static final Identity MAI = userId("mai");
    private static final Identity LAN = userId("lan");

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void release() {
        end.countDown();
    }

    @Test
    void answerComesBackToTheJourney() {
        try (var throughline =
                open(call -> {}, call -> Map.of("ok", true, "who", call.userId().orElse("")))) {
            throughline.track(MAI, "Go", Map.of());

            awaits(throughline, MAI, "journey ended (GOOD)");
        }
    }

    @Test
    void throwingIsTriedAgainUntilItWorks() {
        try (var throughline = open(call -> {}, call -> {
            if (calls.incrementAndGet() < 3) {
                throw new java.io.IOException("the stock is away");
            }
            return Map.of("ok", true);
        })) {
            throughline.track(MAI, "Go", Map.of());

            awaits(throughline, MAI, "journey ended (GOOD)");
            assertThat(lines(throughline, MAI))
                    .contains(
                            "function called (reserve: step 0, attempt 1: THREW, java.io.IOException)",
                            "function called (reserve: step 0, attempt 2: THREW, java.io.IOException)",
                            "function called (reserve: step 0, attempt 3: answered)");
        }
    }

    @Test
    void libraryThatIsNotThereIsAFailedAttempt() {
        try (var throughline = open(call -> call.attempts(1), call -> {
            throw new NoClassDefFoundError("org/example/Stock");
        })) {
            throughline.track(MAI, "Go", Map.of());

            awaits(throughline, MAI, "journey left (CALL_FAILED)");
        }
    }

    @Test
    void oneThatHangsIsGivenUpAndHoldsUpNobodyElse() {
        try (var throughline = open(call -> call.attempts(2), this::hang)) {
            throughline.track(MAI, "Go", Map.of());
            throughline.track(LAN, "Other", Map.of());

            awaits(throughline, LAN, "other", "journey ended (GOOD)");
            awaits(throughline, MAI, "journey left (CALL_FAILED)");
            assertThat(lines(throughline, MAI))
                    .contains(
                            "function called (reserve: step 0, attempt 1: TIMEOUT)",
                            "function called (reserve: step 0, attempt 2: TIMEOUT)");
        }
    }

    @Test
    void noMoreCallsAreUnderWayThanTheHostAllows() {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        HostFunction counting = call -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            Thread.sleep(5);
            underWay.decrementAndGet();
            return Map.of("ok", true);
        };
        try (var throughline = open(call -> call.deadline(Duration.ofSeconds(10)), counting)) {
            for (int i = 0; i < 40; i++) {
                throughline.track(userId("kh-" + i), "Go", Map.of());
            }

            awaits(throughline, userId("kh-39"), "journey ended (GOOD)");
            assertThat(most.get()).isEqualTo(2);
        }
    }

    @Test
    void lateAnswerMeansNothing() {
        var keys = new ConcurrentLinkedQueue<String>();
        HostFunction late = call -> {
            keys.add(call.key());
            if (calls.incrementAndGet() == 1) {
                hang(call);
                return Map.of("ok", false);
            }
            end.countDown();
            return Map.of("ok", true);
        };
        try (var throughline = open(call -> {}, late)) {
            throughline.track(MAI, "Go", Map.of());

            awaits(throughline, MAI, "journey ended (GOOD)");
            assertThat(keys).hasSize(2).containsOnly(keys.peek());
        }
    }

    @Test
    void exitWhileItIsCalledEndsTheJourney() {
        try (var throughline = open(call -> call.deadline(Duration.ofSeconds(30)), this::hang)) {
            throughline.track(MAI, "Go", Map.of());
            throughline.track(MAI, "Stop", Map.of());
            end.countDown();

            assertThat(lines(throughline, MAI)).contains("journey left (Stop)");
        }
    }

    @Test
    void closingDoesNotWaitForOneThatHangs() {
        var throughline = open(call -> call.deadline(Duration.ofMinutes(10)), this::hang);
        throughline.track(MAI, "Go", Map.of());
        long before = System.nanoTime();
        throughline.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void executorOfTheHostRunsIt() {
        var names = new ConcurrentLinkedQueue<String>();
        HostFunction naming = call -> {
            names.add(Thread.currentThread().getName());
            return Map.of("ok", true);
        };
        try (var throughline = Throughline.open(
                t -> setup(t, call -> {}, naming).executor(work -> new Thread(work, "of the host").start()))) {
            throughline.track(MAI, "Go", Map.of());

            awaits(throughline, MAI, "journey ended (GOOD)");
            assertThat(names).containsExactly("of the host");
        }
    }

    @Test
    void catalogueThatHangsHoldsUpNobodyElseAndTheMessageIsSkipped() {
        var shop = Brand.named("Shop").sender(SMS, "SHOP");
        var tea = Message.transactional("tea", shop).on(SMS, text("{{ product.name }}"));
        try (var throughline = Throughline.open(t -> setup(t, call -> {}, call -> Map.of("ok", true))
                .channel(new RecordingChannel(SMS, InstantSource.system()))
                .catalogue(id -> {
                    hang(id);
                    return Optional.empty();
                })
                .campaign(Campaign.named("tea")
                        .journey(j -> j.startOn(event("View")).send(tea, first(SMS)))))) {
            throughline.identify(MAI, Map.of("phone", "+84900000001"));
            throughline.track(MAI, "View", Map.of("product_id", "TEA-6"));
            throughline.track(LAN, "Go", Map.of());

            awaits(throughline, LAN, "journey ended (GOOD)");
            awaits(throughline, MAI, "tea", "tea (sms): SKIPPED(NO_PRODUCT)");
            assertThat(lines(throughline, MAI, "tea")).contains("function called (catalogue: step 0, leg 1: TIMEOUT)");
        }
    }

    @Test
    void refusesAMessageThatTellsAProductWithoutACatalogue() {
        var shop = Brand.named("Shop").sender(SMS, "SHOP");
        var tea = Message.transactional("tea", shop).on(SMS, text("{{ product.name }}"));

        assertThatThrownBy(
                        () -> Throughline.open(t -> base(t).channel(new RecordingChannel(SMS, InstantSource.system()))
                                .campaign(Campaign.named("tea")
                                        .journey(j -> j.startOn(event("View")).send(tea, first(SMS))))))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("Throughline cannot be opened; it needs\n"
                        + "  - campaign 'tea': a catalogue, because a message of it tells a product");
    }

    @Test
    void refusesAProfileSourceThatCouldTellNothingOrAddresses() {
        assertThatThrownBy(() -> new Setup().profileSource(customer -> Map.of(), hours(1)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "profile source of [], fresh for PT1H: expected at least one trait that is no address, and no"
                                + " negative time");
        assertThatThrownBy(() -> new Setup().profileSource(customer -> Map.of(), hours(1), "email"))
                .isInstanceOf(ThroughlineException.class);
    }

    @Test
    void refusesACampaignWhoseFunctionsAreNotRegistered() {
        assertThatThrownBy(() -> Throughline.open(t -> base(t).function("print", call -> Map.of())
                        .campaign(Campaign.named("one")
                                .journey(j ->
                                        j.startOn(event("Go")).call("reserve").call("weigh")))))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("""
                        Throughline cannot be opened; it needs
                          - campaign 'one': a function 'reserve', have [print]
                          - campaign 'one': a function 'weigh', have [print]""");
    }

    @Test
    void refusesAFunctionThatIsRegisteredTwiceOrNeverCalled() {
        var setup = new Setup().function("print", call -> Map.of());

        assertThatThrownBy(() -> setup.function("print", call -> Map.of()))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("function 'print' is registered already, expected one of a name");
        assertThatThrownBy(() -> setup.function("weigh", 0, call -> Map.of()))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("function 'weigh': 0 at once, expected 1 to 1000");
    }

    /** Does not listen to interruptions, as the worst do not. */
    private Map<String, Object> hang(Object call) {
        boolean over = false;
        while (!over) {
            try {
                end.await();
                over = true;
            } catch (InterruptedException ignored) {
                over = end.getCount() == 0;
            }
        }
        return Map.of();
    }

    private Throughline open(Consumer<CallBuilder> how, HostFunction function) {
        return Throughline.open(t -> setup(t, how, function));
    }

    private static Setup setup(Setup setup, Consumer<CallBuilder> how, HostFunction function) {
        return base(setup)
                .function("reserve", 2, function)
                .function("other", call -> Map.of("ok", true))
                .campaign(campaign("one", "Go", "reserve", how))
                .campaign(campaign("other", "Other", "other", call -> {}));
    }

    private static Campaign campaign(String name, String start, String function, Consumer<CallBuilder> how) {
        return Campaign.named(name).journey(j -> j.startOn(event(start))
                .exitOn(event("Stop"))
                .call(function, call -> {
                    call.as("stock").backoff(Duration.ofMillis(20)).deadline(Duration.ofMillis(200));
                    how.accept(call);
                })
                .branch(called("stock.ok").is(true), good -> good.end("GOOD"), bad -> bad.delay(hours(1))));
    }

    private static Setup base(Setup setup) {
        return setup.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base());
    }

    private static void awaits(Throughline throughline, Identity who, String line) {
        awaits(throughline, who, "one", line);
    }

    private static void awaits(Throughline throughline, Identity who, String campaign, String line) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!lines(throughline, who, campaign).contains(line)) {
            assertThat(System.nanoTime())
                    .as(() -> "waiting for '" + line + "' among " + lines(throughline, who, campaign))
                    .isLessThan(until);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> lines(Throughline throughline, Identity who) {
        return lines(throughline, who, "one");
    }

    private static List<String> lines(Throughline throughline, Identity who, String campaign) {
        return throughline.explain(who, campaign).lines().stream()
                .map(Explanation.Line::english)
                .toList();
    }
}
