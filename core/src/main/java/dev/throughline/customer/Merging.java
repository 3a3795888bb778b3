// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.customer.Merge.Facts;
import dev.throughline.customer.Merge.Forward;
import dev.throughline.customer.Merge.Link;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a customer is in becoming one with others. Immutable.
 *
 * @param phase whether she is somebody still
 * @param with whom she asks, or who has absorbed her; {@code null} while she is on her own
 * @param round how often she has proposed
 * @param tie how surely she is one with whom she asks
 * @param facts what she has said of herself in her proposal
 * @param absorbed whom she has absorbed, and they before her; sorted
 * @param released who of them is another customer since a split, and whose the name is under which she has begun again
 * @param refused with whom she may not be one, however sure it was
 * @param reserved what she has answered to those who proposed to her
 * @param links others with whom she will propose once her proposal is answered
 * @param parked what waits until she has absorbed everybody on its trail, or until her proposal is answered
 * @param handedOver what she has handed over, while it is kept; {@code null} if she was not absorbed, or long ago
 */
record Merging(
        Phase phase,
        @Nullable CustomerId with,
        int round,
        Tie tie,
        Facts facts,
        List<CustomerId> absorbed,
        Map<CustomerId, CustomerId> released,
        Map<CustomerId, Tie> refused,
        Map<CustomerId, Reservation> reserved,
        List<Link> links,
        List<Forward> parked,
        Merge.@Nullable Absorb handedOver) {

    private static final Facts NO_FACTS = new Facts(List.of(), 0);

    /** Of somebody who has never met another. */
    static final Merging NONE = new Merging(
            Phase.ACTIVE,
            null,
            0,
            Tie.WEAK,
            NO_FACTS,
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            null);

    /** Of somebody who was erased. */
    static final Merging GONE = new Merging(
            Phase.ERASED,
            null,
            0,
            Tie.WEAK,
            NO_FACTS,
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            null);

    private static final int MOST_REFUSED = 64;

    /** Whether a customer is somebody still. */
    enum Phase {
        /** She is. */
        ACTIVE,
        /** She is, and has asked to be absorbed. */
        PROPOSED,
        /** She is a pointer to who has absorbed her. */
        MERGED,
        /** Nothing is left of her but that. */
        ERASED
    }

    /**
     * What was answered to somebody who proposed.
     *
     * @param round her latest proposal
     * @param agreed whether a place is kept for her
     * @param facts what she has said of herself
     */
    record Reservation(int round, boolean agreed, Facts facts) {
        /** The answer to the later proposal: who was refused by one may have been promised a place by the other since. */
        Reservation later(Reservation other) {
            boolean newer = other.round > round || (other.round == round && other.agreed);
            return newer ? other : this;
        }
    }

    private record Refusal(CustomerId customer, Tie tie) {
        static final Codec<Refusal> CODEC = Codec.of(
                (refusal, out) -> {
                    out.string(1, refusal.customer.toString());
                    out.constant(2, refusal.tie);
                },
                in -> new Refusal(CustomerId.parse(in.string(1)), in.constant(2, Tie.WEAK)));
    }

    private record Released(CustomerId customer, CustomerId restored) {
        static final Codec<Released> CODEC = Codec.of(
                (one, out) -> {
                    out.string(1, one.customer.toString());
                    out.string(2, one.restored.toString());
                },
                in -> new Released(CustomerId.parse(in.string(1)), CustomerId.parse(in.string(2))));
    }

    private record Kept(CustomerId customer, Reservation reservation) {
        static final Codec<Kept> CODEC = Codec.of(
                (kept, out) -> {
                    out.string(1, kept.customer.toString());
                    out.number(2, kept.reservation.round);
                    out.nested(3, Facts.CODEC, kept.reservation.facts);
                    out.flag(4, kept.reservation.agreed);
                },
                in -> new Kept(
                        CustomerId.parse(in.string(1)),
                        new Reservation((int) in.number(2), in.flag(4), in.nested(3, Facts.CODEC))));
    }

    static Codec<Merging> codec(Codec<Payload> payloads) {
        Codec<Forward> forwards = Forward.codec(payloads);
        return Codec.of(
                (merging, out) -> {
                    out.constant(1, merging.phase);
                    out.string(2, merging.with == null ? null : merging.with.toString());
                    out.number(3, merging.round);
                    out.constant(4, merging.tie);
                    out.nested(5, Facts.CODEC, merging.facts);
                    out.each(6, Merge.ID, merging.absorbed);
                    merging.refused.forEach((other, tie) -> out.nested(7, Refusal.CODEC, new Refusal(other, tie)));
                    merging.reserved.forEach((other, place) -> out.nested(8, Kept.CODEC, new Kept(other, place)));
                    out.each(9, Link.CODEC, merging.links);
                    out.each(10, forwards, merging.parked);
                    if (merging.handedOver != null) {
                        out.nested(11, Merge.Absorb.CODEC, merging.handedOver);
                    }
                    merging.released.forEach(
                            (one, restored) -> out.nested(12, Released.CODEC, new Released(one, restored)));
                },
                in -> {
                    var refused = new TreeMap<CustomerId, Tie>();
                    in.each(7, Refusal.CODEC).forEach(one -> refused.put(one.customer, one.tie));
                    var reserved = new TreeMap<CustomerId, Reservation>();
                    in.each(8, Kept.CODEC).forEach(kept -> reserved.put(kept.customer, kept.reservation));
                    var released = new TreeMap<CustomerId, CustomerId>();
                    in.each(12, Released.CODEC).forEach(one -> released.put(one.customer, one.restored));
                    String with = in.stringOrNull(2);
                    return new Merging(
                            in.constant(1, Phase.ACTIVE),
                            with == null ? null : CustomerId.parse(with),
                            (int) in.number(3),
                            in.constant(4, Tie.WEAK),
                            in.nested(5, Facts.CODEC),
                            in.each(6, Merge.ID),
                            released,
                            refused,
                            reserved,
                            in.each(9, Link.CODEC),
                            in.each(10, forwards),
                            in.nestedOrNull(11, Merge.Absorb.CODEC));
                });
    }

    boolean isMerged() {
        return phase == Phase.MERGED;
    }

    /** Proposes to somebody. */
    Merging proposing(CustomerId to, Tie how, Facts said) {
        return new Merging(
                Phase.PROPOSED, to, round + 1, how, said, absorbed, released, refused, reserved, links, parked, null);
    }

    /** On her own again, after a no. */
    Merging refused(Collection<CustomerId> others) {
        var more = new TreeMap<>(refused);
        others.forEach(other -> more.merge(other, tie, Merging::stronger));
        while (more.size() > MOST_REFUSED) {
            more.remove(more.firstKey());
        }
        return new Merging(
                Phase.ACTIVE,
                null,
                round,
                Tie.WEAK,
                NO_FACTS,
                absorbed,
                released,
                more,
                reserved,
                List.of(),
                List.of(),
                null);
    }

    /** As it is handed over: what waits goes its own way. */
    Merging alone() {
        return new Merging(
                Phase.ACTIVE,
                null,
                round,
                tie,
                NO_FACTS,
                absorbed,
                released,
                refused,
                reserved,
                List.of(),
                List.of(),
                null);
    }

    /** A pointer. */
    Merging mergedInto(CustomerId survivor, Merge.@Nullable Absorb kept) {
        return new Merging(
                Phase.MERGED,
                survivor,
                0,
                tie,
                NO_FACTS,
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                kept);
    }

    /** Of a pointer: somebody begins again as another. */
    Merging leavingAs(CustomerId one, CustomerId restored) {
        return new Merging(
                phase,
                with,
                round,
                tie,
                facts,
                absorbed,
                Map.of(one, restored),
                refused,
                reserved,
                links,
                parked,
                null);
    }

    /** Somebody is another customer since a split: she, and whom she had absorbed; and who will come to her is promised no place here. */
    Merging without(CustomerState before, CustomerId restored) {
        var gone = new TreeMap<>(released);
        gone.putIfAbsent(before.id(), restored);
        before.absorbed().forEach(one -> gone.putIfAbsent(one, restored));
        var promised = new TreeMap<>(reserved);
        before.merging().reserved.forEach(promised::remove);
        return new Merging(
                phase, with, round, tie, facts, absorbed, gone, refused, promised, links, parked, handedOver);
    }

    /**
     * With those whom somebody is who begins again, lest she wait for ever with what reaches her by way of them; and with those whom she
     * had promised a place but whom the survivor has absorbed.
     */
    Merging again(CustomerState before, CustomerId survivor, Collection<CustomerId> came) {
        var all = new TreeSet<>(before.merging().absorbed);
        all.add(before.id());
        all.addAll(came);
        var gone = new TreeMap<>(before.merging().released);
        came.forEach(one -> gone.putIfAbsent(one, survivor));
        var promised = new TreeMap<>(before.merging().reserved);
        promised.keySet().removeAll(came);
        var not = new TreeMap<>(before.merging().refused);
        gone.values().forEach(one -> not.put(one, Tie.STRONG));
        not.put(survivor, Tie.STRONG);
        return new Merging(
                phase, with, round, tie, facts, List.copyOf(all), gone, not, promised, links, parked, handedOver);
    }

    /** Whom she is beside herself. */
    List<CustomerId> united() {
        return released.isEmpty()
                ? absorbed
                : absorbed.stream().filter(one -> !released.containsKey(one)).toList();
    }

    /** What has come by way of somebody who is another customer since a split goes on to her, unless it was meant for who is one still. */
    Optional<Effect.Tell> passedOn(Forward message) {
        var via = message.via();
        for (int i = 0; i < via.size(); i++) {
            var restored = released.get(via.get(i));
            if (restored != null) {
                var trail = via.subList(0, i + 1);
                return Optional.of(
                        new Effect.Tell(Key.of(restored), new Forward(message.from(), message.payload(), trail)));
            }
            if (absorbed.contains(via.get(0))) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Under which id somebody was absorbed who has begun again under another. */
    Optional<CustomerId> before(CustomerId restored) {
        return released.entrySet().stream()
                .filter(one -> one.getValue().equals(restored))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    boolean isSplitOff(CustomerId other) {
        return released.containsValue(other);
    }

    Merging later(Link link) {
        boolean known = links.stream()
                .anyMatch(one -> one.other().equals(link.other()) && one.tie().compareTo(link.tie()) >= 0);
        return known ? this : withLinks(added(links, link));
    }

    private Merging withLinks(List<Link> more) {
        return new Merging(phase, with, round, tie, facts, absorbed, released, refused, reserved, more, parked, null);
    }

    Merging parking(Forward message) {
        return parked.contains(message) ? this : withParked(added(parked, message));
    }

    Merging withParked(List<Forward> some) {
        return new Merging(phase, with, round, tie, facts, absorbed, released, refused, reserved, links, some, null);
    }

    /** Keeps a place for who proposes, or only remembers her round so that nothing earlier of hers counts. */
    Merging answered(Merge.Proposal proposal, boolean agreed) {
        var more = new TreeMap<>(reserved);
        more.put(proposal.by(), new Reservation(proposal.round(), agreed, agreed ? proposal.facts() : NO_FACTS));
        if (!agreed) {
            var refusedOnes = more.entrySet().stream()
                    .filter(entry -> !entry.getValue().agreed)
                    .map(Map.Entry::getKey)
                    .toList();
            more.keySet().removeAll(refusedOnes.subList(0, Math.max(0, refusedOnes.size() - MOST_REFUSED)));
        }
        return new Merging(phase, with, round, tie, facts, absorbed, released, refused, more, links, parked, null);
    }

    /** What this very proposal was answered; {@code null} if it was not. It may come again, and she who made it goes by the first answer. */
    @Nullable
    Boolean answer(Merge.Proposal proposal) {
        Reservation before = reserved.get(proposal.by());
        if (before == null || before.round != proposal.round()) {
            return null;
        }
        return before.agreed;
    }

    /** Whether a proposal comes later than one of the same customer that is answered. */
    boolean isOvertaken(Merge.Proposal proposal) {
        Reservation before = reserved.get(proposal.by());
        return before != null && before.round > proposal.round();
    }

    /** With everybody whom somebody has absorbed, and everything that she has promised; who is one with either is one with both. */
    Merging absorbing(CustomerId other, Merging hers) {
        var all = new TreeSet<>(absorbed);
        all.add(other);
        all.addAll(hers.absorbed);
        var promised = new TreeMap<>(reserved);
        hers.reserved.forEach((one, place) -> promised.merge(one, place, Reservation::later));
        promised.keySet().removeAll(all);
        var not = new TreeMap<>(hers.refused);
        refused.forEach((one, how) -> not.merge(one, how, Merging::stronger));
        not.keySet().removeAll(all);
        var one = new TreeSet<>(united());
        one.addAll(hers.united());
        one.add(other);
        var gone = new TreeMap<>(released);
        hers.released.forEach((who, restored) -> gone.merge(
                who, restored, (known, told) -> one.contains(known) ? told : known)); // she has gone on since
        gone.keySet().removeAll(one);
        return new Merging(phase, with, round, tie, facts, List.copyOf(all), gone, not, promised, links, parked, null);
    }

    /** Whether it is known already that the two may not be one. */
    boolean isRefused(Link link) {
        Tie before = refused.get(link.other());
        return before != null && before.compareTo(link.tie()) >= 0;
    }

    /** For whom a place is kept. */
    List<CustomerId> promised() {
        return reserved.entrySet().stream()
                .filter(place -> place.getValue().agreed)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The names of all others for whom a place is kept. */
    Stream<Identity> promised(@Nullable CustomerId but) {
        return reserved.entrySet().stream()
                .filter(place -> !place.getKey().equals(but))
                .flatMap(place -> place.getValue().facts.names().stream());
    }

    /** How many customers will be one when all for whom a place is kept, but for one, have come. */
    int company(@Nullable CustomerId but) {
        return united().size()
                + 1
                + reserved.entrySet().stream()
                        .filter(place ->
                                place.getValue().agreed && !place.getKey().equals(but))
                        .mapToInt(place -> place.getValue().facts.absorbed() + 1)
                        .sum();
    }

    private static Tie stronger(Tie one, Tie other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static <T> List<T> added(List<T> known, T one) {
        var more = new ArrayList<>(known);
        more.add(one);
        return List.copyOf(more);
    }
}
