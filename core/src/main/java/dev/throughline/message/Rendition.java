// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message;

import dev.throughline.channel.Content;

/** What rendering gave. */
public sealed interface Rendition {

    /**
     * The message is ready to be decided.
     *
     * @param content what it says
     */
    record Ready(Content content) implements Rendition {}

    /**
     * The template itself chose to send nothing.
     *
     * @param reason why, in the template's words
     */
    record Aborted(String reason) implements Rendition {}

    /**
     * The template could not be filled in.
     *
     * @param error which variable, template and line
     */
    record Failed(String error) implements Rendition {}
}
