// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Given;
import java.util.List;
import java.util.Map;

/**
 * A no: a consent taken back, refused, or a use objected to. By default on every channel. Immutable; each method returns a
 * changed copy. It needs no evidence to count, and binds to the address, whoever holds it.
 */
public final class Withdrawal implements ConsentAct {

    static final String WITHDRAWN = "Consent Withdrawn";
    static final String REFUSED = "Consent Refused";
    static final String OBJECTED = "Consent Objected";

    private final String name;
    private final ActFields fields;

    Withdrawal(String name, ActFields fields) {
        this.name = name;
        this.fields = fields;
    }

    /**
     * A no to one purpose.
     *
     * @param purpose which
     * @return the withdrawal
     */
    public static Withdrawal of(Purpose purpose) {
        Given.required("withdrawal", "purpose", purpose);
        return new Withdrawal(WITHDRAWN, ActFields.NONE.with("purpose", purpose.name()));
    }

    /**
     * A no to every purpose on every channel.
     *
     * @return the withdrawal
     */
    public static Withdrawal ofEverything() {
        return new Withdrawal(WITHDRAWN, ActFields.NONE);
    }

    /**
     * What a browser says for its user by the header {@code Sec-GPC: 1} (Global Privacy Control): an objection to data being sold or shared.
     * It says nothing of messages, so consents to these stay.
     *
     * @return the withdrawal
     */
    public static Withdrawal globalPrivacyControl() {
        return of(Purpose.SHARING).objecting().method("Sec-GPC: 1");
    }

    /**
     * Taken as the answer to a request, not as the end of a consent.
     *
     * @return the changed withdrawal
     */
    public Withdrawal refusing() {
        return new Withdrawal(REFUSED, fields);
    }

    /**
     * Taken as an objection to a use that needs no consent.
     *
     * @return the changed withdrawal
     */
    public Withdrawal objecting() {
        return new Withdrawal(OBJECTED, fields);
    }

    /**
     * On these channels only.
     *
     * @param channels at least one
     * @return the changed withdrawal
     */
    public Withdrawal on(Channel... channels) {
        Given.all("withdrawal", "on", channels);
        return new Withdrawal(name, fields.on(channels));
    }

    /**
     * About one topic only.
     *
     * @param topic the host's name of it
     * @return the changed withdrawal
     */
    public Withdrawal topic(String topic) {
        return with("topic", topic);
    }

    /**
     * Takes back only what was allowed beyond the legal default; the consent itself stays.
     *
     * @param agreement which
     * @return the changed withdrawal
     */
    public Withdrawal only(Agreement agreement) {
        Given.required("withdrawal", "only", agreement);
        return new Withdrawal(name, fields.adding("agreements", agreement));
    }

    /**
     * Said by somebody else than the person.
     *
     * @param actor who
     * @return the changed withdrawal
     */
    public Withdrawal actor(Actor actor) {
        Given.required("withdrawal", "actor", actor);
        return with("actor", actor.name());
    }

    /**
     * Said in this way.
     *
     * @param method such as {@code sms keyword}, {@code one-click} or {@code call}
     * @return the changed withdrawal
     */
    public Withdrawal method(String method) {
        return with("method", method);
    }

    /**
     * In these words.
     *
     * @param words as the person wrote or said them
     * @return the changed withdrawal
     */
    public Withdrawal saying(String words) {
        return with("text", words);
    }

    /**
     * Provable by something that the host keeps.
     *
     * @param reference to a recording, a scan or a signed form
     * @return the changed withdrawal
     */
    public Withdrawal proof(String reference) {
        return with("proof", reference);
    }

    /**
     * Said to this legal person only; by default to every one.
     *
     * @param controller its name, as {@code Brand.controller} has it
     * @return the changed withdrawal
     */
    public Withdrawal controller(String controller) {
        return with("controller", controller);
    }

    /**
     * Said to one brand of the controller only.
     *
     * @param brand its name
     * @return the changed withdrawal
     */
    public Withdrawal brand(String brand) {
        return with("brand", brand);
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
        return fields.eventsAt(address, occasion, type());
    }

    private ConsentEvent.Type type() {
        return switch (name) {
            case REFUSED -> ConsentEvent.Type.REFUSED;
            case OBJECTED -> ConsentEvent.Type.OBJECTED;
            default -> ConsentEvent.Type.WITHDRAWN;
        };
    }

    private Withdrawal with(String property, String value) {
        return new Withdrawal(name, fields.with(property, Given.required("withdrawal", property, value)));
    }
}
