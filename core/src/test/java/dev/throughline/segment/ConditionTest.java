// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.property;
import static dev.throughline.segment.Conditions.sum;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.customer.Context;
import dev.throughline.customer.Customer;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Profile;
import dev.throughline.customer.Slice;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is true of a customer, at each edge of its time. */
class ConditionTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final CustomerId MAI = CustomerId.of(NOW, "mai");

    private final Map<String, Object> traits = new TreeMap<>();
    private Map<String, Object> event = Map.of();
    private Behaviour behaviour = Behaviour.NONE;
    private Instant now = NOW;

    // Values.

    @Test
    void numbersAreComparedBySize() {
        traits.put("points", 3L);

        assertThat(holds(trait("points").is(3))).isTrue();
        assertThat(holds(trait("points").is(3.0))).isTrue();
        assertThat(holds(trait("points").is(new BigDecimal("3.00")))).isTrue();
        assertThat(holds(trait("points").is("3"))).isFalse();
        assertThat(holds(trait("points").atLeast(3))).isTrue();
        assertThat(holds(trait("points").atLeast(3.1))).isFalse();
        assertThat(holds(trait("points").below(3))).isFalse();
        assertThat(holds(trait("points").below(3.1))).isTrue();
    }

    @Test
    void absentValueIsNothing() {
        assertThat(holds(trait("gold").is(true))).isFalse();
        assertThat(holds(trait("gold").exists())).isFalse();
        assertThat(holds(trait("gold").atLeast(0))).isFalse();
        assertThat(holds(trait("gold").below(0))).isFalse();
        assertThat(holds(trait("gold").exists().negate())).isTrue();
    }

    @Test
    void textIsNoNumber() {
        traits.put("points", "12");

        assertThat(holds(trait("points").atLeast(1))).isFalse();
    }

    @Test
    void propertyIsOfTheEventAtHand() {
        event = Map.of("total", new BigDecimal("99.99"));

        assertThat(holds(property("total").atLeast(99.99))).isTrue();
        assertThat(holds(property("total").atLeast(100))).isFalse();
    }

    @Test
    void conditionsCombine() {
        traits.put("gold", true);

        assertThat(holds(trait("gold").is(true).and(trait("age").exists()))).isFalse();
        assertThat(holds(trait("gold").is(true).or(trait("age").exists()))).isTrue();
        assertThat(holds(trait("gold").is(true).and(trait("age").exists().negate())))
                .isTrue();
    }

    @Test
    void textIsCanonical() {
        var condition =
                trait("city").is("Huế").and(count("Order Completed").within(DAY).atLeast(2));

        assertThat(condition).hasToString("(trait 'city' is 'Huế' and count of 'Order Completed' within 1 day >= 2)");
        assertThat(sum("Order Completed", "total").minus("Order Refunded").below(new BigDecimal("1E+3")))
                .hasToString("sum of 'total' of 'Order Completed' minus 'Order Refunded' within 400 days < 1000");
    }

    // Windows.

    @Test
    void windowReachesFromJustAfterItsStartToItsEnd() {
        var condition = count("Visited").within(DAY).atLeast(1);
        happened(condition, "Visited", NOW.minus(DAY), Map.of());
        assertThat(holds(condition)).isFalse();

        happened(condition, "Visited", NOW.minus(DAY).plusSeconds(1), Map.of());
        assertThat(holds(condition)).isTrue();

        now = NOW.plusSeconds(1);
        assertThat(holds(condition)).isFalse();
    }

    @Test
    void eventOfThisVeryInstantCounts() {
        var condition = count("Visited").within(DAY).exactly(1);
        happened(condition, "Visited", NOW, Map.of());

        assertThat(holds(condition)).isTrue();
    }

    @Test
    void eventOfAClockThatIsFastCountsAtOnce() {
        var condition = count("Visited").within(DAY).exactly(1);
        happened(condition, "Visited", NOW.plusSeconds(2), Map.of());

        assertThat(holds(condition)).isTrue();
    }

    @Test
    void lateEventCountsByItsOwnTime() {
        var condition = count("Visited").within(DAY).exactly(2);
        happened(condition, "Visited", NOW, Map.of());
        happened(condition, "Visited", NOW.minus(DAY).plusSeconds(1), Map.of());

        assertThat(holds(condition)).isTrue();
    }

    @Test
    void countsTheLastHundredOccurrences() {
        var condition = count("Visited").atLeast(100);
        for (int i = 0; i < 150; i++) {
            happened(condition, "Visited", NOW.minusSeconds(i), Map.of());
        }

        assertThat(holds(condition)).isTrue();
        now = NOW.plus(Duration.ofDays(400)).minusSeconds(50);
        assertThat(holds(count("Visited").exactly(50))).isTrue();
    }

    @Test
    void twoWindowsOfOneEventShareWhatIsRemembered() {
        var day = count("Visited").within(DAY).exactly(1);
        var week = count("Visited").within(DAY.multipliedBy(7)).exactly(2);
        var both = day.and(week);
        happened(both, "Visited", NOW, Map.of());
        happened(both, "Visited", NOW.minus(DAY.multipliedBy(2)), Map.of());

        assertThat(holds(both)).isTrue();
        assertThat(behaviour.series()).hasSize(1);
    }

    @Test
    void sumAddsDecimalsExactly() {
        var condition = sum("Bought", "total").exactly(new BigDecimal("0.3"));
        happened(condition, "Bought", NOW, Map.of("total", 0.1));
        happened(condition, "Bought", NOW, Map.of("total", 0.2));

        assertThat(holds(condition)).isTrue();
    }

    @Test
    void sumLessAnotherEventMayBeNegative() {
        var condition = sum("Bought", "total").minus("Returned").below(0);
        happened(condition, "Bought", NOW, Map.of("total", 10));
        assertThat(holds(condition)).isFalse();

        happened(condition, "Returned", NOW, Map.of("total", 11));
        assertThat(holds(condition)).isTrue();
    }

    @Test
    void sumLeavesOutWhatIsNoNumber() {
        var condition = sum("Bought", "total").exactly(0);
        happened(condition, "Bought", NOW, Map.of("total", "10"));
        happened(condition, "Bought", NOW, Map.of());

        assertThat(holds(condition)).isTrue();
    }

    @Test
    void sumCountsWholeDays() {
        var condition = sum("Bought", "total").within(DAY.multipliedBy(2)).atLeast(10);
        happened(condition, "Bought", Instant.parse("2026-11-22T00:00:00Z"), Map.of("total", 10));
        assertThat(holds(condition)).isTrue();

        now = Instant.parse("2026-11-23T23:59:59Z");
        assertThat(holds(condition)).isTrue();

        now = Instant.parse("2026-11-24T00:00:00Z");
        assertThat(holds(condition)).isFalse();
    }

    @Test
    void sumOfALateDayIsKeptInItsPlace() {
        var random = new Random(3);
        var condition = sum("Bought", "total").atLeast(0);
        long expected = 0;
        for (int i = 0; i < 500; i++) {
            int days = random.nextInt(300);
            happened(condition, "Bought", NOW.minus(DAY.multipliedBy(days)), Map.of("total", i));
            expected += i;
        }

        assertThat(holds(sum("Bought", "total").exactly(expected))).isTrue();
        long[] at = behaviour.series().get(0).at();
        assertThat(at).isSorted();
        assertThat(Arrays.stream(at).distinct().count()).isEqualTo(at.length);
    }

    @Test
    void historyFillsWindowsAsNewsDoes() {
        var condition = count("Visited").exactly(1);
        apply(condition, touchpoint("Visited", NOW, Map.of(), Origin.HISTORY));

        assertThat(holds(condition)).isTrue();
    }

    @Test
    void behaviourSurvivesItsBytes() {
        var condition = count("Visited")
                .atLeast(1)
                .and(sum("Bought", "total").minus("Returned").atLeast(1));
        happened(condition, "Visited", NOW, Map.of());
        happened(condition, "Bought", NOW, Map.of("total", 0.000001));
        happened(condition, "Returned", NOW.minus(DAY), Map.of("total", 7));

        var back = Behaviour.CODEC.decode(Behaviour.CODEC.encode(behaviour));

        assertThat(back).usingRecursiveComparison().isEqualTo(behaviour);
    }

    @Test
    void refusesAWindowThatIsNoneOrTooLong() {
        for (Duration time :
                List.of(Duration.ZERO, DAY.negated(), Duration.ofDays(400).plusNanos(1))) {
            assertThatThrownBy(() -> count("Visited").within(time))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("window of 'Visited': " + time + ", expected more than none and at most 400 days");
        }
    }

    private boolean holds(Condition condition) {
        var customer = new Customer(MAI, new Profile(traits), List.of(), List.of(), List.of());
        return condition.test(new Condition.Facts(customer, behaviour, event, now));
    }

    private void happened(Condition condition, String name, Instant at, Map<String, ?> properties) {
        apply(condition, touchpoint(name, at, properties, Origin.LIVE));
    }

    private void apply(Condition condition, Touchpoint touchpoint) {
        var slice = new BehaviourSlice(condition.windows().toList());
        var customer = new Customer(MAI, new Profile(traits), List.of(), List.of(), List.of());
        var input = new Input.Told("told", Key.of(touchpoint.identity()), new Observed(touchpoint));
        behaviour = slice.apply(behaviour, new Context(customer, new NoParts(), now), input, new Effects());
    }

    private Touchpoint touchpoint(String name, Instant at, Map<String, ?> properties, Origin origin) {
        return new Touchpoint(
                "t",
                Touchpoint.Call.TRACK,
                name,
                List.of(Identity.userId("mai")),
                at,
                now,
                new TreeMap<>(properties),
                "web",
                origin);
    }

    private static final class NoParts implements Context.Parts {
        @Override
        public <T> T of(Slice<T> slice) {
            throw new UnsupportedOperationException("the behaviour looks at no other slice");
        }
    }
}
