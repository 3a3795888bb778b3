// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.JourneyNote.Change.ENDED;
import static dev.throughline.campaign.JourneyNote.Change.EXITED;
import static dev.throughline.campaign.JourneyNote.Change.STARTED;
import static dev.throughline.campaign.Route.first;
import static dev.throughline.campaign.Way.REMINDER;
import static dev.throughline.campaign.Way.START;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.DateRule.Source;
import dev.throughline.identity.Brand;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Waiting by the calendar; the journeys begin on Monday 2026-11-23 at 10:00 in Vietnam. */
class DelayTest {

    private static final LocalTime NINE = LocalTime.of(9, 0);
    private static final DateRule TRIP = DateRule.of(Source.EVENT, "trip");

    @Test
    void delayOfTwentyFourHoursIsTwentyFourHours() {
        var way = Way.through(campaign(j -> j.zone("Europe/Berlin").delay(Duration.ofHours(24))))
                .does("Product Added");

        assertThat(way.timers()).containsValue(START.plus(Duration.ofHours(24)));
    }

    @Test
    void waitsByTheClockOfTheProfilesZone() {
        var way = Way.through(campaign(j -> j.zone("Asia/Ho_Chi_Minh").delayUntil(NINE)))
                .trait("timezone", "America/New_York")
                .does("Product Added");

        assertThat(way.timers()).containsValue(Instant.parse("2026-11-23T14:00:00Z"));
    }

    @Test
    void waitsByTheCampaignsZoneWhereHersIsUnknown() {
        assertThat(waits(j -> j.zone("Europe/Berlin").delayUntil(NINE))).isEqualTo("2026-11-23T08:00:00Z");
    }

    @Test
    void waitsByTheBrandsZoneWhereTheCampaignNamesNone() {
        assertThat(waits(j -> j.delayUntil(NINE).send(REMINDER, first(SMS)))).isEqualTo("2026-11-24T02:00:00Z");
    }

    @Test
    void waitsForDaysAndWeekdays() {
        assertThat(waits(j -> j.zone("Asia/Ho_Chi_Minh").delayDays(2))).isEqualTo("2026-11-25T03:00:00Z");
        assertThat(waits(j -> j.zone("Asia/Ho_Chi_Minh").delayDays(1, NINE))).isEqualTo("2026-11-24T02:00:00Z");
        assertThat(waits(j -> j.zone("Asia/Ho_Chi_Minh").delayUntil(DayOfWeek.SATURDAY, NINE)))
                .isEqualTo("2026-11-28T02:00:00Z");
    }

    @Test
    void journeyGoesOnWhenTheTimeHasCome() {
        var way = Way.through(campaign(j -> j.zone("Asia/Ho_Chi_Minh").delayDays(1, NINE)))
                .does("Product Added")
                .waiting(Duration.ofHours(23).minusNanos(1));
        assertThat(way.changes()).containsExactly(STARTED);

        assertThat(way.waiting(Duration.ofNanos(1)).changes()).containsExactly(STARTED, ENDED);
    }

    @Test
    void waitsUntilBeforeADateOfTheEvent() {
        var way = Way.through(dated(IfPast.EXIT)).does("Product Added", Map.of("trip", "2026-12-24"));

        assertThat(way.timers()).containsValue(Instant.parse("2026-12-23T02:00:00Z"));
    }

    @Test
    void waitsUntilADateOfATrait() {
        var rule = DateRule.of(Source.TRAIT, "renewal").before(Duration.ofHours(2));
        var way = Way.through(campaign(j -> j.zone("UTC").delayUntil(rule, IfPast.EXIT)))
                .trait("renewal", "2026-12-01T12:00:00Z")
                .does("Product Added");

        assertThat(way.timers()).containsValue(Instant.parse("2026-12-01T10:00:00Z"));
    }

    @Test
    void dateThatChangesWhileItIsWaitedForMovesNothing() {
        var rule = DateRule.of(Source.TRAIT, "renewal");
        var way = Way.through(campaign(j -> j.zone("UTC").delayUntil(rule, IfPast.EXIT)))
                .trait("renewal", "2026-12-01")
                .does("Product Added")
                .trait("renewal", "2026-12-02");

        assertThat(way.timers()).containsValue(Instant.parse("2026-12-01T00:00:00Z"));
    }

