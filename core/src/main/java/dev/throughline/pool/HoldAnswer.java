// SPDX-License-Identifier: Apache-2.0
package dev.throughline.pool;

import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pool's answer, repeated when a hold has not been ended in time.
 *
 * @param id the hold
 * @param pool the pool's name
 * @param held whether it was set aside
 * @param retryAt when others' holds may have fallen back; {@code null} if it was held or the pool is spent for good
 */
public record HoldAnswer(
        String id, String pool, boolean held, @Nullable Instant retryAt) implements Payload {

    /** How it is stored. */
    public static final Codec<HoldAnswer> CODEC = Codec.of(
            (answer, out) -> {
                out.string(1, answer.id);
                out.string(2, answer.pool);
                out.flag(3, answer.held);
                out.instant(4, answer.retryAt);
            },
            in -> new HoldAnswer(in.string(1), in.string(2), in.flag(3), in.instantOrNull(4)));
}
