// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Writer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What code of the host has said, in the types that are kept, or why it cannot be kept.
 *
 * @param failure a code; empty if it can be kept
 * @param detail more of the failure, without what was said
 * @param values what was said
 */
record Answers(String failure, String detail, Map<String, @Nullable Object> values) {

    /** What cannot be kept. */
    static final String UNUSABLE = "UNUSABLE";

    /** What is too much. */
    static final String TOO_LARGE = "TOO_LARGE";

    static Answers of(@Nullable Map<String, ? extends @Nullable Object> said) {
        if (said == null) {
            return failed(UNUSABLE, "null, expected a map");
        }
        try {
            var values = Touchpoint.canonical(said, "answer");
            var written = new Writer();
            written.value(1, values);
            int size = written.toByteArray().length;
            return size > FunctionCall.MOST_ANSWERED
                    ? failed(TOO_LARGE, size + " bytes, expected at most " + FunctionCall.MOST_ANSWERED)
                    : new Answers("", "", values);
        } catch (ThroughlineException refusal) {
            return failed(UNUSABLE, String.valueOf(refusal.getMessage()));
        }
    }

    private static Answers failed(String failure, String detail) {
        return new Answers(failure, detail, Map.of());
    }
}
