// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.util.List;

/**
 * What customers and identities tell each other when two customers turn out to be one. The smaller, which is the older, survives.
 * Pointers only go from the younger to the older, so that there is no cycle and nobody has to be locked; each message may come twice,
 * late and in any order.
 */
public sealed interface Merge extends Payload {

    /** How a customer's id is stored. */
    Codec<CustomerId> ID = Codec.of((id, out) -> out.string(1, id.toString()), in -> CustomerId.parse(in.string(1)));

    /**
     * Two customers bear one name; told to the younger, who proposes.
     *
     * @param other the older
     * @param tie how surely
     * @param name the name, which its owner may not have heard of herself so far
     */
    record Link(CustomerId other, Tie tie, Identity name) implements Merge {

        /** How it is stored. */
        public static final Codec<Link> CODEC = Codec.of(
                (link, out) -> {
                    out.string(1, link.other.toString());
                    out.constant(2, link.tie);
                    out.nested(3, Identity.CODEC, link.name);
                },
                in -> new Link(CustomerId.parse(in.string(1)), in.constant(2, Tie.WEAK), in.nested(3, Identity.CODEC)));
    }

    /**
     * What the rules have to know of a customer.
     *
     * @param names her names, but for browsers and devices, those of whom she has agreed to absorb, and the name that ties her to whom she
     *     asks; sorted
     * @param absorbed how many she has absorbed
     */
    record Facts(List<Identity> names, int absorbed) {

        /** Copies the list. */
        public Facts {
            names = List.copyOf(names);
        }

        /** Whether nothing has come to be known that was not said. */
        boolean cover(Facts now) {
            return names.containsAll(now.names) && now.absorbed <= absorbed;
        }

        static final Codec<Facts> CODEC = Codec.of(
                (facts, out) -> {
                    out.each(1, Identity.CODEC, facts.names);
                    out.number(2, facts.absorbed);
                },
                in -> new Facts(in.each(1, Identity.CODEC), (int) in.number(2)));
    }

    /**
     * The younger asks to be absorbed.
     *
     * @param by the younger
     * @param round counts her proposals
     * @param tie how surely they are one
     * @param facts what the rules have to know of her
     */
    record Proposal(CustomerId by, int round, Tie tie, Facts facts) implements Merge {

        /** How it is stored. */
        public static final Codec<Proposal> CODEC = Codec.of(
                (proposal, out) -> {
                    out.string(1, proposal.by.toString());
                    out.number(2, proposal.round);
                    out.constant(3, proposal.tie);
                    out.nested(4, Facts.CODEC, proposal.facts);
                },
                in -> new Proposal(
                        CustomerId.parse(in.string(1)),
                        (int) in.number(2),
                        in.constant(3, Tie.WEAK),
                        in.nested(4, Facts.CODEC)));
    }

    /**
     * The older answers.
     *
     * @param by the older, who may be another than was asked
     * @param round which proposal
     * @param agreed whether the rules allow it
     */
    record Answer(CustomerId by, int round, boolean agreed) implements Merge {

        /** How it is stored. */
        public static final Codec<Answer> CODEC = Codec.of(
                (answer, out) -> {
                    out.string(1, answer.by.toString());
                    out.number(2, answer.round);
                    out.flag(3, answer.agreed);
                },
                in -> new Answer(CustomerId.parse(in.string(1)), (int) in.number(2), in.flag(3)));
    }

