// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.customer.CustomerState.Standing;
import dev.throughline.customer.Merge.Facts;
import dev.throughline.customer.Merge.Forward;
import dev.throughline.customer.Merge.Link;
import dev.throughline.customer.Merging.Phase;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outstanding;
import dev.throughline.ring.Payload;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How two customers become one, as a talk between them: the younger proposes, the older keeps a place or refuses, the younger hands
 * everything over and is a pointer from then on. Who proposes lets wait who proposes to her; since one proposes only to the older,
 * nobody waits for ever. Immutable and thread-safe.
 */
final class Stitching {

    /** How long two can be split after one has absorbed the other. */
    private static final Duration KEPT = Duration.ofDays(90);

    static final String FORGETTING = "merge/forget";

    private final CustomerAggregate aggregate;
    private final IdentityRules rules;
    private final Union union;
    private final Parting parting;

    Stitching(CustomerAggregate aggregate, IdentityRules rules, Union union) {
        this.aggregate = aggregate;
        this.rules = rules;
        this.union = union;
        this.parting = new Parting(aggregate, union);
    }

    /** Whether somebody may have one more name. */
    boolean hasRoomFor(Identity identity, CustomerState state) {
        return rules.hasRoomFor(identity, names(state, null));
    }

    /** A name of hers is another's. */
    CustomerState met(CustomerState state, Claim claim, Effects out) {
        if (claim.owner().compareTo(state.id()) < 0) {
            return linked(state, new Link(claim.owner(), claim.tie(), claim.identity()), out);
        }
        var link = new Link(state.id(), claim.tie(), claim.identity());
        out.tell(
                Key.of(claim.owner()),
                state.merging()
                        .before(claim.owner())
                        .<Payload>map(id -> new Forward(state.customer().key(), link, List.of(id)))
                        .orElse(link));
        return state;
    }

    CustomerState told(CustomerState state, Input.Told input, Instant now, Effects out) {
        var message = (Merge) input.payload();
        if (message instanceof Forward forward) {
            return forwarded(state, input, forward, now, out);
        }
        if (message instanceof Link link) {
            return linked(state, link, out);
        }
        if (message instanceof Merge.Proposal proposal) {
            return proposed(state, proposal, input.from(), out);
        }
        if (message instanceof Merge.Answer answer) {
            return answered(state, answer, now, out);
        }
        if (message instanceof Merge.Absorb absorb) {
            return absorbed(state, absorb, input, now, out);
        }
        if (message instanceof Merge.Release release) {
            return parting.released(state, release, now, out);
        }
        return message instanceof Merge.Restore restore
                ? parting.restored(state, restore, new Union.Moment(input, now, out))
                : state;
    }

    /** Of a pointer: whatever comes goes on to the survivor, but timers, which travelled with her state. */
    CustomerState pointed(CustomerState state, Input input, Instant now, Effects out) {
        if (input instanceof Input.Due due && due.timer().equals(FORGETTING)) {
            return state.with(state.merging().mergedInto(survivor(state), null));
        }
        if (input instanceof Input.Received received && received.payload() instanceof Merge.Split split) {
            return parting.asked(state, received.id(), split, now, out);
        }
        if (input instanceof Input.Told told) {
            if (told.payload() instanceof Merge.Begun begun) {
                return parting.begun(state, begun, out);
            }
            if (Parting.waits(state, told.payload())) {
                return state.with(state.merging().parking((Forward) told.payload()));
            }
            passOn(state, told, out);
            return parting.passed(state, told.payload(), now);
        }
        if (input instanceof Input.Answered answered && !(answered.payload() instanceof History)) {
            out.tell(
                    Key.of(survivor(state)),
                    new Forward(state.customer().key(), answered.payload(), List.of(state.id())));
        }
        return state;
    }

    static CustomerId survivor(CustomerState state) {
        return Objects.requireNonNull(state.merging().with());
    }

    private static void passOn(CustomerState state, Input.Told told, Effects out) {
        CustomerId survivor = survivor(state);
        if (told.payload() instanceof Link link) {
            redirect(survivor, link, out);
        } else if (told.payload() instanceof Forward forward) {
            out.tell(Key.of(survivor), new Forward(forward.from(), forward.payload(), more(forward.via(), state.id())));
        } else if (!(told.payload() instanceof Merge.Answer)) {
            out.tell(Key.of(survivor), new Forward(told.from(), told.payload(), List.of(state.id())));
        }
    }

