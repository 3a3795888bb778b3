// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.CustomerId;
import dev.throughline.wire.Codec;
import dev.throughline.wire.Fields;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The projection of the ledger at one contact point: of each kind of act and scope the latest, which is all that decides. The
 * same events give the same state in whatever order and how often they arrive. Immutable and bounded by the number of holders
 * and scopes.
 *
 * <p>The rules (with a band of five minutes for clocks that differ, in which refusals win): a grant counts for its holder, this
 * address and its scope only; a refusal counts for the address, whoever holds it, and at once; a grant ends a refusal only if it
 * is later, an act of the person with evidence, and reaches at least as far (or says that it ends broader ones); a refusal that
 * names no controller binds every one, and a grant to one ends it for that one; what was refused does not come back when the
 * refusal is over.
 */
public final class ConsentState {

    /** Of an address that nothing has happened to. */
    public static final ConsentState NONE = new ConsentState(List.of(), new byte[0]);

    /** How the state is stored. */
    public static final Codec<ConsentState> CODEC = new StateCodec();

    /** By how much clocks of sources may differ: within it a refusal wins over a grant. */
    public static final Duration CLOCK_BAND = Slot.SKEW;

    private static final int REQUESTS_KEPT = 8;

    private final List<ConsentEvent> kept;
    private final byte[] unknown;

    private ConsentState(List<ConsentEvent> kept, byte[] unknown) {
        this.kept = kept;
        this.unknown = unknown;
    }

    /**
     * With one more event. Repeating an event changes nothing.
     *
     * @param event the event
     * @return the new state; this one if the event decides nothing (any more)
     */
    public ConsentState apply(ConsentEvent event) {
        var slots = slots();
        boolean changed = take(slots, Slot.of(event), event.brief());
        if (event.type().grants()) {
            for (Agreement agreement : event.agreements()) {
                changed |= take(slots, Slot.of(event, agreement), event.brief());
            }
        }
        return changed ? pruned(slots) : this;
    }

    /**
     * What protects whoever was erased: refusals, suppressions and that there was an erasure, with nothing that says who it was or proves
     * anything.
     *
     * @return the state without all else
     */
    public ConsentState withoutPerson() {
        var left = kept.stream()
                .filter(event -> event.type().restricts() || event.type() == ConsentEvent.Type.LIFTED)
                .filter(event -> event.suppression() != Suppression.RESTRICTION)
                .map(ConsentEvent::withoutPerson)
                .distinct()
                .toList();
        return left.equals(kept) ? this : new ConsentState(left, new byte[0]);
    }

    /**
     * Whether the address's holder was erased and nobody has come back since.
     *
     * @return whether only what the host sends directly may leave for it
     */
    public boolean isErased() {
        return kept.stream()
                .filter(event -> event.type() == ConsentEvent.Type.ERASED)
                .anyMatch(erased -> kept.stream().noneMatch(lift -> Reckoning.liftsErasure(lift, erased)));
    }

    /**
     * What stands.
     *
     * @param question about what
     * @return everything that speaks for and against
     */
    public Standing standing(Question question) {
        return kept.isEmpty() ? Standing.none(question) : new Reckoning(kept, question).standing();
    }

    /**
     * For how long messages must be remembered to count them against what the holder wishes.
     *
     * @return the longest time of any wish; zero if there is none
     */
    public Duration longestWish() {
        return kept.stream()
                .map(ConsentEvent::wish)
                .filter(Objects::nonNull)
                .map(Wish::within)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /**
     * The events that decide, for a host that wants to see them.
     *
     * @return without the words that were shown, which the ledger's log keeps; sorted by time
     */
    public List<ConsentEvent> events() {
        return kept.stream().distinct().sorted(Slot.LATER).toList();
    }

    /**
     * Who a customer is by now.
     *
     * @param customer any customer
     * @return who has absorbed her here, or herself
     */
    public CustomerId survivor(CustomerId customer) {
        CustomerId survivor = customer;
        for (boolean found = !kept.isEmpty(); found; ) {
            CustomerId last = survivor;
            var next = kept.stream()
                    .filter(event -> event.type() == ConsentEvent.Type.MERGED && last.equals(event.absorbed()))
                    .findFirst();
            found = next.isPresent();
            survivor = next.map(ConsentEvent::holder).orElse(last);
        }
        return survivor;
    }

    private Map<String, ConsentEvent> slots() {
        var slots = new TreeMap<String, ConsentEvent>();
        for (ConsentEvent event : kept) {
            take(slots, Slot.of(event), event);
            if (event.type().grants()) {
                event.agreements().forEach(agreement -> take(slots, Slot.of(event, agreement), event));
            }
        }
        return slots;
    }

    private static boolean take(Map<String, ConsentEvent> slots, String slot, ConsentEvent event) {
        if (slot.isEmpty()) {
            return false;
        }
        ConsentEvent present = slots.get(slot);
        if (present != null && Slot.LATER.compare(event, present) <= 0) {
            return false;
        }
        slots.put(slot, event);
        return true;
    }

    private ConsentState pruned(Map<String, ConsentEvent> slots) {
        ConsentEvent erasure = slots.get("X");
        if (erasure != null) {
            slots.values().removeIf(event -> isErased(event, erasure.occurredAt()));
        }
        var requests = slots.values().stream()
                .filter(event -> event.type() == ConsentEvent.Type.REQUESTED)
                .sorted(Slot.LATER)
                .skip(REQUESTS_KEPT)
                .toList();
        slots.values().removeAll(requests);
        List<ConsentEvent> events = slots.values().stream().distinct().toList();
        return events.equals(kept) ? this : new ConsentState(events, unknown);
    }

    /** Refusals and suppressions outlive an erasure, because they protect who was erased; all else goes. */
    private static boolean isErased(ConsentEvent event, Instant at) {
        boolean personal = event.type().grants()
                || event.type().ends()
                || event.type() == ConsentEvent.Type.REQUESTED
                || event.type() == ConsentEvent.Type.PREFERRED
                || event.type() == ConsentEvent.Type.ACK_SENT;
        return personal && !event.occurredAt().isAfter(at);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConsentState state && kept.equals(state.kept);
    }

    @Override
    public int hashCode() {
        return kept.hashCode();
    }

    @Override
    public String toString() {
        return "ConsentState of " + kept.size() + " events";
    }

    private static final class StateCodec implements Codec<ConsentState> {
        @Override
        public void write(ConsentState state, Writer out) {
            out.each(1, ConsentEvent.CODEC, state.kept);
            out.raw(state.unknown);
        }

        @Override
        public ConsentState read(Reader in) {
            var fields = new Fields(in);
            var kept = fields.each(1, ConsentEvent.CODEC);
            byte[] unknown = fields.above(1);
            return kept.isEmpty() && unknown.length == 0 ? NONE : new ConsentState(List.copyOf(kept), unknown);
        }
    }
}
