// SPDX-License-Identifier: Apache-2.0
package dev.throughline.pool;

import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * Ends a hold, one way or the other. A pool remembers the end until {@code until}, so that a repeated or late word changes
 * nothing.
 *
 * @param id the hold
 * @param spent whether what was set aside is used up; else it falls back, even if it was said to be spent before
 * @param until how long the pool must remember it
 */
public record Settle(String id, boolean spent, Instant until) implements Payload {

    /** How it is stored. */
    public static final Codec<Settle> CODEC = Codec.of(
            (settle, out) -> {
                out.string(1, settle.id);
                out.flag(2, settle.spent);
                out.instant(3, settle.until);
            },
            in -> new Settle(in.string(1), in.flag(2), in.instant(3)));

    @Override
    public String rank() {
        return id;
    }
}
