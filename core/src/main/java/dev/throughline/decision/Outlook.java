// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.Content;
import dev.throughline.channel.Preparation;
import dev.throughline.policy.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a message if it were decided now. Pools are not asked, so one that is used up does not show.
 *
 * @param content as it would leave, with everything that is put into it
 * @param preparation its size and price, or {@code null} if no adapter carries the channel
 * @param verdict the verdict that would keep it back, or {@code null} if none does
 * @param deferral what would make it wait, or {@code null} if nothing does
 * @param findings what each check said
 */
public record Outlook(
        Content content,
        @Nullable Preparation preparation,
        @Nullable Verdict verdict,
        @Nullable Finding deferral,
        List<Finding> findings) {

    /** Copies the list. */
    public Outlook {
        findings = List.copyOf(findings);
    }
}
