// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.customer.CustomerState.Name;
import dev.throughline.customer.CustomerState.Standing;
import dev.throughline.customer.Merge.Forward;
import dev.throughline.engine.Model;
import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Identities and customers whose messages arrive in any order, three in ten of them twice. The steps are the library's own; only the way
 * between them is played.
 */
final class MergeSimulator {

    private static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");
    private static final int AGAIN = 3;
    private static final int MOST_DELIVERIES = 20_000;

    /** What is broken on purpose, so that the laws can be seen to fail. */
    enum Mutation {
        NONE,
        /** Who is absorbed arrives before who was absorbed by her. */
        NO_TRAIL_ON_ABSORB,
        /** What is passed on is not waited with. */
        NO_PARKING,
        /** Identities point to the survivor before she has absorbed anybody. */
        REBIND_BEFORE_ABSORB
    }

    private final CustomerAggregate customers;
    private final IdentifierAggregate identifiers = new IdentifierAggregate();
    private final Random random;
    private final Mutation mutation;
    private final List<Message> way = new ArrayList<>();
    private final Map<Key, Object> states = new TreeMap<>();
    private final Set<String> timeline = new HashSet<>();
    private final Map<Address, Point> points = new HashMap<>();
    private Instant now = NOW;
    private int deliveries;
    private int duplicates;
    private int merges;

    private record Message(Key to, Input input, int again) {}

    MergeSimulator(IdentityRules rules, Mutation mutation, long seed) {
        this.customers = new CustomerAggregate(List.of(new Tally()), rules, Model.payloads());
        this.mutation = mutation;
        this.random = new Random(seed);
    }

    void happens(Touchpoint touchpoint) {
        way.add(new Message(Key.of(touchpoint.identity()), new Input.Happened(touchpoint), 0));
    }

    /** So many of the messages that are on their way, or all. */
    void deliver(int most) {
        long end = Math.min(MOST_DELIVERIES, (long) deliveries + most);
        while (!way.isEmpty() && deliveries < end) {
            int drawn = random.nextInt(way.size());
            Message message = way.get(drawn);
            deliveries++;
            if (message.again < 2 && random.nextInt(10) < AGAIN) {
                way.set(drawn, new Message(message.to, message.input, message.again + 1));
                duplicates++;
            } else {
                way.set(drawn, way.get(way.size() - 1));
                way.remove(way.size() - 1);
            }
            deliver(message);
        }
    }

    /** Somebody says that one of those who were absorbed is another, if any was; it reaches her once. */
    void split(Instant at) {
        now = at;
        var absorbed = states.values().stream()
                .flatMap(state -> state instanceof CustomerState customer ? Stream.of(customer) : Stream.empty())
                .filter(CustomerState::canBeSplitOff)
                .toList();
        if (!absorbed.isEmpty()) {
            Key key = absorbed.get(random.nextInt(absorbed.size())).customer().key();
            var said = new Merge.Split("ann", "two sisters");
            deliver(new Message(key, new Input.Received("split/" + at, said), 0));
        }
    }

    private void deliver(Message message) {
        if (message.to.kind() == Key.Kind.CONTACT_POINT) {
            linked((Linked) ((Input.Told) message.input).payload());
        } else if (!isOnTimeline(message.input)) {
            step(message);
        }
    }

    /** As the engine drops them. */
    private boolean isOnTimeline(Input input) {
        Payload payload = input instanceof Input.Told told ? told.payload() : null;
        Payload inner = payload instanceof Forward forward ? forward.payload() : payload;
        return inner instanceof Observed observed
                && timeline.contains(observed.touchpoint().id());
    }

