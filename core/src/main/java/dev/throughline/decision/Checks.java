// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Preparation;
import dev.throughline.channel.SendResult;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Question;
import dev.throughline.decision.ContactPoint.Slot;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.OptOut;
import dev.throughline.identity.Sender;
import dev.throughline.link.Link;
import dev.throughline.policy.Cap;
import dev.throughline.policy.CheckResult;
import dev.throughline.policy.Facts;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.policy.Timing;
import dev.throughline.pool.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The list of checks, in their order: what the address has suffered, the do-not-call lists, age, consent, sender, content, hours,
 * caps. Pools are asked after it, and the dispatch checks the rest. Immutable and thread-safe.
 */
final class Checks {

    static final String WORDING = "wording";
    static final String LANGUAGE = "language";
    static final String APPROVAL = "approval";
    static final String PROOF = "proof";

    /** How soon a message that waits for its approval is decided again. */
    private static final Duration LOOKED_AT_AGAIN = Duration.ofMinutes(15);

    private static final Duration REHEARSED = Duration.ofDays(365);

    private final DecisionRules rules;

    Checks(DecisionRules rules) {
        this.rules = rules;
    }

    /** The lists that must be asked before the checks can run. */
    List<String> registries(Facts facts) {
        return rules.disabled().contains("registry")
                ? List.of()
                : rules.policy().registries(facts);
    }

    /** Runs all checks, so that every finding is there, whatever the first one says. */
    Findings run(Open message, Facts facts, List<Slot> slots) {
        Plan plan = message.plan();
        var findings = new Findings(plan.content(), facts.sender(), facts.unsubscribe());
        if (!plan.said().language().isEmpty()) {
            findings.add(List.of(worded(plan.said().language())));
        }
        if (plan.said().proof() == null) {
            approved(plan, facts.now(), findings);
        } else {
            findings.add(List.of(asked(plan.said().hash(), plan.said().proof())));
        }
        about(plan, facts, message.registry(), findings);
        if (!rules.disabled().contains("content")) {
            var dressed = rules.policy().content(facts, plan.content());
            findings.content(dressed.content(), dressed.findings());
        }
        prepared(plan.channel(), findings);
        if (!rules.disabled().contains("pool")) {
            priced(plan, findings);
        }
        if (!plan.isProof()) {
            timely(plan, facts, slots, findings);
        }
        return findings;
    }

    /** Hours and caps are for customers. */
    private void timely(Plan plan, Facts facts, List<Slot> slots, Findings findings) {
        if (!rules.disabled().contains("hours")) {
            Timing timing = rules.policy().window(facts);
            findings.timing(timing);
        }
        if (!rules.disabled().contains("cap")) {
            counted(facts, plan, slots, findings);
        }
    }

    private static Finding asked(String hash, Plan.Proof proof) {
        return new Finding(
                PROOF, "", Outcome.ALLOW, "PROOF", Map.of("who", proof.who(), "why", proof.why(), "hash", hash));
    }

    /** What nobody has approved waits for that; what the library says by itself needs nobody's approval. */
    private void approved(Plan plan, Instant now, Findings findings) {
        String hash = plan.said().hash();
        if (!rules.approvals().isRequired() || hash.isEmpty()) {
            return;
        }
        Finding finding = rules.approvals()
                .find(hash)
                .map(approval -> new Finding(
                        APPROVAL,
                        "",
                        Outcome.ALLOW,
                        "APPROVED",
                        Map.of(
                                "who",
                                approval.who(),
                                "why",
                                approval.why(),
                                "at",
                                approval.at().toString())))
                .orElseGet(() -> missing(hash, now));
        findings.add(List.of(finding));
    }

    private Finding missing(String hash, Instant now) {
        Finding finding = new Finding(
                APPROVAL,
                "",
                Outcome.DEFER,
                "NOT_APPROVED",
                Map.of("hash", hash, "until", now.plus(LOOKED_AT_AGAIN).toString()));
        return rules.approvals()
                .findWithdrawal(hash)
                .map(taken -> finding.with("who", taken.who())
                        .with("why", taken.why())
                        .with("since", taken.at()))
                .orElse(finding);
    }

    private static Finding worded(String language) {
        return new Finding(WORDING, "", Outcome.NOTE, "WORDED", Map.of(LANGUAGE, language));
    }

    /** Only what can turn against a message that was decided already. */
    Findings denies(Open message, Desk desk) {
        Facts facts = facts(message.plan(), desk);
        var findings = new Findings(message.plan().content(), facts.sender(), facts.unsubscribe());
        about(message.plan(), facts, message.registry(), findings);
        return findings;
    }

    /** What the dispatch and the provider said. */
    static Finding dispatched(Attempted attempted) {
        SendResult result = attempted.result();
        Instant at = attempted.startedAt();
        if (result instanceof SendResult.Rejected rejected) {
            return dispatched(Outcome.DENY, "REJECTED", at)
                    .with("cause", rejected.cause())
                    .with("detail", rejected.detail());
        }
        if (result instanceof SendResult.NotSent notSent) {
            return dispatched(Outcome.NOTE, "RETRY", at)
                    .with("cause", notSent.cause())
                    .with("detail", notSent.detail());
        }
        if (result instanceof SendResult.Unknown unknown) {
            return dispatched(Outcome.NOTE, "UNKNOWN_OUTCOME", at)
                    .with("cause", unknown.cause())
                    .with("detail", unknown.detail());
        }
        Finding sent = dispatched(Outcome.ALLOW, "SENT", at);
        return attempted.note().isEmpty() ? sent : sent.with("mode", attempted.note());
    }

