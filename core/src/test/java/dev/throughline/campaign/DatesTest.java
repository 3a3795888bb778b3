// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.JourneyNote.Change.ENDED;
import static dev.throughline.campaign.JourneyNote.Change.REFUSED;
import static dev.throughline.campaign.JourneyNote.Change.STARTED;
import static dev.throughline.campaign.Route.first;
import static dev.throughline.campaign.Way.SHOP;
import static dev.throughline.campaign.Way.START;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.DateRule.Source;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import dev.throughline.ring.Input;
import dev.throughline.touchpoint.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Campaigns that a date of the customer starts; it is Monday 2026-11-23, 10:00 in Vietnam. */
class DatesTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final DateRule BIRTHDAY =
            DateRule.of(Source.TRAIT, "birthday").at(LocalTime.of(9, 0));
    private static final String TIMER = "journeys@dates";

    private final Campaign yearly = campaign(new DateEntry(BIRTHDAY, true));
    private final Campaign onceOnly = campaign(new DateEntry(BIRTHDAY, false));

    @Test
    void birthdayStartsAJourneyEveryYearOnHerClock() {
        var way = Way.through(yearly).trait("birthday", "1990-11-25");
        assertThat(way.timers()).containsEntry(TIMER, Instant.parse("2026-11-25T02:00:00Z"));

        way.waiting(DAY.multipliedBy(2));
        assertThat(way.changes()).containsExactly(STARTED, ENDED);
        assertThat(way.timers()).containsEntry(TIMER, Instant.parse("2027-11-25T02:00:00Z"));
        assertThat(way.waiting(DAY.multipliedBy(365)).changes()).containsExactly(STARTED, ENDED, STARTED, ENDED);
    }

    @Test
    void dateThatDoesNotComeBackStartsOnce() {
        var way = Way.through(onceOnly).trait("birthday", "2026-11-25").waiting(DAY.multipliedBy(800));

        assertThat(way.changes()).containsExactly(STARTED, ENDED);
        assertThat(way.timers()).isEmpty();
    }

    @Test
    void dateThatHasPassedStartsNothing() {
        assertThat(Way.through(onceOnly).trait("birthday", "2026-11-22").timers())
                .isEmpty();
        assertThat(Way.through(yearly).trait("birthday", "1990-11-22").timers())
                .containsEntry(TIMER, Instant.parse("2027-11-22T02:00:00Z"));
    }

    @Test
    void aChangeOfDateOrZoneMovesTheTimer() {
        var way = Way.through(yearly).trait("birthday", "1990-11-25").trait("birthday", "1990-11-26");
        assertThat(way.timers()).containsEntry(TIMER, Instant.parse("2026-11-26T02:00:00Z"));

        way.trait("timezone", "Europe/Berlin");
        assertThat(way.timers()).containsEntry(TIMER, Instant.parse("2026-11-26T08:00:00Z"));
        way.trait("birthday", "unknown");
        assertThat(way.timers()).isEmpty();
    }

    @Test
    void historyTellsDatesToo() {
        var way = Way.through(yearly);
        way.touched(way.touchpoint("h", "identify", START, Map.of("birthday", "1990-11-25"), Origin.HISTORY));

        assertThat(way.timers()).containsKey(TIMER);
        assertThat(way.waiting(DAY.multipliedBy(2)).changes()).contains(STARTED);
    }

    @Test
    void leapDayIsTheLastOfFebruary() {
        var way = Way.through(yearly).trait("birthday", "1992-02-29");
        assertThat(way.timers()).containsEntry(TIMER, Instant.parse("2027-02-28T02:00:00Z"));

        way.waiting(DAY.multipliedBy(365));
        assertThat(way.timers()).containsEntry(TIMER, Instant.parse("2028-02-29T02:00:00Z"));
    }

    @Test
    void daysBeforeAreCountedFromTheDate() {
        var before = campaign(new DateEntry(BIRTHDAY.daysBefore(7), true));

        assertThat(Way.through(before).trait("birthday", "1990-01-03").timers())
                .containsEntry(TIMER, Instant.parse("2026-12-27T02:00:00Z"));
    }

    @Test
    void timerThatFiresEarlyOrTwiceMeansNothing() {
        var way = Way.through(yearly).trait("birthday", "1990-11-25");
        way.input(new Input.Due("early", TIMER, START));
        assertThat(way.changes()).isEmpty();

        way.waiting(DAY.multipliedBy(2)).input(new Input.Due("twice", TIMER, Instant.parse("2026-11-25T02:00:00Z")));
        assertThat(way.changes()).containsExactly(STARTED, ENDED);
    }

    @Test
    void dayThatIsOverWhenTheTimerComesIsRefused() {
        var way = Way.through(yearly).trait("birthday", "1990-11-25");
        way.timers().clear();
        way.waiting(Duration.ofHours(62));

        way.input(new Input.Due("late", TIMER, Instant.parse("2026-11-25T02:00:00Z")));

        assertThat(way.changes()).containsExactly(REFUSED);
        assertThat(way.notes().get(0).detail()).isEqualTo("LATE");
        assertThat(way.timers()).containsEntry(TIMER, Instant.parse("2027-11-25T02:00:00Z"));
    }

    @Test
    void messagesKnowTheDay() {
        var wish = Message.transactional("wish", SHOP).on(SMS, new Draft.Text("{{ event.date }}"));
        var campaign =
                Campaign.named("dates").journey(j -> j.startYearlyOn(BIRTHDAY).send(wish, first(SMS)));

        var way = Way.through(campaign).trait("birthday", "1990-11-25").waiting(DAY.multipliedBy(2));

        assertThat(way.plan().content()).isEqualTo(new TextContent("2026-11-25"));
    }

    @Test
    void whoFliesWestOnHerBirthdayHasOneBirthday() {
        var way = Way.through(yearly).trait("birthday", "1990-11-25").waiting(Duration.ofDays(2));
        assertThat(way.changes()).containsExactly(STARTED, ENDED);

        way.trait("timezone", "America/New_York").waiting(DAY.multipliedBy(2));

        assertThat(way.changes()).containsExactly(STARTED, ENDED);
        assertThat(way.timers()).containsEntry(TIMER, Instant.parse("2027-11-25T14:00:00Z"));
    }

    @Test
    void refusesAKeyThatNoDateHas() {
        assertThatThrownBy(() -> Campaign.named("dates").journey(j -> j.startYearlyOn(BIRTHDAY)
                        .zone("UTC")
                        .keyedBy("order")
                        .end()))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("campaign 'dates' starts on a date, which has no property 'order': expected no keyedBy");
    }

    @Test
    void refusesADateOfAnEvent() {
        assertThatThrownBy(() -> new DateEntry(DateRule.of(Source.EVENT, "trip"), false))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "entry on the date of 'trip': expected the date of a trait, moved by a year at most if it comes back every"
                                + " year");
    }

    private static Campaign campaign(DateEntry entry) {
        return Campaign.named("dates").journey(j -> {
            if (entry.yearly()) {
                j.startYearlyOn(entry.date());
            } else {
                j.startOn(entry.date());
            }
            j.zone("Asia/Ho_Chi_Minh").end();
        });
    }
}
