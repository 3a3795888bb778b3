// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.policy.CheckResult;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks do-not-call lists about an address; the answer is the same with results.
 *
 * @param message for which message
 * @param round in which of its rounds
 * @param address about which address
 * @param channel for which channel
 * @param registries which lists
 * @param results what they said, by list; empty in the question
 */
public record RegistryCheck(
        MessageId message,
        int round,
        Address address,
        Channel channel,
        List<String> registries,
        Map<String, CheckResult> results)
        implements Payload {

    /** How it is stored. */
    public static final Codec<RegistryCheck> CODEC = Codec.of(
            (check, out) -> {
                out.string(1, check.message.value());
                out.number(2, check.round);
                out.string(3, check.address.toString());
                out.string(4, check.channel.name());
                out.string(5, check.channel.addressKind());
                check.registries.forEach(registry -> out.string(6, registry));
                out.each(7, Said.CODEC, Said.all(check.results));
            },
            in -> new RegistryCheck(
                    new MessageId(in.string(1)),
                    (int) in.number(2),
                    Address.parse(in.string(3)),
                    new Channel(in.string(4), in.string(5)),
                    in.strings(6),
                    Said.byRegistry(in.each(7, Said.CODEC))));

    /** The name of the port that is asked. */
    public static final String PORT = "do-not-call";

    /** Copies and sorts the collections. */
    public RegistryCheck {
        registries = List.copyOf(registries);
        results = Collections.unmodifiableMap(new TreeMap<>(results));
    }

    /**
     * The answer.
     *
     * @param answers what the lists said
     * @return the answer to this question
     */
    public RegistryCheck answered(Map<String, CheckResult> answers) {
        return new RegistryCheck(message, round, address, channel, registries, answers);
    }

    /** What one list said, as it is stored. */
    record Said(String registry, CheckResult result) {
        static final Codec<Said> CODEC = Codec.of(
                (said, out) -> {
                    out.string(1, said.registry);
                    out.nested(2, CheckResult.CODEC, said.result);
                },
                in -> new Said(in.string(1), in.nested(2, CheckResult.CODEC)));

        static List<Said> all(Map<String, CheckResult> results) {
            var all = new ArrayList<Said>();
            results.forEach((registry, result) -> all.add(new Said(registry, result)));
            return all;
        }

        static Map<String, CheckResult> byRegistry(List<Said> all) {
            var results = new TreeMap<String, CheckResult>();
            all.forEach(said -> results.put(said.registry, said.result));
            return results;
        }
    }
}
