// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the host's web framework answers to a provider, or to a person who follows a link.
 *
 * @param status the HTTP status
 * @param contentType the body's media type
 * @param body the body
 * @param headers further headers by name; none for providers
 */
public record CallbackAnswer(int status, String contentType, String body, Map<String, String> headers) {

    /** Copies the headers. */
    public CallbackAnswer {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /**
     * An answer without further headers.
     *
     * @param status the HTTP status
     * @param contentType the body's media type
     * @param body the body
     */
    public CallbackAnswer(int status, String contentType, String body) {
        this(status, contentType, body, Map.of());
    }

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
