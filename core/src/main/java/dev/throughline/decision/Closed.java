// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.identity.Channel;
import dev.throughline.ring.Key;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that has its verdict, or whose plan was overtaken by its cancellation; remembered so that what comes late or twice
 * changes nothing.
 *
 * @param message which
 * @param verdict its verdict
 * @param at when it was reached
 * @param until how long it is remembered
 * @param customer for whom, or {@code null} if no plan has come
 * @param origin where it comes from, or {@code null} if no plan has come
 * @param messageClass what it was for
 * @param channel over which channel, or {@code null} if no plan has come
 * @param references the provider's ids
 * @param spent holds that it has used up
 */
record Closed(
        MessageId message,
        Verdict verdict,
        Instant at,
        Instant until,
        @Nullable Key customer,
        @Nullable MessageOrigin origin,
        MessageClass messageClass,
        @Nullable Channel channel,
        List<String> references,
        List<String> spent) {

    static final Codec<Closed> CODEC = Codec.of(
            (closed, out) -> {
                out.string(1, closed.message.value());
                out.constant(2, closed.verdict.outcome());
                out.string(3, closed.verdict.reason());
                out.instant(4, closed.at);
                out.instant(5, closed.until);
                out.string(6, closed.customer == null ? null : closed.customer.toString());
                out.nested(7, MessageOrigin.CODEC, closed.origin);
                out.constant(8, closed.messageClass);
                out.string(9, closed.channel == null ? null : closed.channel.name());
                out.string(10, closed.channel == null ? null : closed.channel.addressKind());
                closed.references.forEach(reference -> out.string(11, reference));
                closed.spent.forEach(hold -> out.string(12, hold));
            },
            in -> new Closed(
                    new MessageId(in.string(1)),
                    new Verdict(in.constant(2, Verdict.Outcome.UNKNOWN), in.string(3)),
                    in.instant(4),
                    in.instant(5),
                    in.string(6).isEmpty() ? null : Key.parse(in.string(6)),
                    in.nestedOrNull(7, MessageOrigin.CODEC),
                    in.constant(8, MessageClass.MARKETING),
                    in.string(9).isEmpty() ? null : new Channel(in.string(9), in.string(10)),
                    in.strings(11),
                    in.strings(12)));

    Closed {
        references = List.copyOf(references);
        spent = List.copyOf(spent);
    }

    Closed corrected(Verdict truth) {
        return new Closed(message, truth, at, until, customer, origin, messageClass, channel, references, spent);
    }
}
