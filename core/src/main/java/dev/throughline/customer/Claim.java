// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import org.jspecify.annotations.Nullable;

/**
 * A customer asks for an identity; the identity answers with a claim that names its owner.
 *
 * @param identity which
 * @param owner who wants it; in the answer, who has it
 * @param tie how surely it is hers, who wants it
 * @param epoch in the answer, how often it has been split off
 * @param insteadOf who is one with who wants it by now, and has it perhaps; {@code null} if nobody
 */
public record Claim(
        Identity identity,
        CustomerId owner,
        Tie tie,
        int epoch,
        @Nullable CustomerId insteadOf) implements Payload {

    /** How it is stored. */
    public static final Codec<Claim> CODEC = Codec.of(
            (claim, out) -> {
                out.nested(1, Identity.CODEC, claim.identity);
                out.string(2, claim.owner.toString());
                out.constant(3, claim.tie);
                out.number(4, claim.epoch);
                out.string(5, claim.insteadOf == null ? null : claim.insteadOf.toString());
            },
            in -> {
                String insteadOf = in.stringOrNull(5);
                return new Claim(
                        in.nested(1, Identity.CODEC),
                        CustomerId.parse(in.string(2)),
                        in.constant(3, Tie.WEAK),
                        (int) in.number(4),
                        insteadOf == null ? null : CustomerId.parse(insteadOf));
            });

    /**
     * One of somebody who wants what nobody may have.
     *
     * @param identity which
     * @param owner who wants it; in the answer, who has it
     * @param tie how surely it is hers, who wants it
     * @param epoch in the answer, how often it has been split off
     */
    public Claim(Identity identity, CustomerId owner, Tie tie, int epoch) {
        this(identity, owner, tie, epoch, null);
    }
}
