// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.consent.ConsentEvent;
import dev.throughline.decision.Decision;
import dev.throughline.decision.DeliveryNote;
import dev.throughline.json.Json;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Reasons;
import dev.throughline.ring.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One line of an audit: who, what, when, on which basis and under which policy. It holds personal data, so it belongs into no log of a
 * program.
 *
 * @param at when: of a verdict, of a delivery's news, or when an act reached us
 * @param kind what the line is about
 * @param who whose line it is: a customer's id or an address
 * @param message which message; empty for a consent act
 * @param policy the hash of the policy that the findings come from, whose rules {@link Audit#policy} has; empty where none was asked
 * @param facts what happened, by names such as {@code campaign}, {@code class}, {@code outcome} and {@code reason}, sorted
 * @param findings what each check said
 */
public record AuditLine(
        Instant at,
        Kind kind,
        String who,
        String message,
        String policy,
        Map<String, String> facts,
        List<Finding> findings) {

    /** What a line is about. */
    public enum Kind {
        /** An act that gives, takes back or ends a consent, or suppresses an address. */
        CONSENT,
        /** What became of a message. */
        DECISION,
        /** What became, after all, of a message whose outcome was unknown. */
        CORRECTION,
        /** News of a message that was sent. */
        DELIVERY
    }

    private static final List<String> COLUMNS = List.of(
            "campaign", "step", "leg", "name", "class", "channel", "outcome", "reason", "type", "scope", "actor");

    /** Copies and sorts what it holds. */
    public AuditLine {
        facts = new TreeMap<>(facts);
        findings = List.copyOf(findings);
    }

    static @Nullable AuditLine of(Entry line) {
        if (line.body() instanceof Decision decision) {
            return of(line, decision);
        }
        return line.body() instanceof DeliveryNote note ? of(line, note) : null;
    }

    private static AuditLine of(Entry line, Decision decision) {
        var origin = decision.origin();
        return new AuditLine(
                line.at(),
                decision.correction() ? Kind.CORRECTION : Kind.DECISION,
                line.subject(),
                decision.message().value(),
                decision.policy(),
                Map.of(
                        "campaign", origin.campaign(),
                        "instance", origin.instance(),
                        "step", origin.step(),
                        "leg", String.valueOf(origin.leg()),
                        "name", origin.message(),
                        "class", decision.messageClass().name(),
                        "channel", decision.channel().name(),
                        "outcome", decision.verdict().outcome().name(),
                        "reason", decision.verdict().reason()),
                decision.findings());
    }

    private static AuditLine of(Entry line, DeliveryNote note) {
        return new AuditLine(
                line.at(),
                Kind.DELIVERY,
                line.subject(),
                note.message().value(),
                "",
                Map.of(
                        "outcome", note.status().name(),
                        "reason", note.detail(),
                        "occurredAt", note.at().toString()),
                List.of());
    }

    static AuditLine of(String address, ConsentEvent event) {
        var facts = new TreeMap<String, String>();
        facts.put("event", event.id());
        facts.put("type", event.type().name());
        facts.put("scope", event.scope().toString());
        facts.put("actor", event.actor().name());
        facts.put("basis", event.basis().name());
        facts.put("method", event.evidence().method());
        facts.put("notice", event.evidence().notice());
        facts.put("occurredAt", event.occurredAt().toString());
        if (event.suppression() != null) {
            facts.put("reason", event.suppression().name());
        }
        return new AuditLine(event.recordedAt(), Kind.CONSENT, address, "", "", facts, List.of());
    }

    /**
     * The consent acts that its findings rest on.
     *
     * @return the fact {@code event} of the lines of kind CONSENT that are meant
     */
    public List<String> basis() {
        return findings.stream()
                .flatMap(finding -> Stream.ofNullable(finding.values().get("event")))
                .distinct()
                .toList();
    }

    /**
     * Its findings in words, as they were found: no rule of today is looked at.
     *
     * @param locale English or Vietnamese
     * @return one sentence for each finding
     */
    public List<String> explain(Locale locale) {
        return findings.stream().map(finding -> Reasons.text(finding, locale)).toList();
    }

    /**
     * The line as a JSON object.
     *
     * @return one line without an end, its members sorted by name
     */
    public String toJson() {
        var json = new TreeMap<String, Object>(facts);
        json.put("at", at.toString());
        json.put("kind", kind.name());
        json.put("who", who);
        json.put("message", message);
        json.put("policy", policy);
        json.put("findings", findings.stream().map(AuditLine::json).toList());
        return Json.canonical(json);
    }

    private static Map<String, Object> json(Finding finding) {
        var json = new TreeMap<String, Object>();
        json.put("check", finding.check());
        json.put("rule", finding.rule());
        json.put("outcome", finding.outcome().name());
        json.put("reason", finding.reason());
        json.put("values", new TreeMap<>(finding.values()));
        return json;
    }

    static String csvHeader() {
        return "at,kind,who,message,policy," + String.join(",", COLUMNS) + ",findings";
    }

    /** By RFC 4180, without the end of the line. */
    String toCsv() {
        var cells = new ArrayList<>(List.of(at.toString(), kind.name(), who, message, policy));
        COLUMNS.forEach(column -> cells.add(facts.getOrDefault(column, "")));
        cells.add(findings.stream()
                .map(finding -> finding.check() + (finding.rule().isEmpty() ? "" : " " + finding.rule()) + " "
                        + finding.outcome() + " " + finding.reason())
                .collect(Collectors.joining("; ")));
        return cells.stream().map(AuditLine::cell).collect(Collectors.joining(","));
    }

    /** A text that a spreadsheet would take for a formula is led by an apostrophe. */
    private static String cell(String text) {
        String plain = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = plain.chars().anyMatch(one -> one == ',' || one == '"' || one == '\n' || one == '\r');
        return quoted ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
    }
}
