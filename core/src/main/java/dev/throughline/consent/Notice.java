// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.Given;

/**
 * The words that a person was shown, named by the host and versioned.
 *
 * @param id the host's name of the form or text
 * @param version its version, from 1
 * @param text the words themselves; empty if the host keeps them under id and version
 */
public record Notice(String id, int version, String text) {

    /** Checks that every part is there. */
    public Notice {
        Given.required("notice", "id", id);
        Given.required("notice", "text", text);
    }

    /**
     * A notice whose words the host keeps.
     *
     * @param id the host's name of it
     * @param version its version
     * @return the notice
     */
    public static Notice notice(String id, int version) {
        return new Notice(id, version, "");
    }

    /**
     * The same with its words.
     *
     * @param words as shown
     * @return the notice
     */
    public Notice saying(String words) {
        return new Notice(id, version, words);
    }
}
