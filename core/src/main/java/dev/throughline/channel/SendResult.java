// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import dev.throughline.identity.Money;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt. The one thing that matters is honesty about what is known: {@link NotSent} promises that no byte
 * of the message can have been acted upon; whenever it may have been, the answer is {@link Unknown}.
 */
public sealed interface SendResult {

    /**
     * The provider took it.
     *
     * @param references the provider's ids, one a part; may be empty
     * @param cost what it cost, if the provider said so
     */
    record Accepted(List<String> references, @Nullable Money cost) implements SendResult {
        /** Copies the references, without their control characters; one over 256 characters is replaced by its hash. */
        public Accepted {
            references = References.clean(references);
        }
    }

    /**
     * The provider has taken this message id before.
     *
     * @param references the provider's ids, if it repeated them
     */
    record Duplicate(List<String> references) implements SendResult {
        /** Copies the references, without their control characters; one over 256 characters is replaced by its hash. */
        public Duplicate {
            references = References.clean(references);
        }
    }

    /**
     * Refused for good; trying again would give the same answer.
     *
     * @param cause why
     * @param scope how far the refusal reaches
     * @param detail the provider's code and words, without personal data
     */
    record Rejected(FailureCause cause, Scope scope, String detail) implements SendResult {}

    /**
     * Surely not sent; worth trying again.
     *
     * @param cause why
     * @param scope how far the trouble reaches
     * @param retryAfter how long the provider wants to be left alone, or {@code null} if it did not say
     * @param detail the provider's code and words, without personal data
     */
    record NotSent(
            FailureCause cause, Scope scope, @Nullable Duration retryAfter, String detail) implements SendResult {}

    /**
     * May have been sent: the answer was lost, or only a part was taken.
     *
     * @param cause why nothing is known
     * @param references the ids of the parts that were surely taken
     * @param detail what was seen, without personal data
     */
    record Unknown(FailureCause cause, List<String> references, String detail) implements SendResult {
        /** Copies the references, without their control characters; one over 256 characters is replaced by its hash. */
        public Unknown {
            references = References.clean(references);
        }
    }
}
