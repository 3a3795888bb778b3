// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.email.Mailbox.BadMailbox;
import dev.throughline.identity.ThroughlineException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What every mail of an adapter has in common.
 *
 * @param messageIdDomain the domain of Message-IDs; empty for the one of From
 * @param bounces where bounces go, or {@code null} for From
 * @param unsubscribe where one unsubscribes by mail, or {@code null}
 * @param listId empty if there is none
 * @param feedbackId empty if there is none
 * @param clock what Date is read from
 */
record Letterhead(
        String messageIdDomain,
        @Nullable Mailbox bounces,
        @Nullable Mailbox unsubscribe,
        String listId,
        String feedbackId,
        InstantSource clock) {

    static final Letterhead PLAIN = new Letterhead("", null, null, "", "", InstantSource.system());

    private static final int LONGEST_BOUNCE =
            31; // 64 octets of a local part, less a plus and a message id of 32 digits
    private static final String DOMAIN = "[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?";

    Letterhead messageIdDomain(String domain) {
        require(domain, DOMAIN, "Message-ID domain", "a domain such as shop.example");
        return new Letterhead(domain, bounces, unsubscribe, listId, feedbackId, clock);
    }

    Letterhead bounceAddress(String address) {
        Mailbox mailbox = mailbox("bounce address", address);
        if (mailbox.local().length() > LONGEST_BOUNCE) {
            throw new ThroughlineException("bounce address '" + address
                    + "': expected at most 31 characters before the @, to leave room for a tag");
        }
        return new Letterhead(messageIdDomain, mailbox, unsubscribe, listId, feedbackId, clock);
    }

    Letterhead unsubscribeAddress(String address) {
        return new Letterhead(
                messageIdDomain, bounces, mailbox("unsubscribe address", address), listId, feedbackId, clock);
    }

    Letterhead listId(String id) {
        require(id, DOMAIN, "List-Id", "a name in the form of a domain, such as news.shop.example");
        return new Letterhead(messageIdDomain, bounces, unsubscribe, id, feedbackId, clock);
    }

    Letterhead feedbackId(String sender) {
        require(sender, "[A-Za-z0-9._-]{1,64}", "Feedback-ID", "letters, digits, dots and hyphens");
        return new Letterhead(messageIdDomain, bounces, unsubscribe, listId, sender, clock);
    }

    Letterhead clock(InstantSource source) {
        return new Letterhead(messageIdDomain, bounces, unsubscribe, listId, feedbackId, source);
    }

    private static void require(String value, String pattern, String what, String expected) {
        if (!value.matches(pattern)) {
            throw new ThroughlineException(what + " '" + Refusal.printable(value) + "': expected " + expected);
        }
    }

    private static Mailbox mailbox(String what, String address) {
        try {
            Mailbox mailbox = Mailbox.parse(address);
            if (mailbox.isInternational() || !mailbox.local().matches("[A-Za-z0-9._=-]+")) {
                throw new ThroughlineException(
                        what + " '" + address + "': expected ASCII letters, digits, dots and hyphens before the @");
            }
            return mailbox;
        } catch (BadMailbox bad) {
            throw new ThroughlineException(
                    what + " '" + Refusal.printable(address) + "' " + bad.problem() + ": expected one such as"
                            + " bounce@shop.example",
                    bad);
        }
    }
}
