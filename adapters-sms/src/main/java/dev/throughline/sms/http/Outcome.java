// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer of a gateway means. */
record Outcome(Kind kind, FailureCause cause, Scope scope) {

    /** The results that a description can name. */
    enum Kind {
        REJECTED,
        NOT_SENT,
        DUPLICATE,
        UNKNOWN
    }

    static final Outcome UNCLEAR = new Outcome(Kind.UNKNOWN, FailureCause.UNCLASSIFIED, Scope.MESSAGE);
    static final Outcome THROTTLED = new Outcome(Kind.NOT_SENT, FailureCause.THROTTLED, Scope.CHANNEL);

    private static final Outcome FAILED = new Outcome(Kind.UNKNOWN, FailureCause.VENDOR_INTERNAL, Scope.MESSAGE);
    private static final Outcome LOCKED_OUT = new Outcome(Kind.NOT_SENT, FailureCause.AUTH, Scope.CHANNEL);
    private static final Outcome MOVED = new Outcome(Kind.NOT_SENT, FailureCause.UNCLASSIFIED, Scope.CHANNEL);
    private static final Outcome REFUSED = new Outcome(Kind.REJECTED, FailureCause.UNCLASSIFIED, Scope.MESSAGE);

    static Outcome read(Part part) {
        part.only("result", "cause", "scope");
        if (!part.child("result").present()) {
            part.child("result").fault(Part.names(Kind.class));
        }
        return new Outcome(
                part.child("result").oneOf(Kind.class, Kind.UNKNOWN),
                part.child("cause").oneOf(FailureCause.class, FailureCause.UNCLASSIFIED),
                part.child("scope").oneOf(Scope.class, Scope.MESSAGE));
    }

    /** What a status means on which the description is silent: a server that failed may have acted before. */
    static Outcome ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> LOCKED_OUT;
            case 408 -> UNCLEAR;
            case 429 -> THROTTLED;
            default -> status >= 500 ? FAILED : status >= 400 ? REFUSED : status >= 300 ? MOVED : UNCLEAR;
        };
    }

    SendResult result(List<String> references, @Nullable Duration retryAfter, String detail) {
        return switch (kind) {
            case REJECTED -> new SendResult.Rejected(cause, scope, detail);
            case NOT_SENT -> new SendResult.NotSent(cause, scope, retryAfter, detail);
            case DUPLICATE -> new SendResult.Duplicate(references);
            case UNKNOWN -> new SendResult.Unknown(cause, references, detail);
        };
    }
}
