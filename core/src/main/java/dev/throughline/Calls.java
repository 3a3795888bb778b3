// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.engine.Ack;
import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.segment.EventType;
import dev.throughline.touchpoint.SegmentJson;
import dev.throughline.touchpoint.Source;
import dev.throughline.touchpoint.Stamp;
import dev.throughline.touchpoint.Touchpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What hosts tell of their customers: the six calls of the Segment spec, consent, and whole touchpoints. A {@link Throughline} takes
 * them, a transaction of the host's ({@link Joined}), and each of these for a source of its own. An {@link Ack} says when a call is
 * applied; an unusable value throws and names itself, its place and what was expected.
 */
public abstract class Calls {

    Calls() {}

    /** For the call at hand. */
    abstract Stamp stamp();

    /**
     * Hands in a touchpoint with an id and instants of the host's own.
     *
     * @param touchpoint the touchpoint
     * @return when it is applied
     */
    public abstract Ack record(Touchpoint touchpoint);

    /**
     * Hands in one Segment call as JSON, which says itself where it comes from.
     *
     * @param json one object
     * @return when it is applied
     * @throws ThroughlineException if it is no call
     * @see SegmentJson
     */
    public Ack recordJson(String json) {
        return record(SegmentJson.parse(json, stamp().receivedAt()));
    }

    /**
     * The same calls, from a source.
     *
     * @param source a till, a call, or another source
     * @return what takes them
     */
    public Calls from(Source source) {
        Given.required("from", "source", source);
        return new Calls() {
            @Override
            Stamp stamp() {
                return Calls.this.stamp().from(source);
            }

            @Override
            public Ack record(Touchpoint touchpoint) {
                return Calls.this.record(touchpoint);
            }
        };
    }

    /**
     * Says who somebody is. Traits {@code email} and {@code phone} are identities, too; {@code language}, {@code timezone}, {@code
     * country} and {@code birthday} are read by the library and have the forms that {@link
     * dev.throughline.customer.Profile} names.
     *
     * @param who how she is known here
     * @param traits what is known of her; {@code null} removes a trait, and with {@code email} or {@code phone} nothing more is sent to
     *     the addresses of that kind that are known
     * @return when it is applied
     * @throws ThroughlineException if a value is unusable; names the trait, the value and what was expected
     */
    public Ack identify(Identity who, Map<String, ? extends @Nullable Object> traits) {
        return record(stamp().identify(who, traits));
    }

    /**
     * Says that two names are one customer's. She has at most 64; the browsers and devices that she got first make room.
     *
     * @param who how she is known here
     * @param other another name of hers
     * @return when it is applied; two customers who turn out to be one become one, unless the {@link
     *     dev.throughline.customer.IdentityRules} keep them apart
     */
    public Ack link(Identity who, Identity other) {
        return record(stamp().link(who, other));
    }

    /**
     * Says that somebody goes by another name now. Unlike {@link #link} it overrules limits: two logins become one customer's.
     *
     * @param who how she is known now
     * @param previous how she was known before
     * @return when it is applied
     */
    public Ack alias(Identity who, Identity previous) {
        return record(stamp().alias(who, previous));
    }

    /**
     * Says that somebody did something; a {@link Throughline} blocks until her journeys have heard of it.
     *
     * @param who how she is known here
     * @param event the event's name, such as {@code Order Completed}; {@link dev.throughline.touchpoint.EventNames} has those of the
     *     spec
     * @param properties what else is known of it
     * @return when it is applied
     * @throws ThroughlineException if a value is unusable
     */
    public Ack track(Identity who, String event, Map<String, ? extends @Nullable Object> properties) {
        return record(stamp().track(who, event, properties));
    }

    /**
     * Says that somebody did something that the host has a type for.
     *
     * @param <E> the event
     * @param who how she is known here
     * @param type the type
     * @param event what she did
     * @return when it is applied
     */
    public <E extends Record> Ack track(Identity who, EventType<E> type, E event) {
        return track(who, type.name(), type.properties(event));
    }

    /**
     * Says which page of a site somebody saw: an event {@code Page Viewed} with the page's name as property {@code name}, to which
     * journeys can listen.
     *
     * @param who how she is known here
     * @param page the page's name, such as {@code Home}
     * @param properties what else is known of it, such as {@code url}
     * @return when it is applied
     */
    public Ack page(Identity who, String page, Map<String, ? extends @Nullable Object> properties) {
        return record(stamp().page(who, page, properties));
    }

    /**
     * Says which screen of an app somebody saw: an event {@code Screen Viewed} with the screen's name as property {@code name}.
     *
     * @param who how she is known here
     * @param screen the screen's name
     * @param properties what else is known of it
     * @return when it is applied
     */
    public Ack screen(Identity who, String screen, Map<String, ? extends @Nullable Object> properties) {
        return record(stamp().screen(who, screen, properties));
    }

    /**
     * Says to which company, household or club somebody belongs. Her profile keeps the ids of the 20 groups that were named last as the
     * trait {@code groups}, and what is known of the last one as the trait {@code group}, its id included: {@code {{
     * customer.group.name }}}. That replaces what was known of a group before.
     *
     * @param who how she is known here
     * @param groupId the group's id
     * @param traits what is known of the group; at most 32 Ki characters
     * @return when it is applied
     */
    public Ack group(Identity who, String groupId, Map<String, ? extends @Nullable Object> traits) {
        return record(stamp().group(who, groupId, traits));
    }

    /**
     * Begins a consent act of somebody's. A withdrawal that names no controller binds all of them; a grant has to name one where the
     * brands of this host have several.
     *
     * @param who how she is known here
     * @return what records it
     */
    public Consents consent(Identity who) {
        return act -> {
            Given.required("consent", "act", act);
            return record(stamp().consent(who, act.name(), act.properties()));
        };
    }
}
