// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.identity.CustomerId;
import dev.throughline.policy.RequestTerms;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a person has asked of the host, and until when it has to be answered.
 *
 * @param id names it
 * @param customer who has asked; of somebody who was erased since, an id that leads to nobody
 * @param kind what for
 * @param receivedAt when it came
 * @param terms until when what has to be done
 * @param acknowledgedAt when she was told that it was received; {@code null} if she was not
 * @param extended whether it was put off
 */
public record PersonRequest(
        String id,
        CustomerId customer,
        Kind kind,
        Instant receivedAt,
        RequestTerms terms,
        @Nullable Instant acknowledgedAt,
        boolean extended) {

    static final String PREFIX = "request/";

    /** What a person may ask for. */
    public enum Kind {
        /** To see what is held of her. */
        ACCESS,
        /** To have it in a form that a machine reads. */
        PORTABILITY,
        /** To have something corrected. */
        CORRECTION,
        /** To have it kept only, and not used. */
        RESTRICTION,
        /** That it is not used for advertising. */
        OBJECTION,
        /** To take all her consents back. */
        WITHDRAWAL,
        /** To have it erased. */
        ERASURE
    }

    /**
     * Until when it has to be done, put off or not.
     *
     * @return the first instant that is too late; empty if no law of the policy says any
     */
    public Optional<Instant> completeBy() {
        return Optional.ofNullable(extended ? terms.extendedUntil() : terms.completeBy());
    }

    /**
     * What is due next: to be acknowledged, or else to be done.
     *
     * @return the first instant that is too late; empty if no law of the policy says any
     */
    public Optional<Instant> due() {
        var first = acknowledgedAt == null ? Optional.ofNullable(terms.acknowledgeBy()) : Optional.<Instant>empty();
        return Stream.concat(first.stream(), completeBy().stream()).min(Instant::compareTo);
    }

    PersonRequest acknowledged(Instant at) {
        return new PersonRequest(id, customer, kind, receivedAt, terms, at, extended);
    }

    PersonRequest putOff() {
        return new PersonRequest(id, customer, kind, receivedAt, terms, acknowledgedAt, true);
    }

    String setting() {
        return String.join(
                "\t",
                customer.toString(),
                kind.name(),
                receivedAt.toString(),
                text(terms.acknowledgeBy()),
                text(terms.completeBy()),
                text(terms.extendedUntil()),
                text(acknowledgedAt),
                String.valueOf(extended));
    }

    static PersonRequest parse(String id, String setting) {
        String[] parts = setting.split("\t", -1);
        return new PersonRequest(
                id,
                CustomerId.parse(parts[0]),
                Kind.valueOf(parts[1]),
                Instant.parse(parts[2]),
                new RequestTerms(instant(parts[3]), instant(parts[4]), instant(parts[5])),
                instant(parts[6]),
                Boolean.parseBoolean(parts[7]));
    }

    private static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    private static @Nullable Instant instant(String text) {
        return text.isEmpty() ? null : Instant.parse(text);
    }
}