    @Test
    void dateThatHasPassedProceedsSkipsOrExitsAsChosen() {
        var past = Map.of("trip", "2026-11-23");

        assertThat(Way.through(dated(IfPast.PROCEED))
                        .does("Product Added", past)
                        .instances())
                .extracting(Instance::path)
                .containsExactly("1");
        assertThat(Way.through(dated(IfPast.SKIP)).does("Product Added", past).instances())
                .extracting(Instance::path)
                .containsExactly("2");
        var way = Way.through(dated(IfPast.EXIT)).does("Product Added", past);
        assertThat(way.changes()).containsExactly(STARTED, EXITED);
        assertThat(way.notes().get(1).detail()).isEqualTo("PAST");
    }

    @Test
    void dateThatIsUnknownOrAHundredYearsAwayIsTreatedLikeOneThatHasPassed() {
        for (Map<String, String> event :
                List.of(Map.<String, String>of(), Map.of("trip", "soon"), Map.of("trip", "2126-12-24"))) {
            var way = Way.through(dated(IfPast.EXIT)).does("Product Added", event);

            assertThat(way.notes().get(1).detail()).as("%s", event).isEqualTo("NO_DATE");
            assertThat(Way.through(dated(IfPast.PROCEED))
                            .does("Product Added", event)
                            .instances())
                    .extracting(Instance::path)
                    .containsExactly("1");
        }
    }

    @Test
    void versionChangesWithTheWaitAndItsZone() {
        assertThat(Stream.of(
                                campaign(j -> j.zone("UTC").delayDays(1)),
                                campaign(j -> j.zone("UTC").delayDays(2)),
                                campaign(j -> j.zone("UTC").delayDays(1, NINE)),
                                campaign(j -> j.zone("UTC").delayUntil(NINE)),
                                campaign(j -> j.zone("Europe/Berlin").delayUntil(NINE)),
                                campaign(j -> j.zone("UTC").delayUntil(DayOfWeek.MONDAY, NINE)),
                                dated(IfPast.EXIT),
                                dated(IfPast.SKIP))
                        .map(Campaign::version))
                .doesNotHaveDuplicates();
    }

    // What authors are told.

    @Test
    void refusesACalendarWaitWithoutAZone() {
        refused(
                () -> campaign(j -> j.delayUntil(NINE)),
                "campaign 'basket' waits by the calendar, and its brands have the zones []: expected zone(..), for customers whose"
                        + " own is unknown");
        var other = Message.transactional("m", Brand.named("Other").zone("UTC")).on(SMS, new Draft.Text("x"));
        refused(
                () -> campaign(
                        j -> j.delayUntil(NINE).send(REMINDER, first(SMS)).send(other, first(SMS))),
                "campaign 'basket' waits by the calendar, and its brands have the zones [Asia/Ho_Chi_Minh, UTC]: expected"
                        + " zone(..), for customers whose own is unknown");
    }

    @Test
    void refusesDaysThatAreNoneAndZonesThatDoNotExist() {
        refused(
                () -> campaign(j -> j.delayDays(0)),
                "campaign 'basket': delay of 0 calendar days, expected 1 to 36500");
        refused(
                () -> campaign(j -> j.delayDays(36_501, NINE)),
                "campaign 'basket': delay of 36501 calendar days, expected 1 to 36500");
        refused(
                () -> campaign(j -> j.zone("Saigon")),
                "campaign 'basket': zone 'Saigon', expected a name of the tz database such as Asia/Ho_Chi_Minh");
        refused(
                () -> TRIP.daysBefore(36_501),
                "date of 'trip', -36501 days and PT0S later: expected a name, and at most 36500 days");
    }

    @Test
    void refusesASkipWithNothingBehindIt() {
        refused(
                () -> campaign(j -> j.zone("UTC").delayUntil(TRIP, IfPast.SKIP)),
                "campaign 'basket': delayUntil the date of 'trip' is the last step of its block, expected one behind it that can"
                        + " be skipped");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ThroughlineException.class).hasMessage(message);
    }

    private static String waits(Consumer<JourneyBuilder> steps) {
        var way = Way.through(campaign(steps)).does("Product Added");
        return way.timers().values().iterator().next().toString();
    }

    private static Campaign dated(IfPast ifPast) {
        return campaign(j -> j.zone("Asia/Ho_Chi_Minh")
                .delayUntil(TRIP.daysBefore(1).at(NINE), ifPast)
                .delay(Duration.ofHours(1))
                .delay(Duration.ofHours(1)));
    }

    private static Campaign campaign(Consumer<JourneyBuilder> steps) {
        return Campaign.named("basket").journey(j -> {
            j.startOn(new EventRule("Product Added", null));
            steps.accept(j);
        });
    }
}
