// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import dev.throughline.wire.Codec;

/** What a message says, rendered; an adapter says which kinds it can carry. */
public sealed interface Content permits EmailContent, TextContent, TemplateContent {

    /** How content is stored. */
    Codec<Content> CODEC = new ContentCodec();

    /**
     * The words a person reads first: a subject, the text, or a template's id.
     *
     * @return one line, for reports
     */
    String headline();
}