    private CustomerState forwarded(CustomerState state, Input.Told input, Forward forward, Instant now, Effects out) {
        var onward = state.merging().passedOn(forward);
        if (onward.isPresent()) {
            out.tell(onward.get().to(), onward.get().payload());
            return state;
        }
        if (!hasAbsorbed(state, forward.via())) {
            return state.with(state.merging().parking(forward));
        }
        return aggregate.apply(state, new Input.Told(input.id(), forward.from(), forward.payload()), now, out);
    }

    /** What comes late by a name that she has given back goes on to whose it is. */
    boolean passesOn(CustomerState state, Input.Told input, Touchpoint touchpoint, Effects out) {
        if (state.merging().released().isEmpty() || input.from().kind() == Key.Kind.CUSTOMER) {
            return false;
        }
        var name = state.name(touchpoint.identity()).filter(one -> one.standing() == Standing.RELEASED);
        var restored = name.map(CustomerState.Name::owner);
        var before = restored.flatMap(state.merging()::before);
        before.ifPresent(id ->
                out.tell(Key.of(restored.orElseThrow()), new Forward(input.from(), input.payload(), List.of(id))));
        return before.isPresent();
    }

    private static boolean hasAbsorbed(CustomerState state, Collection<CustomerId> trail) {
        return state.merging().absorbed().containsAll(trail);
    }

    private static void redirect(CustomerId survivor, Link link, Effects out) {
        int order = survivor.compareTo(link.other());
        if (order != 0) {
            CustomerId younger = order > 0 ? survivor : link.other();
            CustomerId older = order > 0 ? link.other() : survivor;
            out.tell(Key.of(younger), new Link(older, link.tie(), link.name()));
        }
    }

    private static CustomerState linked(CustomerState state, Link link, Effects out) {
        Merging merging = state.merging();
        if (merging.isRefused(link) || link.other().compareTo(state.id()) >= 0) {
            return state;
        }
        return merging.phase() == Phase.PROPOSED
                ? state.with(merging.later(link))
                : proposing(state, link.other(), link.tie(), List.of(link.name()), out);
    }

    /** Says all that she knows of herself, and what she has said or is tied by: its owner may not know it yet. */
    private static CustomerState proposing(
            CustomerState state, CustomerId to, Tie tie, List<Identity> said, Effects out) {
        var known = facts(state);
        var names = new TreeSet<>(known.names());
        said.stream().filter(name -> !Customer.isBrowser(name)).forEach(names::add);
        var proposing = state.merging().proposing(to, tie, new Facts(List.copyOf(names), known.absorbed()));
        out.tell(Key.of(to), new Merge.Proposal(state.id(), proposing.round(), tie, proposing.facts()));
        return state.with(proposing);
    }

    private CustomerState proposed(CustomerState state, Merge.Proposal proposal, Key from, Effects out) {
        Merging merging = state.merging();
        if (merging.absorbed().contains(proposal.by()) || merging.isOvertaken(proposal)) {
            return state;
        }
        if (proposal.by().compareTo(state.id()) <= 0) {
            return turned(state, proposal, out);
        }
        if (merging.phase() == Phase.PROPOSED) {
            return state.with(merging.parking(new Forward(from, proposal, List.of())));
        }
        Boolean before = merging.answer(proposal);
        boolean agreed = before == null ? allows(state, proposal) : before;
        out.tell(Key.of(proposal.by()), new Merge.Answer(state.id(), proposal.round(), agreed));
        return state.with(merging.answered(proposal, agreed));
    }

    /** Since a split a way may lead to somebody younger than who proposes: it is she who has to ask, or nobody, if it leads back. */
    private static CustomerState turned(CustomerState state, Merge.Proposal proposal, Effects out) {
        out.tell(Key.of(proposal.by()), new Merge.Answer(state.id(), proposal.round(), false));
        return Stream.concat(
                        proposal.facts().names().stream(),
                        state.names().stream().map(CustomerState.Name::identity))
                .findFirst()
                .map(name -> linked(state, new Link(proposal.by(), proposal.tie(), name), out))
                .orElse(state);
    }

    private boolean allows(CustomerState state, Merge.Proposal proposal) {
        var hers = names(state, proposal.by());
        boolean strangers = proposal.tie() != Tie.WEAK
                || hers.isEmpty()
                || proposal.facts().names().isEmpty();
        var all = new TreeSet<>(hers);
        all.addAll(proposal.facts().names());
        int company = state.merging().company(proposal.by()) + proposal.facts().absorbed() + 1;
        boolean apart = proposal.tie() != Tie.STATED && state.merging().isSplitOff(proposal.by());
        return strangers
                && !apart
                && (proposal.tie() == Tie.STATED || rules.allow(all))
                && all.size() <= CustomerAggregate.MOST_NAMES
                && company <= IdentityRules.MOST_COMPANY;
    }

