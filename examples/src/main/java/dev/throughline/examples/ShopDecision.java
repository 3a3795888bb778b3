// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.channel.MessageId;
import dev.throughline.decision.Decision;
import dev.throughline.engine.Queries;
import dev.throughline.policy.Finding;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of {@code decisions.jsonl}: what became of one message, without its text.
 *
 * @param customer the number that the file gives her
 * @param findings a JSON array of what each check said
 */
record ShopDecision(
        Instant instant,
        String customer,
        String campaign,
        String instance,
        String step,
        int leg,
        String message,
        String messageClass,
        String channel,
        String verdict,
        String reason,
        String findings) {

    static final Comparator<ShopDecision> ORDER = Comparator.comparing(ShopDecision::instant)
            .thenComparing(ShopDecision::customer)
            .thenComparing(ShopDecision::campaign)
            .thenComparing(ShopDecision::instance)
            .thenComparing(ShopDecision::step)
            .thenComparing(ShopDecision::leg)
            .thenComparing(ShopDecision::message)
            .thenComparing(ShopDecision::messageClass)
            .thenComparing(ShopDecision::channel)
            .thenComparing(ShopDecision::verdict)
            .thenComparing(ShopDecision::reason)
            .thenComparing(ShopDecision::findings);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ShopDecision of(Decision decision, Map<String, String> customers) {
        var origin = decision.origin();
        var id = decision.customer().id();
        return new ShopDecision(
                decision.at(),
                customers.getOrDefault(id, id),
                origin.campaign(),
                origin.instance(),
                origin.step(),
                origin.leg(),
                decision.message().value(),
                decision.messageClass().name(),
                decision.channel().name(),
                decision.verdict().outcome().name(),
                decision.verdict().reason(),
                JSON.writeValueAsString(
                        decision.findings().stream().map(ShopDecision::fields).toList()));
    }

    /** The last decision about each message, sorted; {@code customers} has the names that the file gives them, by id. */
    static List<ShopDecision> all(Queries queries, Map<String, String> customers) {
        var latest = new TreeMap<MessageId, Decision>();
        queries.decisions(decision -> latest.put(decision.message(), decision));
        return latest.values().stream()
                .map(decision -> of(decision, customers))
                .sorted(ORDER)
                .toList();
    }

    boolean isAdvertising() {
        return messageClass.equals("MARKETING");
    }

    /** Such as {@code SKIPPED(NO_CONSENT)}. */
    String outcome() {
        return reason.isEmpty() ? verdict : verdict + '(' + reason + ')';
    }

    String json() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("instant", instant.toString());
        fields.put("customer", customer);
        fields.put("campaign", campaign);
        fields.put("instance", instance);
        fields.put("step", step);
        fields.put("leg", leg);
        fields.put("message", message);
        fields.put("class", messageClass);
        fields.put("channel", channel);
        fields.put("verdict", verdict);
        fields.put("reason", reason);
        var line = JSON.writeValueAsString(fields);
        return line.substring(0, line.length() - 1) + ",\"findings\":" + findings + '}';
    }

    private static Map<String, Object> fields(Finding finding) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("check", finding.check());
        fields.put("rule", finding.rule());
        fields.put("outcome", finding.outcome().name());
        fields.put("reason", finding.reason());
        fields.put("values", finding.values());
        return fields;
    }
}
