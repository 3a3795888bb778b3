// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.identity.Channel;
import dev.throughline.ring.Key;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.LinkedHashSet;
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
 * @param brand under which brand, by name; empty if no plan has come
 * @param references the provider's ids
 * @param spent holds that it has used up
 * @param pools those in which it has used them up, if its outcome is unknown
 * @param doubtful attempts whose outcome is unknown, from 1, if its own is
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
        String brand,
        List<String> references,
        List<String> spent,
        List<String> pools,
        List<Integer> doubtful) {

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
                closed.pools.forEach(pool -> out.string(13, pool));
                closed.doubtful.forEach(attempt -> out.number(14, attempt));
                out.string(15, closed.brand.isEmpty() ? null : closed.brand);
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
                    in.string(15),
                    in.strings(11),
                    in.strings(12),
                    in.strings(13),
                    Open.attempts(in.numbers(14))));

    Closed {
        references = List.copyOf(references);
        spent = List.copyOf(spent);
        pools = List.copyOf(pools);
        doubtful = List.copyOf(doubtful);
    }

    boolean isUnknown() {
        return verdict.outcome() == Verdict.Outcome.UNKNOWN;
    }

    /** With the truth about its outcome. */
    Closed corrected(Verdict truth) {
        return with(truth, references, spent, List.of());
    }

    /** With more of the provider's ids. */
    Closed referring(List<String> more) {
        var known = new LinkedHashSet<>(references);
        known.addAll(more);
        return with(verdict, List.copyOf(known), spent, doubtful);
    }

    /** Without one attempt that is known by now not to have been sent; after the last of them nothing is used up. */
    Closed disproved(int attempt) {
        var left = doubtful.stream().filter(one -> one != attempt).toList();
        return with(verdict, references, left.isEmpty() ? List.of() : spent, left);
    }

    private Closed with(Verdict reached, List<String> known, List<String> holds, List<Integer> left) {
        return new Closed(
                message,
                reached,
                at,
                until,
                customer,
                origin,
                messageClass,
                channel,
                brand,
                known,
                holds,
                left.isEmpty() ? List.of() : pools,
                left);
    }
}
