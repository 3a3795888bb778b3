// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.channel.EmailContent;
import dev.throughline.channel.MessageId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.eclipse.angus.mail.util.QPEncoderStream;

/**
 * What a mail holds below its headers: one text, or two of which the last is the best (RFC 2046 section 5.1.4). It is written here
 * with Angus' encoder, since the parts of Angus look that up on the class path for each mail.
 *
 * @param boundary holds {@code =_}, which is in no encoded body
 */
record Body(String boundary, List<Part> parts) {

    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder();

    static Body of(MessageId id, EmailContent content) {
        var parts = new ArrayList<Part>();
        if (!content.text().isBlank()) {
            parts.add(Part.of("text/plain", content.text()));
        }
        if (!content.html().isBlank()) {
            parts.add(Part.of("text/html", content.html()));
        }
        return new Body("=_" + id, parts);
    }

    /** Writes the headers of MIME, the empty line and the content. */
    void writeTo(OutputStream out) throws IOException {
        if (parts.size() == 1) {
            parts.get(0).writeTo(out);
            return;
        }
        ascii(out, "Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n");
        for (Part part : parts) {
            ascii(out, "\r\n--" + boundary + "\r\n");
            part.writeTo(out);
        }
        ascii(out, "\r\n--" + boundary + "--\r\n");
    }

    private static void ascii(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A text in UTF-8, its lines ended by CR LF (RFC 2045 section 6.8). */
    private record Part(String type, String text) {

        static Part of(String type, String text) {
            return new Part(type, text.replaceAll("\r\n?|\n", "\r\n"));
        }

        void writeTo(OutputStream out) throws IOException {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            boolean legible = 2 * foreign(octets) <= octets.length;
            ascii(out, "Content-Type: " + type + "; charset=UTF-8\r\n");
            ascii(out, "Content-Transfer-Encoding: " + (legible ? "quoted-printable" : "base64") + "\r\n\r\n");
            out.write(legible ? quotedPrintable(octets) : BASE64.encode(octets));
        }

        private static int foreign(byte[] octets) {
            int count = 0;
            for (byte octet : octets) {
                count += octet < 0 ? 1 : 0;
            }
            return count;
        }

        private static byte[] quotedPrintable(byte[] octets) throws IOException {
            var encoded = new ByteArrayOutputStream(octets.length + octets.length / 2);
            try (var encoder = new QPEncoderStream(encoded)) {
                encoder.write(octets);
            }
            return encoded.toByteArray();
        }
    }
}
