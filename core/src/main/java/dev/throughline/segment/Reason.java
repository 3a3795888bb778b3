// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.util.List;

/**
 * Why a condition holds of somebody, or does not: what it says, what it found, and the same of its parts. Values of traits stand in it, so
 * that it is an answer to the host and nothing for a log. Immutable.
 *
 * @param text what the condition says; of a conjunction {@code all of}, of a disjunction {@code one of}, of a negation {@code not}
 * @param holds whether it is true
 * @param found what it looked at, such as {@code 3} or {@code 'Hue'}; {@code nothing} where there is no value, empty where only its parts
 *     look at something
 * @param parts the conditions that it is made of, in their order
 */
public record Reason(String text, boolean holds, String found, List<Reason> parts) {

    /** Copies the list. */
    public Reason {
        parts = List.copyOf(parts);
    }

    static Reason of(Condition condition, boolean holds, String found) {
        return new Reason(condition.toString(), holds, found, List.of());
    }

    /**
     * In words.
     *
     * @return one line for each condition, those that it is made of below it and further in
     */
    @Override
    public String toString() {
        var out = new StringBuilder();
        write(out, "");
        return out.toString();
    }

    void write(StringBuilder out, String indent) {
        out.append(indent).append(holds ? "yes  " : "no   ").append(text);
        if (!found.isEmpty()) {
            out.append(": ").append(found);
        }
        out.append('\n');
        parts.forEach(part -> part.write(out, indent + "     "));
    }
}
