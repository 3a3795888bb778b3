// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.identity.Channel;
import dev.throughline.ring.Key;
import dev.throughline.wire.Codec;
import dev.throughline.wire.Fields;
import dev.throughline.wire.Writer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that has its verdict, or whose plan was overtaken by its cancellation; remembered so that what comes late or twice
 * changes nothing. Every address keeps a week of them, so ids are kept as bits and the rest is shared.
 *
 * @param high the first half of the message's id
 * @param low the second half
 * @param verdict its verdict
 * @param at when it was reached
 * @param until how long it is remembered
 * @param customer for whom, or {@code null} if no plan has come
 * @param instance the journey instance's id; empty if there is none
 * @param leg where else it comes from, or {@code null} if no plan has come
 * @param trace by what others may come back to it
 */
record Closed(
        long high,
        long low,
        Verdict verdict,
        Instant at,
        Instant until,
        @Nullable Key customer,
        CharSequence instance,
        @Nullable Leg leg,
        Trace trace) {

    static final Codec<Closed> CODEC = Codec.of(Closed::write, Closed::read);

    /** One that no plan has come for. */
    Closed(MessageId message, Verdict verdict, Instant at, Instant until) {
        this(Digits.high(message.value()), Digits.low(message.value()), verdict, at, until, null, "", null, Trace.NONE);
    }

    Closed leaving(Trace left) {
        return new Closed(high, low, verdict, at, until, customer, instance, leg, left);
    }

    MessageId message() {
        return new MessageId(new Digits(high, low).toString());
    }

    /** In the order of message ids. */
    int compareTo(long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
    }

    boolean isPlanned() {
        return leg != null;
    }

    @Nullable
    MessageOrigin origin() {
        return leg == null ? null : leg.origin(instance);
    }

    /** As strict as can be if no plan has come. */
    MessageClass messageClass() {
        return leg == null ? MessageClass.MARKETING : leg.messageClass();
    }

    @Nullable
    Channel channel() {
        return leg == null ? null : leg.channel();
    }

    /** Empty if no plan has come. */
    String brand() {
        return leg == null ? "" : leg.brand();
    }

    boolean isUnknown() {
        return verdict.outcome() == Verdict.Outcome.UNKNOWN;
    }

    /** With the truth about its outcome. */
    Closed corrected(Verdict truth) {
        return new Closed(high, low, truth, at, until, customer, instance, leg, trace.certain());
    }

    private static void write(Closed closed, Writer out) {
        out.string(1, new Digits(closed.high, closed.low).toString());
        out.constant(2, closed.verdict.outcome());
        out.string(3, closed.verdict.reason());
        out.instant(4, closed.at);
        out.instant(5, closed.until);
        out.string(6, closed.customer == null ? null : closed.customer.toString());
        out.nested(7, MessageOrigin.CODEC, closed.origin());
        out.constant(8, closed.messageClass());
        Channel channel = closed.channel();
        out.string(9, channel == null ? null : channel.name());
        out.string(10, channel == null ? null : channel.addressKind());
        closed.trace.references().forEach(reference -> out.string(11, reference));
        closed.trace.spent().forEach(hold -> out.string(12, hold));
        closed.trace.pools().forEach(pool -> out.string(13, pool));
        closed.trace.doubtful().forEach(attempt -> out.number(14, attempt));
        out.string(15, closed.brand().isEmpty() ? null : closed.brand());
    }

    private static Closed read(Fields in) {
        var id = new MessageId(in.string(1));
        var verdict = Verdict.of(in.constant(2, Verdict.Outcome.UNKNOWN), in.string(3));
        var origin = in.nestedOrNull(7, MessageOrigin.CODEC);
        if (origin == null) {
            return new Closed(id, verdict, in.instant(4), in.instant(5));
        }
        return new Closed(
                Digits.high(id.value()),
                Digits.low(id.value()),
                verdict,
                in.instant(4),
                in.instant(5),
                Key.parse(in.string(6)),
                Digits.of(origin.instance()),
                Leg.of(
                        origin,
                        in.constant(8, MessageClass.MARKETING),
                        new Channel(in.string(9), in.string(10)),
                        in.string(15)),
                Trace.of(in.strings(11), in.strings(12), in.strings(13), Open.attempts(in.numbers(14))));
    }
}
