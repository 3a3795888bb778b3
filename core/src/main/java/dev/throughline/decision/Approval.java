// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.identity.ThroughlineException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody has approved a message, with just this content: what is changed in it, or in the layout and look of its mails, needs an
 * approval of its own.
 *
 * @param hash the content hash
 * @param message the message's name
 * @param who who has approved it
 * @param why for what reason
 * @param at when
 */
public record Approval(String hash, String message, String who, String why, Instant at) {

    static final String PREFIX = "approval/";
    static final String WITHDRAWN = "withdrawal/";

    /**
     * Checks that somebody takes responsibility.
     *
     * @throws ThroughlineException if who or why are empty or hold line breaks
     */
    public Approval {
        if (who.isBlank() || why.isBlank() || (who + why).chars().anyMatch(Character::isISOControl)) {
            throw new ThroughlineException(
                    "approval of message '" + message + "': expected one line that says who and one that says why");
        }
    }

    /**
     * The approval of a content.
     *
     * @param settings a store's settings
     * @param hash the content hash
     * @return the approval, or empty if there is none
     */
    public static Optional<Approval> find(Map<String, String> settings, String hash) {
        return find(settings, PREFIX, hash);
    }

    /**
     * Who has taken the approval of a content back.
     *
     * @param settings a store's settings
     * @param hash the content hash
     * @return who, when and why; empty if nobody has, or if it was approved again since
     */
    public static Optional<Approval> findWithdrawal(Map<String, String> settings, String hash) {
        return find(settings, WITHDRAWN, hash);
    }

    private static Optional<Approval> find(Map<String, String> settings, String prefix, String hash) {
        String said = settings.getOrDefault(prefix + hash, "");
        if (said.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = said.split("\t", 4);
        return Optional.of(new Approval(hash, parts[3], parts[1], parts[2], Instant.parse(parts[0])));
    }

    /**
     * The settings that keep it, and forget that it was withdrawn before.
     *
     * @return two settings
     */
    public Map<String, String> settings() {
        return Map.of(PREFIX + hash, line(), WITHDRAWN + hash, "");
    }

    /**
     * The settings that take it back: with who does it, when and why in place of who has approved.
     *
     * @return two settings
     */
    public Map<String, String> withdrawal() {
        return Map.of(PREFIX + hash, "", WITHDRAWN + hash, line());
    }

    private String line() {
        return String.join("\t", at.toString(), who, why, message);
    }
}
