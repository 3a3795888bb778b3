// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One mail that an {@link SmtpServer} took.
 *
 * @param at the server's clock when the last byte had arrived
 * @param sender of the envelope (MAIL FROM), empty for the null sender
 * @param recipients of the envelope (RCPT TO)
 * @param content the header block with its closing empty line, and the body if the server keeps bodies; one char per byte
 */
public record ReceivedMail(Instant at, String sender, List<String> recipients, String content) {

    /** Copies {@code recipients}. */
    public ReceivedMail {
        recipients = List.copyOf(recipients);
    }

    /** The Message-ID with its angle brackets, or empty when the mail has none. */
    public String messageId() {
        return header("Message-ID").orElse("");
    }

    /** The subject with encoded words (RFC 2047) decoded, or empty when the mail has none. */
    public String subject() {
        return header("Subject").map(ReceivedMail::decoded).orElse("");
    }

    /** The first header field of that name in any case, unfolded and otherwise as sent. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** All header fields of that name in any case, in their order, unfolded and otherwise as sent. */
    public List<String> headers(String name) {
        var values = parsed().getHeader(name);
        return values == null
                ? List.of()
                : List.of(values).stream().map(MimeUtility::unfold).toList();
    }

    /** The raw bytes of {@link #content()}, ready for a MIME parser. */
    public byte[] bytes() {
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }

    private InternetHeaders parsed() {
        try {
            return new InternetHeaders(new ByteArrayInputStream(bytes()), true);
        } catch (MessagingException e) {
            throw new IllegalStateException("the headers of a received mail cannot be read", e);
        }
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(value);
        } catch (UnsupportedEncodingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
