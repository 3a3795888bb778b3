// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.customer.MergeSimulator.Mutation;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is seen together is one customer, in whatever order it arrives and however often: {@code -Dthroughline.merges=100000} for a
 * long run, {@code -Dthroughline.merges.from=100000} for another one.
 */
class MergeLawsTest {

    private static final int SCHEDULES = Integer.getInteger("throughline.merges", 1_000);
    private static final long FIRST = Long.getLong("throughline.merges.from", 0);
    private static final int MUTANTS = 300;
    private static final List<String> EVERYTHING =
            List.of("userId", "email", "phone", "loyaltyCard", "anonymousId", "device");
    private static final Instant NOON = Instant.parse("2026-11-23T05:00:00Z");

    /** Nothing but what the protocol itself needs keeps two from being one. */
    private static final IdentityRules FREE =
            IdentityRules.standard().limit("userId", 64).limit("loyaltyCard", 64);

    private long deliveries;
    private long duplicates;
    private long merges;

    @Test
    void whatIsSeenTogetherIsOneCustomerInAnyOrder() {
        for (long seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
            assertThat(faultsOfFree(seed, Mutation.NONE)).as("seed " + seed).isEmpty();
        }
        report("without limits");
    }

    @Test
    void nobodyHasTwoLoginsOrCardsAndNothingIsLostOrCountedTwice() {
        for (long seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
            assertThat(faultsOfLimited(seed, Mutation.NONE)).as("seed " + seed).isEmpty();
        }
        report("with limits");
    }

    /** A customer was linked before she had heard of the very name that made her. */
    @Test
    void nameThatItsOwnerHasNotHeardOfCounts() {
        assertThat(faultsOfLimited(9146, Mutation.NONE)).isEmpty();
    }

    /** Somebody whom she absorbed knew that the name was hers; she did not, and took another. */
    @Test
    void nameThatOnlyTheAbsorbedHasHeardOfCounts() {
        assertThat(faultsOfLimited(45789, Mutation.NONE)).isEmpty();
    }

    /** Refused by the one, promised a place by the other, who was then absorbed by the one. */
    @Test
    void laterPromiseOfTheAbsorbedCounts() {
        assertThat(faultsOfLimited(4310, Mutation.NONE)).isEmpty();
    }

    /** Also where one was split off from whom another had absorbed before, and where both are. */
    @Test
    void splitsAtRestLeaveEachNameAndEachTouchpointWithOne() {
        for (long seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
            assertThat(faultsOfSplits(seed, true)).as("seed " + seed).isEmpty();
        }
        report("with splits at rest");
    }

    @Test
    void splitsOnTheWayLeaveEachNameAndEachTouchpointWithOne() {
        for (long seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
            assertThat(faultsOfSplits(seed, false)).as("seed " + seed).isEmpty();
        }
        report("with splits on the way");
    }

    /** Two who are one had each split off the same customer, the one from the other: she went on from whom the one had heard of. */
    @Test
    void laterOfTwoSplitsCounts() {
        assertThat(faultsOfSplits(11315, false)).isEmpty();
    }

