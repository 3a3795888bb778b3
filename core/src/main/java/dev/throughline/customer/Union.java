// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.customer.CustomerState.Name;
import dev.throughline.customer.CustomerState.Standing;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/** Makes one customer of two: names, traits and the parts of all rooms. Immutable and thread-safe. */
final class Union {

    private static final Comparator<Name> BY_TIME =
            Comparator.comparingLong(Name::since).thenComparing(Name::identity);

    private final Slices slices;
    private final IdentityRules rules;

    Union(Slices slices, IdentityRules rules) {
        this.slices = slices;
        this.rules = rules;
    }

    /** Around one step. */
    record Moment(Input cause, Instant now, Effects out) {}

    CustomerState of(CustomerState survivor, CustomerState absorbed, Moment moment) {
        var names = new ArrayList<>(names(survivor, absorbed, moment.out));
        names.sort(BY_TIME);
        var profile = survivor.customer().profile().joined(absorbed.customer().profile(), rules::trait);
        var both = survivor.with(profile, names)
                .with(survivor.merging().absorbing(absorbed.id(), absorbed.merging()))
                .withRoom(CustomerAggregate.MOST_NAMES + 1);
        var linked = bind(absorbed, both, moment.out);
        moment.out.append(Entry.of(
                Entry.Log.TIMELINE,
                survivor.id().toString(),
                moment.now,
                new MergeNote(
                        MergeNote.Change.ABSORBED,
                        absorbed.id(),
                        absorbed.merging().tie())));
        return linked(slices.merge(both, absorbed, moment.now, moment.out), linked, moment);
    }

    void handedOver(CustomerState absorbed, Effects out) {
        slices.handedOver(absorbed, out);
    }

    /**
     * Somebody as she was before she was absorbed: names, traits and the parts of all rooms, under a new id. Her names hear of it with an
     * epoch that nothing from before can overrule.
     */
    CustomerState again(CustomerState blank, CustomerState before, CustomerId survivor, Moment moment) {
        var names = before.names().stream()
                .filter(name -> name.standing() == Standing.OWNED)
                .map(name -> new Name(name.identity(), name.since(), epoch(name, moment.now)).owned())
                .toList();
        names.forEach(name -> moment.out.tell(Key.of(name.identity()), new Merge.Rebind(blank.id(), name.epoch())));
        var restored = blank.with(before.customer().profile(), names)
                .with(blank.merging().again(before).apartFrom(survivor));
        var linked = restored.customer().addresses().stream()
                .map(address -> new Linked(restored.id(), address, before.id(), survivor))
                .toList();
        linked.forEach(one -> moment.out.tell(Key.of(one.address()), one));
        return linked(slices.restored(restored, before, moment.now, moment.out), linked, moment);
    }

    /** By the clock, because the name may have been split off from others since she was absorbed with it. */
    private static int epoch(Name name, Instant now) {
        long seconds = Touchpoint.EARLIEST.until(now, ChronoUnit.SECONDS);
        return (int) Math.max(name.epoch() + 1L, Math.min(seconds, Integer.MAX_VALUE - 1));
    }

    /** All rooms hear of the addresses. */
    private CustomerState linked(CustomerState state, List<Linked> linked, Moment moment) {
        var told = state;
        for (Linked one : linked) {
            var input = new Input.Told(moment.cause.id(), told.customer().key(), one);
            told = slices.apply(told, input, moment.now, moment.out);
        }
        return told;
    }

    /**
     * What one of them owns is owned; what one has asked for is asked for anew. So is what was found to be the other's: she may not have
     * heard yet of the very name that made her, and until she has it counts as a name of hers.
     */
    private static List<Name> names(CustomerState survivor, CustomerState absorbed, Effects out) {
        var company = new HashSet<CustomerId>(survivor.absorbed());
        company.addAll(absorbed.absorbed());
        company.addAll(List.of(survivor.id(), absorbed.id()));
        var names = new TreeMap<Identity, Name>();
        for (Name name : survivor.names()) {
            boolean hers = name.owner() != null && company.contains(name.owner());
            if (hers) {
                ask(name.identity(), survivor.id(), out);
            }
            names.put(name.identity(), hers ? name.asked() : name);
        }
        for (Name name : absorbed.names()) {
            Name known = names.get(name.identity());
            Name told = name.owner() != null && company.contains(name.owner()) ? name.asked() : name;
            Name one = known == null ? told : joined(known, told);
            if (one.standing() == Standing.ASKED && (known == null || known.standing() != Standing.ASKED)) {
                ask(name.identity(), survivor.id(), out);
            }
            names.put(one.identity(), one);
        }
        return List.copyOf(names.values());
    }

    private static void ask(Identity name, CustomerId survivor, Effects out) {
        var tie = Customer.isBrowser(name) ? Tie.WEAK : Tie.STRONG;
        out.tell(Key.of(name), new Claim(name, survivor, tie, 0));
    }

    private static Name joined(Name one, Name other) {
        Name surer = rank(one) >= rank(other) ? one : other;
        return new Name(
                surer.identity(),
                surer.standing(),
                Math.min(one.since(), other.since()),
                Math.max(one.epoch(), other.epoch()),
                surer.owner());
    }

    private static int rank(Name name) {
        return switch (name.standing()) {
            case OWNED -> 2;
            case ASKED -> 1;
            case CONTESTED -> 0;
        };
    }

    /** Identities and contact points hear whose they are now; only what has been absorbed may point to the survivor. */
    private static List<Linked> bind(CustomerState absorbed, CustomerState survivor, Effects out) {
        var linked = new ArrayList<Linked>();
        for (Name name : absorbed.names()) {
            if (name.standing() == Standing.OWNED) {
                out.tell(Key.of(name.identity()), new Merge.Rebind(survivor.id(), name.epoch()));
                Customer.address(name.identity())
                        .map(address -> new Linked(survivor.id(), address, absorbed.id(), null))
                        .ifPresent(linked::add);
            }
        }
        linked.forEach(one -> out.tell(Key.of(one.address()), one));
        return linked;
    }
}
