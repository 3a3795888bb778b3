// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.channel.EmailContent;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.email.Mailbox.BadMailbox;
import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Locale;
import java.util.Properties;

/**
 * Writes a message as a mail: the same message at the same instant gives the same bytes. Angus writes headers as it is told
 * (CR LF included), so everything that goes into one is checked before.
 */
final class Composer {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH); // RFC 5322 section 3.3
    private static final int LONGEST_LINE = 998; // RFC 5322 section 2.1.1
    private static final int LONGEST_URL = 900;
    private static final Session SESSION = Session.getInstance(new Properties());

    private final Letterhead letterhead;

    Composer(Letterhead letterhead) {
        this.letterhead = letterhead;
    }

    Mail compose(Outbound message) throws Refusal {
        Mailbox to = recipient(message.to());
        Mailbox from = sender(message.from());
        EmailContent content = Draft.finish(message.content());
        try {
            byte[] bytes = write(head(message, from, to, content), Body.of(message.id(), content));
            return new Mail(bytes, returnPath(message.id(), from), to);
        } catch (MessagingException | IOException unwritable) {
            throw Refusal.ofContent("the mail cannot be written as MIME: "
                    + unwritable.getClass().getSimpleName());
        }
    }

    private MimeMessage head(Outbound message, Mailbox from, Mailbox to, EmailContent content)
            throws MessagingException, Refusal {
        var head = new MimeMessage(SESSION);
        head.setHeader("Date", DATE.format(letterhead.clock().instant().atOffset(ZoneOffset.UTC)));
        head.setHeader("From", from.header());
        head.setHeader("To", to.header());
        head.setHeader("Message-ID", messageId(message.id(), from));
        head.setHeader("Subject", MimeUtility.fold("Subject: ".length(), EncodedWords.of(content.subject())));
        head.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834 section 5.1
        if (message.unsubscribe() != null) {
            unsubscription(head, message.unsubscribe(), message.id());
        }
        if (!letterhead.feedbackId().isEmpty()) {
            head.setHeader("Feedback-ID", message.messageClass().name() + ":" + letterhead.feedbackId());
        }
        head.setHeader("MIME-Version", "1.0");
        return head;
    }

    /** RFC 8058 section 3.1: one https address and the word; RFC 2369 section 3.2: alternatives in order of preference. */
    private void unsubscription(MimeMessage head, String url, MessageId id) throws MessagingException, Refusal {
        Mailbox byMail = letterhead.unsubscribe();
        String alternative =
                byMail == null ? "" : ",\r\n <mailto:" + byMail.address() + "?subject=unsubscribe%20" + id + ">";
        head.setHeader("List-Unsubscribe", "<" + checkedUrl(url) + ">" + alternative);
        head.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        if (!letterhead.listId().isEmpty()) {
            head.setHeader("List-Id", "<" + letterhead.listId() + ">");
        }
    }

    private static String checkedUrl(String url) throws Refusal {
        try {
            URI uri = new URI(url);
            boolean plain = url.chars().allMatch(c -> c > ' ' && c < 0x7F) && url.length() <= LONGEST_URL;
            if (plain && "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // refused below, with everything else that is no such address
        }
        throw Refusal.ofContent(
                "the unsubscribe address is unfit for one-click: expected an https URL in ASCII of at most "
                        + LONGEST_URL + " characters (RFC 8058)");
    }

    private static byte[] write(MimeMessage head, Body body) throws MessagingException, IOException, Refusal {
        var out = new ByteArrayOutputStream(8192);
        for (String line : Collections.list(head.getAllHeaderLines())) {
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        body.writeTo(out);
        byte[] bytes = out.toByteArray();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                start = i + 1;
            } else if (i - start > LONGEST_LINE) {
                throw Refusal.ofContent("the mail has a line of more than 998 octets (RFC 5322)");
            }
        }
        return bytes;
    }

    private String messageId(MessageId id, Mailbox from) {
        String domain = letterhead.messageIdDomain();
        return "<" + id + "@" + (domain.isEmpty() ? from.domain() : domain) + ">";
    }

    private String returnPath(MessageId id, Mailbox from) {
        Mailbox bounces = letterhead.bounces();
        return bounces == null ? from.address() : bounces.tagged(id.value()).address();
    }

    private static Mailbox recipient(Address to) throws Refusal {
        if (!to.kind().equals("email")) {
            throw Refusal.ofAddress(
                    "the recipient is an address of kind " + Refusal.printable(to.kind()) + ": expected email");
        }
        try {
            return Mailbox.parse(to.value());
        } catch (BadMailbox bad) {
            throw Refusal.ofAddress("the recipient " + bad.problem());
        }
    }

    private static Mailbox sender(Sender from) throws Refusal {
        try {
            Mailbox mailbox = Mailbox.parse(from.value());
            if (mailbox.isInternational()) {
                throw Refusal.ofSender("the sender has letters outside ASCII before the @");
            }
            return mailbox;
        } catch (BadMailbox bad) {
            throw Refusal.ofSender("the sender " + bad.problem() + ": expected one such as Shop <news@shop.example>");
        }
    }
}
