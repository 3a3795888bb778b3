// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.wire.Codec;
import dev.throughline.wire.CompactMap;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one check said, in data; {@link Reasons} puts it into words.
 *
 * @param check which check, such as {@code consent}
 * @param rule which rule's, such as {@code vn.consent}; empty for a check that is built in
 * @param outcome what it means for the message
 * @param reason a code, see {@link Reason}; a string, so that findings of other versions can be read
 * @param values what the code is about, sorted by name
 */
public record Finding(String check, String rule, Outcome outcome, String reason, Map<String, String> values) {

    /** How a finding is stored. */
    public static final Codec<Finding> CODEC = new FindingCodec();

    /** Copies and sorts the values. */
    public Finding {
        values = values instanceof At ? values : CompactMap.copyOf(values);
    }

    /**
     * A finding of a built-in check, which says when; the instant's text is made when it is read.
     *
     * @param check which check
     * @param outcome what it means
     * @param reason why
     * @param at the value {@code at}
     * @return the finding
     */
    public static Finding at(String check, Outcome outcome, String reason, Instant at) {
        return new Finding(check, "", outcome, reason, new At(at));
    }

    /**
     * A finding without values.
     *
     * @param check which check
     * @param rule which rule's; empty for a check that is built in
     * @param outcome what it means
     * @param reason why
     * @return the finding
     */
    public static Finding of(String check, String rule, Outcome outcome, Reason reason) {
        return new Finding(check, rule, outcome, reason.name(), Map.of());
    }

    /**
     * The same with one more value.
     *
     * @param name the value's name, as the texts of the reason use it
     * @param value the value, printed by its {@code toString}
     * @return the changed finding
     */
    public Finding with(String name, Object value) {
        if (values.isEmpty()) {
            return new Finding(check, rule, outcome, reason, Map.of(name, value.toString()));
        }
        var more = new TreeMap<>(values);
        more.put(name, value.toString());
        return new Finding(check, rule, outcome, reason, more);
    }

    /**
     * Whether this is the reason.
     *
     * @param other a code
     * @return whether
     */
    public boolean is(Reason other) {
        return reason.equals(other.name());
    }

    /**
     * Until when a message must wait.
     *
     * @return the value {@code until}
     * @throws IllegalStateException if the outcome is not {@link Outcome#DEFER}
     */
    public Instant until() {
        String until = values.get("until");
        if (outcome != Outcome.DEFER || until == null) {
            throw new IllegalStateException("finding " + this + " defers nothing");
        }
        return Instant.parse(until);
    }

    private static final class FindingCodec implements Codec<Finding> {
        @Override
        public void write(Finding value, Writer out) {
            out.string(1, value.check);
            out.string(2, value.rule.isEmpty() ? null : value.rule);
            out.constant(3, value.outcome);
            out.string(4, value.reason);
            value.values.forEach((name, text) -> {
                out.string(5, name);
                out.string(6, text);
            });
        }

        @Override
        public Finding read(Reader in) {
            String check = "";
            String rule = "";
            Outcome outcome = Outcome.NOTE;
            String reason = "";
            String name = "";
            var values = new TreeMap<String, String>();
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> check = in.string();
                    case 2 -> rule = in.string();
                    case 3 -> outcome = in.constant(Outcome.class);
                    case 4 -> reason = in.string();
                    case 5 -> name = in.string();
                    case 6 -> values.put(name, in.string());
                    default -> {}
                }
            }
            return new Finding(check, rule, outcome, reason, values);
        }
    }
}
