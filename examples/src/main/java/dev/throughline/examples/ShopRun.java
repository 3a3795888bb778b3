// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.engine.Disorder;
import dev.throughline.engine.Queries;
import dev.throughline.examples.ShopChannels.Place;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.policy.CheckResult;
import dev.throughline.policy.Policy;
import dev.throughline.policy.Registry;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Replays the orders with all campaigns, from the first row until no message is open. */
final class ShopRun {

    private static final Duration LONGEST_WAIT = Duration.ofDays(120);
    private static final Duration DRAINED = Duration.ofDays(1);

    private final Setup setup;
    private final ShopFeed feed;
    private final PlanCount plans;

    /**
     * How a run is set up.
     *
     * @param store an empty store, or one on which such a run was stopped or has died; closed by the run
     * @param shuffled seeds the order of what happens at one instant; 0 leaves it as it is
     * @param disabled checks that are left out
     * @param smtp another mail server than the one in this process
     * @param smsc another SMSC than the one in this process
     * @param historyUntil what happened before is brought in as history, and the run begins there; {@code null} for none
     */
    record Setup(
            RetailOrders orders,
            Store store,
            int lanes,
            Disorder disorder,
            long shuffled,
            Set<String> disabled,
            @Nullable Place smtp,
            @Nullable Place smsc,
            @Nullable Instant historyUntil) {

        static Setup of(RetailOrders orders, Store store) {
            return new Setup(orders, store, 1, Disorder.NONE, 0, Set.of(), null, null, null);
        }

        Setup lanes(int number) {
            return new Setup(orders, store, number, disorder, shuffled, disabled, smtp, smsc, historyUntil);
        }

        Setup disordered(Disorder how) {
            return new Setup(orders, store, lanes, how, shuffled, disabled, smtp, smsc, historyUntil);
        }

        Setup shuffled(long seed) {
            return new Setup(orders, store, lanes, disorder, seed, disabled, smtp, smsc, historyUntil);
        }

        Setup without(Set<String> checks) {
            return new Setup(orders, store, lanes, disorder, shuffled, checks, smtp, smsc, historyUntil);
        }

        Setup through(@Nullable Place mail, @Nullable Place text) {
            return new Setup(orders, store, lanes, disorder, shuffled, disabled, mail, text, historyUntil);
        }

        Setup historyUntil(@Nullable Instant instant) {
            return new Setup(orders, store, lanes, disorder, shuffled, disabled, smtp, smsc, instant);
        }
    }

    /**
     * What a run came to.
     *
     * @param planned how many messages were planned, counted on their way to the checks
     * @param decisions one for each message, sorted
     * @param resumed where an earlier run had come to; {@code null} if there was none
     * @param isWhole whether it came to its end; what is left is another run's
     * @param receipts what the servers in this process received, or {@code null} if one was somebody else's, or an earlier run's
     */
    record Result(
            RetailOrders.Counts counts,
            @Nullable Instant resumed,
            Instant end,
            boolean isWhole,
            long planned,
            List<ShopDecision> decisions,
            @Nullable ShopReceipts receipts)
            implements Outcome {}

    private ShopRun(Setup setup, ShopFeed feed) {
        this.setup = setup;
        this.feed = feed;
        this.plans = new PlanCount(setup.disorder());
    }

    static ShopRun of(Setup setup) {
        if (setup.orders().invoices().isEmpty()) {
            throw new ThroughlineException("the file has no order of a known customer: expected at least one");
        }
        return new ShopRun(setup, ShopFeed.of(setup.orders().invoices()));
    }

    int touchpoints() {
        return feed.touchpoints();
    }

    /** Runs to the end; {@code progress} hears how many touchpoints happened since it heard last. */
    Result play(IntConsumer progress) {
        return play(progress, () -> false);
    }

    /** The same until it is told to stop, which it does between two moments. */
    Result play(IntConsumer progress, BooleanSupplier stopping) {
        try (var rehearsal = rehearsal();
                var channels = ShopChannels.open(setup.smtp(), setup.smsc(), rehearsal.clock(), Scenario::isGone)) {
            rehearsal.channel(channels.email()).channel(channels.sms());
            Instant resumed = resumed(rehearsal);
            boolean whole = happen(rehearsal, progress, stopping);
            requireStepped();
            var decisions = decisions(rehearsal.queries());
            return new Result(
                    setup.orders().counts(),
                    resumed,
                    rehearsal.clock().instant(),
                    whole,
                    plans.planned(decisions),
                    decisions,
                    resumed == null ? channels.receipts() : null);
        }
    }

