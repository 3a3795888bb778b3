// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.channel.Outbound;
import dev.throughline.identity.Channel;
import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * A row of the outbox: a decided message and what the dispatch must know of it.
 *
 * @param message what the adapter gets
 * @param channel over which channel
 * @param contactPoint who decided it and hears of the outcome
 * @param customer for whom: the customer's key, whose pending touchpoints hold it back
 * @param campaign which campaign's, for the kill switch; empty if of none
 * @param since when it was decided to send it, by the hosts' clocks: how old the outbox is
 * @param sendBefore past this it must be decided again
 * @param approved the hash of the content whose approval it needs until it leaves; empty if it needs none
 */
public record Outgoing(
        Outbound message,
        Channel channel,
        Key contactPoint,
        Key customer,
        String campaign,
        Instant since,
        Instant sendBefore,
        String approved) {

    /** How a row is stored. */
    public static final Codec<Outgoing> CODEC = new OutgoingCodec();

    /**
     * A row that needs no approval.
     *
     * @param message what the adapter gets
     * @param channel over which channel
     * @param contactPoint who decided it and hears of the outcome
     * @param customer for whom
     * @param campaign which campaign's; empty if of none
     * @param since when it was decided to send it
     * @param sendBefore past this it must be decided again
     */
    public Outgoing(
            Outbound message,
            Channel channel,
            Key contactPoint,
            Key customer,
            String campaign,
            Instant since,
            Instant sendBefore) {
        this(message, channel, contactPoint, customer, campaign, since, sendBefore, "");
    }

    /**
     * Whether somebody waits for it, so that it must not queue behind advertising.
     *
     * @return whether it goes by the fast lane
     */
    public boolean urgent() {
        return switch (message.messageClass()) {
            case REGULATORY, ONE_TIME_CODE, TRANSACTIONAL -> true;
            case SERVICE, CONSENT_REQUEST, MARKETING -> false;
        };
    }
}
