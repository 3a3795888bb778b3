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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/** Makes one customer of two: names, traits and the parts of all rooms. Immutable and thread-safe. */
final class Union {

    private static final Comparator<Name> BY_TIME =
            Comparator.comparingLong(Name::since).thenComparing(Name::identity);

    /** Who owns a name is right; of others, who has heard of more splits. */
    private static final Comparator<Name> SURER = Comparator.comparing((Name name) -> name.standing() == Standing.OWNED)
            .thenComparing(Name::epoch)
            .thenComparing(Union::rank);

    private final Slices slices;
    private final IdentityRules rules;

    Union(Slices slices, IdentityRules rules) {
        this.slices = slices;
        this.rules = rules;
    }

    /** Around one step. */
    record Moment(Input cause, Instant now, Effects out) {}

    CustomerState of(CustomerState survivor, CustomerState absorbed, Moment moment) {
        var merging = survivor.merging().absorbing(absorbed.id(), absorbed.merging());
        var names = new ArrayList<>(names(survivor, absorbed, merging, moment.out));
        names.sort(BY_TIME);
        var profile = survivor.customer().profile().joined(absorbed.customer().profile(), rules::trait);
        var both = survivor.with(profile, names).with(merging).withRoom(CustomerAggregate.MOST_NAMES + 1);
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
     * Somebody as she was before she was absorbed: traits and the parts of all rooms, under a new id, with the names that she is given. They
     * hear of it with an epoch that nothing from before can overrule.
     */
    CustomerState again(CustomerState blank, CustomerState before, Merge.Restore restore, Moment moment) {
        var restored = blank.with(before.customer().profile(), restore.names())
                .with(blank.merging().again(before, restore.survivor(), restore.came()));
        var linked = new ArrayList<Linked>();
        for (Name name : restore.names()) {
            if (name.standing() == Standing.OWNED) {
                moment.out.tell(Key.of(name.identity()), new Merge.Rebind(restored.id(), name.epoch()));
                Customer.address(name.identity())
                        .map(address ->
                                new Linked(restored.id(), address, before.id(), restore.survivor(), name.epoch()))
                        .ifPresent(linked::add);
            } else if (name.standing() == Standing.ASKED) {
                ask(name.identity(), restored.id(), moment.out);
            }
        }
        linked.forEach(one -> moment.out.tell(Key.of(one.address()), one));
        return linked(slices.restored(restored, before, moment.now, moment.out), linked, moment);
    }

    /** All rooms hear that somebody was another. */
    CustomerState without(CustomerState state, CustomerState other) {
        return slices.without(state, other);
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
    private static List<Name> names(CustomerState survivor, CustomerState absorbed, Merging merging, Effects out) {
        var company = new HashSet<CustomerId>(merging.united());
        company.add(survivor.id());
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
        Name surer = SURER.compare(one, other) >= 0 ? one : other;
        return new Name(
                surer.identity(),
                surer.standing(),
                Math.min(one.since(), other.since()),
                Math.max(one.epoch(), other.epoch()),
                surer.owner());
    }

    private static int rank(Name name) {
        return switch (name.standing()) {
            case OWNED -> 3;
            case ASKED -> 2;
            case CONTESTED -> 1;
            case RELEASED -> 0;
        };
    }

    /** Identities and contact points hear whose they are now; only what has been absorbed may point to the survivor. */
    private static List<Linked> bind(CustomerState absorbed, CustomerState survivor, Effects out) {
        var linked = new ArrayList<Linked>();
        for (Name name : absorbed.names()) {
            if (name.standing() == Standing.OWNED) {
                out.tell(Key.of(name.identity()), new Merge.Rebind(survivor.id(), name.epoch()));
                Customer.address(name.identity())
                        .map(address -> new Linked(survivor.id(), address, absorbed.id(), null, name.epoch()))
                        .ifPresent(linked::add);
            }
        }
        linked.forEach(one -> out.tell(Key.of(one.address()), one));
        return linked;
    }
}
