// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import dev.throughline.channel.MessageClass;
import dev.throughline.identity.Channel;

/**
 * What the messages of one leg of one step have in common; kept once for all of them.
 *
 * @param campaign the campaign's name
 * @param step the step's path
 * @param number which leg of the step's route, from 0
 * @param message the message's name
 * @param messageClass what it is for
 * @param channel over which channel
 * @param brand under which brand, by name
 */
record Leg(
        String campaign,
        String step,
        int number,
        String message,
        MessageClass messageClass,
        Channel channel,
        String brand) {

    private static final Interner<Leg> KEPT = Interners.newWeakInterner();

    static Leg of(Plan plan) {
        return of(plan.origin(), plan.messageClass(), plan.channel(), plan.brand());
    }

    static Leg of(MessageOrigin origin, MessageClass messageClass, Channel channel, String brand) {
        return KEPT.intern(new Leg(
                origin.campaign(), origin.step(), origin.leg(), origin.message(), messageClass, channel, brand));
    }

    /** Texts keep their hashes, and these two tell most legs apart. */
    @Override
    public int hashCode() {
        return 31 * campaign.hashCode() + step.hashCode() + number;
    }

    MessageOrigin origin(CharSequence instance) {
        return new MessageOrigin(campaign, instance.toString(), step, number, message);
    }
}
