// SPDX-License-Identifier: Apache-2.0
package dev.throughline.link;

import dev.throughline.identity.Given;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a signed link says: what it is good for, what it is about, and until when. It holds no address and no name.
 *
 * @param purpose what it is good for; a link for one purpose is worth nothing for another
 * @param subject the id of a message or customer: 32 hexadecimal digits in lower case
 * @param expiresAt the first instant at which it no longer works, in whole seconds; {@code null} if it works for good
 */
public record Link(
        Purpose purpose, String subject, @Nullable Instant expiresAt) {

    /** What a link is good for. */
    public enum Purpose {
        /** Unsubscribing from what one message belongs to; its subject is that message. */
        UNSUBSCRIBE(1),
        /** Seeing and changing what one gets; its subject is a customer. */
        PREFERENCES(2),
        /** Confirming a consent (double opt-in); its subject is the message that asked for it. */
        CONFIRMATION(3);

        private final int code;

        Purpose(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /**
     * Checks the subject.
     *
     * @throws ThroughlineException if it is no 32 hexadecimal digits
     */
    public Link {
        Given.required("link", "purpose", purpose);
        Given.required("link", "subject", subject);
        if (!subject.matches("[0-9a-f]{32}")) {
            throw new ThroughlineException("link to '" + Shown.of(subject) + "': expected 32 hexadecimal digits");
        }
    }
}
