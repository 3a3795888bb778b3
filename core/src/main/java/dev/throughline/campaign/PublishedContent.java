// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.ThroughlineException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which content counts for the messages of a name that follow it, and who has said so. The content itself is a definition of the store, of
 * the kind {@code message}.
 *
 * @param message the messages' name
 * @param hash the hash of the content, as approvals and decisions bear it; empty where what code says counts again
 * @param who who has published it
 * @param why for what reason
 * @param at when
 */
public record PublishedContent(String message, String hash, String who, String why, Instant at) {

    private static final String PREFIX = "content/";

    /**
     * Checks that somebody takes responsibility.
     *
     * @throws ThroughlineException if who or why are empty or hold line breaks
     */
    public PublishedContent {
        if (who.isBlank() || why.isBlank() || (who + why).chars().anyMatch(Character::isISOControl)) {
            throw new ThroughlineException(
                    "content of message '" + message + "': expected one line that says who and one that says why");
        }
    }

    /**
     * All that count.
     *
     * @param settings a store's settings
     * @return them by the names of the messages, in alphabetical order
     */
    public static Map<String, PublishedContent> of(Map<String, String> settings) {
        var all = new TreeMap<String, PublishedContent>();
        settings.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                String message = name.substring(PREFIX.length());
                String[] parts = value.split("\t", 4);
                all.put(message, new PublishedContent(message, parts[1], parts[2], parts[3], Instant.parse(parts[0])));
            }
        });
        return all;
    }

    /**
     * Whether what code says counts again.
     *
     * @return whether it does
     */
    public boolean isOfCode() {
        return hash.isEmpty();
    }

    /**
     * The setting that keeps it.
     *
     * @return one setting
     */
    public Map<String, String> settings() {
        return Map.of(PREFIX + message, String.join("\t", at.toString(), hash, who, why));
    }
}
