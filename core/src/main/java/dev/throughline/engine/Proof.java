// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.MessageId;
import dev.throughline.decision.Verdict;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Reasons;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message that somebody of the shop wanted to see in her own hand. {@link #toString} is for people.
 *
 * @param id the proof's own id, under which providers and receipts know it
 * @param message the message's name
 * @param hash its content hash
 * @param channel over which channel
 * @param to to which address
 * @param verdict what became of it, or {@code null} as long as it is on its way, such as to a mail server that does not answer; then
 *     {@link Queries#proofs} tells later
 * @param findings what each check said
 */
public record Proof(
        MessageId id,
        String message,
        String hash,
        Channel channel,
        Address to,
        @Nullable Verdict verdict,
        List<Finding> findings) {

    /** Copies the list. */
    public Proof {
        findings = List.copyOf(findings);
    }

    Proof with(Verdict reached, List<Finding> told) {
        return new Proof(id, message, hash, channel, to, reached, told);
    }

    Proof waiting(List<Finding> told) {
        return new Proof(id, message, hash, channel, to, null, told);
    }

    /**
     * What became of it.
     *
     * @return such as {@code SENT}, {@code SKIPPED(SUPPRESSED)}, {@code FAILED(NOT_CAPABLE)}; {@code DEFERRED} as long as it is on its way
     */
    public String outcome() {
        return Optional.ofNullable(verdict).map(Verdict::toString).orElse("DEFERRED");
    }

    /** For people: what became of it, and what each check said. */
    @Override
    public String toString() {
        var text = new StringBuilder("proof of message '" + message + "' " + hash + " by " + channel + " to "
                + to.value() + ": " + outcome() + "\n");
        findings.forEach(finding -> text.append("  · ")
                .append(Reasons.line(finding, Locale.ENGLISH, ZoneOffset.UTC))
                .append("\n"));
        return text.toString();
    }
}
