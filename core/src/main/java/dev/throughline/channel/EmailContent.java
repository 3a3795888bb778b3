// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

/**
 * A mail.
 *
 * @param subject one line
 * @param html the body as HTML
 * @param text the body as plain text; empty to have it made from the HTML
 */
public record EmailContent(String subject, String html, String text) implements Content {
    @Override
    public String headline() {
        return subject;
    }
}
