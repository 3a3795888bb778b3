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
 * @param message which
 * @param receipt the news
 */
public record Reported(MessageId message, Receipt receipt) implements Payload {

    /** How it is stored. */
    public static final Codec<Reported> CODEC = Codec.of(
            (reported, out) -> {
                Receipt receipt = reported.receipt;
                out.string(1, reported.message.value());
                out.string(2, receipt.id());
                out.string(3, receipt.reference());
                out.constant(4, receipt.status());
                out.constant(5, receipt.cause());
                out.instant(6, receipt.occurredAt());
                out.string(7, receipt.detail());
            },
            in -> {
                var message = new MessageId(in.string(1));
                var cause = in.stringOrNull(5) == null ? null : in.constant(5, FailureCause.UNCLASSIFIED);
                var status = in.constant(4, Receipt.Status.DELAYED);
                return new Reported(
                        message,
                        new Receipt(
                                in.string(2), message, in.stringOrNull(3), status, cause, in.instant(6), in.string(7)));
            });
}
