// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

/** How an {@link SmtpServer} answers a recipient. */
public enum SmtpAnswer {
    /** The mail is taken. */
    ACCEPT,
    /** The recipient is refused for good: 550 5.1.1 after RCPT. */
    REJECT,
    /** The recipient is refused for now: 451 4.3.0 after RCPT. */
    DEFER,
    /**
     * The mail is taken, and the connection ends before the reply that would say so. The client cannot know that it was
     * taken; if it sends again, {@link SmtpServer#received()} holds the mail twice.
     */
    DROP_AFTER_DATA
}