    private CustomerState answered(CustomerState state, Merge.Answer answer, Instant now, Effects out) {
        Merging merging = state.merging();
        if (merging.phase() != Phase.PROPOSED || answer.round() != merging.round()) {
            return state;
        }
        if (!answer.agreed()) {
            return refused(state, answer.by(), now, out);
        }
        return merging.facts().cover(facts(state))
                ? drained(state, answer.by(), now, out)
                : proposing(state, answer.by(), merging.tie(), merging.facts().names(), out);
    }

    private CustomerState refused(CustomerState state, CustomerId by, Instant now, Effects out) {
        Merging merging = state.merging();
        merging.parked().forEach(message -> out.tell(state.customer().key(), message));
        boolean older = by.compareTo(state.id()) < 0;
        if (older) {
            note(state, new MergeNote(MergeNote.Change.REFUSED, by, merging.tie()), now, out);
        }
        CustomerId asked = Objects.requireNonNull(merging.with());
        var after = state.with(merging.refused(older ? new TreeSet<>(List.of(by, asked)) : Set.of()));
        for (Link link : merging.links()) {
            after = linked(after, link, out);
        }
        return after;
    }

    /** Everything goes to the survivor; what is kept is where she is. */
    private CustomerState drained(CustomerState state, CustomerId survivor, Instant now, Effects out) {
        Merging merging = state.merging();
        note(state, new MergeNote(MergeNote.Change.MERGED, survivor, merging.tie()), now, out);
        var absorb = new Merge.Absorb(state.id(), aggregate.codec().encode(state.with(merging.alone())));
        out.tell(Key.of(survivor), absorb);
        out.setTimer(FORGETTING, now.plus(KEPT));
        union.handedOver(state, out);
        merging.parked()
                .forEach(message -> out.tell(
                        Key.of(survivor),
                        new Forward(message.from(), message.payload(), more(message.via(), state.id()))));
        merging.links().forEach(link -> redirect(survivor, link, out));
        return aggregate.initial(state.customer().key()).with(merging.mergedInto(survivor, absorb));
    }

    /** What a pointer keeps in case of a split is forgotten some day. */
    Outstanding forgetting(Instant now) {
        var out = new Effects();
        out.setTimer(FORGETTING, now.plus(KEPT));
        return Outstanding.of(out);
    }

    private CustomerState absorbed(CustomerState state, Merge.Absorb absorb, Input input, Instant now, Effects out) {
        if (state.merging().absorbed().contains(absorb.absorbed())) {
            return state;
        }
        var other = aggregate.codec().decode(absorb.snapshot());
        return reached(union.of(state, other, new Union.Moment(input, now, out)), out);
    }

    /** What waited for whom she has absorbed by now goes on. */
    static CustomerState reached(CustomerState merged, Effects out) {
        var waiting = new ArrayList<Forward>();
        for (Forward message : merged.merging().parked()) {
            boolean answers = message.via().isEmpty();
            boolean goes = hasAbsorbed(merged, message.via())
                    || merged.merging().passedOn(message).isPresent();
            if (!answers && goes) {
                out.tell(merged.customer().key(), message);
            } else {
                waiting.add(message);
            }
        }
        return merged.with(merged.merging().withParked(List.copyOf(waiting)));
    }

    static void note(CustomerState state, MergeNote note, Instant now, Effects out) {
        out.append(Entry.of(Entry.Log.TIMELINE, state.id().toString(), now, note));
    }

    private static Facts facts(CustomerState state) {
        return new Facts(List.copyOf(names(state, null)), state.merging().company(null) - 1);
    }

    /** Her names and those that she has promised to take, but for browsers and devices, and for those of one other. */
    private static Set<Identity> names(CustomerState state, @Nullable CustomerId but) {
        var names = new TreeSet<Identity>();
        Stream.concat(
                        state.names().stream()
                                .filter(name -> name.standing() == Standing.OWNED || name.standing() == Standing.ASKED)
                                .map(CustomerState.Name::identity),
                        state.merging().promised(but))
                .filter(identity -> !Customer.isBrowser(identity))
                .forEach(names::add);
        return names;
    }

    static List<CustomerId> more(List<CustomerId> trail, CustomerId one) {
        if (trail.contains(one)) {
            return trail;
        }
        var more = new ArrayList<>(trail);
        more.add(one);
        return more;
    }
}
