// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import java.util.Collection;

/** Takes secrets and phone numbers out of a gateway's words, which are stored and logged. */
final class Redaction {

    private static final int LONGEST = 120;

    private Redaction() {}

    static String of(String words, Collection<String> secrets) {
        String clean = words;
        for (String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        clean = clean.replaceAll("\\p{Cntrl}+", " ").replaceAll("\\+?\\d(?:[ .-]?\\d){6,}", "***");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
    }
}
