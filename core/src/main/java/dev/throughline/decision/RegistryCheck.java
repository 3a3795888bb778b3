// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.policy.CheckResult;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import org.jspecify.annotations.Nullable;

/**
 * Asks a do-not-call list about an address; the answer is the same with a result.
 *
 * @param message for which message
 * @param round in which of its rounds
 * @param address about which address
 * @param channel for which channel
 * @param result what the list said; {@code null} in the question
 */
public record RegistryCheck(
        MessageId message, int round, Address address, Channel channel, @Nullable CheckResult result)
        implements Payload {

    /** How it is stored. */
    public static final Codec<RegistryCheck> CODEC = Codec.of(
            (check, out) -> {
                out.string(1, check.message.value());
                out.number(2, check.round);
                out.string(3, check.address.toString());
                out.string(4, check.channel.name());
                out.string(5, check.channel.addressKind());
                out.nested(6, CheckResult.CODEC, check.result);
            },
            in -> new RegistryCheck(
                    new MessageId(in.string(1)),
                    (int) in.number(2),
                    Address.parse(in.string(3)),
                    new Channel(in.string(4), in.string(5)),
                    in.nestedOrNull(6, CheckResult.CODEC)));

    /** The name of the port that is asked. */
    public static final String PORT = "do-not-call";

    /**
     * The answer.
     *
     * @param answer what the list said
     * @return the answer to this question
     */
    public RegistryCheck answered(CheckResult answer) {
        return new RegistryCheck(message, round, address, channel, answer);
    }
}
