// SPDX-License-Identifier: Apache-2.0
package dev.throughline.pool;

import dev.throughline.ring.Key;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pool has given.
 *
 * @param name the pool's name
 * @param spent how much is used up for good and no longer listed in {@code draws}
 * @param draws what was asked for lately, by hold
 * @param unknown fields of a newer version
 */
public record PoolState(String name, long spent, Map<String, Draw> draws, byte[] unknown) {

    /** How it is stored. */
    public static final Codec<PoolState> CODEC = Codec.of(
            (state, out) -> {
                out.string(1, state.name);
                out.number(2, state.spent);
                out.each(3, Draw.CODEC, state.draws.values());
                out.raw(state.unknown);
            },
            in -> {
                var draws = new TreeMap<String, Draw>();
                in.each(3, Draw.CODEC).forEach(draw -> draws.put(draw.id, draw));
                return new PoolState(in.string(1), in.number(2), Collections.unmodifiableMap(draws), in.above(3));
            });

    /** How far a draw has come. */
    public enum Phase {
        /** Set aside. */
        HELD,
        /** Used up. */
        SPENT,
        /** Fallen back; remembered so that a late word changes nothing. */
        RELEASED
    }

    /**
     * One draw on the pool.
     *
     * @param id the hold
     * @param amount how much
     * @param phase how far it has come
     * @param until when its asker is reminded of a hold, or an ended draw may be forgotten
     * @param asker who asked; once it has ended, the pool itself
     */
    public record Draw(String id, long amount, Phase phase, Instant until, Key asker) {
        static final Codec<Draw> CODEC = Codec.of(
                (draw, out) -> {
                    out.string(1, draw.id);
                    out.number(2, draw.amount);
                    out.constant(3, draw.phase);
                    out.instant(4, draw.until);
                    out.string(5, draw.asker.toString());
                },
                in -> new Draw(
                        in.string(1),
                        in.number(2),
                        in.constant(3, Phase.HELD),
                        in.instant(4),
                        Key.parse(in.string(5))));

        /** Nobody is asked any more, so that the asker, which may be an address, is not kept. */
        Draw ended(Phase how, Instant remembered, Key pool) {
            return new Draw(id, amount, how, remembered, pool);
        }
    }

    /**
     * How much is used up.
     *
     * @return the sum
     */
    public long spentInAll() {
        return spent + sum(Phase.SPENT);
    }

    /**
     * How much is set aside.
     *
     * @return the sum
     */
    public long held() {
        return sum(Phase.HELD);
    }

    PoolState with(Draw draw) {
        var more = new TreeMap<>(draws);
        more.put(draw.id, draw);
        return new PoolState(name, spent, Collections.unmodifiableMap(more), unknown);
    }

    private long sum(Phase phase) {
        long sum = 0;
        for (Draw draw : draws.values()) {
            if (draw.phase == phase) {
                sum += draw.amount;
            }
        }
        return sum;
    }
}
