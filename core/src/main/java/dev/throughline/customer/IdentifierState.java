// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.CustomerId;
import dev.throughline.ring.Key;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who owns one identity. Immutable. */
public final class IdentifierState {

    /** How it is stored. */
    public static final Codec<IdentifierState> CODEC = Codec.of(
            (state, out) -> {
                out.string(1, state.owner == null ? null : state.owner.toString());
                out.number(2, state.epoch);
                out.instant(3, state.erasedAt);
            },
            in -> {
                String owner = in.stringOrNull(1);
                return new IdentifierState(
                        owner == null ? null : CustomerId.parse(owner), (int) in.number(2), in.instantOrNull(3));
            });

    private final @Nullable CustomerId owner;

    private final int epoch;
    private final @Nullable Instant erasedAt;

    /** Made once, because every touchpoint goes there. */
    private final @Nullable Key key;

    /**
     * An identity of somebody.
     *
     * @param owner the customer, or {@code null} if nobody owns it yet
     * @param epoch how often it has been split off from a customer
     */
    public IdentifierState(@Nullable CustomerId owner, int epoch) {
        this(owner, epoch, null);
    }

    private IdentifierState(@Nullable CustomerId owner, int epoch, @Nullable Instant erasedAt) {
        this.owner = owner;
        this.epoch = epoch;
        this.erasedAt = erasedAt;
        this.key = owner == null ? null : Key.of(owner);
    }

    /**
     * The customer who owns it.
     *
     * @return her id, or {@code null} if nobody does yet
     */
    public @Nullable CustomerId owner() {
        return owner;
    }

    /**
     * The key of the customer who owns the identity whose state this is.
     *
     * @param state the state of any key, or {@code null}
     * @return her key; {@code null} if it is no identity's, or nobody owns it
     */
    public static @Nullable Key ownerOf(@Nullable Object state) {
        return state instanceof IdentifierState identifier ? identifier.key() : null;
    }

    /**
     * When somebody who had it was erased last: what happened until then is taken from nobody any more.
     *
     * @return the instant; empty if nobody was
     */
    public Optional<Instant> erasedAt() {
        return Optional.ofNullable(erasedAt);
    }

    /** Somebody else's, or anew. */
    IdentifierState of(CustomerId customer, int since) {
        return new IdentifierState(customer, since, erasedAt);
    }

    /** Nobody's, since whoever had it is erased. */
    IdentifierState erased(Instant at) {
        Instant last = erasedAt == null || at.isAfter(erasedAt) ? at : erasedAt;
        return new IdentifierState(null, epoch, last);
    }

    /** How often it has been split off from a customer. */
    int epoch() {
        return epoch;
    }

    /** The owner's key. */
    @Nullable
    Key key() {
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IdentifierState state
                && epoch == state.epoch
                && Objects.equals(owner, state.owner)
                && Objects.equals(erasedAt, state.erasedAt);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(owner);
    }

    @Override
    public String toString() {
        return "IdentifierState[owner=" + owner + "]";
    }
}
