// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.ring.Question;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a function of the host.
 *
 * @param call the call
 * @param instance which instance calls
 * @param path at which step
 * @param deadline how long the function may take
 */
public record FunctionQuestion(FunctionCall call, String instance, String path, Duration deadline) implements Question {

    /** The beginning of the name of the port that is a function. */
    public static final String PORT = "function/";

    /**
     * The answer.
     *
     * @param said what the function has returned, whatever the types say
     * @return the answer, which has failed if what was said cannot be kept
     */
    public FunctionAnswer answered(@Nullable Map<String, ? extends @Nullable Object> said) {
        var answer = Answers.of(said);
        return new FunctionAnswer(instance, path, call.attempt(), answer.failure(), answer.detail(), answer.values());
    }

    @Override
    public FunctionAnswer unanswered(Lack lack, String detail) {
        return failed(lack.name(), detail);
    }

    private FunctionAnswer failed(String failure, String detail) {
        return new FunctionAnswer(instance, path, call.attempt(), failure, detail, Map.of());
    }
}
