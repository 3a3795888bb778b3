// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a server was given: envelope and message. */
record Received(String from, String to, String raw) {

    Received(String from, String to, byte[] raw) {
        this(from, to, new String(raw, StandardCharsets.UTF_8));
    }

    /** The message without the header that the server put before it. */
    String own() {
        return raw.substring(raw.indexOf("Date: "));
    }

    String header(String name) {
        try {
            return mime().getHeader(name, ", ");
        } catch (MessagingException malformed) {
            throw new AssertionError(malformed);
        }
    }

    String subject() {
        try {
            return mime().getSubject();
        } catch (MessagingException malformed) {
            throw new AssertionError(malformed);
        }
    }

    /** The words of one of the alternatives. */
    String part(int index) {
        try {
            var parts = (MimeMultipart) mime().getContent();
            return (String) parts.getBodyPart(index).getContent();
        } catch (MessagingException | IOException malformed) {
            throw new AssertionError(malformed);
        }
    }

    MimeMessage mime() throws MessagingException {
        return new MimeMessage(null, new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
    }
}
