// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.ring.Input;
import dev.throughline.segment.Lists;
import dev.throughline.segment.Segment;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Campaigns that a schedule starts: whoever is a member has one timer for the next time, on her own clock, and nobody else has any. A
 * timer that comes too early or twice means nothing. Immutable and thread-safe.
 */
final class Schedules {

    private static final String PREFIX = "journeys%";
    private static final String ZONE = "timezone";

    /** Behind the name of a campaign, which holds no control characters: the day on which somebody was let in last, in UTC. */
    private static final String DAY = "\u001fday";

    private final Map<String, Campaign> byTimer = new TreeMap<>();
    private final Entrance entrance;

    Schedules(Collection<Campaign> campaigns, Entrance entrance) {
        this.entrance = entrance;
        for (Campaign campaign : campaigns) {
            if (campaign.terms().entry() instanceof ScheduleEntry) {
                byTimer.put(PREFIX + campaign.name(), campaign);
            }
        }
    }

    static boolean isTimer(String timer) {
        return timer.startsWith(PREFIX);
    }

    boolean isEmpty() {
        return byTimer.isEmpty();
    }

    List<String> needs() {
        return byTimer.values().stream().map(Schedules::need).toList();
    }

    private static String need(Campaign campaign) {
        return "schedule/" + campaign.name() + "/" + campaign.terms().entry() + "/" + campaign.zone();
    }

    /** Sets the timers of those who have come, gone or moved, history or not. */
    void told(Touchpoint touchpoint, Moment moment) {
        byTimer.forEach((timer, campaign) -> {
            if (concerns(entry(campaign), touchpoint)) {
                next(timer, campaign, moment);
            }
        });
    }

    private static boolean concerns(ScheduleEntry entry, Touchpoint touchpoint) {
        return switch (touchpoint.name()) {
            case Segment.ENTERED, Segment.LEFT ->
                entry.members().segments().anyMatch(segment -> segment.name().equals(touchpoint.property("segment")));
            case Lists.JOINED, Lists.LEFT ->
                entry.members().lists().anyMatch(list -> list.equals(touchpoint.property(Lists.PROPERTY)));
            default ->
                touchpoint.call() == Touchpoint.Call.IDENTIFY
                        && touchpoint.properties().containsKey(ZONE);
        };
    }

    /** Sets all timers, because more is known of her. */
    void known(Moment moment) {
        byTimer.forEach((timer, campaign) -> next(timer, campaign, moment));
    }

    /** Sets the timers that some needs stand for. */
    void known(Moment moment, Set<String> needs) {
        byTimer.forEach((timer, campaign) -> {
            if (needs.contains(need(campaign))) {
                next(timer, campaign, moment);
            }
        });
    }

    /** The time has come: it lets her in on that day, not later. */
    void due(Input.Due due, Moment moment) {
        Campaign campaign = byTimer.get(due.timer());
        if (campaign == null) {
            return;
        }
        boolean now = !due.due().isAfter(moment.now()) && isTime(campaign, due.due(), moment);
        if (now && entry(campaign).members().test(moment.facts())) {
            entered(campaign, due.due(), moment);
        }
        next(due.timer(), campaign, moment);
    }

    private void entered(Campaign campaign, Instant time, Moment moment) {
        ZoneId zone = zone(campaign, moment);
        LocalDate day = time.atZone(zone).toLocalDate();
        Instant mark = day.atStartOfDay().toInstant(ZoneOffset.UTC);
        var lasting = moment.journeys().lasting();
        Instant last = lasting.entered(campaign.name() + DAY);
        if (last != null && !last.isBefore(mark)) {
            return; // she flew west and has this day once more
        }
        String why = entry(campaign).schedule().toString();
        var cause = new Entrance.Cause(
                moment.customer().id() + "/" + campaign.name() + "/" + time, why, Map.of("date", day.toString()));
        if (day.equals(moment.now().atZone(zone).toLocalDate())) {
            moment.journeys().keep(lasting.entered(campaign.name() + DAY, mark));
            entrance.enter(campaign, cause, moment);
        } else {
            moment.note(Entrance.begun(campaign, "", cause, moment), Change.REFUSED, why, "LATE");
        }
    }

    private static void next(String timer, Campaign campaign, Moment moment) {
        var time = entry(campaign).members().test(moment.facts())
                ? calendar(campaign, moment).after(moment.now(), entry(campaign).schedule())
                : null;
        if (time == null) {
            moment.out().cancelTimer(timer);
        } else {
            moment.out().setTimer(timer, time);
        }
    }

    private static boolean isTime(Campaign campaign, Instant time, Moment moment) {
        return time.equals(calendar(campaign, moment)
                .after(time.minusNanos(1), entry(campaign).schedule()));
    }

    private static LocalCalendar calendar(Campaign campaign, Moment moment) {
        return new LocalCalendar(zone(campaign, moment));
    }

    private static ZoneId zone(Campaign campaign, Moment moment) {
        return moment.customer().profile().zone().orElse(campaign.zone());
    }

    private static ScheduleEntry entry(Campaign campaign) {
        return (ScheduleEntry) campaign.terms().entry();
    }
}