    private static Finding dispatched(Outcome outcome, String reason, Instant at) {
        return Finding.at("dispatch", outcome, reason, at);
    }

    private void about(Plan plan, Facts facts, @Nullable Map<String, CheckResult> registry, Findings findings) {
        var policy = rules.policy();
        if (!rules.disabled().contains("suppression")) {
            findings.add(policy.suppression(facts));
        }
        if (registry != null) {
            findings.add(policy.registry(facts, registry));
        }
        if (!plan.isProof()) {
            allowed(facts, findings);
        } else if (!facts.standing().denials().isEmpty()) {
            findings.add(policy.consent(facts));
        }
        if (!rules.disabled().contains("sender")) {
            findings.add(policy.sender(facts));
        }
        if (facts.sender() == null) {
            findings.add(List.of(new Finding("sender", "", Outcome.DENY, "NO_SENDER", Map.of())));
        }
    }

    /** Whoever asks to see a proof needs no consent; a refusal binds the address all the same. */
    private void allowed(Facts facts, Findings findings) {
        var policy = rules.policy();
        if (!rules.disabled().contains("age")) {
            findings.add(policy.age(facts));
        }
        if (!rules.disabled().contains("consent")) {
            findings.add(
                    facts.messageClass() == MessageClass.CONSENT_REQUEST
                            ? policy.consentRequest(facts)
                            : policy.consent(facts));
        }
    }

    private void prepared(Channel channel, Findings findings) {
        var prepare = rules.prepare().get(channel.name());
        if (prepare == null) {
            findings.add(
                    List.of(new Finding("channel", "", Outcome.DENY, "NO_ADAPTER", Map.of("channel", channel.name()))));
            return;
        }
        Preparation preparation = prepare.apply(findings.content());
        findings.prepared(preparation);
    }

    /** Rehearsals need no prices, because they may run without the adapters that know them. */
    private void priced(Plan plan, Findings findings) {
        for (String name : plan.pools()) {
            Pool pool = rules.pools().get(name);
            if (pool != null && !findings.isPaidBy(pool)) {
                var outcome = rules.rehearsed() ? Outcome.NOTE : Outcome.DENY;
                var values = Map.of("pool", name, "currency", pool.currency());
                findings.add(List.of(new Finding("pool", "", outcome, "PRICE_UNKNOWN", values)));
            }
        }
    }

    private void counted(Facts facts, Plan plan, List<Slot> slots, Findings findings) {
        var caps = rules.policy().caps(facts);
        findings.add(caps.findings());
        for (Cap cap : caps.caps()) {
            var attempts = slots.stream()
                    .filter(slot ->
                            slot.scope().equals(cap.key()) && !slot.message().equals(plan.id()))
                    .map(Slot::at)
                    .toList();
            findings.counted(cap.key(), cap.check(attempts, facts.now()));
        }
    }

    /** What the checks look at. */
    Facts facts(Plan plan, Desk desk) {
        Brand known = rules.brands().get(plan.brand());
        Brand brand = known == null ? Brand.named(plan.brand()) : known;
        var person = plan.person();
        var question = new Question(
                desk.holder(person.customer()),
                brand.controller(),
                brand.name(),
                plan.channel(),
                Purpose.of(plan.messageClass()),
                plan.said().topic(),
                desk.now());
        return new Facts(
                plan.messageClass(),
                desk.address(),
                brand,
                desk.consent().standing(question),
                sender(brand, plan.channel(), desk.now()),
                zone(person.zone(), brand),
                person.residence(),
                person.birthday().isEmpty() ? null : LocalDate.parse(person.birthday()),
                language(plan, brand),
                Set.of(),
                unsubscribe(brand, plan));
    }

    /** What is put into a message is in its own language. */
    private static String language(Plan plan, Brand brand) {
        if (!plan.said().language().isEmpty()) {
            return plan.said().language();
        }
        return plan.person().language().isEmpty()
                ? brand.language()
                : plan.person().language();
    }

    private static @Nullable ZoneId zone(String name, Brand brand) {
        if (name.isEmpty()) {
            return null;
        }
        return name.equals(brand.zone().getId()) ? brand.zone() : ZoneId.of(name);
    }

    private @Nullable Sender sender(Brand brand, Channel channel, Instant now) {
        Sender sender = brand.senderOn(channel).orElse(null);
        if (!rules.rehearsed()) {
            return sender;
        }
        Sender known = sender == null ? DecisionRules.invented(channel) : sender;
        return known.registeredUntil() == null ? known.registeredUntil(now.plus(REHEARSED)) : known;
    }

    /** RFC 8058 wants one address per message; who reads mails by machine follows links, so only a POST to it counts. */
    private @Nullable String unsubscribe(Brand brand, Plan plan) {
        if (plan.messageClass() != MessageClass.MARKETING || !plan.channel().equals(Channel.EMAIL)) {
            return null;
        }
        return brand.optOuts().stream()
                .filter(way -> way.means() == OptOut.Means.WEB)
                .findFirst()
                .map(way -> way.target() + token(plan.id()))
                .orElse(null);
    }

    /** It works for good: nobody's right to refuse ends. */
    private String token(MessageId id) {
        return rules.links().isNone()
                ? id.value()
                : rules.links().sign(new Link(Link.Purpose.UNSUBSCRIBE, id.value(), null));
    }
}
