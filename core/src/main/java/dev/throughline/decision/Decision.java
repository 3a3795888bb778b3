// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.identity.Channel;
import dev.throughline.policy.Finding;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of a message, and why: a line of the decision log.
 *
 * @param message which
 * @param at when the verdict was reached
 * @param customer for whom: a customer's key, or a contact point's if nobody is known to hold it
 * @param origin where it comes from
 * @param messageClass what it is for
 * @param channel over which channel
 * @param verdict what became of it
 * @param findings what each check said, in the order of checks
 * @param correction whether it corrects an earlier verdict UNKNOWN
 * @param policy the hash of the policy that its findings come from; empty where no policy was asked
 */
public record Decision(
        MessageId message,
        Instant at,
        Key customer,
        MessageOrigin origin,
        MessageClass messageClass,
        Channel channel,
        Verdict verdict,
        List<Finding> findings,
        boolean correction,
        String policy)
        implements Entry.Named {

    /** How it is stored. */
    public static final Codec<Decision> CODEC = Codec.of(
            (decision, out) -> {
                out.string(1, decision.message.value());
                out.instant(2, decision.at);
                out.string(3, decision.customer.toString());
                out.nested(4, MessageOrigin.CODEC, decision.origin);
                out.constant(5, decision.messageClass);
                out.string(6, decision.channel.name());
                out.string(7, decision.channel.addressKind());
                out.constant(8, decision.verdict.outcome());
                out.string(9, decision.verdict.reason());
                out.each(10, Finding.CODEC, decision.findings);
                out.flag(11, decision.correction);
                if (!decision.policy.isEmpty()) {
                    out.bytes(12, bytes(decision.policy));
                }
            },
            in -> new Decision(
                    new MessageId(in.string(1)),
                    in.instant(2),
                    Key.parse(in.string(3)),
                    in.nested(4, MessageOrigin.CODEC),
                    in.constant(5, MessageClass.MARKETING),
                    new Channel(in.string(6), in.string(7)),
                    new Verdict(in.constant(8, Verdict.Outcome.UNKNOWN), in.string(9)),
                    in.each(10, Finding.CODEC),
                    in.flag(11),
                    hash(in.bytes(12))));

    /** Copies the list. */
    public Decision {
        findings = List.copyOf(findings);
    }

    /**
     * In which of the message's languages it was worded.
     *
     * @return a BCP 47 tag; empty if it was the wording for everybody, or nothing was worded
     */
    public Optional<String> language() {
        return findings.stream()
                .filter(finding -> finding.check().equals(Checks.WORDING))
                .map(finding -> finding.values().get(Checks.LANGUAGE))
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    /**
     * Whether it was a proof, which somebody of the shop has asked for, and no message to a customer. Its finding {@code proof} says who
     * and why.
     *
     * @return whether it was
     */
    public boolean isProof() {
        return findings.stream().anyMatch(finding -> finding.check().equals(Checks.PROOF));
    }

    /** A hash as it is stored, which takes half as much. */
    static byte[] bytes(String hash) {
        return HexFormat.of().parseHex(hash);
    }

    static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * The line of the decision log.
     *
     * @return the line; a message has one, and one more if its verdict is corrected
     */
    public Entry entry() {
        return Entry.of(Entry.Log.DECISIONS, customer.id(), at, this);
    }

    /** What left, when and on which grounds, without the values that were weighed. */
    @Override
    public Optional<Payload> bare(String subject) {
        var grounds = findings.stream()
                .map(one -> new Finding(one.check(), one.rule(), one.outcome(), one.reason(), Map.of()))
                .toList();
        return Optional.of(new Decision(
                message, at, customer, origin, messageClass, channel, verdict, grounds, correction, policy));
    }

    @Override
    public String id(Instant reachedAt) {
        return correction ? message.value() + "/correction" : message.value();
    }
}
