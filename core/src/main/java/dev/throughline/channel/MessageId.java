// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import dev.throughline.identity.Ids;
import dev.throughline.identity.ThroughlineException;

/**
 * The one name of a message: the outbox's unique key, the provider's idempotency key and what receipts come back with. It
 * holds no customer, so that a merge changes none.
 *
 * @param value 32 hexadecimal digits
 */
public record MessageId(String value) implements Comparable<MessageId> {

    /**
     * Checks the form.
     *
     * @throws ThroughlineException if it is not 32 hexadecimal digits
     */
    public MessageId {
        if (value.length() != 32 || !isHexadecimal(value)) {
            throw new ThroughlineException("message id '" + value + "': expected 32 hexadecimal digits");
        }
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
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
