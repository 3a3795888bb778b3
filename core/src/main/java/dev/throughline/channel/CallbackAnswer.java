// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

/**
 * What the host's web framework answers to a provider.
 *
 * @param status the HTTP status
 * @param contentType the body's media type
 * @param body the body
 */
public record CallbackAnswer(int status, String contentType, String body) {

    /**
     * A short answer in plain text.
     *
     * @param status the HTTP status
     * @param body the text
     * @return the answer
     */
    public static CallbackAnswer text(int status, String body) {
        return new CallbackAnswer(status, "text/plain; charset=utf-8", body);
    }
}
