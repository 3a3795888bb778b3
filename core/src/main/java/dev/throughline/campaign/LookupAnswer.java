// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a table of the host's has said.
 *
 * @param table which
 * @param instance which instance asked
 * @param path at which step
 * @param leg for which leg; -1 where the journey begins
 * @param failure why there is no answer, as a code; empty if there is one
 * @param detail more of the failure, without personal data
 * @param values the answer; nothing if nothing was found
 */
public record LookupAnswer(
        LookupQuestion.Table table,
        String instance,
        String path,
        int leg,
        String failure,
        String detail,
        Map<String, @Nullable Object> values)
        implements Payload {

    /** How it is stored. */
    @SuppressWarnings("unchecked") // field 7 is written as a map
    public static final Codec<LookupAnswer> CODEC = Codec.of(
            (answer, out) -> {
                out.constant(1, answer.table);
                out.string(2, answer.instance);
                out.string(3, answer.path);
                out.number(4, answer.leg);
                out.string(5, answer.failure);
                out.string(6, answer.detail);
                out.value(7, answer.values);
            },
            in -> {
                var values = (@Nullable Map<String, @Nullable Object>) in.value(7);
                return new LookupAnswer(
                        in.constant(1, LookupQuestion.Table.TRAITS),
                        in.string(2),
                        in.string(3),
                        (int) in.number(4),
                        in.string(5),
                        in.string(6),
                        values == null ? Map.of() : values);
            });

    /** For the timeline. */
    String shown() {
        return "step " + path + (leg < 0 ? "" : ", leg " + (leg + 1)) + ": " + failure
                + (detail.isEmpty() ? "" : ", " + detail);
    }
}
