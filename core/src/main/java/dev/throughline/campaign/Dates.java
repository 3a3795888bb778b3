// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Campaigns that a date of the customer starts, such as a birthday. Immutable and thread-safe. */
final class Dates extends Appointments {

    /** How long a date lasts from the first zone to the last: who flies west on her birthday has one still. */
    private static final Duration ONE_DAY_EVERYWHERE = Duration.ofHours(50);

    Dates(Collection<Campaign> campaigns, Entrance entrance) {
        super("journeys@", DateEntry.class, campaigns, entrance);
    }

    @Override
    String kind() {
        return "date";
    }

    @Override
    boolean concerns(Campaign campaign, Touchpoint touchpoint) {
        var told = touchpoint.properties();
        return touchpoint.call() == Touchpoint.Call.IDENTIFY
                && (told.containsKey(trait(campaign)) || told.containsKey(ZONE));
    }

    @Override
    @Nullable
    Instant upcoming(Campaign campaign, Moment moment) {
        return occurrences(campaign, moment).stream()
                .filter(date -> date.isAfter(moment.now()))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    @Override
    boolean isTime(Campaign campaign, Instant time, Moment moment) {
        return occurrences(campaign, moment).contains(time);
    }

    @Override
    boolean isRepeated(Campaign campaign, Instant time, LocalDate day, Moment moment) {
        Instant last = moment.journeys().lasting().entered(campaign.name());
        return last != null && last.isAfter(time.minus(ONE_DAY_EVERYWHERE));
    }

    @Override
    String id(Campaign campaign, Instant time, Moment moment) {
        return moment.customer().id() + "/" + trait(campaign) + "/" + time;
    }

    @Override
    String because(Campaign campaign) {
        return trait(campaign);
    }

    private static List<Instant> occurrences(Campaign campaign, Moment moment) {
        Object value = moment.customer().profile().traits().get(trait(campaign));
        return calendar(campaign, moment).occurrences(entry(campaign), value, moment.now());
    }

    private static String trait(Campaign campaign) {
        return entry(campaign).date().name();
    }

    private static DateEntry entry(Campaign campaign) {
        return (DateEntry) campaign.terms().entry();
    }
}
