// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import java.util.List;
import java.util.Map;

/**
 * The end of a customer's consents that she has not asked for: {@code Ending.invalidated(ADVERTISING).proof("case 17/2026")}. It ends what
 * she has granted so far and within its reach; it is no refusal, so that other customers, and what she grants later, stay as they are.
 * Immutable.
 */
public final class Ending implements ConsentAct {

    static final String INVALIDATED = "Consent Invalidated";
    static final String SUPERSEDED = "Consent Superseded";

    private final String name;
    private final ActFields fields;

    Ending(String name, ActFields fields) {
        this.name = name;
        this.fields = fields;
    }

    /**
     * Consents to a purpose are void: an authority says so, or what was shown had a defect.
     *
     * @param purpose which purpose
     * @return the ending, by default said by {@link Actor#AUTHORITY}
     */
    public static Ending invalidated(Purpose purpose) {
        return of(INVALIDATED, purpose).actor(Actor.AUTHORITY);
    }

    /**
     * A new notice takes the place of the one that consents to a purpose rest on: she is to be asked anew.
     *
     * @param purpose which purpose
     * @param by the new notice
     * @return the ending, by default said by {@link Actor#SYSTEM}
     */
    public static Ending superseded(Purpose purpose, Notice by) {
        Given.required("ending", "by", by);
        var ending = of(SUPERSEDED, purpose).actor(Actor.SYSTEM);
        return new Ending(ending.name, ending.fields.shown(by));
    }

    private static Ending of(String name, Purpose purpose) {
        Given.required("ending", "purpose", purpose);
        return new Ending(name, ActFields.NONE.with("purpose", purpose.name()));
    }

    /**
     * On these channels only.
     *
     * @param channels at least one
     * @return the changed ending
     * @throws ThroughlineException if there is none
     */
    public Ending on(Channel... channels) {
        Given.all("ending", "on", channels);
        if (channels.length == 0) {
            throw new ThroughlineException("ending of " + purpose()
                    + ": on() without a channel, expected at least one, or no on() for all of them");
        }
        return new Ending(name, fields.on(channels));
    }

    /**
     * Who says so.
     *
     * @param actor who
     * @return the changed ending
     */
    public Ending actor(Actor actor) {
        return with("actor", Given.required("ending", "actor", actor).name());
    }

    /**
     * What shows it, such as the number of a decision.
     *
     * @param reference the host's reference
     * @return the changed ending
     */
    public Ending proof(String reference) {
        return with("proof", reference);
    }

    /**
     * Of consents to this legal person only; by default to every one.
     *
     * @param controller its name, as {@code Brand.controller} has it
     * @return the changed ending
     */
    public Ending controller(String controller) {
        return with("controller", controller);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Object> properties() {
        return fields.values();
    }

    @Override
    public String purpose() {
        return fields.text("purpose");
    }

    @Override
    public List<ConsentEvent> eventsAt(Address address, Occasion occasion) {
        return fields.eventsAt(
                address,
                occasion,
                name.equals(SUPERSEDED) ? ConsentEvent.Type.SUPERSEDED : ConsentEvent.Type.INVALIDATED);
    }

    private Ending with(String property, String value) {
        return new Ending(name, fields.with(property, Given.required("ending", property, value)));
    }
}