    private void step(Message message) {
        var out = new Effects();
        Object before = states.get(message.to);
        if (message.to.kind() == Key.Kind.IDENTIFIER) {
            var state = before == null ? identifiers.initial(message.to) : (IdentifierState) before;
            states.put(message.to, identifiers.apply(state, message.input, now, out));
        } else {
            var state = before == null ? customers.initial(message.to) : (CustomerState) before;
            var after = customers.apply(state, message.input, now, out);
            var stored = customers.codec().decode(customers.codec().encode(after));
            states.put(message.to, stored);
            mutate(state, out);
        }
        int index = 0;
        for (Effect effect : out.list()) {
            if (effect instanceof Effect.Tell tell) {
                send(tell.to(), new Input.Told(message.input.id() + "." + index, message.to, mutated(tell.payload())));
            } else if (effect instanceof Effect.Record line && line.entry().log() == Entry.Log.TIMELINE) {
                recorded(line.entry());
            }
            index++;
        }
    }

    private void recorded(Entry line) {
        if (line.body() instanceof Observed observed) {
            timeline.add(observed.touchpoint().id());
        } else if (line.body() instanceof MergeNote note && note.change() == MergeNote.Change.ABSORBED) {
            merges++;
        }
    }

    private void send(Key to, Input.Told told) {
        way.add(new Message(to, told, 0));
    }

    private Payload mutated(Payload payload) {
        if (payload instanceof Forward forward) {
            boolean bare = mutation == Mutation.NO_PARKING
                    || (mutation == Mutation.NO_TRAIL_ON_ABSORB && forward.payload() instanceof Merge.Absorb);
            return bare ? new Forward(forward.from(), forward.payload(), List.of()) : forward;
        }
        return payload;
    }

    private void mutate(CustomerState before, Effects out) {
        if (mutation == Mutation.REBIND_BEFORE_ABSORB) {
            for (Effect effect : List.copyOf(out.list())) {
                if (effect instanceof Effect.Tell tell && tell.payload() instanceof Merge.Absorb) {
                    var survivor = CustomerId.parse(tell.to().id());
                    before.names().forEach(name -> out.tell(Key.of(name.identity()), new Merge.Rebind(survivor, 0)));
                }
            }
        }
    }

    /** What a contact point makes of it. */
    private void linked(Linked linked) {
        var point = points.getOrDefault(linked.address(), new Point(0, Set.of(), Map.of()));
        points.put(linked.address(), point.with(linked));
    }

    /** Who holds an address, and whose grants lead to whom. */
    private record Point(int epoch, Set<CustomerId> holders, Map<CustomerId, CustomerId> survivors) {

        Point with(Linked linked) {
            var all = linked.epoch() > epoch ? new TreeSet<CustomerId>() : new TreeSet<>(holders);
            if (linked.epoch() >= epoch) {
                all.add(linked.customer());
            }
            var known = new TreeMap<>(survivors);
            if (linked.insteadOf() != null && linked.splitFrom() != null) {
                known.put(linked.insteadOf(), linked.customer());
            } else if (linked.insteadOf() != null) {
                known.putIfAbsent(linked.insteadOf(), linked.customer());
            }
            return new Point(Math.max(epoch, linked.epoch()), all, known);
        }

        Set<CustomerId> now() {
            var now = new TreeSet<CustomerId>();
            holders.forEach(one -> now.add(survivor(one)));
            return now;
        }

        private CustomerId survivor(CustomerId one) {
            CustomerId holder = one;
            while (survivors.containsKey(holder)) {
                holder = survivors.get(holder);
            }
            return holder;
        }
    }