    /** The same proposal came twice, and there was no room for her any more when it came again, although she had been promised a place. */
    @Test
    void proposalThatComesAgainIsAnsweredAsBefore() {
        assertThat(faultsOfLimited(75628, Mutation.NONE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mutation.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void lawsFailWithoutAGuard(Mutation mutation) {
        int bad = 0;
        for (long seed = 0; seed < MUTANTS; seed++) {
            bad += faultsOfFree(seed, mutation).isEmpty() ? 0 : 1;
        }

        assertThat(bad).as(mutation + ": bad runs of " + MUTANTS).isPositive();
    }

    private void report(String what) {
        if (SCHEDULES > 1_000) {
            System.getLogger("merges")
                    .log(
                            System.Logger.Level.INFO,
                            "{0}: {1} schedules, {2} deliveries, {3} of them repeated, {4} merges, no fault",
                            what,
                            SCHEDULES,
                            deliveries,
                            duplicates,
                            merges);
        }
    }

    private List<String> faultsOfFree(long seed, Mutation mutation) {
        var random = new Random(seed);
        var touchpoints = touchpoints(random, List.of("userId", "email", "phone", "loyaltyCard"));
        var run = run(FREE, mutation, seed, touchpoints);
        var faults = new ArrayList<>(run.faults());
        for (var component : components(touchpoints)) {
            var hers = new TreeSet<CustomerId>();
            component.identities.forEach(identity -> run.owner(identity).ifPresent(owner -> hers.add(owner.id())));
            if (hers.size() != 1) {
                faults.add(component.identities + " are " + hers.size() + " customers");
                continue;
            }
            var customer = run.owner(component.identities.first()).orElseThrow();
            check(customer, component, faults);
            var all = new TreeSet<>(customer.absorbed());
            if (!all.isEmpty() && all.first().compareTo(customer.id()) < 0) {
                faults.add(customer.id() + " has absorbed somebody older: " + all);
            }
        }
        return faults;
    }

    private static void check(CustomerState customer, Component component, Collection<String> faults) {
        var ids = component.touchpoints.stream().map(Touchpoint::id).sorted().toList();
        if (!MergeSimulator.tally(customer).equals(ids)) {
            faults.add("counted " + MergeSimulator.tally(customer) + ", happened " + ids);
        }
        var traits = new TreeMap<String, Object>();
        component.touchpoints.stream()
                .filter(touchpoint -> touchpoint.call() == Touchpoint.Call.IDENTIFY)
                .sorted((one, other) -> one.occurredAt().compareTo(other.occurredAt()))
                .forEach(touchpoint -> traits.putAll(touchpoint.properties()));
        if (!customer.customer().profile().traits().equals(traits)) {
            faults.add("traits are " + customer.customer().profile().traits() + ", said was " + traits);
        }
    }

    private List<String> faultsOfLimited(long seed, Mutation mutation) {
        var touchpoints = touchpoints(new Random(seed), EVERYTHING);
        var run = run(IdentityRules.standard(), mutation, seed, touchpoints);
        var faults = new ArrayList<>(run.faults());
        faults.addAll(miscounted(run, touchpoints));
        faults.addAll(beyondLimits(run));
        return faults;
    }

    private static List<String> beyondLimits(MergeSimulator run) {
        var faults = new ArrayList<String>();
        for (CustomerState customer : run.active()) {
            for (String type : List.of("userId", "loyaltyCard")) {
                long most = customer.customer().identities().stream()
                        .filter(identity -> identity.type().equals(type))
                        .count();
                if (most > 1) {
                    faults.add(customer.id() + " has " + most + " of " + type);
                }
            }
        }
        return faults;
    }

    private static List<String> miscounted(MergeSimulator run, List<Touchpoint> touchpoints) {
        var counted = run.active().stream()
                .flatMap(customer -> MergeSimulator.tally(customer).stream())
                .sorted()
                .toList();
        var ids = touchpoints.stream().map(Touchpoint::id).sorted().toList();
        return counted.equals(ids) ? List.of() : List.of("counted " + counted + ", happened " + ids);
    }

    /** In every other schedule the host says of some that they are one, whatever the limits are, and whether they were split or not. */
    private List<String> faultsOfSplits(long seed, boolean atRest) {
        var random = new Random(seed);
        var run = new MergeSimulator(IdentityRules.standard(), Mutation.NONE, ~seed);
        var touchpoints = touchpoints(random, EVERYTHING);
        boolean aliases = seed % 2 == 1;
        for (Touchpoint touchpoint : touchpoints) {
            run.happens(aliases && random.nextInt(4) == 0 ? aliased(touchpoint) : touchpoint);
            if (random.nextInt(3) == 0) {
                run.deliver(atRest ? Integer.MAX_VALUE : random.nextInt(60));
                run.split(touchpoint.receivedAt());
                run.deliver(atRest ? Integer.MAX_VALUE : 0);
            }
        }
        settle(run);
        var faults = new ArrayList<>(run.faults());
        faults.addAll(miscounted(run, touchpoints));
        faults.addAll(aliases ? List.of() : beyondLimits(run));
        return faults;
    }

    private MergeSimulator run(IdentityRules rules, Mutation mutation, long seed, List<Touchpoint> touchpoints) {
        var run = new MergeSimulator(rules, mutation, ~seed);
        touchpoints.forEach(run::happens);
        settle(run);
        return run;
    }

    private void settle(MergeSimulator run) {
        run.deliver(Integer.MAX_VALUE);
        deliveries += run.deliveries();
        duplicates += run.duplicates();
        merges += run.merges();
    }

    /** Between few people, so that they meet. */
    private static List<Touchpoint> touchpoints(Random random, List<String> types) {
        var touchpoints = new ArrayList<Touchpoint>();
        int number = 6 + random.nextInt(14);
        for (int i = 0; i < number; i++) {
            var identities = new TreeSet<Identity>();
            for (int j = 1 + random.nextInt(3); j > 0; j--) {
                identities.add(identity(types.get(random.nextInt(types.size())), random.nextInt(4)));
            }
            boolean identifies = random.nextInt(3) == 0;
            Map<String, Object> properties =
                    identifies ? Map.of("trait" + random.nextInt(3), (long) random.nextInt(100)) : Map.of();
            touchpoints.add(new Touchpoint(
                    String.format("t%02d", i),
                    identifies ? Touchpoint.Call.IDENTIFY : Touchpoint.Call.TRACK,
                    identifies ? "identify" : "Page Viewed",
                    List.copyOf(identities),
                    NOON.minusSeconds(random.nextInt(1_000_000) * 100L + i),
                    NOON.plusSeconds(i),
                    properties,
                    "test",
                    Origin.LIVE));
        }
        return touchpoints;
    }

    /** By the host's own word two names are one person's, also after they were split. */
    private static Touchpoint aliased(Touchpoint one) {
        return new Touchpoint(
                one.id(),
                Touchpoint.Call.ALIAS,
                "alias",
                one.identities(),
                one.occurredAt(),
                one.receivedAt(),
                Map.of(),
                one.source(),
                one.origin());
    }

    private static Identity identity(String type, int number) {
        return switch (type) {
            case "email" -> Identity.email("m" + number + "@example.com");
            case "phone" -> Identity.phone("+8490000000" + number);
            default -> Identity.of(type, type + number + "x");
        };
    }

    private record Component(TreeSet<Identity> identities, List<Touchpoint> touchpoints) {}

    /** What was seen together, however indirectly. */
    private static Collection<Component> components(List<Touchpoint> touchpoints) {
        var byIdentity = new HashMap<Identity, Component>();
        for (Touchpoint touchpoint : touchpoints) {
            var joined = new Component(new TreeSet<>(touchpoint.identities()), new ArrayList<>(List.of(touchpoint)));
            for (Identity identity : touchpoint.identities()) {
                Component before = byIdentity.get(identity);
                if (before != null && !joined.touchpoints.containsAll(before.touchpoints)) {
                    joined.identities.addAll(before.identities);
                    joined.touchpoints.addAll(before.touchpoints);
                }
            }
            joined.identities.forEach(identity -> byIdentity.put(identity, joined));
        }
        return new ArrayList<>(new java.util.LinkedHashSet<>(byIdentity.values()));
    }
}
