// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.channel.MessageClass;
import dev.throughline.identity.ThroughlineException;

/**
 * What data or an address may be used for. Other words than message classes: a class says what a message is, a purpose what a
 * person has agreed to.
 *
 * @param name in upper case
 */
public record Purpose(String name) implements Comparable<Purpose> {

    /** Being sent advertising. */
    public static final Purpose ADVERTISING = new Purpose("ADVERTISING");

    /** Having content chosen by what is known of one. */
    public static final Purpose PERSONALISATION = new Purpose("PERSONALISATION");

    /** Having opens, clicks and visits recorded. Sensitive data in Vietnam (Decree 356/2025/ND-CP). */
    public static final Purpose TRACKING = new Purpose("TRACKING");

    /** Being cared for as a customer, without advertising. */
    public static final Purpose CUSTOMER_CARE = new Purpose("CUSTOMER_CARE");

    /** Having one's contract carried out. */
    public static final Purpose FULFILMENT = new Purpose("FULFILMENT");

    /** Having one's data passed to others. */
    public static final Purpose SHARING = new Purpose("SHARING");

    /**
     * Checks the name.
     *
     * @throws ThroughlineException if it is not made of upper-case letters, digits and underscores
     */
    public Purpose {
        if (!name.matches("[A-Z][A-Z0-9_]{0,39}")) {
            throw new ThroughlineException("purpose '" + name
                    + "': expected 1 to 40 upper-case letters, digits and underscores, such as ADVERTISING");
        }
    }

    /**
     * The purpose that messages of a class serve.
     *
     * @param messageClass the class
     * @return {@link #ADVERTISING} also for requests of consent, because that is what they ask for
     */
    public static Purpose of(MessageClass messageClass) {
        return switch (messageClass) {
            case MARKETING, CONSENT_REQUEST -> ADVERTISING;
            case SERVICE -> CUSTOMER_CARE;
            case REGULATORY, ONE_TIME_CODE, TRANSACTIONAL -> FULFILMENT;
        };
    }

    @Override
    public int compareTo(Purpose other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
