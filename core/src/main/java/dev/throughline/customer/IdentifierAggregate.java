// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.CustomerId;
import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.Objects;

/**
 * The step of an identity: the first customer who comes by it owns it, and then whoever has absorbed her. Immutable and thread-safe.
 */
public final class IdentifierAggregate implements Aggregate<IdentifierState> {

    /** Has no rules. */
    public IdentifierAggregate() {}

    @Override
    public IdentifierState initial(Key key) {
        return new IdentifierState(null, 0);
    }

    @Override
    public IdentifierState apply(IdentifierState state, Input input, Instant now, Effects out) {
        if (input instanceof Input.Happened happened) {
            var touchpoint = happened.touchpoint();
            var owned = state.owner() == null
                    ? new IdentifierState(
                            CustomerId.of(touchpoint.receivedAt(), touchpoint.id(), touchpoint.identity()), 0)
                    : state;
            out.tell(Objects.requireNonNull(owned.key()), new Observed(touchpoint));
            return owned;
        }
        if (!(input instanceof Input.Told told)) {
            return state;
        }
        if (told.payload() instanceof Claim claim) {
            var after = state.owner() == null || state.owner().equals(claim.insteadOf())
                    ? new IdentifierState(claim.owner(), state.epoch())
                    : state;
            var owner = Objects.requireNonNull(after.owner());
            out.tell(told.from(), new Claim(claim.identity(), owner, claim.tie(), after.epoch()));
            return after;
        }
        return told.payload() instanceof Merge.Rebind rebind ? rebound(state, rebind) : state;
    }

    /** The older is always right, unless what is said comes from before a split. */
    private static IdentifierState rebound(IdentifierState state, Merge.Rebind rebind) {
        boolean older = state.owner() == null || rebind.owner().compareTo(state.owner()) < 0;
        return rebind.epoch() > state.epoch() || (rebind.epoch() == state.epoch() && older)
                ? new IdentifierState(rebind.owner(), rebind.epoch())
                : state;
    }

    @Override
    public Codec<IdentifierState> codec() {
        return IdentifierState.CODEC;
    }
}
