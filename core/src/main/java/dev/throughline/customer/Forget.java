// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose it was is erased: told to her names, by these to the contact points that they are, and to whom she had absorbed. A name that is
 * another's by now is left alone.
 *
 * @param name the name that is told; {@code null} for a customer
 * @param whose all ids that she had
 * @param at when she was erased
 */
public record Forget(@Nullable Identity name, List<CustomerId> whose, Instant at) implements Payload {

    /** How it is stored. */
    public static final Codec<Forget> CODEC = Codec.of(
            (forget, out) -> {
                if (forget.name != null) {
                    out.nested(1, Identity.CODEC, forget.name);
                }
                out.each(2, Merge.ID, forget.whose);
                out.instant(3, forget.at);
            },
            in -> new Forget(in.nestedOrNull(1, Identity.CODEC), in.each(2, Merge.ID), in.instant(3)));

    /** Copies the list. */
    public Forget {
        whose = List.copyOf(whose);
    }
}
