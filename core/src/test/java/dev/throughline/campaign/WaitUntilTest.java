// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.JourneyNote.Change.EXITED;
import static dev.throughline.campaign.JourneyNote.Change.STARTED;
import static dev.throughline.campaign.Way.START;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.property;
import static dev.throughline.segment.Conditions.sum;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Input;
import dev.throughline.segment.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Waiting until a condition holds. */
class WaitUntilTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void conditionThatHoldsAlreadyIsNotWaitedFor() {
        var way =
                Way.through(waiting(trait("gold").is(true))).trait("gold", true).does("Product Added");

        assertThat(path(way)).isEqualTo("0.met.0");
        assertThat(way.timers()).containsOnlyKeys(way.instances().get(0).timer());
    }

    @Test
    void traitThatIsIdentifiedWakesAtOnce() {
        var way = Way.through(waiting(trait("gold").is(true))).does("Product Added");
        assertThat(path(way)).isEqualTo("0");

        assertThat(path(way.waiting(HOUR).trait("gold", true))).isEqualTo("0.met.0");
    }

    @Test
    void eventThatFillsAWindowWakesAtOnce() {
        var way = Way.through(waiting(count("Order Completed").atLeast(2))).does("Product Added");
        assertThat(path(way.does("Order Completed"))).isEqualTo("0");

        assertThat(path(way.does("Order Completed"))).isEqualTo("0.met.0");
    }

    @Test
    void conditionThatDoesNotHoldInTimeTimesOut() {
        var way = Way.through(waiting(trait("gold").is(true))).does("Product Added");

        assertThat(path(way.waiting(DAY.minusNanos(1)))).isEqualTo("0");
        assertThat(path(way.waiting(Duration.ofNanos(1)))).isEqualTo("0.timeout.0");
    }

    @Test
    void occurrenceThatFallsOutOfItsWindowWakesByTimer() {
        var quiet = count("Order Completed").within(Duration.ofHours(3)).below(1);
        var way = Way.through(waiting(quiet))
                .does("Order Completed")
                .waiting(HOUR)
                .does("Product Added")
                .does("Order Completed");
        assertThat(way.timers()).containsValue(START.plus(Duration.ofHours(3)));

        // The first order falls out, the second one is in still; then it falls out, too.
        assertThat(path(way.waiting(Duration.ofHours(2)))).isEqualTo("0");
        assertThat(way.timers()).containsValue(START.plus(Duration.ofHours(4)));
        assertThat(path(way.waiting(HOUR))).isEqualTo("0.met.0");
    }

    @Test
    void sumWakesWhenItsDayFallsOut() {
        var little = sum("Order Completed", "total").within(DAY).below(100);
        var way = Way.through(waiting(little))
                .does("Order Completed", Map.of("total", 100))
                .does("Product Added");

        // Days are those of UTC: the day that began at 00:00 has fallen out a day later.
        assertThat(way.timers()).containsValue(Instant.parse("2026-11-24T00:00:00Z"));
        assertThat(path(way.waiting(Duration.ofHours(21)))).isEqualTo("0.met.0");
    }

    @Test
    void timerThatFiresEarlyOrTwiceChangesNothing() {
        var way = Way.through(waiting(trait("gold").is(true))).does("Product Added");
        var before = way.instances();

        way.input(new Input.Due("early", before.get(0).timer(), START.plus(HOUR)));

        assertThat(way.instances()).isEqualTo(before);
        assertThat(way.timers()).containsValue(START.plus(DAY));
    }

    @Test
    void exitIsImmediateMeanwhile() {
        var campaign = Campaign.named("c").journey(j -> j.startOn(new EventRule("Product Added", null))
                .exitOn(new EventRule("Order Completed", null))
                .waitUntil(trait("gold").is(true), DAY, met -> {}, timeout -> {}));
        var way = Way.through(campaign).does("Product Added").does("Order Completed");

        assertThat(way.changes()).containsExactly(STARTED, EXITED);
        assertThat(way.timers()).isEmpty();
    }

    @Test
    void traitThatAnotherJourneySetsWakes() {
        var setting = Campaign.named("vip")
                .journey(j -> j.startOn(new EventRule("Order Completed", null)).setTrait("gold", true));
        var way = Way.through(waiting(trait("gold").is(true)), setting)
                .does("Product Added")
                .does("Order Completed");

        assertThat(path(way)).isEqualTo("0.met.0");
    }

    @Test
    void refusesAConditionAboutAnEvent() {
        assertThatThrownBy(() -> waiting(property("total").atLeast(1)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "campaign 'c': waitUntil property 'total' >= 1 looks at an event, expected a condition about the customer,"
                                + " or an event with a condition");
    }

    private static String path(Way way) {
        return way.instances().get(0).path();
    }

    private static Campaign waiting(Condition condition) {
        return Campaign.named("c").journey(j -> j.startOn(new EventRule("Product Added", null))
                .waitUntil(condition, DAY, met -> met.delay(HOUR), timeout -> timeout.delay(HOUR)));
    }
}
