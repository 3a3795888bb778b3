// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.segment.Lists;
import dev.throughline.segment.Segment;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Campaigns that a schedule starts for its members. Immutable and thread-safe. */
final class Schedules extends Appointments {

    /** Behind the name of a campaign, which holds no control characters: the day on which somebody was let in last, in UTC. */
    private static final String DAY = "\u001fday";

    Schedules(Collection<Campaign> campaigns, Entrance entrance) {
        super("journeys%", ScheduleEntry.class, campaigns, entrance);
    }

    @Override
    String kind() {
        return "schedule";
    }

    /** Those who have come, gone or moved. */
    @Override
    boolean concerns(Campaign campaign, Touchpoint touchpoint) {
        var members = entry(campaign).members();
        return switch (touchpoint.name()) {
            case Segment.ENTERED, Segment.LEFT ->
                members.segments().anyMatch(segment -> segment.name().equals(touchpoint.property("segment")));
            case Lists.JOINED, Lists.LEFT ->
                members.lists().anyMatch(list -> list.equals(touchpoint.property(Lists.PROPERTY)));
            default ->
                touchpoint.call() == Touchpoint.Call.IDENTIFY
                        && touchpoint.properties().containsKey(ZONE);
        };
    }

    @Override
    @Nullable
    Instant upcoming(Campaign campaign, Moment moment) {
        return isMember(campaign, moment) ? after(moment.now(), campaign, moment) : null;
    }

    @Override
    boolean isTime(Campaign campaign, Instant time, Moment moment) {
        return time.equals(after(time.minusNanos(1), campaign, moment)) && isMember(campaign, moment);
    }

    @Override
    boolean isRepeated(Campaign campaign, Instant time, LocalDate day, Moment moment) {
        Instant last = moment.journeys().lasting().entered(campaign.name() + DAY);
        return last != null && !last.isBefore(mark(day));
    }

    @Override
    void kept(Campaign campaign, LocalDate day, Moment moment) {
        var lasting = moment.journeys().lasting();
        moment.journeys().keep(lasting.entered(campaign.name() + DAY, mark(day)));
    }

    @Override
    String id(Campaign campaign, Instant time, Moment moment) {
        return moment.customer().id() + "/" + campaign.name() + "/" + time;
    }

    @Override
    String because(Campaign campaign) {
        return entry(campaign).schedule().toString();
    }

    private static boolean isMember(Campaign campaign, Moment moment) {
        return entry(campaign).members().test(moment.facts());
    }

    private static @Nullable Instant after(Instant time, Campaign campaign, Moment moment) {
        return calendar(campaign, moment).after(time, entry(campaign).schedule());
    }

    private static Instant mark(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static ScheduleEntry entry(Campaign campaign) {
        return (ScheduleEntry) campaign.terms().entry();
    }
}
