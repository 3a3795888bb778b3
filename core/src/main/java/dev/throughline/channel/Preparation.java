// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import dev.throughline.identity.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter makes of a message before it is sent, by a pure function: its normal form, size and price.
 *
 * @param content the content in the form in which it will leave
 * @param segments how many units the provider counts; at least 1
 * @param cost what it will probably cost, or {@code null} if unknown
 * @param warnings what the author should know, such as "1 character makes 3 segments instead of 1"
 * @param refusal why it cannot be sent at all, or {@code null}
 */
public record Preparation(
        Content content,
        int segments,
        @Nullable Money cost,
        List<String> warnings,
        @Nullable String refusal) {

    /** Copies the warnings. */
    public Preparation {
        warnings = List.copyOf(warnings);
    }

    /**
     * One segment of unknown price, the content unchanged.
     *
     * @param content the content
     * @return the preparation
     */
    public static Preparation asIs(Content content) {
        return new Preparation(content, 1, null, List.of(), null);
    }

    /**
     * A message that this adapter cannot carry.
     *
     * @param content the content
     * @param reason what is wrong and what was expected
     * @return the preparation
     */
    public static Preparation refused(Content content, String reason) {
        return new Preparation(content, 1, null, List.of(), reason);
    }
}
