// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.customer.Context;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Slice;
import dev.throughline.identity.Ids;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps track of who is in which segment. Only the segments that a touchpoint can change are looked at, and those with windows once more
 * when something falls out of one, by timer. Who enters or leaves is told so as a touchpoint of her own, in the next round of the same
 * turn; of history that is history too, and starts nothing. Immutable and thread-safe.
 */
public final class SegmentsSlice implements Slice<Memberships> {

    /** The event by which a journey sets a trait. */
    public static final String TRAIT_SET = "Trait Set";

    static final String PROPERTY = "segment";

    private static final String EXPIRY = "segments/expiry";
    private static final String SOURCE = "segments";

    /** Where it comes from that somebody enters or leaves because of a trait that a journey has set. */
    private static final String BY_JOURNEY = "segments/journey";

    /** Calls that may change what is known of her, whatever a condition looks at. */
    private static final Set<Touchpoint.Call> ABOUT_HER =
            EnumSet.of(Touchpoint.Call.IDENTIFY, Touchpoint.Call.GROUP, Touchpoint.Call.ALIAS);

    private final List<Segment> segments;
    private final List<Segment> passing;
    private final List<Segment> anyTime;
    private final Map<String, List<Segment>> byEvent = new HashMap<>();
    private final Evidence evidence;

    /**
     * Of some segments.
     *
     * @param segments the segments; one of each name
     * @param evidence where conditions look
     */
    public SegmentsSlice(Collection<Segment> segments, Evidence evidence) {
        this.segments =
                segments.stream().sorted(Comparator.comparing(Segment::name)).toList();
        this.evidence = evidence;
        this.passing = this.segments.stream()
                .filter(segment -> segment.condition().windows().findAny().isPresent())
                .toList();
        this.anyTime = this.segments.stream()
                .filter(segment -> segment.condition().usesCommerce())
                .toList();
        for (Segment segment : passing) {
            var events = new LinkedHashSet<String>();
            segment.condition().windows().forEach(window -> {
                events.add(window.event());
                events.add(window.lessEvent());
            });
            events.forEach(event -> listen(event, segment));
        }
        for (Segment segment : this.segments) {
            if (segment.condition().lists().findAny().isPresent()) {
                listen(Lists.JOINED, segment);
                listen(Lists.LEFT, segment);
            }
        }
    }

    private void listen(String event, Segment segment) {
        var listening = byEvent.computeIfAbsent(event, name -> new ArrayList<>());
        if (!listening.contains(segment)) {
            listening.add(segment);
        }
    }

    @Override
    public void timers(Memberships state, Context context, Effects out) {
        Instant next = state.next();
        if (next != null) {
            out.setTimer(EXPIRY, next);
        }
    }

    @Override
    public String name() {
        return "segments";
    }

    @Override
    public Memberships initial() {
        return Memberships.NONE;
    }

    @Override
    public Memberships apply(Memberships state, Context context, Input input, Effects out) {
        if (input instanceof Input.Told told && told.payload() instanceof Observed observed) {
            Touchpoint touchpoint = observed.touchpoint();
            var concerned = concerned(touchpoint);
            return concerned.isEmpty()
                    ? state
                    : judged(
                            state,
                            concerned,
                            new Moment(context, touchpoint.id(), source(touchpoint), touchpoint.origin(), out));
        }
        if (input instanceof Input.Due due && state.next() != null && !due.due().isBefore(state.next())) {
            return judged(state, passing, new Moment(context, due.id(), SOURCE, Origin.LIVE, out));
        }
        return input instanceof Input.Rebuild rebuild ? rebuilt(state, rebuild, context, out) : state;
    }

    private static String source(Touchpoint cause) {
        return isOfJourney(cause) ? BY_JOURNEY : SOURCE;
    }

    /**
     * Whether a journey has brought something about by setting a trait: that itself, or that she has entered or left a segment by it. Such
     * a touchpoint starts no journey, so that journeys cannot start each other for ever.
     *
     * @param touchpoint the touchpoint
     * @return whether it is of a journey's making
     */
    public static boolean isOfJourney(Touchpoint touchpoint) {
        return touchpoint.call() == Touchpoint.Call.IDENTIFY
                ? touchpoint.name().equals(TRAIT_SET)
                : isTold(touchpoint.name()) && touchpoint.source().equals(BY_JOURNEY);
    }

    /**
     * Whether only the library itself tells events of a name.
     *
     * @param event the event's name
     * @return whether no host may
     */
    public static boolean isReserved(String event) {
        return isTold(event) || event.equals(TRAIT_SET);
    }

