// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import java.util.HashMap;
import java.util.Map;

/** E.164 form and country of phone numbers, from libphonenumber's tables. */
final class PhoneNumbers {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /** By the codes that one country has for itself; empty for those of no country. Codes are of one to three digits, and none begins another. */
    private static final Map<String, String> OWN_CODES = ownCodes();

    private static final int LONGEST_CODE = 3;

    private PhoneNumbers() {}

    private static Map<String, String> ownCodes() {
        var own = new HashMap<String, String>();
        for (int code : NUMBERS.getSupportedCallingCodes()) {
            var regions = NUMBERS.getRegionCodesForCountryCode(code);
            if (regions.size() == 1) {
                own.put("+" + code, regions.get(0).equals("001") ? "" : regions.get(0));
            }
        }
        return own;
    }

    static String e164(String written) {
        try {
            var number = NUMBERS.parse(written, null);
            if (NUMBERS.isPossibleNumberWithReason(number) != ValidationResult.IS_POSSIBLE) {
                throw refused(written);
            }
            return NUMBERS.format(number, PhoneNumberFormat.E164);
        } catch (NumberParseException unreadable) {
            throw refused(written);
        }
    }

    /** Countries that share a code are told apart where the number is one that has been given out; else the largest is meant. */
    static String country(String e164) {
        for (int end = 2; end <= Math.min(LONGEST_CODE + 1, e164.length()); end++) {
            String country = OWN_CODES.get(e164.substring(0, end));
            if (country != null) {
                return country;
            }
        }
        return countryOfShared(e164);
    }

    private static String countryOfShared(String e164) {
        try {
            var number = NUMBERS.parse(e164, null);
            String exact = NUMBERS.getRegionCodeForNumber(number);
            String region = exact == null ? NUMBERS.getRegionCodeForCountryCode(number.getCountryCode()) : exact;
            return region.equals("001") || region.equals("ZZ") ? "" : region;
        } catch (NumberParseException unreadable) {
            return "";
        }
    }

    private static ThroughlineException refused(String written) {
        return new ThroughlineException("phone number '" + Shown.of(written)
                + "': expected the international form with '+' and country code, such as " + example(written));
    }

    /** A number without a country code is most often a Vietnamese one, as it is dialled there. */
    private static String example(String written) {
        try {
            var number = NUMBERS.parse(written, "VN");
            return NUMBERS.isValidNumberForRegion(number, "VN")
                    ? NUMBERS.format(number, PhoneNumberFormat.E164) + " if it is Vietnamese"
                    : "+84901234567";
        } catch (NumberParseException unreadable) {
            return "+84901234567";
        }
    }
}
