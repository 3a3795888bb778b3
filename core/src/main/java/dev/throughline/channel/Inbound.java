// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import java.time.Instant;

/**
 * A message from a person. What its words mean is not the adapter's to say.
 *
 * @param id names it, so that a repeated one is dropped
 * @param channel on which channel it came
 * @param from whose contact point it came from
 * @param to which of our numbers or addresses it was sent to
 * @param text what it says, reassembled
 * @param at when it was received
 */
public record Inbound(String id, Channel channel, Address from, String to, String text, Instant at) {}
