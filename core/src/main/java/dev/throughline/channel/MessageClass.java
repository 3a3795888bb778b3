// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

/** What a message is for, in the order of precedence; promotional content upgrades any of them to {@link #MARKETING}. */
public enum MessageClass {
    /** Ordered by law or an authority, such as a recall or the confirmation of an opt-out. */
    REGULATORY,
    /** A code that a waiting person needs now. */
    ONE_TIME_CODE,
    /** Belongs to a contract, such as news of an order. */
    TRANSACTIONAL,
    /** Care for a customer that advertises nothing. */
    SERVICE,
    /** Asks for a consent. */
    CONSENT_REQUEST,
    /** Advertises. */
    MARKETING
}
