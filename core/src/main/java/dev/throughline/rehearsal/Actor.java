// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import dev.throughline.campaign.Campaign;
import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Notice;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Withdrawal;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.segment.EventType;
import dev.throughline.segment.Lists;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Source;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Somebody in a rehearsal: who she is, what she agrees to and what she does, at the present instant. Not thread-safe. */
public final class Actor {

    private static final Notice NOTICE = new Notice("rehearsal", 1, "content, method, form and frequency as rehearsed");

    private final String name;
    private final Instant now;
    private final List<Identity> identities = new ArrayList<>();
    private final Map<String, @Nullable Object> traits = new TreeMap<>();
    private final List<Touchpoint> touchpoints = new ArrayList<>();
    private final ToIntFunction<String> numbers;
    private boolean told;
    private Source source = Source.named("rehearsal");

    Actor(Identity known, Instant now, ToIntFunction<String> numbers) {
        this.name = known.value();
        this.now = now;
        this.numbers = numbers;
        identities.add(known);
    }

    /**
     * Has a trait.
     *
     * @param trait its name
     * @param value its value
     * @return this
     */
    public Actor trait(String trait, @Nullable Object value) {
        Given.required("customer trait", "trait", trait);
        traits.put(trait, value);
        told = false;
        return this;
    }

    /**
     * Has an e-mail address.
     *
     * @param address the address
     * @return this
     */
    public Actor email(String address) {
        Given.required("customer", "email", address);
        return identity(Identity.email(address));
    }

    /**
     * Has a phone number.
     *
     * @param number with {@code +} and country code
     * @return this
     */
    public Actor phone(String number) {
        Given.required("customer", "phone", number);
        return identity(Identity.phone(number));
    }

    /**
     * Is known by another name, too.
     *
     * @param identity the name
     * @return this
     */
    public Actor identity(Identity identity) {
        Given.required("customer", "identity", identity);
        identities.add(identity);
        told = false;
        return this;
    }

    /**
     * Agrees, with full evidence.
     *
     * @param purpose to what
     * @param channels over which channels
     * @return this
     */
    public Actor grants(Purpose purpose, Channel... channels) {
        Given.required("customer grants", "purpose", purpose);
        Given.all("customer grants", "channels", channels);
        return acts(Grant.of(purpose)
                .on(channels)
                .actor(dev.throughline.consent.Actor.SUBJECT)
                .shown(NOTICE)
                .method("web form"));
    }

    /**
     * Refuses.
     *
     * @param purpose what
     * @param channels over which channels; none means all
     * @return this
     */
    public Actor withdraws(Purpose purpose, Channel... channels) {
        Given.required("customer withdraws", "purpose", purpose);
        Given.all("customer withdraws", "channels", channels);
        return acts(Withdrawal.of(purpose).on(channels).actor(dev.throughline.consent.Actor.SUBJECT));
    }

    /**
     * Grants or refuses with any evidence.
     *
     * @param act the act
     * @return this
     */
    public Actor acts(ConsentAct act) {
        Given.required("customer", "acts", act);
        return happened(Touchpoint.Call.CONSENT, act.name(), act.properties());
    }

    /**
     * Does something.
     *
     * @param event the event's name
     * @param properties what else is known of it
     * @return this
     */
    public Actor does(String event, Map<String, ? extends @Nullable Object> properties) {
        Given.required("customer does", "event", event);
        Given.required("customer does", "properties", properties);
        return happened(Touchpoint.Call.TRACK, event, properties);
    }

    /**
     * Does something.
     *
     * @param event the event's name
     * @return this
     */
    public Actor does(String event) {
        return does(event, Map.of());
    }

    /**
     * Does what follows at another source; {@code rehearsal} where nothing is said.
     *
     * @param other the source, such as a till
     * @return this
     */
    public Actor from(Source other) {
        Given.required("customer", "from", other);
        source = other;
        return this;
    }

    /**
     * Does something that the host has a type for.
     *
     * @param <E> the event
     * @param type the type
     * @param event what she does
     * @return this
     */
    public <E extends Record> Actor does(EventType<E> type, E event) {
        Given.required("customer does", "type", type);
        Given.required("customer does", "event", event);
        return does(type.name(), type.properties(event));
    }

    /**
     * Is let into a campaign that is started by call.
     *
     * @param campaign the campaign's name
     * @param properties what its messages and conditions find as properties of the event
     * @return this
     */
    public Actor started(String campaign, Map<String, ? extends @Nullable Object> properties) {
        Given.required("customer started", "campaign", campaign);
        Given.required("customer started", "properties", properties);
        return does(Campaign.callOf(campaign), properties);
    }

    /**
     * Is put on a static list.
     *
     * @param list the list's name
     * @return this
     */
    public Actor joins(String list) {
        Given.required("customer", "joins", list);
        return does(Lists.JOINED, Map.of(Lists.PROPERTY, Lists.checked(list)));
    }

    /**
     * Is taken off a static list.
     *
     * @param list the list's name
     * @return this
     */
    public Actor leaves(String list) {
        Given.required("customer", "leaves", list);
        return does(Lists.LEFT, Map.of(Lists.PROPERTY, Lists.checked(list)));
    }

    List<Touchpoint> touchpoints() {
        identified();
        return touchpoints;
    }

    private Actor happened(Touchpoint.Call call, String event, Map<String, ? extends @Nullable Object> properties) {
        identified();
        touchpoints.add(touchpoint(call, event, properties, identities.subList(0, 1)));
        return this;
    }

    private void identified() {
        boolean known = identities.size() == 1 && traits.isEmpty();
        if (!told && !known) {
            touchpoints.add(touchpoint(Touchpoint.Call.IDENTIFY, "identify", traits, identities));
        }
        told = true;
    }

    private Touchpoint touchpoint(
            Touchpoint.Call call,
            String event,
            Map<String, ? extends @Nullable Object> properties,
            List<Identity> names) {
        int number = numbers.applyAsInt(name);
        String id = name + String.format(Locale.ROOT, "/%06d", number);
        return new Touchpoint(
                id,
                call,
                event,
                names,
                now,
                now,
                new LinkedHashMap<>(properties),
                source.name(),
                Origin.LIVE,
                source.fields());
    }
}
