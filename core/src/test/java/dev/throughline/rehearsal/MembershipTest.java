// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.days;
import static dev.throughline.Words.entering;
import static dev.throughline.Words.event;
import static dev.throughline.Words.userId;
import static dev.throughline.segment.Conditions.basket;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.in;
import static dev.throughline.segment.Conditions.orders;
import static dev.throughline.segment.Conditions.sum;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.segment.Membership;
import dev.throughline.segment.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers why somebody is in a segment, or is not. */
class MembershipTest {

    private final Segment vip = Segment.of(
                    "vip",
                    sum("Order Completed", "total")
                            .within(days(90))
                            .atLeast(1000)
                            .and(trait("staff").is(true).negate()))
            .describedAs("who spent a thousand in ninety days");
    private final Segment dear = Segment.of(
            "dear",
            in(vip).or(trait("city").is("Huế")).or(count("Product Reviewed").atLeast(3)));
    private final Segment shopping = Segment.of(
            "shopping",
            basket().contains("TEA-6")
                    .or(basket().total().atLeast(50))
                    .or(orders().placed().atLeast(2)));

    private final Rehearsal rehearsal = Rehearsal.of(
            Campaign.named("welcome").journey(j -> j.startOn(entering(vip)).delay(days(1))),
            Campaign.named("letters")
                    .journey(
                            j -> j.startOn(entering(dear)).exitOn(event("Left")).delay(days(1))),
            Campaign.named("basket").journey(j -> j.startOn(entering(shopping)).delay(days(1))));

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void saysSinceWhenAndWhatEachTermFound() {
        rehearsal.customer("mai", m -> m.does("Order Completed", Map.of("total", 600)));
        rehearsal.advance(Duration.ofHours(1));
        rehearsal.customer("mai", m -> m.does("Order Completed", Map.of("total", 650.5)));
        rehearsal.advance(Duration.ofHours(1));

        var answer = membership("vip");

        assertThat(answer.inside()).isTrue();
        assertThat(answer.since()).contains(Instant.parse("2026-11-23T03:00:00Z"));
        assertThat(answer).hasToString("""
                        in segment 'vip' since 2026-11-23T03:00:00Z: who spent a thousand in ninety days
                          yes  all of
                               yes  sum of 'total' of 'Order Completed' within 90 days >= 1000: 1250.5
                               yes  not
                                    no   trait 'staff' is true: nothing
                        """);
    }

    @Test
    void tellsTheSegmentsThatASegmentAsksFor() {
        rehearsal.customer("mai", m -> m.trait("city", "Đà Nẵng").does("Product Reviewed"));
        rehearsal.advance(Duration.ofHours(1));

        assertThat(membership("dear")).hasToString("""
                        not in segment 'dear'
                          no   one of
                               no   in segment 'vip'
                                    no   all of
                                         no   sum of 'total' of 'Order Completed' within 90 days >= 1000: 0
                                         yes  not
                                              no   trait 'staff' is true: nothing
                               no   trait 'city' is 'Huế': 'Đà Nẵng'
                               no   count of 'Product Reviewed' within 400 days >= 3: 1
                        """);
    }

    @Test
    void tellsOfBasketsAndOrders() {
        rehearsal.customer("mai", m -> m.does("Order Completed", Map.of("order_id", "A-1", "total", 5))
                .does("Product Added", Map.of("sku", "CUP", "price", 20.0, "quantity", 3)));
        rehearsal.advance(Duration.ofHours(1));

        assertThat(membership("shopping").reason()).hasToString("""
                        yes  one of
                             no   basket contains 'TEA-6': 1 product
                             yes  basket total >= 50: 60
                             no   orders placed >= 2: 1
                        """);
    }

    @Test
    void forgetsSinceWhenOnceSheHasLeft() {
        rehearsal.customer("mai", m -> m.does("Order Completed", Map.of("total", 2000)));
        rehearsal.advance(days(91));

        assertThat(membership("vip").inside()).isFalse();
        assertThat(membership("vip").since()).isEmpty();
    }

    @Test
    void knowsNobodyOfAnotherName() {
        rehearsal.advance(Duration.ofHours(1));

        assertThat(rehearsal.queries().membership(userId("lan"), "vip")).isEmpty();
    }

    @Test
    void refusesASegmentThatNoCampaignAsksFor() {
        assertThatThrownBy(() -> rehearsal.queries().membership(userId("mai"), "rich"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "segment 'rich': neither watched by this host nor asked for in a campaign of it, expected one of"
                                + " [dear, shopping, vip]");
    }

    private Membership membership(String segment) {
        return rehearsal.queries().membership(userId("mai"), segment).orElseThrow();
    }
}
