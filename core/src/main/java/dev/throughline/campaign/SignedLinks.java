// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.channel.MessageId;
import dev.throughline.customer.Customer;
import dev.throughline.link.Link;
import dev.throughline.link.Link.Purpose;
import dev.throughline.link.LinkKeys;
import dev.throughline.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What a message fills in as {@code links}: made anew with each plan, so that their time counts from then. */
record SignedLinks(LinkKeys keys) {

    private static final Duration CONFIRMED_WITHIN = Duration.ofDays(7);
    private static final Duration CHANGED_WITHIN = Duration.ofDays(30);

    /** The model with the links that the message asks for. */
    Map<String, ?> in(Map<String, ?> model, Message message, MessageId id, Customer customer, Instant now) {
        if (message.links().isEmpty()) {
            return model;
        }
        var more = new TreeMap<String, Object>(model);
        more.put(
                "links",
                Map.of(
                        "confirm",
                        keys.address(new Link(Purpose.CONFIRMATION, id.value(), now.plus(CONFIRMED_WITHIN))),
                        "preferences",
                        keys.address(
                                new Link(Purpose.PREFERENCES, customer.id().toString(), now.plus(CHANGED_WITHIN)))));
        return more;
    }
}
