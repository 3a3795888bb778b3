// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import dev.throughline.wire.Codec;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;
import java.util.Comparator;
import java.util.List;

/**
 * One name under which a customer is known: a login, a browser, an address, a card. Several identities belong to one customer.
 * The order is the order of trust: a touchpoint that bears several is filed under the first.
 *
 * @param type what kind of name it is, such as {@code userId}
 * @param value the name itself, in normal form
 */
public record Identity(String type, String value) implements Comparable<Identity> {

    /** How an identity is stored. */
    public static final Codec<Identity> CODEC = new Codec<>() {
        @Override
        public void write(Identity identity, Writer out) {
            out.string(1, identity.type);
            out.string(2, identity.value);
        }

        @Override
        public Identity read(Reader in) {
            String type = "";
            String value = "";
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> type = in.string();
                    case 2 -> value = in.string();
                    default -> {}
                }
            }
            return new Identity(type, value);
        }
    };

    private static final List<String> TRUST =
            List.of("userId", "loyaltyCard", "email", "phone", "custom", "anonymousId", "device");
    private static final Comparator<Identity> ORDER = Comparator.comparingInt(Identity::trust)
            .thenComparing(Identity::type)
            .thenComparing(Identity::value);
    private static final int LONGEST = 256;

    /**
     * Checks the name.
     *
     * @throws ThroughlineException if type or value are missing, empty, longer than 256 characters or hold control characters or
     *     halves of characters
     */
    public Identity {
        check("type", type);
        check("value", value);
    }

    /**
     * The host's own number of a customer who has logged in or is otherwise known.
     *
     * @param value the number
     * @return the identity
     */
    public static Identity userId(String value) {
        return new Identity("userId", value);
    }

    /**
     * A browser or app whose user is not known yet.
     *
     * @param value the number in its cookie
     * @return the identity
     */
    public static Identity anonymousId(String value) {
        return new Identity("anonymousId", value);
    }

    /**
     * An e-mail address as an identity, in lower case.
     *
     * @param value the address as written
     * @return the identity
     * @throws ThroughlineException if it is not one address
     */
    public static Identity email(String value) {
        Given.required("identity", "email", value);
        return new Identity("email", EmailAddresses.normalize(value));
    }

    /**
     * A phone number as an identity, in E.164 form.
     *
     * @param value the number with {@code +} and country code, spaces allowed
     * @return the identity
     * @throws ThroughlineException if it has another form
     */
    public static Identity phone(String value) {
        return new Identity("phone", PhoneNumbers.e164(value));
    }

    /**
     * The number on a loyalty card.
     *
     * @param value the number
     * @return the identity
     */
    public static Identity loyaltyCard(String value) {
        return new Identity("loyaltyCard", value);
    }

    /**
     * A device.
     *
     * @param value the device's number
     * @return the identity
     */
    public static Identity device(String value) {
        return new Identity("device", value);
    }

    /**
     * An identity of any type; e-mail addresses and phone numbers are brought to their normal form.
     *
     * @param type such as {@code userId}, or a word of the host's own
     * @param value the name
     * @return the identity
     */
    public static Identity of(String type, String value) {
        Given.required("identity of", "type", type);
        Given.required("identity of", "value", value);
        return switch (type) {
            case "email" -> email(value);
            case "phone" -> phone(value);
            default -> new Identity(type, value);
        };
    }

    @Override
    public int compareTo(Identity other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return type + ":" + value;
    }

    /**
     * Whether a text is one line that says something: not blank, without control characters, and without halves of characters
     * (surrogates that are not in pairs), which UTF-8 cannot tell apart.
     *
     * @param text the text
     * @return whether it can be a name
     */
    public static boolean isLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || (Character.isSurrogate(c) && !isInPair(text, i))) {
                return false;
            }
        }
        return !text.isBlank();
    }

    private static boolean isInPair(String text, int place) {
        return Character.isHighSurrogate(text.charAt(place))
                ? place + 1 < text.length() && Character.isLowSurrogate(text.charAt(place + 1))
                : place > 0 && Character.isHighSurrogate(text.charAt(place - 1));
    }

    private int trust() {
        int index = TRUST.indexOf(type);
        return index >= 0 ? index : TRUST.indexOf("custom");
    }

    private static void check(String what, String text) {
        if (text == null) {
            throw new ThroughlineException(
                    "identity " + what + " is missing: expected 1 to 256 characters, such as userId:KH-88123");
        }
        if (text.length() > LONGEST || !isLine(text)) {
            throw new ThroughlineException(
                    "identity " + what + " of " + text.length()
                            + " characters: expected 1 to 256 characters without line breaks, control characters or halves of characters");
        }
    }
}
