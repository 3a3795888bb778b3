// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.days;
import static dev.throughline.Words.entering;
import static dev.throughline.Words.userId;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.customer.Customer;
import dev.throughline.engine.Queries;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.segment.Segment;
import dev.throughline.touchpoint.Stamp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists who is in a segment. */
class MembersTest {

    private static final Identity CARD = Identity.loyaltyCard("4711");

    private final Segment keen =
            Segment.of("keen", count("Product Viewed").within(days(30)).atLeast(2));
    private final Segment everybody =
            Segment.of("everybody", trait("blocked").is(true).negate());

    private final Rehearsal rehearsal = Rehearsal.of(
            Campaign.named("keen").journey(j -> j.startOn(entering(keen)).delay(days(1))),
            Campaign.named("all").journey(j -> j.startOn(entering(everybody)).delay(days(1))));

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void areThoseWhoEnteredAndHaveNotLeft() {
        views("mai", 2);
        views("lan", 1);
        assertThat(members("keen")).containsExactly("mai");

        rehearsal.advance(days(15));
        views("lan", 2);
        assertThat(members("keen")).containsExactlyInAnyOrder("mai", "lan");

        rehearsal.advance(days(16));
        assertThat(members("keen")).containsExactly("lan");
    }

    @Test
    void areOneWhenTwoTurnOutToBeOne() {
        views("mai", 2);
        rehearsal.customer("lan", m -> m.identity(CARD).does("Product Viewed").does("Product Viewed"));
        rehearsal.advance(Duration.ofHours(1));
        assertThat(members("keen")).containsExactlyInAnyOrder("mai", "lan");

        areOne();

        assertThat(rehearsal.queries().members("keen").map(Customer::id))
                .containsExactly(
                        rehearsal.queries().customer(CARD).orElseThrow().id());
    }

    @Test
    void areSomebodyNewWhenTwoTogetherReachTheThreshold() {
        views("mai", 1);
        views("lan", 1);
        assertThat(members("keen")).isEmpty();

        areOne();

        assertThat(rehearsal.queries().members("keen")).hasSize(1);
    }

    private void areOne() {
        var now = rehearsal.clock().instant();
        rehearsal.happens(Stamp.of("link", now).alias(userId("mai"), userId("lan")));
        rehearsal.advance(Duration.ofHours(1));
    }

    @Test
    void areEverybodyOfASegmentThatMatchesEverybody() {
        for (int i = 0; i < 2500; i++) {
            rehearsal.customer("c" + i, m -> m.trait("city", "Huế"));
        }
        rehearsal.advance(Duration.ofHours(1));

        assertThat(rehearsal.queries().members("everybody")).hasSize(2500);
        assertThat(rehearsal.queries().members("everybody").limit(3)).hasSize(3);
    }

    @Test
    void areOfASegmentThatNoCampaignAsksFor() {
        var often = Segment.of("often", count("Product Viewed").within(days(1)).atLeast(3));
        try (var watching = Rehearsal.of(Campaign.named("keen")
                        .journey(j -> j.startOn(entering(keen)).delay(days(1))))
                .segment(often)) {
            watching.customer(
                    "mai", m -> m.does("Product Viewed").does("Product Viewed").does("Product Viewed"));
            watching.advance(Duration.ofHours(1));
            assertThat(watching.queries().members("often")).hasSize(1);

            watching.advance(days(1));
            assertThat(watching.queries().members("often")).isEmpty();
        }
    }

    @Test
    void areOfASegmentThatTheHostHas() {
        rehearsal.advance(Duration.ofHours(1));

        assertThatThrownBy(() -> rehearsal.queries().members("rich"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "segment 'rich': neither watched by this host nor asked for in a campaign of it, expected one of [everybody, keen]");
    }

    private void views(String who, int times) {
        for (int i = 0; i < times; i++) {
            rehearsal.customer(who, m -> m.does("Product Viewed"));
        }
        rehearsal.advance(Duration.ofHours(1));
    }

    private List<String> members(String segment) {
        Queries queries = rehearsal.queries();
        return queries.members(segment)
                .map(customer -> customer.identities().get(0).value())
                .toList();
    }
}
