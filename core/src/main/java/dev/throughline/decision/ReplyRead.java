// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.consent.OptOutWords.Meaning;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import org.jspecify.annotations.Nullable;

/**
 * What a classifier, or somebody of the host's, says of a reply; the contact point receives it.
 *
 * @param replied the reply
 * @param meaning what it means; {@code null} if the classifier could not say
 * @param who who has read it; empty for the classifier
 */
public record ReplyRead(Replied replied, @Nullable Meaning meaning, String who) implements Payload {

    /** How it is stored. */
    public static final Codec<ReplyRead> CODEC = Codec.of(
            (read, out) -> {
                out.nested(1, Replied.CODEC, read.replied);
                out.constant(2, read.meaning);
                out.string(3, read.who.isEmpty() ? null : read.who);
            },
            in -> new ReplyRead(
                    in.nested(1, Replied.CODEC),
                    in.stringOrNull(2) == null ? null : in.constant(2, Meaning.UNCLEAR_REFUSAL),
                    in.string(3)));
}
