// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Redrive;
import dev.throughline.wire.Codec;

/**
 * Remembers for which generation of needs a customer was last stepped: what is asked of her past since then is made anew by {@link
 * Input.Rebuild}. The last of the slices, so that a rebuild which fails is tried again. Immutable and thread-safe.
 */
public final class BuiltSlice implements Slice<Long> {

    /** In place of a number: nothing that was made of her past holds any more, because some of it is another customer's, or somebody wants it anew. */
    public static final long ANEW = -1;

    private static final Long NEVER = 0L;

    private static final Codec<Long> CODEC = Codec.of(
            (generation, out) -> {
                if (generation != 0) {
                    out.number(1, generation);
                }
            },
            in -> in.number(1));

    /** One that remembers. */
    public BuiltSlice() {}

    @Override
    public String name() {
        return "built";
    }

    @Override
    public Long initial() {
        return NEVER;
    }

    @Override
    public Long apply(Long state, Context context, Input input, Effects out) {
        if (input instanceof Input.Received received && received.payload() instanceof Redrive) {
            out.setTimer(Parting.ANEW, context.now());
            return ANEW;
        }
        return input instanceof Input.Rebuild rebuild && rebuild.generation() != state ? rebuild.generation() : state;
    }

    /** Whoever is stepped is made anew before. */
    @Override
    public void timers(Long state, Context context, Effects out) {
        if (state == ANEW) {
            out.setTimer(Parting.ANEW, context.now());
        }
    }

    /** Of two that were not stepped for the same needs all is made anew. */
    @Override
    public Long merge(Both<Long> both, Context context, Effects out) {
        if (both.survivor() == ANEW || both.absorbed() == ANEW) {
            return ANEW;
        }
        return both.survivor().equals(both.absorbed()) ? both.survivor() : NEVER;
    }

    @Override
    public Long without(Long survivor, Long absorbed) {
        return ANEW;
    }

    /** What she handed over is as it was then; her timeline before it stands under other ids. */
    @Override
    public Long restored(Both<Long> both, Context context, Effects out) {
        return both.absorbed();
    }

    @Override
    public Codec<Long> codec() {
        return CODEC;
    }
}
