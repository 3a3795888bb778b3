// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.consent.OptOutWords.Meaning;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import org.jspecify.annotations.Nullable;

/**
 * What a classifier says of a reply; the contact point receives it.
 *
 * @param replied the reply
 * @param meaning what it means; {@code null} if the classifier could not say
 */
public record ReplyRead(Replied replied, @Nullable Meaning meaning) implements Payload {

    /** How it is stored. */
    public static final Codec<ReplyRead> CODEC = Codec.of(
            (read, out) -> {
                out.nested(1, Replied.CODEC, read.replied);
                out.constant(2, read.meaning);
            },
            in -> new ReplyRead(
                    in.nested(1, Replied.CODEC),
                    in.stringOrNull(2) == null ? null : in.constant(2, Meaning.UNCLEAR_REFUSAL)));
}
