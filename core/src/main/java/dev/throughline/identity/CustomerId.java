// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A customer's own identifier: 48 bits of the instant at which the creating input was received and 80 bits of that input's
 * hash. The order is age: in a merge the smaller one survives.
 *
 * @param high 48 bits of milliseconds and 16 of the hash
 * @param low 64 bits of the hash
 */
public record CustomerId(long high, long low) implements Comparable<CustomerId> {

    /**
     * The identifier of the customer whom an input creates. A repeated input makes the same one.
     *
     * @param receivedAt when the input was received
     * @param inputId the input's identifier
     * @return the identifier
     */
    public static CustomerId of(Instant receivedAt, String inputId) {
        var hash = ByteBuffer.wrap(Ids.code("customer", inputId).asBytes());
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
                    HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
        } catch (IllegalArgumentException notHex) {
            throw new ThroughlineException("customer id '" + text + "': expected 32 hexadecimal digits", notHex);
        }
    }

    @Override
    public int compareTo(CustomerId other) {
        int byAge = Long.compareUnsigned(high, other.high);
        return byAge != 0 ? byAge : Long.compareUnsigned(low, other.low);
    }

    /** Thirty-two hexadecimal digits, whose order is the order of age. */
    @Override
    public String toString() {
        var hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
