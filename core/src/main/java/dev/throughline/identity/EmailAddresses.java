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
        if (!shaped || !isLocal(address.substring(0, at)) || address.chars().anyMatch(EmailAddresses::isRefused)) {
            throw new ThroughlineException("e-mail address '" + Shown.of(written)
                    + "': expected one address such as mai@example.com, without spaces, brackets or line breaks");
        }
        return address.toLowerCase(Locale.ROOT);
    }

    private static boolean isLocal(String part) {
        boolean quoted = part.length() > 2 && part.startsWith("\"") && part.endsWith("\"");
        return quoted || (part.indexOf('@') < 0 && part.indexOf(':') < 0);
    }

    /** What separates addresses, and what cannot be seen and comes along when an address is copied. */
    private static boolean isRefused(int c) {
        return c <= ' '
                || c == 0x7F
                || "<>,;".indexOf(c) >= 0
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
