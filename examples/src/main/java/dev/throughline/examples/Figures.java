// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What became of the messages of a run, in numbers: as JSON for machines, as text for people. */
final class Figures {

    private static final List<String> VERDICTS = List.of("SENT", "SKIPPED", "FAILED", "UNKNOWN", "CANCELLED");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Outcome run;

    Figures(Outcome run) {
        this.run = run;
    }

    static String json(Map<String, Object> fields) {
        return JSON.writeValueAsString(fields) + "\n";
    }

    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("planned", run.planned());
        fields.putAll(verdicts(run.decisions()));
        fields.put("byChannel", by(ShopDecision::channel));
        fields.put("byCampaign", by(ShopDecision::campaign));
        fields.put("reasons", reasons(run.decisions()));
        return fields;
    }

    /** What the servers in this process counted. */
    static Map<String, Object> servers(ShopReceipts receipts) {
        var servers = new LinkedHashMap<String, Object>();
        servers.put("mails", receipts.distinctMails());
        servers.put("texts", receipts.distinctTexts());
        servers.put("incompleteTexts", receipts.incomplete());
        return servers;
    }

    private Map<String, Object> by(Function<ShopDecision, String> key) {
        var groups = new TreeMap<String, Object>();
        grouped(key).forEach((name, group) -> {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("planned", group.size());
            fields.putAll(verdicts(group));
            fields.put("reasons", reasons(group));
            groups.put(name, fields);
        });
        return groups;
    }

    private Map<String, List<ShopDecision>> grouped(Function<ShopDecision, String> key) {
        var groups = new TreeMap<String, List<ShopDecision>>();
        run.decisions().forEach(decision -> groups.computeIfAbsent(key.apply(decision), name -> new ArrayList<>())
                .add(decision));
        return groups;
    }

    private static Map<String, Long> verdicts(List<ShopDecision> decisions) {
        var counted = new LinkedHashMap<String, Long>();
        for (String verdict : VERDICTS) {
            long number = decisions.stream()
                    .filter(decision -> decision.verdict().equals(verdict))
                    .count();
            counted.put(verdict.toLowerCase(Locale.ROOT), number);
        }
        return counted;
    }

    private static Map<String, Long> reasons(List<ShopDecision> decisions) {
        var counted = new TreeMap<String, Long>();
        decisions.stream()
                .filter(decision -> !decision.reason().isEmpty())
                .forEach(decision -> counted.merge(decision.outcome(), 1L, Long::sum));
        return counted;
    }

    /** For people. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append(line(
                "%-18s%10s%10s%10s%10s%10s%10s", "", "planned", "sent", "skipped", "failed", "unknown", "cancelled"));
        grouped(ShopDecision::campaign).forEach((name, group) -> text.append(row(name, group.size(), group)));
        grouped(ShopDecision::channel).forEach((name, group) -> text.append(row("by " + name, group.size(), group)));
        text.append(row("all", run.planned(), run.decisions())).append('\n');
        var reasons = reasons(run.decisions());
        text.append(reasons.isEmpty() ? "" : "Why messages were not sent:\n");
        reasons.forEach((reason, number) -> text.append(line("%10d  %s", number, reason)));
        return text.toString();
    }

    private static String row(String name, long planned, List<ShopDecision> decisions) {
        var counted = List.copyOf(verdicts(decisions).values());
        return line(
                "%-18s%,10d%,10d%,10d%,10d%,10d%,10d",
                name, planned, counted.get(0), counted.get(1), counted.get(2), counted.get(3), counted.get(4));
    }

    static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }
}
