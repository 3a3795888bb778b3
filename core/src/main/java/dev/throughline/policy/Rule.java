// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** One rule of a policy: which messages it is about, what it demands, and where it comes from. Immutable. */
public final class Rule {

    private final String id;
    private final When when;
    private final String kind;
    private final Clause clause;
    private final Ref ref;
    private final LocalDate verifiedOn;
    private final List<String> replaces;
    private final boolean draft;
    private final Map<String, Object> json;

    Rule(Head head, String kind, Clause clause, Map<String, Object> json) {
        this.id = head.id;
        this.when = head.when;
        this.ref = head.ref;
        this.verifiedOn = head.verifiedOn;
        this.replaces = head.replaces;
        this.draft = head.draft;
        this.kind = kind;
        this.clause = clause;
        this.json = json;
    }

    /** What all rules have; that of a draft is known to whoever has asked for it by name. */
    record Head(String id, When when, Ref ref, LocalDate verifiedOn, List<String> replaces, boolean draft) {}

    /**
     * The rule's name, unique in its policy, as findings bear it.
     *
     * @return such as {@code vn.sms.window}
     */
    public String id() {
        return id;
    }

    /**
     * What it demands, in one word of the format.
     *
     * @return such as {@code window}
     */
    public String kind() {
        return kind;
    }

    /**
     * Which messages it is about.
     *
     * @return the condition
     */
    public When when() {
        return when;
    }

    /**
     * Where it comes from.
     *
     * @return law, article and how well they were read
     */
    public Ref ref() {
        return ref;
    }

    /**
     * When the source was read.
     *
     * @return the day
     */
    public LocalDate verifiedOn() {
        return verifiedOn;
    }

    /**
     * The rules that this one takes the place of, where its policy applies.
     *
     * @return their names; empty for a rule that only adds
     */
    public List<String> replaces() {
        return replaces;
    }

    /**
     * Whether it counts. A rule that takes another's place may allow what that one denies, so its source must have been read in
     * the text (or be the host's own choice); a rule that adds or denies counts however its source was read, and so do all rules of
     * a draft, which somebody has asked for by name.
     *
     * @return whether
     */
    public boolean live() {
        return draft || replaces.isEmpty() || ref.confidence() == Confidence.T || ref.confidence() == Confidence.P;
    }

    Clause clause() {
        return clause;
    }

    Map<String, Object> json() {
        return json;
    }

    @Override
    public String toString() {
        return id;
    }
}
