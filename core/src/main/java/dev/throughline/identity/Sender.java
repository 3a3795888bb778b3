// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a message says it is from.
 *
 * @param value a brandname, number or mail address (with or without a display name)
 * @param kind what {@code value} is
 * @param registeredUntil until when the sender is registered where that is demanded (Vietnam: brandname certificate, Decree
 *     91/2020/ND-CP art. 13); {@code null} if it is not
 */
public record Sender(String value, Kind kind, @Nullable Instant registeredUntil) {

    /** What a sender is. */
    public enum Kind {
        /** An alphanumeric name of at most 11 characters. */
        BRANDNAME,
        /** A phone number. */
        PHONE_NUMBER,
        /** A number of at most eight digits. */
        SHORT_CODE,
        /** A mail address. */
        EMAIL_ADDRESS,
        /** What a host's own channel uses. */
        OTHER
    }

    /**
     * Checks that the sender is one line.
     *
     * @throws ThroughlineException if it is empty or holds a line break
     */
    public Sender {
        Given.required("sender", "value", value);
        if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
            throw new ThroughlineException(
                    "sender '" + value.replaceAll("\\p{Cntrl}", "?") + "': expected one line of text");
        }
    }

    /**
     * A sender whose kind follows from its form, not registered.
     *
     * @param value a brandname, number or mail address
     * @return the sender
     */
    public static Sender of(String value) {
        Given.required("sender", "value", value);
        return new Sender(value, kindOf(value), null);
    }

    /**
     * This sender with its registration.
     *
     * @param until the first instant at which it is no longer valid
     * @return the registered sender
     */
    public Sender registeredUntil(Instant until) {
        Given.required("sender", "registeredUntil", until);
        return new Sender(value, kind, until);
    }

    /**
     * Until when the sender is registered.
     *
     * @return the instant, or empty if it is not registered
     */
    public Optional<Instant> registration() {
        return Optional.ofNullable(registeredUntil);
    }

    private static Kind kindOf(String value) {
        if (value.indexOf('@') > 0) {
            return Kind.EMAIL_ADDRESS;
        }
        if (value.matches("\\d{3,8}")) {
            return Kind.SHORT_CODE;
        }
        return value.matches("\\+?[\\d ]{9,}") ? Kind.PHONE_NUMBER : Kind.BRANDNAME;
    }
}
