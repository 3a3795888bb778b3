// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.property;
import static dev.throughline.segment.Conditions.sum;
import static dev.throughline.segment.Conditions.trait;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.EventRule;
import dev.throughline.channel.MessageClass;
import dev.throughline.customer.IdentifierState;
import dev.throughline.engine.Ack;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** The library as a host embeds it: the front door on a store, groups of touchpoints, an adapter that accepts all. */
final class EngineRing implements Ring {

    private static final Brand SHOP = Brand.named("Shop").country("VN").sender(SMS, "SHOP");

    private final Store store;
    private final Sink sink = new Sink();
    private final Throughline throughline;
    private final List<CompletableFuture<Ack>> underway = new ArrayList<>();
    private volatile Instant now = Instant.EPOCH;

    EngineRing(int lanes) {
        this(lanes, Recipe.rules());
    }

    EngineRing(int lanes, List<Rule> rules) {
        this(lanes, rules, new MemoryStore());
    }

    EngineRing(int lanes, List<Rule> rules, Store store) {
        this.store = store;
        this.throughline = Throughline.open(t -> {
            t.store(store).environment("benchmark").delivery(Delivery.LIVE).channel(sink);
            t.policy(Policy.base()).clock(() -> now).lanes(lanes);
            rules.forEach(rule -> t.campaign(campaign(rule)));
        });
    }

    static List<Campaign> campaigns() {
        return Recipe.rules().stream().map(EngineRing::campaign).toList();
    }

    private static Campaign campaign(Rule rule) {
        var message = Message.of(rule.name(), MessageClass.SERVICE, SHOP)
                .on(SMS, text("{{ customer.firstName }}, {{ event.product }} is waiting for you."))
                .validFor(hours(24));
        return Campaign.named(rule.name())
                .journey(
                        rule.kind() == Rule.Kind.ABSENCE
                                ? j -> j.startOn(event(rule.start()))
                                        .exitOn(event(rule.exit()))
                                        .delay(hours(rule.hours()))
                                        .send(message, first(SMS))
                                : j -> j.startOn(start(rule))
                                        .send(message, first(SMS))
                                        .delay(hours(24)));
    }

    private static EventRule start(Rule rule) {
        var start = event(rule.start());
        return switch (rule.kind()) {
            case ABSENCE -> start;
            case COUNT ->
                start.where(count(rule.start())
                        .within(hours(rule.hours()))
                        .atLeast(rule.bound())
                        .and(trait("tier").is(rule.tier())));
            case SUM ->
                start.where(sum(rule.start(), "value")
                        .within(hours(rule.hours()))
                        .atLeast(rule.bound())
                        .and(trait("age").atLeast(30)));
            case SIMPLE -> start.where(property("value").atLeast(rule.bound()));
        };
    }

    @Override
    public void happened(List<Happening> group) {
        List<Touchpoint> touchpoints =
                group.stream().map(EngineRing::touchpoint).toList();
        join();
        now = group.get(group.size() - 1).at();
        for (Touchpoint touchpoint : touchpoints) {
            underway.add(throughline.recordAsync(touchpoint).toCompletableFuture());
        }
    }

    /** Waits until what was handed in is applied. */
    void join() {
        underway.forEach(CompletableFuture::join);
        underway.clear();
    }

    static Touchpoint touchpoint(Happening happening) {
        boolean identifies = happening.event().equals(Recipe.IDENTIFY);
        var user = Identity.userId(happening.user());
        return new Touchpoint(
                happening.id(),
                identifies ? Touchpoint.Call.IDENTIFY : Touchpoint.Call.TRACK,
                happening.event(),
                identifies ? List.of(user, new Identity("phone", Recipe.phone(happening.user()))) : List.of(user),
                happening.at(),
                happening.at(),
                Collections.unmodifiableMap(happening.properties()),
                "web",
                Origin.LIVE);
    }

    @Override
    public void finish() {
        join();
        try {
            while (waiting("outbox") + waiting("sending") > 0) {
                Thread.sleep(5);
            }
            Thread.sleep(100); // results that came back last are still to be stepped
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private long waiting(String where) {
        return throughline.health().backlog().getOrDefault(where, 0L);
    }

    @Override
    public long sent() {
        return sink.sent();
    }

    @Override
    public long decisions() {
        var number = new AtomicLong();
        store.scan(Entry.Log.DECISIONS, decision -> number.incrementAndGet());
        return number.get();
    }

    @Override
    public Object state(List<String> users) {
        var states = new HashMap<Key, Object>();
        for (String user : users) {
            Key identity = Key.of(Identity.userId(user));
            Key phone = Key.of(new Identity("phone", Recipe.phone(user)));
            IdentifierState owner = (IdentifierState) copied(identity, states);
            copied(phone, states);
            copied(Key.of(new Address("phone", Recipe.phone(user))), states);
            copied(Key.of(Objects.requireNonNull(owner.owner())), states);
        }
        return states;
    }

    private Object copied(Key key, Map<Key, Object> states) {
        Object state = store.peek(key).orElseThrow();
        states.put(key, state);
        return state;
    }

    @Override
    public void close() {
        throughline.close();
    }
}
