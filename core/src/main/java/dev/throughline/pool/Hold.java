// SPDX-License-Identifier: Apache-2.0
package dev.throughline.pool;

import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * Asks a pool to set something aside; answered with {@link HoldAnswer}. Asked again under the same id, it gets the same answer
 * and nothing more is set aside.
 *
 * @param id names the hold: message id and round
 * @param amount how much
 * @param until when its asker is told of it again, to end it if that was forgotten
 */
public record Hold(String id, long amount, Instant until) implements Payload {

    /** How it is stored. */
    public static final Codec<Hold> CODEC = Codec.of(
            (hold, out) -> {
                out.string(1, hold.id);
                out.number(2, hold.amount);
                out.instant(3, hold.until);
            },
            in -> new Hold(in.string(1), in.number(2), in.instant(3)));

    @Override
    public String rank() {
        return id;
    }
}
