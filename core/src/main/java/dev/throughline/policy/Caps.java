// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.util.List;

/**
 * What a message is counted against.
 *
 * @param caps each must have room
 * @param findings caps that are lifted by an agreement, or that there is none
 */
public record Caps(List<Cap> caps, List<Finding> findings) {

    /** Copies the lists. */
    public Caps {
        caps = List.copyOf(caps);
        findings = List.copyOf(findings);
    }
}
