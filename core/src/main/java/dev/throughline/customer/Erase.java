// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.Identity;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.util.List;

/**
 * Everything that is held of a customer is to be erased.
 *
 * @param who who does it
 * @param why for what reason, without personal data
 * @param also addresses to which something was sent to her and which are no names of hers
 */
public record Erase(String who, String why, List<Identity> also) implements Payload {

    /** How it is stored. */
    public static final Codec<Erase> CODEC = Codec.of(
            (erase, out) -> {
                out.string(1, erase.who);
                out.string(2, erase.why);
                out.each(3, Identity.CODEC, erase.also);
            },
            in -> new Erase(in.string(1), in.string(2), in.each(3, Identity.CODEC)));

    /** Copies the list. */
    public Erase {
        also = List.copyOf(also);
    }
}
