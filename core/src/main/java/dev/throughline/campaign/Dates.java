// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.customer.Customer;
import dev.throughline.ring.Input;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Campaigns that a date of the customer starts: one timer for each customer and campaign. What it stands for follows from her
 * profile, so that a timer that comes too early or twice means nothing. Immutable and thread-safe.
 */
final class Dates {

    private static final String PREFIX = "journeys@";
    private static final String ZONE = "timezone";

    /** How long a date lasts from the first zone to the last: who flies west on her birthday has one still. */
    private static final Duration ONE_DAY_EVERYWHERE = Duration.ofHours(50);

    private final Map<String, Campaign> byTimer = new TreeMap<>();
    private final Entrance entrance;

    Dates(Collection<Campaign> campaigns, Entrance entrance) {
        this.entrance = entrance;
        for (Campaign campaign : campaigns) {
            if (campaign.terms().entry() instanceof DateEntry) {
                byTimer.put(PREFIX + campaign.name(), campaign);
            }
        }
    }

    static boolean isTimer(String timer) {
        return timer.startsWith(PREFIX);
    }

    /** Sets the timers of dates that a touchpoint tells, history or not. */
    void told(Touchpoint touchpoint, Moment moment) {
        byTimer.forEach((timer, campaign) -> {
            var told = touchpoint.properties();
            if (told.containsKey(entry(campaign).date().name()) || told.containsKey(ZONE)) {
                next(timer, campaign, moment);
            }
        });
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

    List<String> needs() {
        return byTimer.values().stream().map(Dates::need).toList();
    }

    private static String need(Campaign campaign) {
        return "date/" + campaign.name() + "/" + campaign.terms().entry() + "/" + campaign.zone();
    }

    boolean isEmpty() {
        return byTimer.isEmpty();
    }

    /** A date has come: it starts the campaign on that day, not later. */
    void due(Input.Due due, Moment moment) {
        Campaign campaign = byTimer.get(due.timer());
        if (campaign == null) {
            return;
        }
        if (!due.due().isAfter(moment.now()) && occurrences(campaign, moment).contains(due.due())) {
            entered(campaign, due.due(), moment);
        }
        next(due.timer(), campaign, moment);
    }

    private void entered(Campaign campaign, Instant date, Moment moment) {
        Instant last = moment.journeys().lasting().entered(campaign.name());
        if (last != null && last.isAfter(date.minus(ONE_DAY_EVERYWHERE))) {
            return;
        }
        ZoneId zone = zone(campaign, moment.customer());
        LocalDate day = date.atZone(zone).toLocalDate();
        String trait = entry(campaign).date().name();
        // No touchpoint names this input, and other customers have timers of the same name and instant.
        String id = moment.customer().id() + "/" + trait + "/" + date;
        var cause = new Entrance.Cause(id, trait, Map.of("date", day.toString()));
        if (day.equals(moment.now().atZone(zone).toLocalDate())) {
            entrance.enter(campaign, cause, moment);
        } else {
            moment.note(Entrance.begun(campaign, "", cause, moment), Change.REFUSED, trait, "LATE");
        }
    }

    private static void next(String timer, Campaign campaign, Moment moment) {
        occurrences(campaign, moment).stream()
                .filter(date -> date.isAfter(moment.now()))
                .min(Comparator.naturalOrder())
                .ifPresentOrElse(date -> moment.out().setTimer(timer, date), () -> moment.out()
                        .cancelTimer(timer));
    }

    private static List<Instant> occurrences(Campaign campaign, Moment moment) {
        Customer customer = moment.customer();
        var entry = entry(campaign);
        Object value = customer.profile().traits().get(entry.date().name());
        return new LocalCalendar(zone(campaign, customer)).occurrences(entry, value, moment.now());
    }

    private static ZoneId zone(Campaign campaign, Customer customer) {
        return customer.profile().zone().orElse(campaign.zone());
    }

    private static DateEntry entry(Campaign campaign) {
        return (DateEntry) campaign.terms().entry();
    }
}
