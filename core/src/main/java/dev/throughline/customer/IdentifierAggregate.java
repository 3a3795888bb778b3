// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Pepper;
import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The step of an identity: the first customer who comes by it owns it, and then whoever has absorbed her. Immutable and thread-safe.
 */
public final class IdentifierAggregate implements Aggregate<IdentifierState> {

    private final Pepper pepper;

    /** Of a host that erases nobody. */
    public IdentifierAggregate() {
        this(Pepper.NONE);
    }

    /**
     * Recognises names that were erased.
     *
     * @param pepper by which secrets
     */
    public IdentifierAggregate(Pepper pepper) {
        this.pepper = pepper;
    }

    @Override
    public IdentifierState initial(Key key) {
        return new IdentifierState(null, 0);
    }

    @Override
    public IdentifierState apply(IdentifierState state, Input input, Instant now, Effects out) {
        if (input instanceof Input.Happened happened) {
            var touchpoint = happened.touchpoint();
            if (isErased(state, touchpoint)) {
                return state;
            }
            var owned = state.owner() == null
                    ? state.of(CustomerId.of(touchpoint.receivedAt(), touchpoint.id(), touchpoint.identity()), 0)
                    : state;
            out.tell(Objects.requireNonNull(owned.key()), new Observed(touchpoint));
            return owned;
        }
        if (input instanceof Input.Received received && received.payload() instanceof Forget forget) {
            return forgotten(state, forget, out);
        }
        if (!(input instanceof Input.Told told)) {
            return state;
        }
        if (told.payload() instanceof Forget forget) {
            return forgotten(state, forget, out);
        }
        if (told.payload() instanceof Remember remember) {
            out.tell(told.from(), new LetGo());
            return state.erased(remember.at());
        }
        if (told.payload() instanceof LetGo && state.owner() == null) {
            out.erase("", true);
            return state;
        }
        if (told.payload() instanceof Claim claim) {
            var after = state.owner() == null || state.owner().equals(claim.insteadOf())
                    ? state.of(claim.owner(), state.epoch())
                    : state;
            var owner = Objects.requireNonNull(after.owner());
            out.tell(told.from(), new Claim(claim.identity(), owner, claim.tie(), after.epoch()));
            return after;
        }
        return told.payload() instanceof Merge.Rebind rebind ? rebound(state, rebind) : state;
    }

    /** The older is always right, unless what is said comes from before a split. */
    private static IdentifierState rebound(IdentifierState state, Merge.Rebind rebind) {
        if (state.owner() == null && state.erasedAt().isPresent()) {
            return state; // it comes from before the erasure: who has come since owns the name already
        }
        boolean older = state.owner() == null || rebind.owner().compareTo(state.owner()) < 0;
        return rebind.epoch() > state.epoch() || (rebind.epoch() == state.epoch() && older)
                ? state.of(rebind.owner(), rebind.epoch())
                : state;
    }

    /** What happened before somebody was erased is hers; and what is loaded brings nobody back. */
    private static boolean isErased(IdentifierState state, Touchpoint touchpoint) {
        return state.erasedAt()
                .filter(at -> !touchpoint.occurredAt().isAfter(at)
                        || (state.owner() == null && touchpoint.origin() == Origin.HISTORY))
                .isPresent();
    }

    /** The name is nobody's at once, and is gone as soon as what stands for it knows so. */
    private IdentifierState forgotten(IdentifierState state, Forget forget, Effects out) {
        var name = Objects.requireNonNull(forget.name());
        if (state.owner() != null && !forget.whose().contains(state.owner())) {
            return state;
        }
        out.tell(new Key(Key.Kind.IDENTIFIER, pepper.standIn(name.toString())), new Remember(forget.at()));
        Customer.address(name).ifPresent(address -> out.tell(Key.of(address), forget));
        return state.erased(forget.at());
    }

    @Override
    public List<Key> standIns(Key key) {
        return pepper.standIns(key.id()).stream()
                .map(id -> new Key(Key.Kind.IDENTIFIER, id))
                .toList();
    }

    @Override
    public IdentifierState returned(Key key, List<IdentifierState> standIns) {
        return standIns.stream()
                .flatMap(state -> state.erasedAt().stream())
                .max(Comparator.naturalOrder())
                .map(initial(key)::erased)
                .orElseGet(() -> initial(key));
    }

    @Override
    public Codec<IdentifierState> codec() {
        return IdentifierState.CODEC;
    }
}