    /** Whether all of it has happened. */
    private boolean happen(Rehearsal rehearsal, IntConsumer progress, BooleanSupplier stopping) {
        var random = new Random(setup.shuffled());
        Instant start = start();
        Instant reached = rehearsal.clock().instant();
        for (var each : feed.moments().entrySet()) {
            Instant instant = each.getKey();
            ShopFeed.Moment moment = each.getValue();
            if (setup.shuffled() != 0) {
                moment.shuffle(random);
            }
            if (stopping.getAsBoolean()) {
                return false;
            }
            boolean isHistory = instant.isBefore(start);
            if (!(isHistory ? start : instant).isBefore(reached)) {
                if (isHistory) {
                    moment.touchpoints().forEach(one -> rehearsal.happens(one.asHistory(start)));
                } else {
                    happen(rehearsal, instant, moment);
                }
            }
            progress.accept(moment.size());
        }
        Instant end = feed.moments().lastKey().plus(LONGEST_WAIT);
        while (rehearsal.clock().instant().plus(DRAINED).isBefore(end)) {
            if (stopping.getAsBoolean()) {
                return false;
            }
            rehearsal.advanceTo(rehearsal.clock().instant().plus(DRAINED));
        }
        rehearsal.drain(end);
        return true;
    }

    /** Where an earlier run has come to, if there was one. */
    private @Nullable Instant resumed(Rehearsal rehearsal) {
        Queries queries = rehearsal.queries();
        boolean isKnown = feed.customers().stream()
                .map(Identity::userId)
                .anyMatch(customer -> queries.customer(customer).isPresent());
        return isKnown ? rehearsal.clock().instant() : null;
    }

    private Rehearsal rehearsal() {
        var rehearsal = Rehearsal.of(ShopCampaigns.all());
        rehearsal
                .under(Policy.vietnam())
                .startingAt(start())
                .doNotCall(DoNotCall.of(feed.customers(), rehearsal.clock()))
                .pool(ShopCampaigns.saleBudget(feed.customers().size()))
                .on(setup.store())
                .lanes(setup.lanes())
                .disordered(plans);
        setup.disabled().forEach(rehearsal::withoutCheck);
        return rehearsal;
    }

    private Instant start() {
        return setup.historyUntil() == null ? feed.moments().firstKey() : setup.historyUntil();
    }

    /** Who registers and orders in one minute has answered the consent form before the order is looked at. */
    private static void happen(Rehearsal rehearsal, Instant instant, ShopFeed.Moment moment) {
        rehearsal.advanceTo(instant);
        moment.registrations().forEach(rehearsal::happens);
        rehearsal.advanceTo(instant);
        moment.events().forEach(rehearsal::happens);
        rehearsal.advanceTo(instant);
    }

    private void requireStepped() {
        var dead = setup.store().deadLetters(0, 1);
        if (!dead.isEmpty()) {
            throw new ThroughlineException("an input could not be stepped: " + dead.get(0));
        }
    }

    private List<ShopDecision> decisions(Queries queries) {
        var customers = new HashMap<String, String>();
        for (String customer : feed.customers()) {
            queries.customer(Identity.userId(customer))
                    .ifPresent(known -> customers.put(known.id().toString(), customer));
        }
        return ShopDecision.all(queries, customers);
    }

    /** The scenario's do-not-call list, always fresh. */
    private record DoNotCall(Set<String> numbers, InstantSource clock) implements Registry {

        static DoNotCall of(List<String> customers, InstantSource clock) {
            var numbers = customers.stream()
                    .map(Scenario::persona)
                    .filter(Persona::onDoNotCallList)
                    .map(Persona::phone)
                    .collect(Collectors.toSet());
            return new DoNotCall(numbers, clock);
        }

        @Override
        public String id() {
            return "scenario";
        }

        @Override
        public CheckResult check(Address address, Channel channel) {
            return numbers.contains(address.value())
                    ? CheckResult.listed(clock.instant())
                    : CheckResult.clear(clock.instant());
        }
    }
}
