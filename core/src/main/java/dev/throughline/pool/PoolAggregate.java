// SPDX-License-Identifier: Apache-2.0
package dev.throughline.pool;

import dev.throughline.pool.PoolState.Draw;
import dev.throughline.pool.PoolState.Phase;
import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outstanding;
import dev.throughline.wire.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The step of a pool: what is held and what is spent never exceed the limit together. Immutable and thread-safe.
 *
 * @param pools the pools by name; one that is not listed is empty
 */
public record PoolAggregate(Map<String, Pool> pools) implements Aggregate<PoolState> {

    private static final String SWEEP = "sweep";
    private static final Duration REMINDER = Duration.ofMinutes(10);

    @Override
    public PoolState initial(Key key) {
        return new PoolState(key.id(), 0, Map.of(), new byte[0]);
    }

    @Override
    public PoolState apply(PoolState state, Input input, Instant now, Effects out) {
        if (input instanceof Input.Told told && told.payload() instanceof Hold hold) {
            return hold(swept(state, now), hold, told.from(), now, out);
        }
        if (input instanceof Input.Told told && told.payload() instanceof Settle settle) {
            return settle(state, settle, out);
        }
        return input instanceof Input.Due ? resweep(reminded(swept(state, now), now, out), out) : state;
    }

    @Override
    public Outstanding outstanding(PoolState state, Instant now) {
        var out = new Effects();
        resweep(state, out);
        return Outstanding.of(out);
    }

    @Override
    public Codec<PoolState> codec() {
        return PoolState.CODEC;
    }

    private PoolState hold(PoolState state, Hold hold, Key asker, Instant now, Effects out) {
        Draw before = state.draws().get(hold.id());
        if (before != null) {
            out.tell(asker, new HoldAnswer(hold.id(), state.name(), before.phase() != Phase.RELEASED, null));
            return state;
        }
        if (!hold.until().isAfter(now)) {
            return state;
        }
        long left = limit(state) - state.spentInAll() - hold.amount();
        if (left >= state.held()) {
            out.tell(asker, new HoldAnswer(hold.id(), state.name(), true, null));
            return resweep(state.with(new Draw(hold.id(), hold.amount(), Phase.HELD, hold.until(), asker)), out);
        }
        out.tell(
                asker,
                new HoldAnswer(
                        hold.id(),
                        state.name(),
                        false,
                        left < 0 ? null : earliest(state).orElse(null)));
        return state;
    }

    private static PoolState settle(PoolState state, Settle settle, Effects out) {
        Draw draw = state.draws().get(settle.id());
        if (draw == null || draw.phase() == Phase.RELEASED || (draw.phase() == Phase.SPENT && settle.spent())) {
            return state;
        }
        Phase phase = settle.spent() ? Phase.SPENT : Phase.RELEASED;
        return resweep(state.with(draw.ended(phase, settle.until(), Key.pool(state.name()))), out);
    }

    /**
     * A hold whose time is over does not fall back by itself, because its end may be on its way: whoever asked is told of it again,
     * and ends it one way or the other.
     */
    private static PoolState reminded(PoolState state, Instant now, Effects out) {
        PoolState later = state;
        for (Draw draw : state.draws().values()) {
            if (draw.phase() == Phase.HELD && !draw.until().isAfter(now)) {
                out.tell(draw.asker(), new HoldAnswer(draw.id(), state.name(), true, null));
                later = later.with(new Draw(draw.id(), draw.amount(), Phase.HELD, now.plus(REMINDER), draw.asker()));
            }
        }
        return later;
    }

    /** Ended draws whose time is over are forgotten; what was spent stays spent. */
    private static PoolState swept(PoolState state, Instant now) {
        if (state.draws().values().stream().noneMatch(draw -> isOver(draw, now))) {
            return state;
        }
        long spent = state.spent();
        var left = new TreeMap<String, Draw>();
        for (Draw draw : state.draws().values()) {
            if (!isOver(draw, now)) {
                left.put(draw.id(), draw);
            } else if (draw.phase() == Phase.SPENT) {
                spent += draw.amount();
            }
        }
        return new PoolState(state.name(), spent, Collections.unmodifiableMap(left), state.unknown());
    }

    private static boolean isOver(Draw draw, Instant now) {
        return draw.phase() != Phase.HELD && !draw.until().isAfter(now);
    }

    private static PoolState resweep(PoolState state, Effects out) {
        state.draws().values().stream()
                .map(Draw::until)
                .min(Comparator.naturalOrder())
                .ifPresentOrElse(next -> out.setTimer(SWEEP, next), () -> out.cancelTimer(SWEEP));
        return state;
    }

    private static Optional<Instant> earliest(PoolState state) {
        return state.draws().values().stream()
                .filter(draw -> draw.phase() == Phase.HELD)
                .map(Draw::until)
                .min(Comparator.naturalOrder());
    }

    private long limit(PoolState state) {
        Pool pool = pools.get(state.name());
        return pool == null ? 0 : pool.limit();
    }
}
