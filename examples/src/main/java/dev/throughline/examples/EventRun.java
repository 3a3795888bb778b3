// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.campaign.Definitions;
import dev.throughline.engine.Disorder;
import dev.throughline.engine.Queries;
import dev.throughline.examples.ShopChannels.Place;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.store.Store;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Replays touchpoints with campaigns under virtual time, each when it was received, until nobody waits for anything. */
final class EventRun {

    private static final Duration LONGEST_WAIT = Duration.ofDays(400);

    private final Setup setup;
    private final NavigableMap<Instant, List<Touchpoint>> moments = new TreeMap<>();
    private final PlanCount plans = new PlanCount(Disorder.NONE);

    /**
     * How a run is set up.
     *
     * @param touchpoints in any order
     * @param store an empty store; closed by the run
     * @param smtp another mail server than the one in this process
     * @param smsc another SMSC than the one in this process
     */
    record Setup(
            Definitions definitions,
            Policy policy,
            List<Touchpoint> touchpoints,
            Store store,
            @Nullable Place smtp,
            @Nullable Place smsc) {}

    /** What a run came to. */
    record Result(
            int customers,
            Instant end,
            long planned,
            List<ShopDecision> decisions,
            @Nullable ShopReceipts receipts) implements Outcome {}

    private EventRun(Setup setup) {
        this.setup = setup;
        for (Touchpoint touchpoint : setup.touchpoints()) {
            moments.computeIfAbsent(touchpoint.receivedAt(), at -> new ArrayList<>())
                    .add(touchpoint);
        }
    }

    static EventRun of(Setup setup) {
        if (setup.definitions().campaigns().isEmpty()) {
            throw new ThroughlineException("there is no campaign: expected one at least");
        }
        if (setup.touchpoints().isEmpty()) {
            throw new ThroughlineException("there is no event that can be read: expected one at least");
        }
        return new EventRun(setup);
    }

    Result play() {
        var rehearsal = Rehearsal.of(setup.definitions());
        rehearsal
                .under(setup.policy())
                .startingAt(moments.firstKey())
                .on(setup.store())
                .disordered(plans);
        try (rehearsal;
                var channels = ShopChannels.open(setup.smtp(), setup.smsc(), rehearsal.clock(), to -> false)) {
            rehearsal.channel(channels.email()).channel(channels.sms());
            requireEmpty(rehearsal);
            moments.forEach((instant, moment) -> happen(rehearsal, instant, moment));
            rehearsal.drain(moments.lastKey().plus(LONGEST_WAIT));
            requireStepped();
            var customers = customers(rehearsal.queries());
            var decisions = ShopDecision.all(rehearsal.queries(), customers);
            return new Result(
                    customers.size(),
                    rehearsal.clock().instant(),
                    plans.planned(decisions),
                    decisions,
                    channels.receipts());
        }
    }

    private static void happen(Rehearsal rehearsal, Instant instant, List<Touchpoint> moment) {
        rehearsal.advanceTo(instant);
        for (int rank = 0; rank <= 2; rank++) {
            int now = rank;
            moment.stream().filter(touchpoint -> rank(touchpoint) == now).forEach(rehearsal::happens);
            rehearsal.advanceTo(instant);
        }
    }

    /** Who somebody is comes before what she agrees to, and that before what she does at the same instant. */
    private static int rank(Touchpoint touchpoint) {
        return switch (touchpoint.call()) {
            case IDENTIFY, ALIAS, GROUP -> 0;
            case CONSENT -> 1;
            default -> 2;
        };
    }

    private void requireEmpty(Rehearsal rehearsal) {
        var first = setup.touchpoints().get(0).identity();
        boolean isKnown = rehearsal.queries().customer(first).isPresent();
        if (isKnown || rehearsal.clock().instant().isAfter(moments.firstKey())) {
            throw new ThroughlineException("there has been a run on the store already: expected an empty store,"
                    + " because a run begins at its first event");
        }
    }

    private void requireStepped() {
        var dead = setup.store().deadLetters(0, 1);
        if (!dead.isEmpty()) {
            throw new ThroughlineException("an input could not be stepped: " + dead.get(0));
        }
    }

    /** By id the name that the files use, the most trusted one of several. */
    private Map<String, String> customers(Queries queries) {
        var names = new TreeSet<Identity>();
        setup.touchpoints().forEach(touchpoint -> names.addAll(touchpoint.identities()));
        var customers = new HashMap<String, String>();
        for (Identity name : names) {
            queries.customer(name)
                    .ifPresent(known -> customers.putIfAbsent(known.id().toString(), shown(name)));
        }
        return customers;
    }

    private static String shown(Identity name) {
        return name.type().equals("userId") ? name.value() : name.toString();
    }
}