    /**
     * The younger hands over everything and is a pointer from now on.
     *
     * @param absorbed the younger
     * @param snapshot her whole state
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares snapshots
    record Absorb(CustomerId absorbed, byte[] snapshot) implements Merge {

        /** How it is stored. */
        public static final Codec<Absorb> CODEC = Codec.of(
                (absorb, out) -> {
                    out.string(1, absorb.absorbed.toString());
                    out.bytes(2, absorb.snapshot);
                },
                in -> new Absorb(CustomerId.parse(in.string(1)), in.bytes(2)));
    }

    /**
     * An identity hears who has absorbed its owner; only once that has happened.
     *
     * @param owner the survivor
     * @param epoch how often the identity has been split off
     */
    record Rebind(CustomerId owner, int epoch) implements Merge {

        /** How it is stored. */
        public static final Codec<Rebind> CODEC = Codec.of(
                (rebind, out) -> {
                    out.string(1, rebind.owner.toString());
                    out.number(2, rebind.epoch);
                },
                in -> new Rebind(CustomerId.parse(in.string(1)), (int) in.number(2)));
    }

    /**
     * A person has found that two are not one; told to who was absorbed.
     *
     * @param who who says so
     * @param why for what reason
     */
    record Split(String who, String why) implements Merge {

        /** How it is stored. */
        public static final Codec<Split> CODEC = Codec.of(
                (split, out) -> {
                    out.string(1, split.who);
                    out.string(2, split.why);
                },
                in -> new Split(in.string(1), in.string(2)));
    }

    /**
     * Names and traits that are not the survivor's any more; told by who was absorbed, by way of all who have absorbed her since, to whoever
     * has them.
     *
     * @param restored under which id she begins again
     * @param handedOver what she handed over when she was absorbed
     * @param said who has said so, and why
     */
    record Release(CustomerId restored, Absorb handedOver, Split said) implements Merge {

        /** How it is stored. */
        public static final Codec<Release> CODEC = Codec.of(
                (release, out) -> {
                    out.string(1, release.restored.toString());
                    out.nested(2, Absorb.CODEC, release.handedOver);
                    out.nested(3, Split.CODEC, release.said);
                },
                in -> new Release(
                        CustomerId.parse(in.string(1)), in.nested(2, Absorb.CODEC), in.nested(3, Split.CODEC)));
    }

    /**
     * Somebody begins as who was absorbed was then.
     *
     * @param release what was asked
     * @param survivor who had her names, and whom she is not
     * @param names her names, as they are given to her
     * @param came who was promised a place by her, but has become one with the survivor
     */
    record Restore(Release release, CustomerId survivor, List<CustomerState.Name> names, List<CustomerId> came)
            implements Merge {

        /** Copies the lists. */
        public Restore {
            names = List.copyOf(names);
            came = List.copyOf(came);
        }

        /** How it is stored. */
        public static final Codec<Restore> CODEC = Codec.of(
                (restore, out) -> {
                    out.nested(1, Release.CODEC, restore.release);
                    out.string(2, restore.survivor.toString());
                    out.each(3, CustomerState.Name.CODEC, restore.names);
                    out.each(4, ID, restore.came);
                },
                in -> new Restore(
                        in.nested(1, Release.CODEC),
                        CustomerId.parse(in.string(2)),
                        in.each(3, CustomerState.Name.CODEC),
                        in.each(4, ID)));
    }

    /**
     * Who was absorbed hears that she has begun again.
     *
     * @param restored under which id
     */
    record Begun(CustomerId restored) implements Merge {

        /** How it is stored. */
        public static final Codec<Begun> CODEC = Codec.of(
                (begun, out) -> out.string(1, begun.restored.toString()),
                in -> new Begun(CustomerId.parse(in.string(1))));
    }

    /**
     * What has reached somebody who is absorbed, on its way to the survivor, who waits with it until she has absorbed everybody on its
     * trail.
     *
     * @param from who told it
     * @param payload what
     * @param via whom it came by
     */
    record Forward(Key from, Payload payload, List<CustomerId> via) implements Merge {

        /** Copies the list. */
        public Forward {
            via = List.copyOf(via);
        }

        /**
         * How it is stored.
         *
         * @param payloads all payload types
         * @return the codec
         */
        public static Codec<Forward> codec(Codec<Payload> payloads) {
            return Codec.of(
                    (forward, out) -> {
                        out.string(1, forward.from.toString());
                        out.nested(2, payloads, forward.payload);
                        out.each(3, ID, forward.via);
                    },
                    in -> new Forward(Key.parse(in.string(1)), in.nested(2, payloads), in.each(3, ID)));
        }
    }
}
