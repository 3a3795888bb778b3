// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import dev.throughline.ring.Outgoing;
import java.util.Locale;

/**
 * Which rows of the outbox are not to be taken.
 *
 * @param by which property of a row is compared
 * @param value with what; ignored for {@link By#EVERYTHING}
 */
public record Exclusion(By by, String value) {

    /** Properties of a row. */
    public enum By {
        /** Every row. */
        EVERYTHING,
        /** The message class's name. */
        CLASS,
        /** The channel's name. */
        CHANNEL,
        /** The sender's value. */
        SENDER,
        /** The campaign's name. */
        CAMPAIGN
    }

    /** Brings the name of a class to capitals and that of a channel to lower case, as rows bear them. */
    public Exclusion {
        if (by == By.CLASS) {
            value = value.toUpperCase(Locale.ROOT);
        } else if (by == By.CHANNEL) {
            value = value.toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Whether a row is meant.
     *
     * @param row the row
     * @return whether it is not to be taken
     */
    public boolean covers(Outgoing row) {
        return switch (by) {
            case EVERYTHING -> true;
            case CLASS -> row.message().messageClass().name().equals(value);
            case CHANNEL -> row.channel().name().equals(value);
            case SENDER -> row.message().from().value().equals(value);
            case CAMPAIGN -> row.campaign().equals(value);
        };
    }
}
