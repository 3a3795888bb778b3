// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.channel.MessageClass;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.json.Json;
import dev.throughline.json.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One policy document as it was read, with the condition under which it applies. */
record Sheet(
        String id,
        String version,
        String status,
        LocalDate verifiedOn,
        List<String> base,
        List<Condition> appliesIf,
        @Nullable MessageClass mixed,
        List<Rule> rules) {

    /** One of several conditions: an attribute has a value. */
    record Condition(String attribute, String value) {
        boolean holds(Facts facts) {
            return switch (attribute) {
                case "address.country" -> facts.address().country().equals(value);
                case "address.region" -> facts.address().regions().contains(value);
                case "address.mailbox" -> Mailbox.of(facts.address()).equals(value);
                case "subject.residence" ->
                    facts.residence().equals(value) || facts.residence().startsWith(value + "-");
                case "brand.country" -> facts.brand().country().equals(value);
                default -> false;
            };
        }
    }

    /** The status of what opens only by name. */
    private static final String DRAFT = "draft";

    private static final Set<String> ATTRIBUTES = new TreeSet<>(
            List.of("address.country", "address.mailbox", "address.region", "brand.country", "subject.residence"));

    boolean applies(Facts facts) {
        return appliesIf.isEmpty() || appliesIf.stream().anyMatch(condition -> condition.holds(facts));
    }

    Sheet withRules(List<Rule> others) {
        return new Sheet(id, version, status, verifiedOn, base, appliesIf, mixed, List.copyOf(others));
    }

    /**
     * Reads a document.
     *
     * @throws ThroughlineException telling everything that is wrong with it
     */
    static Sheet read(String json) {
        return Json.parse(json, "policy", Sheet::read, ThroughlineException::new);
    }

    private static Sheet read(Node document) {
        Node head = document.part("policy");
        String id = head.text("id");
        Node policy = head.named("policy " + id + ",");
        policy.text("id");
        LocalDate verifiedOn = policy.date("verifiedOn", LocalDate.EPOCH);
        Node classes = document.part("classes");
        classes.texts("order");
        var sheet = new Sheet(
                id,
                policy.text("version", ""),
                policy.text("status", ""),
                verifiedOn,
                policy.texts("extends"),
                conditions(policy),
                classes.constant("mixed", MessageClass.class),
                rules(document, verifiedOn, policy.text("status", "").equals(DRAFT)));
        policy.finish();
        classes.finish();
        return sheet;
    }

    private static List<Condition> conditions(Node policy) {
        var conditions = new ArrayList<Condition>();
        Node appliesIf = policy.part("appliesIf");
        for (Node item : appliesIf.parts("anyOf")) {
            for (String attribute : item.members().keySet()) {
                if (!ATTRIBUTES.contains(attribute)) {
                    item.fault(attribute, "unknown", "one of " + ATTRIBUTES, "");
                }
                conditions.add(new Condition(attribute, item.text(attribute)));
            }
        }
        appliesIf.finish();
        // what a number's country is takes a parse, so it is asked last
        conditions.sort(Comparator.comparing(condition -> condition.attribute().startsWith("address.")));
        return conditions;
    }

    private static List<Rule> rules(Node document, LocalDate verifiedOn, boolean draft) {
        var rules = new ArrayList<Rule>();
        var ids = new TreeSet<String>();
        for (Node unnamed : document.parts("rules")) {
            String id = unnamed.text("id");
            if (!ids.add(id)) {
                unnamed.fault("id", id, "one rule of a name", "");
            }
            Rule rule = rule(unnamed.named("rule " + id + ","), verifiedOn, draft);
            if (rule != null) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private static @Nullable Rule rule(Node node, LocalDate verifiedOn, boolean draft) {
        String id = node.text("id");
        var head = new Rule.Head(
                id,
                when(node),
                ref(node),
                node.date("verifiedOn", verifiedOn),
                List.copyOf(node.texts("replaces")),
                draft);
        List<String> kinds = ClauseReader.KINDS.stream().filter(node::has).toList();
        if (kinds.size() != 1) {
            node.finish();
            node.fault("clause", kinds, "exactly one of " + ClauseReader.KINDS, "");
            return null;
        }
        String kind = kinds.get(0);
        Node part = node.part(kind);
        Clause clause = ClauseReader.read(kind, part);
        part.finish();
        node.finish();
        return new Rule(head, kind, clause, node.members());
    }

    private static When when(Node node) {
        Node when = node.part("when");
        var read = new When(when.constants("class", MessageClass.class), when.texts("channel"), when.texts("topic"));
        when.finish();
        return read;
    }

    private static Ref ref(Node node) {
        Node ref = node.part("ref");
        var read = new Ref(
                ref.text("law", ""),
                ref.text("art", ""),
                ref.constant("conf", Confidence.class, Confidence.P),
                ref.text("url", ""),
                ref.text("note", ""),
                ref.text("noteVi", ""));
        ref.finish();
        return read;
    }
}