    /** Everything that is wrong whatever the rules are. */
    List<String> faults() {
        var faults = new ArrayList<String>();
        if (!way.isEmpty()) {
            faults.add("no end after " + deliveries + " deliveries");
        }
        var owners = new TreeMap<Identity, CustomerId>();
        for (CustomerState one : active()) {
            if (one.merging().phase() != Merging.Phase.ACTIVE
                    || !one.merging().parked().isEmpty()) {
                faults.add(one.id() + " waits for ever: " + one.merging());
            }
            for (Name name : one.names()) {
                if (name.standing() == Standing.OWNED) {
                    var before = owners.put(name.identity(), one.id());
                    if (before != null) {
                        faults.add(name.identity() + " belongs to " + before + " and to " + one.id());
                    }
                } else if (name.standing() == Standing.ASKED) {
                    faults.add(name.identity() + " is asked for by " + one.id() + " for ever");
                }
            }
        }
        states.values().forEach(state -> {
            if (state instanceof CustomerState one
                    && one.survivor().isPresent()
                    && !one.merging().parked().isEmpty()) {
                faults.add(one.id() + " holds back for ever: " + one.merging().parked());
            }
        });
        var known = active().stream()
                .flatMap(one -> Stream.concat(Stream.of(one.id()), one.absorbed().stream()))
                .sorted()
                .toList();
        if (!known.equals(List.copyOf(everybody()))) {
            faults.add("customers made: " + everybody() + ", accounted for: " + known);
        }
        owners.forEach((identity, owner) -> {
            if (!owner(identity).map(CustomerState::id).equals(Optional.of(owner))) {
                faults.add(identity + " does not lead to its owner " + owner);
            }
        });
        points.forEach((address, point) -> {
            var now = point.now();
            var identity = Identity.of(address.kind(), address.value());
            if (!owners.containsKey(identity) || !now.equals(Set.of(owners.get(identity)))) {
                faults.add(address.kind() + " is held by " + now + ", not by " + owners.get(identity));
            }
        });
        return faults;
    }

    /** Everybody who is somebody still. */
    List<CustomerState> active() {
        return states.values().stream()
                .flatMap(state -> state instanceof CustomerState customer ? Stream.of(customer) : Stream.empty())
                .filter(customer -> customer.survivor().isEmpty())
                .toList();
    }

    Optional<CustomerState> owner(Identity identity) {
        var state = (IdentifierState) states.get(Key.of(identity));
        CustomerId id = state == null ? null : state.owner();
        while (id != null) {
            var customer = (CustomerState) states.get(Key.of(id));
            if (customer == null || customer.survivor().isEmpty()) {
                return Optional.ofNullable(customer);
            }
            id = customer.survivor().get();
        }
        return Optional.empty();
    }

    /** Every customer there ever was. */
    Set<CustomerId> everybody() {
        var all = new TreeSet<CustomerId>();
        states.values().forEach(state -> {
            if (state instanceof CustomerState customer) {
                all.add(customer.id());
            }
        });
        return all;
    }

    @SuppressWarnings("unchecked") // the only slice
    static List<String> tally(CustomerState customer) {
        return (List<String>) customer.slices().get(0);
    }

    int deliveries() {
        return deliveries;
    }

    int duplicates() {
        return duplicates;
    }

    int merges() {
        return merges;
    }

    /** Notes the id of every touchpoint as often as it comes. */
    private record Tally() implements Slice<List<String>> {
        @Override
        public String name() {
            return "tally";
        }

        @Override
        public List<String> initial() {
            return List.of();
        }

        @Override
        public List<String> apply(List<String> state, Context context, Input input, Effects out) {
            return input instanceof Input.Told told && told.payload() instanceof Observed observed
                    ? joined(state, List.of(observed.touchpoint().id()))
                    : state;
        }

        @Override
        public List<String> merge(Both<List<String>> both, Context context, Effects out) {
            return joined(both.survivor(), both.absorbed());
        }

        @Override
        public List<String> without(List<String> survivor, List<String> absorbed) {
            var left = new ArrayList<>(survivor);
            absorbed.forEach(left::remove);
            return List.copyOf(left);
        }

        private static List<String> joined(List<String> one, List<String> other) {
            return Stream.concat(one.stream(), other.stream()).sorted().toList();
        }

        @Override
        public Codec<List<String>> codec() {
            return Codec.of((seen, out) -> seen.forEach(one -> out.string(1, one)), in -> in.strings(1));
        }
    }
}
