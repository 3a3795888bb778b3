// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.policy.CheckResult;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.policy.Policy;
import dev.throughline.ring.Key;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A message that has no verdict yet.
 *
 * @param plan the latest plan
 * @param phase what it waits for
 * @param until until when it waits
 * @param attempts how many attempts to send it have ended without an outcome
 * @param registry what the do-not-call lists said in this round, or {@code null}
 * @param draw the round in which it drew on its pools last
 * @param held pools that have set something aside in that round
 * @param findings what the checks have said so far
 * @param fate the verdict that it gets if it can still be taken back from the outbox, or {@code null}
 * @param lapses how many times it lay in the outbox until its decision was too old
 * @param doubtful attempts that may have arrived, from 1; while there is one, nothing is given back or drawn again, and it never
 *     counts as not sent
 * @param policy the hash of the policy by which it was checked last; empty before that
 */
record Open(
        Plan plan,
        Phase phase,
        Instant until,
        int attempts,
        @Nullable Map<String, CheckResult> registry,
        int draw,
        List<String> held,
        List<Finding> findings,
        @Nullable Verdict fate,
        int lapses,
        List<Integer> doubtful,
        String policy) {

    static final Codec<Open> CODEC = Codec.of(
            (open, out) -> {
                out.nested(1, Plan.CODEC, open.plan);
                out.constant(2, open.phase);
                out.instant(3, open.until);
                out.number(4, open.attempts);
                if (open.registry != null) {
                    out.flag(10, true);
                    out.each(5, RegistryCheck.Said.CODEC, RegistryCheck.Said.all(open.registry));
                }
                open.held.forEach(pool -> out.string(6, pool));
                out.each(7, Finding.CODEC, open.findings);
                out.constant(8, open.fate == null ? null : open.fate.outcome());
                out.string(9, open.fate == null ? null : open.fate.reason());
                open.doubtful.forEach(attempt -> out.number(11, attempt));
                out.number(12, open.lapses);
                if (!open.policy.isEmpty()) {
                    out.bytes(14, Decision.bytes(open.policy));
                }
                if (open.draw != open.plan.round()) {
                    out.number(13, open.plan.round() - open.draw);
                }
            },
            in -> {
                Plan plan = in.nested(1, Plan.CODEC);
                return new Open(
                        plan,
                        in.constant(2, Phase.CONFIRMING),
                        in.instant(3),
                        (int) in.number(4),
                        in.flag(10) ? RegistryCheck.Said.byRegistry(in.each(5, RegistryCheck.Said.CODEC)) : null,
                        plan.round() - (int) in.number(13),
                        in.strings(6),
                        in.each(7, Finding.CODEC),
                        in.stringOrNull(8) == null
                                ? null
                                : new Verdict(in.constant(8, Verdict.Outcome.CANCELLED), in.string(9)),
                        (int) in.number(12),
                        attempts(in.numbers(11)),
                        Decision.hash(in.bytes(14)));
            });

    /** What an open message waits for. */
    enum Phase {
        /** An answer of the do-not-call list. */
        ASKING,
        /** Answers of pools. */
        HOLDING,
        /** A better time. */
        DEFERRED,
        /** A fresh plan. */
        CONFIRMING,
        /** Its sending, or the outcome of it. */
        ENQUEUED
    }

    Open {
        held = List.copyOf(held);
        findings = List.copyOf(findings);
        doubtful = List.copyOf(doubtful);
    }

    static List<Integer> attempts(long[] stored) {
        return LongStream.of(stored).mapToObj(Math::toIntExact).toList();
    }

    /** Of another customer. */
    Open of(Key customer) {
        return new Open(
                plan.of(customer),
                phase,
                until,
                attempts,
                registry,
                draw,
                held,
                findings,
                fate,
                lapses,
                doubtful,
                policy);
    }

    static Open of(Plan plan) {
        return new Open(
                plan,
                Phase.CONFIRMING,
                plan.validUntil(),
                0,
                null,
                plan.round(),
                List.of(),
                List.of(),
                null,
                0,
                List.of(),
                "");
    }

    Open in(Phase newPhase, Instant newUntil) {
        return new Open(
                plan, newPhase, newUntil, attempts, registry, draw, held, findings, fate, lapses, doubtful, policy);
    }

    /** With a fresh plan; what an attempt in doubt has drawn stays the message's. */
    Open planned(Plan fresh) {
        int drawn = isDoubtful() ? draw : fresh.round();
        List<String> kept = isDoubtful() ? held : List.of();
        return new Open(fresh, phase, until, attempts, null, drawn, kept, findings, null, lapses, doubtful, policy);
    }

    Open asked(Map<String, CheckResult> answer) {
        return new Open(plan, phase, until, attempts, answer, draw, held, findings, fate, lapses, doubtful, policy);
    }

    Open holding(List<String> pools) {
        return new Open(plan, phase, until, attempts, registry, draw, pools, findings, fate, lapses, doubtful, policy);
    }

    private Open by(Policy rules) {
        return new Open(
                plan, phase, until, attempts, registry, draw, held, findings, fate, lapses, doubtful, rules.hash());
    }

    private Open found(List<Finding> newFindings) {
        return new Open(
                plan, phase, until, attempts, registry, draw, held, newFindings, fate, lapses, doubtful, policy);
    }

    Open noted(Finding finding) {
        var more = findings.toArray(new Finding[findings.size() + 1]);
        more[findings.size()] = finding;
        return found(List.of(more));
    }

    /** With the findings of this pass, after what deferred it in earlier ones; that it waits for its approval is told once. */
    Open checked(List<Finding> latest, Policy by) {
        return found(after(latest)).by(by);
    }

    Open enqueued(List<Finding> latest, Policy by, Instant newUntil) {
        var all = after(latest);
        return new Open(
                plan, Phase.ENQUEUED, newUntil, attempts, registry, draw, held, all, fate, lapses, doubtful, by.hash());
    }

    private List<Finding> after(List<Finding> latest) {
        if (findings.isEmpty()) {
            return latest;
        }
        var all = new ArrayList<Finding>();
        boolean awaited = false;
        for (Finding finding : findings) {
            boolean approval = finding.check().equals(Checks.APPROVAL);
            boolean kept = finding.outcome() == Outcome.DEFER || finding.check().equals("dispatch");
            if (kept && !(approval && awaited) && !latest.contains(finding)) {
                all.add(finding);
            }
            awaited |= approval;
        }
        all.addAll(latest);
        return all;
    }

    Open attempted() {
        return new Open(
                plan, phase, until, attempts + 1, registry, draw, held, findings, fate, lapses, doubtful, policy);
    }

    Open lapsed() {
        return new Open(
                plan, phase, until, attempts, registry, draw, held, findings, fate, lapses + 1, doubtful, policy);
    }

    Open doomed(@Nullable Verdict verdict) {
        return new Open(
                plan, phase, until, attempts, registry, draw, held, findings, verdict, lapses, doubtful, policy);
    }

    /** The present attempt may have arrived. */
    Open inDoubt() {
        var more = new ArrayList<>(doubtful);
        more.add(plan.round() + 1);
        return new Open(plan, phase, until, attempts + 1, registry, draw, held, findings, fate, lapses, more, policy);
    }

    /** It is known by now that this attempt was not sent. */
    Open disproved(int attempt) {
        var left = doubtful.stream().filter(one -> one != attempt).toList();
        return new Open(plan, phase, until, attempts, registry, draw, held, findings, fate, lapses, left, policy);
    }

    /** What it had drawn was given back, so that it draws again in this round. */
    Open undrawn() {
        int round = plan.round();
        return new Open(
                plan, phase, until, attempts, registry, round, List.of(), findings, fate, lapses, doubtful, policy);
    }

    boolean isDoubtful() {
        return !doubtful.isEmpty();
    }

    /** Without what its pools have set aside, unless an attempt in doubt may have used it up. */
    Open unheld() {
        return isDoubtful() ? this : holding(List.of());
    }

    /** The message's id, which is no other timer's name. */
    String timer() {
        return plan.id().value();
    }

    /** A hold's name: late answers of an earlier round are told apart by it. */
    String hold() {
        return plan.id() + "/" + draw;
    }
}
