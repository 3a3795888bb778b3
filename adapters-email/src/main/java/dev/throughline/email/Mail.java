// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import jakarta.mail.Address;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;

/** A mail in the bytes in which it will leave, with its envelope, in the form that Angus takes. */
final class Mail extends SMTPMessage {

    private final byte[] bytes;
    private final Address[] recipient;
    private final String recipientLocal;
    private final boolean international;

    Mail(byte[] bytes, String returnPath, Mailbox recipient) throws UnsupportedEncodingException {
        super((Session) null);
        this.bytes = bytes;
        this.recipient = new Address[] {recipient.toInternetAddress()};
        this.recipientLocal = recipient.local();
        this.international = recipient.isInternational();
        setEnvelopeFrom(returnPath);
    }

    Address[] recipient() {
        return recipient;
    }

    /** What no word of ours may repeat. */
    String recipientLocal() {
        return recipientLocal;
    }

    /** Whether its recipient has an address of RFC 6531. */
    boolean isInternational() {
        return international;
    }

    int octets() {
        return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out, String @Nullable [] ignored) throws IOException {
        out.write(bytes);
    }
}
