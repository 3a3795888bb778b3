// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.commerce.Commerce;
import dev.throughline.customer.CustomerState;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Key;
import dev.throughline.segment.Behaviour;
import dev.throughline.segment.Condition;
import dev.throughline.segment.Lists;
import dev.throughline.segment.Membership;
import dev.throughline.segment.Memberships;
import dev.throughline.segment.Segment;
import dev.throughline.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers who is in which segment, and why. Thread-safe. */
final class Audience {

    /** A store on the heap looks at all its keys for each page. */
    static final int PAGE = 10_000;

    private final Map<String, Segment> segments;
    private final InstantSource clock;

    /** Of the segments of a host, by name. */
    Audience(Map<String, Segment> segments, InstantSource clock) {
        this.segments = segments;
        this.clock = clock;
    }

    Segment require(String name) {
        return Optional.ofNullable(segments.get(name))
                .orElseThrow(() -> new ThroughlineException("segment '" + Shown.of(name)
                        + "': neither watched by this host nor asked for in a campaign of it, "
                        + Shown.oneOf(segments.keySet())));
    }

    Membership membership(CustomerState state, Segment segment) {
        Instant since = state.part(Memberships.class)
                .map(all -> all.since(segment.name()))
                .orElse(null);
        return new Membership(segment, since != null, since, segment.condition().reason(facts(state)));
    }

    /** A named set of the store, page by page. */
    static Stream<Key> pages(Store store, String set) {
        return pages(after -> store.members(set, after, PAGE));
    }

    static Stream<Key> pages(Function<@Nullable Key, List<Key>> page) {
        return Stream.iterate(
                        page.apply(null),
                        keys -> !keys.isEmpty(),
                        keys -> keys.size() < PAGE ? List.of() : page.apply(keys.get(keys.size() - 1)))
                .flatMap(List::stream);
    }

    private Condition.Facts facts(CustomerState state) {
        return new Condition.Facts(
                state.customer(),
                state.part(Behaviour.class).orElse(Behaviour.NONE),
                state.part(Commerce.class).orElse(Commerce.NONE),
                state.part(Lists.class).orElseThrow(),
                Map.of(),
                Map.of(),
                clock.instant());
    }
}
