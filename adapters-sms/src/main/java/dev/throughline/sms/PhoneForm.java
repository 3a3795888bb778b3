// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import dev.throughline.identity.Address;
import dev.throughline.identity.ThroughlineException;
import java.util.Optional;

/** In which form a provider writes phone numbers. */
public enum PhoneForm {
    /** {@code +84901234567}. */
    E164,
    /** {@code 84901234567}. */
    INTERNATIONAL,
    /** {@code 0901234567}. */
    NATIONAL;

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /**
     * Writes a number.
     *
     * @param e164 with plus and country code
     * @return the number in this form, without spaces
     */
    public String of(String e164) {
        return switch (this) {
            case E164 -> e164;
            case INTERNATIONAL -> e164.substring(1);
            case NATIONAL -> national(e164);
        };
    }

    /**
     * Reads a number as providers write them: with plus, with country code alone, or as dialled in its country.
     *
     * @param written the digits
     * @param country the ISO 3166-1 code of the country in which it is dialled; empty if numbers always have a country code
     * @return the number, or empty if it is none
     */
    public static Optional<Address> read(String written, String country) {
        try {
            var number = NUMBERS.parse(country.isEmpty() ? "+" + written.replaceFirst("^\\+", "") : written, country);
            return Optional.of(Address.phone(NUMBERS.format(number, PhoneNumberFormat.E164)));
        } catch (NumberParseException | ThroughlineException noNumber) {
            return Optional.empty();
        }
    }

    /**
     * Whether a number has the form that {@link #of} reads, and nothing behind it.
     *
     * @param number the number
     * @return whether it is a plus and 4 to 15 digits
     */
    public static boolean isE164(String number) {
        return number.matches("\\+\\d{4,15}");
    }

    private static String national(String e164) {
        try {
            return NUMBERS.format(NUMBERS.parse(e164, null), PhoneNumberFormat.NATIONAL)
                    .replaceAll("\\D", "");
        } catch (NumberParseException noNumber) {
            return e164;
        }
    }
}
