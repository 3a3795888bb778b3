// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Money;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import dev.throughline.wire.Fields;
import dev.throughline.wire.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The outcome of an attempt to send; the contact point receives it.
 *
 * @param message which
 * @param attempt which attempt, from 1: the outcome of an earlier one says nothing about a later
 * @param startedAt when the attempt began
 * @param note how it was delivered if not as decided, such as {@code RECORD}; empty if as decided
 * @param result the outcome
 */
public record Attempted(MessageId message, int attempt, Instant startedAt, String note, SendResult result)
        implements Payload {

    /** How it is stored. */
    public static final Codec<Attempted> CODEC = Codec.of(Attempted::write, Attempted::read);

    /**
     * The ids under which the provider will speak of the message.
     *
     * @return the references; empty if it gave none
     */
    public List<String> references() {
        if (result instanceof SendResult.Accepted accepted) {
            return accepted.references();
        }
        if (result instanceof SendResult.Duplicate duplicate) {
            return duplicate.references();
        }
        return result instanceof SendResult.Unknown unknown ? unknown.references() : List.of();
    }

    private static void write(Attempted attempted, Writer out) {
        out.string(1, attempted.message.value());
        out.instant(2, attempted.startedAt);
        out.string(3, attempted.note);
        out.number(12, attempted.attempt);
        SendResult result = attempted.result;
        if (result instanceof SendResult.Accepted accepted) {
            out.string(4, "ACCEPTED");
            accepted.references().forEach(reference -> out.string(5, reference));
            Money cost = accepted.cost();
            if (cost != null) {
                out.number(6, cost.micros());
                out.string(7, cost.currency());
            }
        } else if (result instanceof SendResult.Duplicate duplicate) {
            out.string(4, "DUPLICATE");
            duplicate.references().forEach(reference -> out.string(5, reference));
        } else if (result instanceof SendResult.Rejected rejected) {
            out.string(4, "REJECTED");
            failure(out, rejected.cause(), rejected.scope(), rejected.detail());
        } else if (result instanceof SendResult.NotSent notSent) {
            out.string(4, "NOT_SENT");
            failure(out, notSent.cause(), notSent.scope(), notSent.detail());
            Duration retryAfter = notSent.retryAfter();
            if (retryAfter != null) {
                out.number(11, retryAfter.toMillis());
            }
        } else if (result instanceof SendResult.Unknown unknown) {
            out.string(4, "UNKNOWN");
            unknown.references().forEach(reference -> out.string(5, reference));
            failure(out, unknown.cause(), Scope.MESSAGE, unknown.detail());
        }
    }

    private static void failure(Writer out, FailureCause cause, Scope scope, String detail) {
        out.constant(8, cause);
        out.constant(9, scope);
        out.string(10, detail);
    }

    private static Attempted read(Fields in) {
        return new Attempted(new MessageId(in.string(1)), (int) in.number(12), in.instant(2), in.string(3), result(in));
    }

    private static SendResult result(Fields in) {
        var cause = in.constant(8, FailureCause.UNCLASSIFIED);
        var scope = in.constant(9, Scope.MESSAGE);
        return switch (in.string(4)) {
            case "ACCEPTED" ->
                new SendResult.Accepted(
                        in.strings(5), in.string(7).isEmpty() ? null : new Money(in.number(6), in.string(7)));
            case "DUPLICATE" -> new SendResult.Duplicate(in.strings(5));
            case "REJECTED" -> new SendResult.Rejected(cause, scope, in.string(10));
            case "NOT_SENT" ->
                new SendResult.NotSent(
                        cause, scope, in.number(11) == 0 ? null : Duration.ofMillis(in.number(11)), in.string(10));
            default -> new SendResult.Unknown(cause, in.strings(5), in.string(10));
        };
    }
}
