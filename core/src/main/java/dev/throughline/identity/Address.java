// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import java.time.ZoneId;
import java.util.Set;

/**
 * A contact point: one e-mail address, phone number or push token, whoever holds it. Law binds opt-outs and caps to it.
 *
 * @param kind {@code email}, {@code phone}, {@code push} or the kind of a host's own channel
 * @param value the address in normal form
 */
public record Address(String kind, String value) implements Comparable<Address> {

    /**
     * An e-mail address.
     *
     * @param value as written
     * @return the address, in lower case
     * @throws ThroughlineException if it is not one address
     */
    public static Address email(String value) {
        Given.required("address", "email", value);
        return new Address("email", EmailAddresses.normalize(value));
    }

    /**
     * A phone number.
     *
     * @param value with {@code +} and country code, spaces allowed
     * @return the address, in E.164 form
     * @throws ThroughlineException if it has another form
     */
    public static Address phone(String value) {
        return new Address("phone", PhoneNumbers.e164(value));
    }

    /**
     * An address of any kind, brought to its normal form.
     *
     * @param kind such as {@code email}
     * @param value as written
     * @return the address
     */
    public static Address of(String kind, String value) {
        Given.required("address of", "kind", kind);
        Given.required("address of", "value", value);
        return switch (kind) {
            case "email" -> email(value);
            case "phone" -> phone(value);
            default -> new Address(kind, new Identity(kind, value).value());
        };
    }

    /**
     * Reads what {@link #toString} printed.
     *
     * @param text kind, colon, value
     * @return the address
     */
    public static Address parse(String text) {
        Given.required("address", "text", text);
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new ThroughlineException(
                    "address '" + text + "': expected kind:value, such as email:mai@example.com");
        }
        return new Address(shared(text.substring(0, colon)), text.substring(colon + 1));
    }

    /** One text for all addresses of a kind, because there are very many. */
    private static String shared(String kind) {
        return switch (kind) {
            case "email" -> "email";
            case "phone" -> "phone";
            case "push" -> "push";
            default -> kind;
        };
    }

    /**
     * The country whose numbering plan a phone number belongs to.
     *
     * @return the ISO 3166-1 code, such as {@code VN}; empty for other kinds and for numbers of no country
     */
    public String country() {
        return kind.equals("phone") ? PhoneNumbers.country(value) : "";
    }

    /**
     * The parts of a country that a phone number's area code stands for, in the North American numbering plan.
     *
     * @return ISO 3166-2 codes, such as {@code US-FL}, more than one for an area code of several; the country's ISO 3166-1 code where it is
     *     not divided; empty for other kinds and numbers, and for codes of no place
     */
    public Set<String> regions() {
        return kind.equals("phone") ? Places.regionsOf(value) : Set.of();
    }

    /**
     * The time zones in which whoever has a phone number may be: those of its area code in the North American numbering plan, else those
     * of its country. One zone stands for all of the same rules.
     *
     * @return the zones; empty for other kinds and for numbers of no country
     */
    public Set<ZoneId> zones() {
        return kind.equals("phone") ? Places.zonesOf(value) : Set.of();
    }

    @Override
    public int compareTo(Address other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return kind + ":" + value;
    }
}
