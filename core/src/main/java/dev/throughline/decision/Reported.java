// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Receipt;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;

/**
 * A provider has news of a message; the contact point receives it.
 *
 * @param receipt the news
 */
public record Reported(Receipt receipt) implements Payload {

    /** How it is stored. */
    public static final Codec<Reported> CODEC = Codec.of(
            (reported, out) -> {
                Receipt receipt = reported.receipt;
                MessageId message = receipt.message();
                out.string(1, message == null ? null : message.value());
                out.string(2, receipt.id());
                out.string(3, receipt.reference());
                out.constant(4, receipt.status());
                out.constant(5, receipt.cause());
                out.instant(6, receipt.occurredAt());
                out.string(7, receipt.detail());
            },
            in -> new Reported(new Receipt(
                    in.string(2),
                    in.string(1).isEmpty() ? null : new MessageId(in.string(1)),
                    in.stringOrNull(3),
                    in.constant(4, Receipt.Status.DELAYED),
                    in.string(5).isEmpty() ? null : in.constant(5, FailureCause.UNCLASSIFIED),
                    in.instant(6),
                    in.string(7))));
}
