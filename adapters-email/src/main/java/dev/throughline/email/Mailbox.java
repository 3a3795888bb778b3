// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * An address with the name shown before it, its domain in ASCII (RFC 5891 section 4.4).
 *
 * @param name empty if there is none
 */
record Mailbox(String name, String local, String domain) {

    private static final int LONGEST_LOCAL = 64; // RFC 5321 section 4.5.3.1.1
    private static final int LONGEST_NAME = 256;

    // RFC 5321 section 4.1.2 and RFC 6531 section 3.3. Angus alone lets comments and groups of many addresses through.
    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\\-\\x{80}-\\x{10FFFF}-]+|\"[!#-\\[\\]-~]+\"");
    private static final Pattern DOMAIN =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[A-Za-z0-9:.-]+]");

    /** Reads {@code mai@example.com} or {@code Shop <news@shop.example>}. */
    static Mailbox parse(String written) throws BadMailbox {
        if (Refusal.hasControls(written)) {
            throw new BadMailbox("holds a line break or another control character");
        }
        String text = written.strip();
        int open = text.endsWith(">") ? text.lastIndexOf('<') : -1;
        return open < 0
                ? of("", text)
                : of(unquoted(text.substring(0, open).strip()), text.substring(open + 1, text.length() - 1));
    }

    private static Mailbox of(String name, String address) throws BadMailbox {
        int at = address.lastIndexOf('@');
        if (at < 1 || name.length() > LONGEST_NAME) {
            throw new BadMailbox("is not a mail address");
        }
        var mailbox = new Mailbox(name, address.substring(0, at), inAscii(address.substring(at + 1)));
        mailbox.check();
        return mailbox;
    }

    private void check() throws BadMailbox {
        if (!LOCAL.matcher(local).matches() || !DOMAIN.matcher(domain).matches()) {
            throw new BadMailbox("is not a mail address");
        }
        try {
            new InternetAddress(address(), true);
        } catch (AddressException malformed) {
            throw new BadMailbox("is not a mail address");
        }
        if (local.getBytes(StandardCharsets.UTF_8).length > LONGEST_LOCAL) {
            throw new BadMailbox("has more than 64 octets before the @");
        }
    }

    private static String inAscii(String domain) throws BadMailbox {
        try {
            return domain.startsWith("[") ? domain : IDN.toASCII(domain);
        } catch (IllegalArgumentException malformed) {
            throw new BadMailbox("has no domain that can be looked up");
        }
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1") : name;
    }

    String address() {
        return local + "@" + domain;
    }

    /** Whether only a server with SMTPUTF8 (RFC 6531) can take it. */
    boolean isInternational() {
        return local.chars().anyMatch(c -> c > 0x7E);
    }

    Mailbox tagged(String tag) {
        return new Mailbox(name, local + "+" + tag, domain);
    }

    /** As it stands in From or To. */
    String header() {
        if (name.isEmpty()) {
            return address();
        }
        String words = EncodedWords.of(name);
        boolean plain = words.equals(name) && name.matches("[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*");
        String phrase = words.equals(name) && !plain ? quoted(name) : words; // RFC 5322 section 3.2.5
        return phrase + (phrase.length() > 50 ? "\r\n <" : " <") + address() + ">";
    }

    private static String quoted(String words) {
        return "\"" + words.replaceAll("([\"\\\\])", "\\\\$1") + "\"";
    }

    InternetAddress toInternetAddress() throws UnsupportedEncodingException {
        return new InternetAddress(address(), null);
    }

    /** What is not a mailbox; the message goes after the word that names it. */
    static final class BadMailbox extends Exception {

        private static final long serialVersionUID = 1L;

        private BadMailbox(String problem) {
            super(problem, null, false, false);
        }

        String problem() {
            return String.valueOf(getMessage());
        }
    }
}
