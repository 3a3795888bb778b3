// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import com.google.common.hash.HashCode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A customer's own identifier: 48 bits of the instant at which the creating input was received and 80 bits of that input's
 * hash. The order is age: in a merge the smaller one survives. Immutable.
 */
public final class CustomerId implements Comparable<CustomerId> {

    private final long high;
    private final long low;

    /** Made once, because it is part of every key and log entry of the customer. */
    private final String text;

    /**
     * An identifier.
     *
     * @param high 48 bits of milliseconds and 16 of the hash
     * @param low 64 bits of the hash
     */
    public CustomerId(long high, long low) {
        this(high, low, digits(high, low));
    }

    private CustomerId(long high, long low, String text) {
        this.high = high;
        this.low = low;
        this.text = text;
    }

    /**
     * The identifier of the customer whom an input creates. A repeated input makes the same one.
     *
     * @param receivedAt when the input was received
     * @param inputId the input's identifier
     * @return the identifier
     */
    public static CustomerId of(Instant receivedAt, String inputId) {
        return of(receivedAt, Ids.code("customer", inputId));
    }

    /**
     * The identifier of the customer whom a touchpoint creates. Two identities get two, even where two sources of a host's have given
     * their touchpoints of one millisecond the same number.
     *
     * @param receivedAt when the touchpoint was received
     * @param touchpointId the touchpoint's identifier
     * @param seen the identity that nobody owned so far
     * @return the identifier
     */
    public static CustomerId of(Instant receivedAt, String touchpointId, Identity seen) {
        return of(receivedAt, Ids.code("customer", touchpointId, seen.type(), seen.value()));
    }

    private static CustomerId of(Instant receivedAt, HashCode code) {
        var hash = ByteBuffer.wrap(code.asBytes());
        return new CustomerId((receivedAt.toEpochMilli() << 16) | (hash.getShort() & 0xFFFFL), hash.getLong());
    }

    /**
     * Reads what {@link #toString} printed.
     *
     * @param text 32 hexadecimal digits
     * @return the identifier
     */
    public static CustomerId parse(String text) {
        if (text.length() != 32) {
            throw new ThroughlineException("customer id '" + text + "': expected 32 hexadecimal digits");
        }
        try {
            return new CustomerId(
                    HexFormat.fromHexDigitsToLong(text, 0, 16),
                    HexFormat.fromHexDigitsToLong(text, 16, 32),
                    text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException notHex) {
            throw new ThroughlineException("customer id '" + text + "': expected 32 hexadecimal digits", notHex);
        }
    }

    @Override
    public int compareTo(CustomerId other) {
        int byAge = Long.compareUnsigned(high, other.high);
        return byAge != 0 ? byAge : Long.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomerId id && high == id.high && low == id.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * high + low);
    }

    /** Thirty-two hexadecimal digits, whose order is the order of age. */
    @Override
    public String toString() {
        return text;
    }

    private static String digits(long high, long low) {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
