// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import java.time.Duration;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * An instant that follows from a date which is known of a customer: from a trait, or from a property of the event that started her
 * journey. The value is an ISO date ({@code 2026-12-24}), a local date and time ({@code 2026-12-24T18:00}), both read in her zone, or
 * an instant ({@code 2026-12-24T11:00:00Z}, {@code 2026-12-24T18:00+07:00}). First the days are counted, then the time of day is set,
 * then the duration is added.
 *
 * @param source where the date stands
 * @param name the trait or property
 * @param days how many calendar days later; negative for earlier
 * @param at at which local time of that day; {@code null} keeps that of the value, which for a date is the start of the day
 * @param shift how much later than that; negative for earlier
 */
public record DateRule(
        Source source, String name, int days, @Nullable LocalTime at, Duration shift) {

    private static final int MOST_DAYS = (int) Message.LONGEST.toDays();

    /** Where a date stands. */
    public enum Source {
        /** A trait of the customer, as it is when the wait begins. */
        TRAIT,
        /** A property of the event that started the journey. */
        EVENT
    }

    /**
     * Checks the parts.
     *
     * @throws ThroughlineException if the name is blank, or days or duration lead further than 36,500 days away
     */
    public DateRule {
        Given.required("date", "source", source);
        Given.required("date", "name", name);
        Given.required("date", "shift", shift);
        if (name.isBlank() || Math.abs((long) days) > MOST_DAYS || shift.abs().compareTo(Message.LONGEST) > 0) {
            throw new ThroughlineException("date of '" + name + "', " + days + " days and " + shift
                    + " later: expected a name, and at most " + MOST_DAYS + " days");
        }
    }

    /**
     * The date itself.
     *
     * @param source where it stands
     * @param name the trait or property
     * @return the rule
     */
    public static DateRule of(Source source, String name) {
        return new DateRule(source, name, 0, null, Duration.ZERO);
    }

    /**
     * Some calendar days before.
     *
     * @param number how many
     * @return the changed rule
     */
    public DateRule daysBefore(int number) {
        return new DateRule(source, name, -number, at, shift);
    }

    /**
     * Some calendar days after.
     *
     * @param number how many
     * @return the changed rule
     */
    public DateRule daysAfter(int number) {
        return new DateRule(source, name, number, at, shift);
    }

    /**
     * At a time of the day.
     *
     * @param time on her clock
     * @return the changed rule
     */
    public DateRule at(LocalTime time) {
        Given.required("date", "at", time);
        return new DateRule(source, name, days, time, shift);
    }

    /**
     * Some time before: 24 hours are 24 hours.
     *
     * @param time how much
     * @return the changed rule
     */
    public DateRule before(Duration time) {
        Given.required("date", "before", time);
        return new DateRule(source, name, days, at, time.negated());
    }

    /**
     * Some time after: 24 hours are 24 hours.
     *
     * @param time how much
     * @return the changed rule
     */
    public DateRule after(Duration time) {
        Given.required("date", "after", time);
        return new DateRule(source, name, days, at, time);
    }
}
