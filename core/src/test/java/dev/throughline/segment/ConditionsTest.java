// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.customer.Customer;
import dev.throughline.customer.Profile;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    @Test
    void tellsItsTimeInDays() {
        assertThat(count("Order Completed").atLeast(2)).hasToString("count of 'Order Completed' within 400 days >= 2");
        assertThat(sum("Order Completed", "total").within(Duration.ofDays(1)).below(5))
                .hasToString("sum of 'total' of 'Order Completed' within 1 day < 5");
        assertThat(count("Order Completed").within(Duration.ofHours(36)).exactly(1))
                .hasToString("count of 'Order Completed' within PT36H = 1");
    }

    @Test
    void refusesABoundThatCountsDoNotReach() {
        refuses(() -> count("E").atLeast(101), ">= 101: counts end at 100, expected at most 100");
        refuses(() -> count("E").below(101), "< 101: counts end at 100, expected at most 100");
        refuses(() -> count("E").moreThan(100), "> 100: counts end at 100, expected at most 99");
        refuses(() -> count("E").exactly(100), "= 100: counts end at 100, expected at most 99");
        assertThat(sum("E", "total").atLeast(1_000_000))
                .hasToString("sum of 'total' of 'E' within 400 days >= 1000000");
    }

    @Test
    void reachesTheGreatestBoundOfACount() {
        var past = happened("E", 100);

        assertThat(count("E").atLeast(100).test(past)).isTrue();
        assertThat(count("E").moreThan(99).test(past)).isTrue();
        assertThat(count("E").below(100).test(past)).isFalse();
        assertThat(count("E").moreThan(99).test(happened("E", 99))).isFalse();
    }

    @Test
    void takesOccurrencesOfTheOtherEventFromACount() {
        var window = count("E").minus("F").atLeast(1).windows().findFirst().orElseThrow();

        assertThat(window.contribution(touchpoint("E"))).isEqualTo(1);
        assertThat(window.contribution(touchpoint("F"))).isEqualTo(-1);
    }

    private static void refuses(Supplier<Condition> condition, String because) {
        assertThatThrownBy(condition::get)
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("count of 'E' within 400 days " + because);
    }

    private static Condition.Facts happened(String event, int times) {
        var window = count(event).atLeast(1).windows().findFirst().orElseThrow();
        var behaviour = Behaviour.NONE;
        for (int i = 0; i < times; i++) {
            behaviour = behaviour.with(List.of(window), touchpoint(event), NOW.minusSeconds(i));
        }
        var customer = new Customer(new CustomerId(1, 1), Profile.EMPTY, List.of(), List.of(), List.of());
        return new Condition.Facts(customer, behaviour, Map.of(), NOW);
    }

    private static Touchpoint touchpoint(String event) {
        return new Touchpoint(
                "t-1",
                Touchpoint.Call.TRACK,
                event,
                List.of(Identity.userId("mai")),
                NOW,
                NOW,
                Map.of(),
                "test",
                Origin.LIVE);
    }
}
