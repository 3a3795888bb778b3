// SPDX-License-Identifier: Apache-2.0
package dev.throughline.touchpoint;

import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Touchpoint.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Under which id, when and from where something is recorded; makes touchpoints of the six calls of the Segment spec. Immutable. Each
 * method throws {@link ThroughlineException} where {@link Touchpoint} would, or where an address is none.
 *
 * @param id names the touchpoint
 * @param occurredAt when it happened
 * @param receivedAt when it reached us
 * @param source where it came from
 */
public record Stamp(String id, Instant occurredAt, Instant receivedAt, Source source) {

    /**
     * Of the present.
     *
     * @param id names the touchpoint
     * @param now when it happens and reaches us
     * @return the stamp, from the host itself
     */
    public static Stamp of(String id, Instant now) {
        return new Stamp(id, now, now, Source.HOST);
    }

    /**
     * From a source.
     *
     * @param other where it comes from
     * @return the changed stamp
     */
    public Stamp from(Source other) {
        return new Stamp(id, occurredAt, receivedAt, other);
    }

    /**
     * Who somebody is. Traits {@code email} and {@code phone} are identities, too.
     *
     * @param who how she is known
     * @param traits what is known of her; {@code null} removes a trait
     * @return the touchpoint
     */
    public Touchpoint identify(Identity who, Map<String, ? extends @Nullable Object> traits) {
        var names = new ArrayList<Identity>();
        names.add(who);
        var normal = copy("identify", traits);
        Addresses.named(normal, names);
        return touchpoint(Call.IDENTIFY, "identify", names, normal);
    }

    /**
     * Two names are one customer's.
     *
     * @param who how she is known
     * @param other another name of hers
     * @return the touchpoint
     */
    public Touchpoint link(Identity who, Identity other) {
        return touchpoint(Call.IDENTIFY, "identify", Arrays.asList(who, other), Map.of());
    }

    /**
     * What somebody did.
     *
     * @param who how she is known
     * @param event the event's name
     * @param properties what else is known of it
     * @return the touchpoint
     */
    public Touchpoint track(Identity who, String event, Map<String, ? extends @Nullable Object> properties) {
        return touchpoint(Call.TRACK, event, Collections.singletonList(who), copy(event, properties));
    }

    /**
     * Which page of a site somebody saw.
     *
     * @param who how she is known
     * @param page the page's name
     * @param properties what else is known of it, such as {@code url} and {@code title}
     * @return the touchpoint: an event {@link EventNames#PAGE_VIEWED} whose property {@code name} is the page's
     */
    public Touchpoint page(Identity who, String page, Map<String, ? extends @Nullable Object> properties) {
        return seen(Call.PAGE, EventNames.PAGE_VIEWED, who, page, properties);
    }

    /**
     * Which screen of an app somebody saw.
     *
     * @param who how she is known
     * @param screen the screen's name
     * @param properties what else is known of it
     * @return the touchpoint: an event {@link EventNames#SCREEN_VIEWED} whose property {@code name} is the screen's
     */
    public Touchpoint screen(Identity who, String screen, Map<String, ? extends @Nullable Object> properties) {
        return seen(Call.SCREEN, EventNames.SCREEN_VIEWED, who, screen, properties);
    }

    private Touchpoint seen(
            Call call, String event, Identity who, String name, Map<String, ? extends @Nullable Object> properties) {
        var named = copy(event, properties);
        named.put("name", name);
        return touchpoint(call, event, Collections.singletonList(who), named);
    }

    /**
     * To which company, household or club somebody belongs.
     *
     * @param who how she is known
     * @param groupId the group's id
     * @param traits what is known of the group, not of her: an address among them is the group's
     * @return the touchpoint: an event {@code group} whose properties are the traits and {@code groupId}
     */
    public Touchpoint group(Identity who, String groupId, Map<String, ? extends @Nullable Object> traits) {
        if (groupId == null || !Identity.isLine(groupId)) {
            throw new ThroughlineException("touchpoint '" + id + "' (group): groupId is missing, expected one line");
        }
        var named = copy("group", traits);
        named.put("groupId", groupId);
        return touchpoint(Call.GROUP, "group", Collections.singletonList(who), named);
    }

    /**
     * Somebody goes by another name now. As {@link #link}, but said of her names themselves, by a host that knows both.
     *
     * @param who how she is known now
     * @param previous how she was known before
     * @return the touchpoint
     */
    public Touchpoint alias(Identity who, Identity previous) {
        var touchpoint = touchpoint(Call.ALIAS, "alias", Arrays.asList(who, previous), Map.of());
        var fields = new LinkedHashMap<>(touchpoint.fields());
        fields.put("previousId", previous.value());
        return touchpoint.withFields(fields);
    }

    /**
     * What somebody agrees to or refuses.
     *
     * @param who how she is known
     * @param act the act's name
     * @param properties what the act says
     * @return the touchpoint
     */
    public Touchpoint consent(Identity who, String act, Map<String, ? extends @Nullable Object> properties) {
        return touchpoint(Call.CONSENT, act, Collections.singletonList(who), copy(act, properties));
    }

    private Touchpoint touchpoint(
            Call call, String name, List<Identity> names, Map<String, @Nullable Object> properties) {
        return new Touchpoint(
                id, call, name, names, occurredAt, receivedAt, properties, source.name(), Origin.LIVE, source.fields());
    }

    private static Map<String, @Nullable Object> copy(
            String name, @Nullable Map<String, ? extends @Nullable Object> properties) {
        if (properties == null) {
            throw new ThroughlineException(
                    "touchpoint (" + name + "): properties is missing, expected a map, which may be empty");
        }
        return new LinkedHashMap<>(properties);
    }
}
