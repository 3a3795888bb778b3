// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.channel.Content;
import java.util.List;

/**
 * Content with what the law wants in it.
 *
 * @param content the content; as it was if nothing was wanted
 * @param findings what was done, or why it could not be
 */
public record Transformed(Content content, List<Finding> findings) {

    /** Copies the findings. */
    public Transformed {
        findings = List.copyOf(findings);
    }
}
