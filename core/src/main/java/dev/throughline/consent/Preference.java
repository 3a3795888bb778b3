// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Given;
import java.util.List;
import java.util.Map;

/**
 * How often and when somebody wants to be written to: {@code Preference.of(ADVERTISING, Wish.NONE.atMost(1, Duration.ofDays(7))).on(SMS)}.
 * It takes nothing back and gives nothing; it binds to the address like a refusal, and the latest one of each scope counts. {@link
 * Wish#NONE} ends an earlier one. Immutable; each method returns a changed copy.
 */
public final class Preference implements ConsentAct {

    static final String SET = "Preference Set";

    private final ActFields fields;

    Preference(ActFields fields) {
        this.fields = fields;
    }

    /**
     * A wish about one purpose, on every channel.
     *
     * @param purpose what for
     * @param wish what she wants
     * @return the preference
     */
    public static Preference of(Purpose purpose, Wish wish) {
        Given.required("preference", "purpose", purpose);
        return new Preference(
                ActFields.NONE.with("purpose", purpose.name()).wishing(Given.required("preference", "wish", wish)));
    }

    /**
     * On these channels only.
     *
     * @param channels at least one
     * @return the changed preference
     */
    public Preference on(Channel... channels) {
        Given.all("preference", "on", channels);
        return new Preference(fields.on(channels));
    }

    /**
     * About one topic only.
     *
     * @param topic the host's name of it
     * @return the changed preference
     */
    public Preference topic(String topic) {
        return with("topic", topic);
    }

    /**
     * Said in this way.
     *
     * @param method such as {@code preference centre}
     * @return the changed preference
     */
    public Preference method(String method) {
        return with("method", method);
    }

    /**
     * Said to this legal person only; by default to every one.
     *
     * @param controller its name, as {@code Brand.controller} has it
     * @return the changed preference
     */
    public Preference controller(String controller) {
        return with("controller", controller);
    }

    @Override
    public String name() {
        return SET;
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
        return fields.eventsAt(address, occasion, ConsentEvent.Type.PREFERRED);
    }

    private Preference with(String property, String value) {
        return new Preference(fields.with(property, Given.required("preference", property, value)));
    }
}
