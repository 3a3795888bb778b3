// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A consent that somebody gave: {@code Grant.of(ADVERTISING).on(EMAIL, SMS).actor(SUBJECT).shown(notice("checkout", 3))}. By
 * default an express consent of the person, on every channel, without end. Immutable; each method returns a changed copy.
 *
 * <p>Whether it is enough is for the policy to say: most laws want to know what the person was shown and how the yes was said.
 */
public final class Grant implements ConsentAct {

    static final String GRANTED = "Consent Granted";
    static final String CONFIRMED = "Consent Confirmed";
    static final String RECONFIRMED = "Consent Reconfirmed";

    private final String name;
    private final ActFields fields;

    Grant(String name, ActFields fields) {
        this.name = name;
        this.fields = fields;
    }

    /**
     * A consent to one purpose.
     *
     * @param purpose what for
     * @return the grant
     */
    public static Grant of(Purpose purpose) {
        Given.required("grant", "purpose", purpose);
        return new Grant(GRANTED, ActFields.NONE.with("purpose", purpose.name()));
    }

    /**
     * On these channels only.
     *
     * @param channels at least one
     * @return the changed grant
     * @throws ThroughlineException if there is none: a yes to no channel must not become a yes to all of them
     */
    public Grant on(Channel... channels) {
        Given.all("grant", "on", channels);
        if (channels.length == 0) {
            throw new ThroughlineException("grant of " + purpose()
                    + ": on() without a channel, expected at least one, or no on() for all of them");
        }
        return new Grant(name, fields.on(channels));
    }

    /**
     * About one topic only.
     *
     * @param topic the host's name of it
     * @return the changed grant
     */
    public Grant topic(String topic) {
        return with("topic", topic);
    }

    /**
     * Given by somebody else than the person.
     *
     * @param actor who; an {@link Actor#AGENT} needs a {@link #proof}, what {@link Actor#IMPORT} brings is unproven without a
     *     notice or text
     * @return the changed grant
     */
    public Grant actor(Actor actor) {
        Given.required("grant", "actor", actor);
        return with("actor", actor.name());
    }

    /**
     * After these words were shown. The method is then {@code form} unless another one is named.
     *
     * @param notice the words
     * @return the changed grant
     * @throws ThroughlineException if the notice has neither words nor a name, or a name with a version below 1
     */
    public Grant shown(Notice notice) {
        Given.required("grant", "shown", notice);
        if (notice.id().isBlank() ? notice.text().isBlank() : notice.version() < 1) {
            throw new ThroughlineException("grant of " + purpose() + ": notice '" + notice.id() + "' of version "
                    + notice.version() + ", expected a name and a version from 1 on, or the words themselves");
        }
        return new Grant(name, fields.shown(notice));
    }

    /**
     * Given in this way.
     *
     * @param method such as {@code form}, {@code sms keyword}, {@code call recording} or {@code paper}
     * @return the changed grant
     */
    public Grant method(String method) {
        return with("method", method);
    }

    /**
     * In this language.
     *
     * @param tag BCP 47
     * @return the changed grant
     */
    public Grant language(String tag) {
        return with("language", tag);
    }

    /**
     * Provable by something that the host keeps.
     *
     * @param reference to a recording, a scan or a signed form
     * @return the changed grant
     */
    public Grant proof(String reference) {
        return with("proof", reference);
    }

    /**
     * Resting on something else than an express yes.
     *
     * @param basis what
     * @return the changed grant
     */
    public Grant basis(Basis basis) {
        Given.required("grant", "basis", basis);
        return with("basis", basis.name());
    }

    /**
     * Following from an event of this kind.
     *
     * @param origin {@code PURCHASE}, {@code CONTRACT}, {@code INQUIRY} or another word that a policy knows; under Canadian law {@code
     *     SUBSCRIPTION} for as long as one runs, and {@code SUBSCRIPTION_ENDED}, as of its end, from when its clock runs
     * @return the changed grant
     */
    public Grant from(String origin) {
        return with("origin", origin);
    }

    /**
     * Counting from a later instant on.
     *
     * @param instant the first instant
     * @return the changed grant
     */
    public Grant validFrom(Instant instant) {
        Given.required("grant", "validFrom", instant);
        return with("validFrom", instant.toString());
    }

    /**
     * Ending by itself.
     *
     * @param instant the first instant at which it no longer counts
     * @return the changed grant
     */
    public Grant validUntil(Instant instant) {
        Given.required("grant", "validUntil", instant);
        return with("validUntil", instant.toString());
    }

    /**
     * With the words shown naming messages outside the legal hours.
     *
     * @return the changed grant
     */
    public Grant alsoOutsideHours() {
        return new Grant(name, fields.adding("agreements", Agreement.TIME_CONSENT));
    }

    /**
     * With the words shown naming more messages than the legal cap.
     *
     * @return the changed grant
     */
    public Grant alsoMoreOften() {
        return new Grant(name, fields.adding("agreements", Agreement.FREQUENCY_CONSENT));
    }

    /**
     * Not counting before it is confirmed by a second act (double opt-in).
     *
     * @return the changed grant
     */
    public Grant awaitingConfirmation() {
        return new Grant(name, fields.adding("marks", ConsentEvent.Mark.AWAITS_CONFIRMATION));
    }

    /**
     * The second act, by which the first one counts.
     *
     * @return the changed grant
     */
    public Grant confirming() {
        return new Grant(CONFIRMED, fields);
    }

    /**
     * She affirms what she has agreed to before, as some laws want it from time to time.
     *
     * @return the changed grant
     */
    public Grant reconfirming() {
        return new Grant(RECONFIRMED, fields);
    }

    /**
     * With the words shown saying that earlier refusals that reach further than this grant are over, too. Without it a refusal of
     * everything outlives a grant for one channel.
     *
     * @return the changed grant
     */
    public Grant endingBroaderRefusals() {
        return new Grant(name, fields.adding("marks", ConsentEvent.Mark.ENDS_BROADER_REFUSALS));
    }

    /**
     * Given to this legal person; by default to the controller of the host's brands, if they have only one.
     *
     * @param controller its name, as {@code Brand.controller} has it
     * @return the changed grant
     */
    public Grant controller(String controller) {
        return with("controller", controller);
    }

    /**
     * Given to one brand of the controller only.
     *
     * @param brand its name
     * @return the changed grant
     */
    public Grant brand(String brand) {
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
        if (fields.actor() == Actor.IMPORT) {
            return ConsentEvent.Type.IMPORTED;
        }
        return switch (name) {
            case CONFIRMED -> ConsentEvent.Type.CONFIRMED;
            case RECONFIRMED -> ConsentEvent.Type.RECONFIRMED;
            default -> ConsentEvent.Type.GRANTED;
        };
    }

    private Grant with(String property, String value) {
        return new Grant(name, fields.with(property, Given.required("grant", property, value)));
    }
}