    private static boolean isTold(String event) {
        return event.equals(Segment.ENTERED) || event.equals(Segment.LEFT);
    }

    /** Who satisfies a segment that is new is in it, and that is no news. */
    private Memberships rebuilt(Memberships state, Input.Rebuild rebuild, Context context, Effects out) {
        var fresh = segments.stream()
                .filter(segment -> rebuild.needs().contains(need(segment)))
                .toList();
        if (fresh.isEmpty()) {
            return state;
        }
        var facts = evidence.of(context, Map.of());
        Memberships after = state;
        for (Segment segment : fresh) {
            boolean inside = segment.condition().test(facts);
            if (inside != after.has(segment)) {
                after = after.with(segment, inside, context.now());
            }
            index(segment.name(), inside, out);
        }
        return timed(after, facts, out);
    }

    private static String need(Segment segment) {
        return "segment/" + segment.name() + "/" + segment.condition();
    }

    @Override
    public List<String> needs() {
        return segments.stream().map(SegmentsSlice::need).toList();
    }

    /**
     * The store's set of those who are in a segment.
     *
     * @param segment the segment's name
     * @return the set's name
     */
    public static String set(String segment) {
        return "segment/" + segment;
    }

    private static void index(String segment, boolean inside, Effects out) {
        if (inside) {
            out.enter(set(segment));
        } else {
            out.leave(set(segment));
        }
    }

    @Override
    public void handedOver(Memberships state, Effects out) {
        state.names().forEach(name -> out.leave(set(name)));
    }

    @Override
    public Memberships merge(Both<Memberships> both, Context context, Effects out) {
        if (segments.isEmpty()) {
            return both.survivor();
        }
        both.absorbed().names().forEach(name -> out.enter(set(name)));
        var cause = "merge/" + both.others();
        return judged(
                both.survivor().with(both.absorbed()), segments, new Moment(context, cause, SOURCE, Origin.LIVE, out));
    }

    @Override
    public Codec<Memberships> codec() {
        return Memberships.CODEC;
    }

    private List<Segment> concerned(Touchpoint touchpoint) {
        if (ABOUT_HER.contains(touchpoint.call())) {
            return segments;
        }
        var listening = byEvent.getOrDefault(touchpoint.name(), List.of());
        if (anyTime.isEmpty()) {
            return listening;
        }
        var all = new LinkedHashSet<>(listening);
        all.addAll(anyTime);
        return List.copyOf(all);
    }

    /** Around one step. */
    private record Moment(Context context, String cause, String source, Origin origin, Effects out) {}

    private Memberships judged(Memberships state, List<Segment> concerned, Moment moment) {
        var context = moment.context;
        var facts = evidence.of(context, Map.of());
        Memberships after = state;
        for (Segment segment : concerned) {
            boolean inside = segment.condition().test(facts);
            if (inside != after.has(segment)) {
                after = after.with(segment, inside, context.now());
                index(segment.name(), inside, moment.out);
                tell(segment, inside, moment);
            }
        }
        return timed(after, facts, moment.out);
    }

    /** The next instant at which something falls out of a window; then all that look through one are judged again. */
    private Memberships timed(Memberships state, Condition.Facts facts, Effects out) {
        Instant next = passing.stream()
                .flatMap(segment -> segment.condition().windows())
                .flatMap(window -> facts.behaviour().expiry(window, facts.now()).stream())
                .min(Comparator.naturalOrder())
                .orElse(null);
        if (Objects.equals(next, state.next())) {
            return state;
        }
        if (next == null) {
            out.cancelTimer(EXPIRY);
        } else {
            out.setTimer(EXPIRY, next);
        }
        return state.until(next);
    }

    private static void tell(Segment segment, boolean inside, Moment moment) {
        var customer = moment.context.customer();
        Instant now = moment.context.now();
        if (customer.identities().isEmpty()) {
            return;
        }
        String event = inside ? Segment.ENTERED : Segment.LEFT;
        var touchpoint = new Touchpoint(
                Ids.hash("segment", segment.name(), event, customer.id(), moment.cause),
                Touchpoint.Call.TRACK,
                event,
                List.of(customer.identities().get(0)),
                now,
                now,
                new TreeMap<>(Map.of(PROPERTY, segment.name())),
                moment.source,
                moment.origin);
        moment.out.tell(customer.key(), new Observed(touchpoint));
    }
}
