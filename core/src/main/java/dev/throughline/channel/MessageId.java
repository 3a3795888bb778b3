// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import dev.throughline.identity.Ids;
import dev.throughline.identity.ThroughlineException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The one name of a message: the outbox's unique key, the provider's idempotency key and what receipts come back with. It
 * holds no customer, so that a merge changes none. Immutable.
 */
public final class MessageId implements Comparable<MessageId> {

    private final String value;

    /** The first half of the digits, by which most are told apart without a look at the text. */
    private final long high;

    /**
     * Checks the form.
     *
     * @param value 32 hexadecimal digits in lower case
     * @throws ThroughlineException if it is not
     */
    public MessageId(String value) {
        if (value.length() != 32 || !isHexadecimal(value)) {
            throw new ThroughlineException("message id '" + value + "': expected 32 hexadecimal digits");
        }
        this.value = value;
        this.high = HexFormat.fromHexDigitsToLong(value, 0, 16);
    }

    /**
     * Its text.
     *
     * @return 32 hexadecimal digits in lower case
     */
    public String value() {
        return value;
    }

    /**
     * The message of one pass through one leg of one step.
     *
     * @param instance the journey instance's id
     * @param step the step's path
     * @param pass how often the instance has come by, from 0
     * @param leg which leg of the step's route, from 0
     * @return the message's id
     */
    public static MessageId of(String instance, String step, int pass, int leg) {
        return new MessageId(Ids.hash("message", instance, step, pass, leg));
    }

    private static boolean isHexadecimal(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (!digit) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(MessageId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : value.compareTo(other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof MessageId id && high == id.high && value.equals(id.value));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high);
    }

    @Override
    public String toString() {
        return value;
    }
}
