// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.JourneyNote.Change.ENDED;
import static dev.throughline.campaign.JourneyNote.Change.REFUSED;
import static dev.throughline.campaign.JourneyNote.Change.STARTED;
import static dev.throughline.segment.Conditions.in;
import static dev.throughline.segment.Conditions.onList;
import static dev.throughline.segment.Conditions.trait;
import static java.time.DayOfWeek.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Input;
import dev.throughline.segment.Condition;
import dev.throughline.segment.Segment;
import dev.throughline.touchpoint.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Campaigns that a schedule starts for the members of a list; it is Monday 2026-11-23, 10:00 in Vietnam. */
class SchedulesTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final LocalTime NINE = LocalTime.of(9, 0);
    private static final String TIMER = "journeys%tea";

    private final Campaign weekly = campaign(Schedule.weekly(MONDAY, NINE), j -> {});

    @Test
    void timeStartsAJourneyOfWhoIsAMember() {
        var way = Way.through(weekly).does("List Joined", Map.of("list", "tea"));
        assertThat(way.timers()).containsEntry(TIMER, Instant.parse("2026-11-30T02:00:00Z"));

        way.waiting(DAY.multipliedBy(8));

        assertThat(way.changes()).containsExactly(STARTED, ENDED);
        assertThat(way.notes().get(0).because()).isEqualTo("every monday at 09:00");
        assertThat(way.timers()).containsEntry(TIMER, Instant.parse("2026-12-07T02:00:00Z"));
    }

    @Test
    void whoIsNoMemberHasNoTimer() {
        var way = Way.through(weekly)
                .does("List Joined", Map.of("list", "coffee"))
                .trait("timezone", "Europe/Berlin");
        assertThat(way.timers()).isEmpty();

        way.does("List Joined", Map.of("list", "tea")).does("List Left", Map.of("list", "tea"));
        assertThat(way.timers()).isEmpty();
    }

    @Test
    void membersOfHistoryAreMembers() {
        var way = Way.through(weekly);
        way.touched(way.touchpoint("h", "List Joined", Way.START, Map.of("list", "tea"), Origin.HISTORY));

        assertThat(way.timers()).containsKey(TIMER);
    }

    @Test
    void aChangeOfZoneMovesTheTimer() {
        var way = Way.through(weekly).does("List Joined", Map.of("list", "tea")).trait("timezone", "Europe/Berlin");

        assertThat(way.timers()).containsEntry(TIMER, Instant.parse("2026-11-23T08:00:00Z"));
    }

    @Test
    void whoFliesWestHasTheDayOnce() {
        var daily = campaign(Schedule.daily(NINE), j -> {});
        var way = Way.through(daily).does("List Joined", Map.of("list", "tea")).waiting(DAY);
        assertThat(way.changes()).containsExactly(STARTED, ENDED);

        way.trait("timezone", "America/Los_Angeles").waiting(Duration.ofHours(20));
        assertThat(way.changes()).hasSize(2);

        way.waiting(DAY);
        assertThat(way.changes()).hasSize(4);
    }

    @Test
    void oneInstantComesOnce() {
        var way = Way.through(campaign(Schedule.once(Way.START.plus(DAY)), j -> {}))
                .does("List Joined", Map.of("list", "tea"))
                .waiting(DAY.multipliedBy(40));

        assertThat(way.changes()).containsExactly(STARTED, ENDED);
        assertThat(way.timers()).isEmpty();
    }

    @Test
    void dayThatIsOverWhenTheTimerComesIsRefused() {
        var way = Way.through(weekly).does("List Joined", Map.of("list", "tea"));
        way.timers().clear();
        way.waiting(DAY.multipliedBy(8)).input(new Input.Due("late", TIMER, Instant.parse("2026-11-30T02:00:00Z")));

        assertThat(way.changes()).containsExactly(REFUSED);
        assertThat(way.notes().get(0).detail()).isEqualTo("LATE");
    }

    @Test
    void reentryIsLimitedAsElsewhere() {
        var way = Way.through(campaign(Schedule.weekly(MONDAY, NINE), JourneyBuilder::once))
                .does("List Joined", Map.of("list", "tea"))
                .waiting(DAY.multipliedBy(15));

        assertThat(way.changes()).containsExactly(STARTED, ENDED, REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        // the clock goes from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25
        "2026-03-28T12:00:00Z, 2026-03-29T01:30:00Z", // 02:30 is left out: as much later
        "2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z", // 02:30 comes twice: the first
        "2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z", // and not the second one, too
    })
    void timeThatIsLeftOutOrComesTwiceIsMetOnce(Instant now, Instant next) {
        var calendar = new LocalCalendar(ZoneId.of("Europe/Berlin"));

        assertThat(calendar.after(now, Schedule.daily(LocalTime.of(2, 30)))).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T08:59:59Z, 2026-01-31T09:00:00Z",
        "2026-01-31T09:00:00Z, 2026-02-28T09:00:00Z",
        "2026-02-28T09:00:00Z, 2026-03-31T09:00:00Z",
        "2028-02-01T00:00:00Z, 2028-02-29T09:00:00Z"
    })
    void lastDayStandsForTheDaysThatAMonthLacks(Instant now, Instant next) {
        assertThat(new LocalCalendar(ZoneId.of("UTC")).after(now, Schedule.monthly(31, NINE)))
                .isEqualTo(next);
    }

    @Test
    void survivesAsJsonAndIsDrawn() {
        var again = Campaign.parse(weekly.toJson());

        assertThat(again.version()).isEqualTo(weekly.version());
        assertThat(weekly.toMermaid()).contains("every monday at 09:00");
    }

    @Test
    void isForMembersOnly() {
        Condition rich = trait("rich").is(true);

        assertThatThrownBy(() -> Campaign.named("tea").journey(j -> j.startOn(Schedule.daily(NINE), rich)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("entry every day at 09:00 for trait 'rich' is true: expected the members of a segment or a"
                        + " list, in(..) or onList(..)");
        assertThat(in(Segment.of("rich", rich)).isMembership()).isTrue();
    }

    @Test
    void hasNoKey() {
        assertThatThrownBy(() -> campaign(Schedule.daily(NINE), j -> j.keyedBy("order_id")))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("campaign 'tea' starts on a date, which has no property 'order_id': expected no keyedBy");
    }

    private static Campaign campaign(Schedule schedule, Consumer<JourneyBuilder> more) {
        return Campaign.named("tea").journey(j -> {
            more.accept(j.startOn(schedule, onList("tea")).zone("Asia/Ho_Chi_Minh"));
            j.delay(Duration.ofHours(1));
        });
    }
}
