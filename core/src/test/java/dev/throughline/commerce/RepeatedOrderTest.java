// SPDX-License-Identifier: Apache-2.0
package dev.throughline.commerce;

import static dev.throughline.Words.event;
import static dev.throughline.identity.Identity.userId;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.orders;
import static dev.throughline.segment.Conditions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.segment.Condition;
import dev.throughline.segment.Segment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What docs/events.md says of orders that are told twice, and of numbers that are sent as text. */
class RepeatedOrderTest {

    @Test
    void ordersKnowAnOrderByItsNumberWhileWindowsCountEvents() {
        assertThat(holds(orders().placed().atLeast(1), 450_000, 450_000)).isTrue();
        assertThat(holds(orders().placed().atLeast(2), 450_000, 450_000)).isFalse();
        assertThat(holds(count("Order Completed").exactly(2), 450_000, 450_000)).isTrue();
    }

    @Test
    void sumsAddNumbersAndNoTexts() {
        assertThat(holds(sum("Order Completed", "total").exactly(450_000), 450_000, "149000"))
                .isTrue();
    }

    /** Whether it holds of somebody whose order A-17 is told twice, under two message ids. */
    private static boolean holds(Condition condition, Object total, Object again) {
        var looks =
                Campaign.named("looks").journey(j -> j.startOn(event("Looked")).end());
        try (var rehearsal = Rehearsal.of(looks).segment(Segment.of("those", condition))) {
            for (Object each : List.of(total, again)) {
                rehearsal.customer("mai", m -> m.does("Order Completed", Map.of("order_id", "A-17", "total", each)));
            }
            rehearsal.advance(Duration.ofMinutes(1));
            return rehearsal.queries().customer(userId("mai")).isPresent()
                    && rehearsal.queries().members("those").findAny().isPresent();
        }
    }
}
