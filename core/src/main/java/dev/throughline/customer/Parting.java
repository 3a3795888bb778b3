// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.customer.CustomerState.Name;
import dev.throughline.customer.CustomerState.Standing;
import dev.throughline.customer.Merge.Forward;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How two are put apart who became one by mistake: who was absorbed asks whoever has her names by now, and only the one who has a name can
 * give it away, so that nobody ever has one twice. Each keeps in mind whose it is then, because what is on its way may know better no more.
 * Immutable and thread-safe.
 */
final class Parting {

    /** Whatever is due makes anew first what was made of her past. */
    static final String ANEW = "merge/anew";

    private final CustomerAggregate aggregate;
    private final Union union;

    Parting(CustomerAggregate aggregate, Union union) {
        this.aggregate = aggregate;
        this.union = union;
    }

    /** Of a pointer, which goes on leading to the survivor until somebody has begun again: under a new id, because the old one is absorbed. */
    CustomerState asked(CustomerState state, String cause, Merge.Split said, Instant now, Effects out) {
        var kept = state.merging().handedOver();
        if (kept == null) {
            return state;
        }
        var survivor = Stitching.survivor(state);
        var release = new Merge.Release(CustomerId.of(now, cause), kept, said);
        out.tell(Key.of(survivor), new Forward(state.customer().key(), release, List.of(state.id())));
        out.cancelTimer(Stitching.FORGETTING);
        return state.with(state.merging().mergedInto(survivor, null).leavingAs(state.id(), release.restored()));
    }

    /** Of a pointer that leads to who has begun again, with all who have asked to leave her meanwhile. */
    CustomerState begun(CustomerState state, Merge.Begun begun, Effects out) {
        var to = Key.of(begun.restored());
        state.merging()
                .parked()
                .forEach(message -> out.tell(
                        to, new Forward(message.from(), message.payload(), Stitching.more(message.via(), state.id()))));
        return state.with(state.merging().mergedInto(begun.restored(), null));
    }

    /** Whether somebody asks to leave whoever was absorbed here while she is about to begin again. */
    static boolean waits(CustomerState state, Payload payload) {
        return !state.merging().released().isEmpty()
                && payload instanceof Forward forward
                && forward.payload() instanceof Merge.Release;
    }

    /** Of a pointer by which it goes: who begins again as she was then begins without who has left her since. */
    CustomerState passed(CustomerState state, Payload payload, Instant now) {
        var kept = state.merging().handedOver();
        if (kept == null
                || !(payload instanceof Forward forward)
                || !(forward.payload() instanceof Merge.Release release)) {
            return state;
        }
        var before = decoded(kept);
        var other = decoded(release.handedOver());
        if (!before.absorbed().contains(other.id()) || isAnswered(before, release)) {
            return state;
        }
        var fewer = without(before, other, release.restored(), now);
        var left = new Merge.Absorb(kept.absorbed(), aggregate.codec().encode(fewer));
        return state.with(state.merging().mergedInto(Stitching.survivor(state), left));
    }

    /** Of whoever has the names: gives them back. */
    CustomerState released(CustomerState state, Merge.Release release, Instant now, Effects out) {
        if (isAnswered(state, release)) {
            return state;
        }
        var restored = release.restored();
        note(state, restored, release.said(), now, out);
        var other = decoded(release.handedOver());
        var came = other.merging().promised().stream()
                .filter(state.merging().absorbed()::contains)
                .toList();
        out.tell(Key.of(restored), new Merge.Restore(release, state.id(), given(state, other, now), came));
        out.setTimer(ANEW, now);
        return Stitching.reached(without(state, other, restored, now), out);
    }

    /** Who has begun again hears of it once more. */
    private static boolean isAnswered(CustomerState state, Merge.Release release) {
        return state.id().equals(release.restored())
                || state.merging().absorbed().contains(release.restored());
    }

    private CustomerState without(CustomerState state, CustomerState other, CustomerId restored, Instant now) {
        var hers = owned(other);
        var names = state.names().stream()
                .map(name -> name.standing() == Standing.OWNED && hers.contains(name.identity())
                        ? name.in(epoch(name, now)).releasedTo(restored)
                        : name)
                .toList();
        var left = state.with(
                        state.customer().profile().without(other.customer().profile()), names)
                .with(state.merging().without(other, restored));
        return union.without(left, other);
    }

    /** Hers are the names that are still had, and she knows whose those are that she gave away herself; for others she asks. */
    private static List<Name> given(CustomerState state, CustomerState other, Instant now) {
        var given = new ArrayList<Name>();
        for (Name name : other.names()) {
            if (name.standing() == Standing.RELEASED) {
                given.add(name);
            } else if (name.standing() == Standing.OWNED) {
                given.add(state.name(name.identity())
                        .filter(held -> held.standing() == Standing.OWNED)
                        .map(held -> held.in(epoch(held, now)))
                        .orElseGet(() -> new Name(name.identity(), name.since(), 0)));
            }
        }
        return given;
    }

    private static Set<Identity> owned(CustomerState state) {
        return state.names().stream()
                .filter(name -> name.standing() == Standing.OWNED)
                .map(Name::identity)
                .collect(Collectors.toSet());
    }

    /** Later than whatever is known of a name, also of one that its owner had forgotten and got anew: by the clock. */
    private static int epoch(Name name, Instant now) {
        long seconds = Touchpoint.EARLIEST.until(now, ChronoUnit.SECONDS);
        return (int) Math.max(name.epoch() + 1L, Math.min(seconds, Integer.MAX_VALUE - 1));
    }

    /** Somebody begins again. */
    CustomerState restored(CustomerState state, Merge.Restore restore, Union.Moment moment) {
        var before = decoded(restore.release().handedOver());
        if (state.merging().absorbed().contains(before.id())) {
            return state;
        }
        note(state, restore.survivor(), restore.release().said(), moment.now(), moment.out());
        moment.out().tell(Key.of(before.id()), new Merge.Begun(state.id()));
        moment.out().setTimer(ANEW, moment.now());
        return Stitching.reached(union.again(state, before, restore, moment), moment.out());
    }

    private CustomerState decoded(Merge.Absorb handedOver) {
        return aggregate.codec().decode(handedOver.snapshot());
    }

    private static void note(CustomerState state, CustomerId other, Merge.Split said, Instant now, Effects out) {
        Stitching.note(
                state, new MergeNote(MergeNote.Change.SPLIT, other, Tie.STATED, said.who(), said.why()), now, out);
    }
}
