// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;

/** What stands for a name knows all that is to be known of it; told to the name, which may go. */
public record LetGo() implements Payload {

    /** How it is stored. */
    public static final Codec<LetGo> CODEC = Codec.of((answer, out) -> {}, in -> new LetGo());
}
