// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import java.util.Locale;

/** The one form under which an e-mail address is known: trimmed and in lower case. */
final class EmailAddresses {

    private static final int LONGEST = 254; // RFC 5321 section 4.5.3.1.3: a path of 256 octets with its brackets

    private EmailAddresses() {}

    static String normalize(String written) {
        String address = written.strip();
        int at = address.lastIndexOf('@');
        boolean shaped = at > 0 && at < address.length() - 1 && address.length() <= LONGEST;
        if (!shaped || address.chars().anyMatch(c -> c <= ' ' || c == 0x7F || c == '<' || c == '>' || c == ',')) {
            throw new ThroughlineException("e-mail address '" + Shown.of(written)
                    + "': expected one address such as mai@example.com, without spaces, brackets or line breaks");
        }
        return address.toLowerCase(Locale.ROOT);
    }
}
