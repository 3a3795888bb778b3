// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Until when a person's request has to be answered: each the first instant that is too late, {@code null} where no rule says any.
 *
 * @param acknowledgeBy until when she has to be told that it was received
 * @param completeBy until when it has to be done
 * @param extendedUntil until when it has to be done if it is put off, which she is told of with the reason
 */
public record RequestTerms(
        @Nullable Instant acknowledgeBy,
        @Nullable Instant completeBy,
        @Nullable Instant extendedUntil) {

    /** Of a policy that says nothing. */
    public static final RequestTerms NONE = new RequestTerms(null, null, null);

    /** The stricter of both, term by term. */
    RequestTerms and(RequestTerms other) {
        return new RequestTerms(
                earlier(acknowledgeBy, other.acknowledgeBy),
                earlier(completeBy, other.completeBy),
                earlier(extendedUntil, other.extendedUntil));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return Stream.of(one, other)
                .flatMap(Stream::ofNullable)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
