// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.campaign.DateRule;
import dev.throughline.campaign.EventRule;
import dev.throughline.campaign.Route;
import dev.throughline.consent.Notice;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Draft;
import dev.throughline.segment.Conditions;
import dev.throughline.segment.EventType;
import dev.throughline.segment.Segment;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongFunction;

/** The words that campaigns are written with, to be imported statically. */
public final class Words {

    private Words() {}

    /**
     * An event that a journey listens to.
     *
     * @param name its name, such as {@code Order Completed}
     * @return the rule
     */
    public static EventRule event(String name) {
        return new EventRule(name, null);
    }

    /**
     * An event of the host's own type that a journey listens to.
     *
     * @param <E> the event
     * @param type the type
     * @return the rule
     */
    public static <E extends Record> EventRule event(EventType<E> type) {
        Given.required("event", "type", type);
        return event(type.name());
    }

    /**
     * An event of the host's own type that a journey listens to where something holds of it. What holds of another event does not
     * compile here.
     *
     * @param <E> the event
     * @param type the type
     * @param check what has to hold
     * @return the rule
     */
    public static <E extends Record> EventRule event(EventType<E> type, EventType.Check<E> check) {
        Given.required("event", "type", type);
        Given.required("event", "check", check);
        return event(type).where(check.condition());
    }

    /**
     * Some minutes.
     *
     * @param number how many
     * @return the duration
     * @throws ThroughlineException if a duration cannot hold so many
     */
    public static Duration minutes(long number) {
        return duration("minutes", number, Duration::ofMinutes);
    }

    /**
     * Some hours.
     *
     * @param number how many
     * @return the duration
     * @throws ThroughlineException if a duration cannot hold so many
     */
    public static Duration hours(long number) {
        return duration("hours", number, Duration::ofHours);
    }

    /**
     * Some times 24 hours, whatever the calendar says.
     *
     * @param number how many
     * @return the duration
     * @throws ThroughlineException if a duration cannot hold so many
     */
    public static Duration days(long number) {
        return duration("days", number, Duration::ofDays);
    }

    /**
     * She enters a segment.
     *
     * @param segment the segment
     * @return a rule for journeys
     */
    public static EventRule entering(Segment segment) {
        return new EventRule(Segment.ENTERED, Conditions.passing(segment));
    }

    /**
     * She leaves a segment.
     *
     * @param segment the segment
     * @return a rule for journeys
     */
    public static EventRule leaving(Segment segment) {
        return new EventRule(Segment.LEFT, Conditions.passing(segment));
    }

    private static Duration duration(String unit, long number, LongFunction<Duration> of) {
        try {
            return of.apply(number);
        } catch (ArithmeticException tooLong) {
            throw new ThroughlineException(unit + "(" + number + "): expected a time that can be waited for", tooLong);
        }
    }

    /**
     * A date that stands in a trait, to be waited for.
     *
     * @param trait the trait: an ISO date, date and time, or instant
     * @return the rule
     */
    public static DateRule traitDate(String trait) {
        return DateRule.of(DateRule.Source.TRAIT, trait);
    }

    /**
     * A date that stands in a property of the event that started the journey, to be waited for.
     *
     * @param property the property: an ISO date, date and time, or instant
     * @return the rule
     */
    public static DateRule eventDate(String property) {
        return DateRule.of(DateRule.Source.EVENT, property);
    }

    /**
     * A route that begins with a channel.
     *
     * @param channel the channel
     * @return the route
     */
    public static Route first(Channel channel) {
        return Route.first(channel);
    }

    /**
     * The wording of a mail; its plain text is made from the HTML.
     *
     * @param subject one line, with placeholders
     * @param html the body, with placeholders
     * @return the wording
     */
    public static Draft mail(String subject, String html) {
        return new Draft.Mail(subject, html, "");
    }

    /**
     * The wording of a text message.
     *
     * @param text the text, with placeholders
     * @return the wording
     */
    public static Draft text(String text) {
        return new Draft.Text(text);
    }

    /**
     * A template that the provider keeps.
     *
     * @param templateId the provider's id
     * @param parameters what to fill in, with placeholders
     * @return the wording
     */
    public static Draft template(String templateId, Map<String, String> parameters) {
        return new Draft.Template(templateId, parameters);
    }

    /**
     * The host's own number of a customer.
     *
     * @param value the number
     * @return the identity
     */
    public static Identity userId(String value) {
        return Identity.userId(value);
    }

    /**
     * A browser or app whose user is not known yet.
     *
     * @param value the number in its cookie
     * @return the identity
     */
    public static Identity anonymousId(String value) {
        return Identity.anonymousId(value);
    }

    /**
     * The notice that was shown when a consent was given.
     *
     * @param id its name
     * @param version its version
     * @return the notice
     */
    public static Notice notice(String id, int version) {
        return new Notice(id, version, "");
    }
}
