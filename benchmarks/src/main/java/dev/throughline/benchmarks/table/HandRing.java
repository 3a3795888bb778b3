// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The same work written by hand: maps for identities and addresses, a set of ids seen, a timeline for each customer of what she did and of
 * the campaigns that she entered and left, campaigns as predicates by event, a priority queue of waits, an outbox and a record for each
 * decision.
 */
final class HandRing implements Ring {

    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;

    private final Map<String, Customer> byIdentity = new HashMap<>();
    private final Map<String, ContactPoint> contactPoints = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, List<Campaign>> byStart = new HashMap<>();
    private final Map<String, List<Campaign>> byExit = new HashMap<>();
    private final PriorityQueue<Instance> waits = new PriorityQueue<>();
    private final Queue<Message> outbox = new ArrayDeque<>();
    private long sent;
    private long decided;

    /** A customer with all that is remembered of her. */
    static final class Customer {
        final String id;
        final Map<String, Object> profile = new HashMap<>();
        final Map<String, Series> counts = new HashMap<>();
        final Map<String, Series> sums = new HashMap<>();
        final Map<String, Instance> inside = new HashMap<>();

        @Nullable
        List<Object> timeline = new ArrayList<>(4);

        @Nullable
        List<Decision> decisions = new ArrayList<>(4);

        @Nullable
        String phone;

        Customer(String id) {
            this.id = id;
        }
    }

    /** What was granted and refused on an address, and what was sent to it lately. */
    private static final class ContactPoint {
        final Customer holder;
        final Set<String> objections = new HashSet<>(2);
        boolean suppressed;

        ContactPoint(Customer holder) {
            this.holder = holder;
        }
    }

    record Campaign(Rule rule, BiPredicate<Customer, Happening> condition) {}

    /** A customer in a campaign, and her place among the waits. */
    static final class Instance implements Comparable<Instance> {
        final String id;
        final Customer customer;
        final Campaign campaign;
        final Object product;
        long due;
        boolean sent;
        boolean left;

        Instance(String id, Customer customer, Campaign campaign, Object product) {
            this.id = id;
            this.customer = customer;
            this.campaign = campaign;
            this.product = product;
        }

        @Override
        public int compareTo(Instance other) {
            return Long.compare(due, other.due);
        }
    }

    /** A line of the timeline: she entered a campaign, left it or came to its end. */
    private record Note(String instance, String campaign, String change, String because, Instant at) {}

    record Message(
            String id, String phone, Instance instance, String text, Instant decidedAt, List<Finding> findings) {}

    record Finding(String check, String outcome, String reason) {}

    record Decision(
            String message, String campaign, String instance, String verdict, Instant at, List<Finding> findings) {}

    HandRing() {
        for (Rule rule : Recipe.rules()) {
            var campaign = new Campaign(rule, condition(rule));
            byStart.computeIfAbsent(rule.start(), event -> new ArrayList<>()).add(campaign);
            byExit.computeIfAbsent(rule.exit(), event -> new ArrayList<>()).add(campaign);
        }
    }

    private static BiPredicate<Customer, Happening> condition(Rule rule) {
        return switch (rule.kind()) {
            case ABSENCE -> (customer, happening) -> true;
            case COUNT ->
                (customer, happening) -> rule.tier().equals(customer.profile.get("tier"))
                        && value(customer.counts, rule, happening, 0) >= rule.bound();
            case SUM ->
                (customer, happening) -> customer.profile.get("age") instanceof Long age
                        && age >= 30
                        && value(customer.sums, rule, happening, DAY) >= rule.bound();
            case SIMPLE ->
                (customer, happening) ->
                        happening.properties().get("value") instanceof Long value && value >= rule.bound();
        };
    }

    private static long value(Map<String, Series> windows, Rule rule, Happening happening, long bucket) {
        Series series = windows.get(rule.start());
        long from = happening.at().getEpochSecond() - rule.hours() * HOUR;
        return series == null ? 0 : series.since(bucket == 0 ? from : from - Math.floorMod(from, bucket));
    }

    @Override
    public void happened(List<Happening> group) {
        for (Happening happening : group) {
            elapse(happening.at());
            Customer customer = byIdentity.computeIfAbsent(happening.user(), Customer::new);
            if (seen.add(happening.id())) {
                Objects.requireNonNull(customer.timeline).add(happening);
                step(customer, happening);
            }
        }
        send(group.get(group.size() - 1).at());
    }

