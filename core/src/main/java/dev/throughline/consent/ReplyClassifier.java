// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.channel.Inbound;
import dev.throughline.consent.OptOutWords.Meaning;

/**
 * Reads replies that {@link OptOutWords} cannot: a model of the host's, say. It is asked after the reply has been recorded, by a thread of
 * its own, for at most ten seconds, and several times at once. Until it answers, what may be a refusal pauses sending to the address;
 * where it throws or does not answer in time, that stays for a person to read.
 */
@FunctionalInterface
public interface ReplyClassifier {

    /** How long one answer may take, in seconds. */
    int SECONDS = 10;

    /**
     * What a reply means. Clear words, such as STOP, are not asked about.
     *
     * @param reply what the person wrote; its text as it came
     * @return {@link Meaning#OPT_OUT} counts as her refusal at once, {@link Meaning#UNCLEAR_REFUSAL} pauses sending until somebody has read
     *     it, and every other one says that it is no refusal. A yes is never a consent
     * @throws Exception whatever it likes; then nobody knows
     */
    Meaning classify(Inbound reply) throws Exception;
}
