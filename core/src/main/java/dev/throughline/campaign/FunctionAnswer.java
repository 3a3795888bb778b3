// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.ring.Payload;
import dev.throughline.ring.Question;
import dev.throughline.wire.Codec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt to call a function of the host.
 *
 * @param instance which instance called
 * @param path at which step
 * @param attempt which attempt it was
 * @param failure why there is no answer, as a code; empty if there is one
 * @param detail more of the failure, without personal data
 * @param values the answer
 */
public record FunctionAnswer(
        String instance, String path, int attempt, String failure, String detail, Map<String, @Nullable Object> values)
        implements Payload {

    /** How it is stored. */
    @SuppressWarnings("unchecked") // field 6 is written as a map
    public static final Codec<FunctionAnswer> CODEC = Codec.of(
            (answer, out) -> {
                out.string(1, answer.instance);
                out.string(2, answer.path);
                out.number(3, answer.attempt);
                out.string(4, answer.failure);
                out.string(5, answer.detail);
                out.value(6, answer.values);
            },
            in -> {
                var values = (@Nullable Map<String, @Nullable Object>) in.value(6);
                return new FunctionAnswer(
                        in.string(1),
                        in.string(2),
                        (int) in.number(3),
                        in.string(4),
                        in.string(5),
                        values == null ? Map.of() : values);
            });

    /** The process that asked has died, or its answer is lost. */
    static final String NO_ANSWER = "NO_ANSWER";

    /** Whether another attempt may come out otherwise. */
    boolean mayBeTriedAgain() {
        return !failure.equals(Question.Lack.ABSENT.name());
    }

    /** For the timeline: which attempt at which step, and what came of it. */
    String shown() {
        String outcome = failure.isEmpty() ? "answered" : detail.isEmpty() ? failure : failure + ", " + detail;
        return "step " + path + ", attempt " + attempt + ": " + outcome;
    }
}
