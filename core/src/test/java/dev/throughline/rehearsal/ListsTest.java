// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.days;
import static dev.throughline.Words.entering;
import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.in;
import static dev.throughline.segment.Conditions.onList;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Schedule;
import dev.throughline.identity.Brand;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.segment.Condition;
import dev.throughline.segment.Segment;
import dev.throughline.touchpoint.Stamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Customers whom the host puts together by name; it is Monday 2026-11-23, 09:00 in Vietnam. */
class ListsTest {

    private final Brand shop = Brand.named("Shop").country("VN").sender(SMS, "SHOP");
    private final Segment guests =
            Segment.of("guests", onList("summer-tea").and(trait("city").is("Huế")));

    private final Rehearsal rehearsal = Rehearsal.of(
            Campaign.named("invite").journey(j -> j.startOn(entering(guests)).send(news("invitation"), first(SMS))),
            Campaign.named("thanks").journey(j -> j.startOn(event("Order Completed"))
                    .branch(
                            onList("summer-tea"),
                            yes -> yes.send(news("thanks to a guest"), first(SMS)),
                            no -> no.send(news("thanks"), first(SMS)))),
            Campaign.named("weekly")
                    .journey(j -> j.startOn(Schedule.weekly(DayOfWeek.FRIDAY, LocalTime.of(10, 0)), in(guests))
                            .send(news("friday"), first(SMS))));

    private Message news(String words) {
        return Message.transactional(words, shop).on(SMS, text(words));
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void isAskedForInBranchesAndSegments() {
        rehearsal.customer(
                "mai", m -> m.phone("+84900000001").trait("city", "Huế").joins("summer-tea"));
        rehearsal.advance(Duration.ofHours(1));
        assertThat(sent()).containsExactly("invitation");

        rehearsal.customer("mai", m -> m.does("Order Completed"));
        rehearsal.customer("lan", m -> m.phone("+84900000002").does("Order Completed"));
        rehearsal.advance(Duration.ofHours(1));
        assertThat(sent()).containsExactlyInAnyOrder("invitation", "thanks to a guest", "thanks");
    }

    @Test
    void letsMembersOfASegmentInByASchedule() {
        rehearsal.customer(
                "mai", m -> m.phone("+84900000001").trait("city", "Huế").joins("summer-tea"));
        rehearsal.advance(days(8));
        assertThat(sent()).containsExactly("invitation", "friday");

        rehearsal.customer("mai", m -> m.leaves("summer-tea"));
        rehearsal.advance(days(8));
        assertThat(sent()).hasSize(2);
    }

    @Test
    void listsWhoIsOnIt() {
        rehearsal.customer("mai", m -> m.joins("summer-tea").joins("coffee"));
        rehearsal.customer("lan", m -> m.joins("summer-tea"));
        rehearsal.advance(Duration.ofHours(1));
        rehearsal.customer("mai", m -> m.leaves("summer-tea"));
        rehearsal.advance(Duration.ofHours(1));

        assertThat(listed("summer-tea")).containsExactly("lan");
        assertThat(listed("coffee")).containsExactly("mai");
    }

    @Test
    void twoWhoAreOneAreOnWhatOneOfThemIsOn() {
        rehearsal.customer("mai", m -> m.joins("summer-tea"));
        rehearsal.customer("lan", m -> m.joins("coffee").joins("summer-tea"));
        rehearsal.advance(Duration.ofHours(1));

        rehearsal.happens(Stamp.of("link", rehearsal.clock().instant()).alias(userId("mai"), userId("lan")));
        rehearsal.advance(Duration.ofHours(1));

        assertThat(rehearsal.queries().listed("summer-tea")).hasSize(1);
        assertThat(rehearsal.queries().listed("coffee")).hasSize(1);
    }

    @Test
    void twoWhoWereNotOneAreOnTheirOwnListsAgain() {
        twoWhoAreOneAreOnWhatOneOfThemIsOn();
        var absorbed = rehearsal.queries().merges(userId("mai")).get(0).other();
        rehearsal.split(absorbed, "agent 7", "two sisters");
        rehearsal.advance(Duration.ofHours(1));

        assertThat(listed("summer-tea")).containsExactlyInAnyOrder("mai", "lan");
        assertThat(listed("coffee")).containsExactly("lan");
    }

    @Test
    void whatIsSaidLaterCountsWheneverItIsHeard() {
        var now = rehearsal.clock().instant();
        rehearsal.happens(Stamp.of("t1", now).track(userId("mai"), "List Left", Map.of("list", "coffee")));
        rehearsal.advance(Duration.ofHours(1));
        var earlier =
                Stamp.of("t2", now.minusSeconds(60)).track(userId("mai"), "List Joined", Map.of("list", "coffee"));
        rehearsal.happens(earlier);
        rehearsal.advance(Duration.ofHours(1));

        assertThat(listed("coffee")).isEmpty();
    }

    @Test
    void survivesAsJson() {
        assertThat(Condition.parse("{\"onList\": \"summer-tea\"}")).hasToString("on list 'summer-tea'");
        assertThat(onList("summer-tea").toJson()).contains("\"onList\"");
        assertThatThrownBy(() -> onList(" "))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("list ' ': expected 1 to 100 characters, without line breaks or other control characters");
    }

    private List<String> listed(String list) {
        return rehearsal
                .queries()
                .listed(list)
                .map(customer -> customer.identities().get(0).value())
                .toList();
    }

    private List<String> sent() {
        return rehearsal.recordings().stream()
                .flatMap(channel -> channel.recorded().stream())
                .map(recorded -> recorded.message().content().headline())
                .toList();
    }
}
