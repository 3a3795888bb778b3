// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.consent.ConsentState;
import dev.throughline.consent.LedgerHead;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;

/**
 * Told by an address whose holder was erased to what stands for it from then on: what has to be known if it is ever seen again.
 *
 * @param consent refusals, suppressions and the erasure, without anybody's data
 * @param ledger the end of its chain, of whose lines only the digests are left; none for what knows of refusals only
 */
public record Remnant(ConsentState consent, LedgerHead ledger) implements Payload {

    /** How it is stored. */
    public static final Codec<Remnant> CODEC = Codec.of(
            (remnant, out) -> {
                out.nested(1, ConsentState.CODEC, remnant.consent);
                out.nested(2, LedgerHead.CODEC, remnant.ledger);
            },
            in -> new Remnant(in.nested(1, ConsentState.CODEC), in.nested(2, LedgerHead.CODEC)));
}
