// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.ring.Input;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Campaigns that a time on the customer's own clock starts: whom it concerns has one timer for each campaign, for the next time, and
 * nobody else has any. What the timer stands for follows from what is known of her, so that one that comes too early or twice means
 * nothing. Immutable and thread-safe.
 */
abstract class Appointments {

    static final String ZONE = "timezone";

    private final String prefix;
    private final Map<String, Campaign> byTimer = new TreeMap<>();
    private final Entrance entrance;

    /** Of campaigns with one kind of entry, in timers that begin alike. */
    Appointments(String prefix, Class<?> kind, Collection<Campaign> campaigns, Entrance entrance) {
        this.prefix = prefix;
        this.entrance = entrance;
        for (Campaign campaign : campaigns) {
            if (kind.isInstance(campaign.terms().entry())) {
                byTimer.put(prefix + campaign.name(), campaign);
            }
        }
    }

    final boolean isEmpty() {
        return byTimer.isEmpty();
    }

    final boolean has(String timer) {
        return timer.startsWith(prefix);
    }

    /** Sets the timers of those whom a touchpoint may bring another time, history or not. */
    final void told(Touchpoint touchpoint, Supplier<Moment> moment) {
        byTimer.forEach((timer, campaign) -> {
            if (concerns(campaign, touchpoint)) {
                next(timer, campaign, moment.get());
            }
        });
    }

    /** Sets all timers, because more is known of her. */
    final void known(Moment moment) {
        byTimer.forEach((timer, campaign) -> next(timer, campaign, moment));
    }

    /** Sets the timers that some needs stand for. */
    final void known(Moment moment, Set<String> needs) {
        byTimer.forEach((timer, campaign) -> {
            if (needs.contains(need(campaign))) {
                next(timer, campaign, moment);
            }
        });
    }

    final List<String> needs() {
        return byTimer.values().stream().map(this::need).toList();
    }

    private String need(Campaign campaign) {
        return kind() + "/" + campaign.name() + "/" + campaign.terms().entry() + "/" + campaign.zone();
    }

    /** A time has come: it lets her in on that day, not later. */
    final void due(Input.Due due, Moment moment) {
        Campaign campaign = byTimer.get(due.timer());
        if (campaign == null) {
            return;
        }
        if (!due.due().isAfter(moment.now()) && isTime(campaign, due.due(), moment)) {
            entered(campaign, due.due(), moment);
        }
        next(due.timer(), campaign, moment);
    }

    private void entered(Campaign campaign, Instant time, Moment moment) {
        ZoneId zone = zone(campaign, moment);
        LocalDate day = time.atZone(zone).toLocalDate();
        if (isRepeated(campaign, time, day, moment)) {
            return;
        }
        var cause = new Entrance.Cause(id(campaign, time, moment), because(campaign), Map.of("date", day.toString()));
        if (day.equals(moment.now().atZone(zone).toLocalDate())) {
            kept(campaign, day, moment);
            entrance.enter(campaign, cause, moment);
        } else {
            moment.note(Entrance.begun(campaign, "", cause, moment), Change.REFUSED, cause.because(), "LATE");
        }
    }

    private void next(String timer, Campaign campaign, Moment moment) {
        Instant time = upcoming(campaign, moment);
        if (time == null) {
            moment.out().cancelTimer(timer);
        } else {
            moment.out().setTimer(timer, time);
        }
    }

    static ZoneId zone(Campaign campaign, Moment moment) {
        return moment.customer().profile().zone().orElse(campaign.zone());
    }

    static LocalCalendar calendar(Campaign campaign, Moment moment) {
        return new LocalCalendar(zone(campaign, moment));
    }

    /** What kind of entry this is, in what a release needs of the past. */
    abstract String kind();

    abstract boolean concerns(Campaign campaign, Touchpoint touchpoint);

    /** The next time after now; {@code null} if there is none for her. */
    abstract @Nullable Instant upcoming(Campaign campaign, Moment moment);

    /** Whether a time is one of hers, by what is known of her now. */
    abstract boolean isTime(Campaign campaign, Instant time, Moment moment);

    /** Whether she has been let in on this day already, because she flew west and has it once more. */
    abstract boolean isRepeated(Campaign campaign, Instant time, LocalDate day, Moment moment);

    /** Keeps on which day she is let in, where her last entry does not tell it. */
    void kept(Campaign campaign, LocalDate day, Moment moment) {}

    /** Names the time: no touchpoint does, and other customers have timers of the same name and instant. */
    abstract String id(Campaign campaign, Instant time, Moment moment);

    abstract String because(Campaign campaign);
}