    /** What an event does to its customer. */
    void step(Customer customer, Happening happening) {
        if (happening.event().equals(Recipe.IDENTIFY)) {
            customer.profile.putAll(happening.properties());
            String phone = Recipe.phone(happening.user());
            customer.phone = phone;
            byIdentity.putIfAbsent(phone, customer);
            contactPoints.computeIfAbsent(phone, key -> new ContactPoint(customer));
            return;
        }
        long second = happening.at().getEpochSecond();
        customer.counts
                .computeIfAbsent(happening.event(), event -> new Series())
                .add(second, 1, 100);
        if (happening.properties().get("value") instanceof Long value) {
            customer.sums
                    .computeIfAbsent(happening.event(), event -> new Series())
                    .add(second - Math.floorMod(second, DAY), value, 400);
        }
        for (Campaign campaign : byExit.getOrDefault(happening.event(), List.of())) {
            Instance left = customer.inside.remove(campaign.rule().name());
            if (left != null) {
                left.left = true;
                note(left, "EXITED", happening.event(), happening.at());
            }
        }
        for (Campaign campaign : byStart.getOrDefault(happening.event(), List.of())) {
            if (!customer.inside.containsKey(campaign.rule().name())
                    && campaign.condition().test(customer, happening)) {
                enter(customer, campaign, happening);
            }
        }
    }

    private void enter(Customer customer, Campaign campaign, Happening happening) {
        Rule rule = campaign.rule();
        Object product = Objects.requireNonNull(happening.properties().get("product"));
        var instance = new Instance(rule.name() + "/" + happening.id(), customer, campaign, product);
        customer.inside.put(rule.name(), instance);
        note(instance, "STARTED", happening.event(), happening.at());
        boolean absence = rule.kind() == Rule.Kind.ABSENCE;
        instance.due = happening.at().toEpochMilli() + (absence ? HOUR : DAY) * 1000;
        waits.add(instance);
        if (!absence) {
            plan(instance, happening.at());
        }
    }

    private static void note(Instance instance, String change, String because, Instant at) {
        Objects.requireNonNull(instance.customer.timeline)
                .add(new Note(instance.id, campaign(instance), change, because, at));
    }

    private void elapse(Instant now) {
        long until = now.toEpochMilli();
        for (Instance first = waits.peek(); first != null && first.due <= until; first = waits.peek()) {
            Instance due = Objects.requireNonNull(waits.poll());
            if (!due.left) {
                due.customer.inside.remove(due.campaign.rule().name());
                note(due, "ENDED", "", now);
                if (!due.sent) {
                    plan(due, now);
                }
            }
        }
    }

    private void plan(Instance instance, Instant now) {
        instance.sent = true;
        Customer customer = instance.customer;
        String text = customer.profile.get("firstName") + ", " + instance.product + " is waiting for you.";
        String phone = Objects.requireNonNull(customer.phone);
        ContactPoint point = contactPoints.get(phone);
        var findings = new ArrayList<Finding>(4);
        boolean allowed = point != null && !point.suppressed && point.holder == customer;
        findings.add(new Finding("suppression", allowed ? "ALLOW" : "DENY", "NONE"));
        boolean objected = point == null || point.objections.contains("SERVICE");
        findings.add(new Finding("consent", objected ? "DENY" : "ALLOW", "NOT_OBJECTED"));
        findings.add(new Finding("sender", "ALLOW", "SHOP"));
        String id = instance.id + "/0";
        if (allowed && !objected) {
            outbox.add(new Message(id, phone, instance, text, now, findings));
        } else {
            record(instance, new Decision(id, campaign(instance), instance.id, "SKIPPED", now, findings));
        }
    }

    private void send(Instant now) {
        for (Message message = outbox.poll(); message != null; message = outbox.poll()) {
            sent++;
            message.findings.add(new Finding("dispatch", "ALLOW", "SENT"));
            Instance instance = message.instance;
            record(instance, new Decision(message.id, campaign(instance), instance.id, "SENT", now, message.findings));
        }
    }

    private static String campaign(Instance instance) {
        return instance.campaign.rule().name();
    }

    private void record(Instance instance, Decision decision) {
        decided++;
        Objects.requireNonNull(instance.customer.decisions).add(decision);
    }

    @Override
    public void finish() {
        // each group ends with its messages sent
    }

    @Override
    public long sent() {
        return sent;
    }

    @Override
    public long decisions() {
        return decided;
    }

    @Override
    public Object state(List<String> users) {
        for (String user : users) {
            Customer customer = Objects.requireNonNull(byIdentity.get(user));
            customer.timeline = null;
            customer.decisions = null;
        }
        return List.of(byIdentity, contactPoints);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
