// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The segments that a customer is in. Immutable.
 *
 * @param names their names, sorted
 * @param since when she entered each of them
 * @param next when something that they look at falls out of a window; {@code null} if nothing does
 * @param unknown fields of a newer version
 */
public record Memberships(
        List<String> names, List<Instant> since, @Nullable Instant next, byte[] unknown) {

    static final Memberships NONE = new Memberships(List.of(), List.of(), null, new byte[0]);

    static final Codec<Memberships> CODEC = Codec.of(
            (memberships, out) -> {
                memberships.names.forEach(name -> out.string(1, name));
                if (memberships.next != null) {
                    out.instant(2, memberships.next);
                }
                memberships.since.forEach(since -> out.number(3, since.toEpochMilli()));
                out.raw(memberships.unknown);
            },
            in -> new Memberships(in.strings(1), instants(in.numbers(3)), in.instantOrNull(2), in.above(3)));

    /** Copies the lists. */
    public Memberships {
        names = List.copyOf(names);
        since = List.copyOf(since);
    }

    private static List<Instant> instants(long[] millis) {
        var instants = new ArrayList<Instant>(millis.length);
        for (long one : millis) {
            instants.add(Instant.ofEpochMilli(one));
        }
        return instants;
    }

    boolean has(Segment segment) {
        return names.contains(segment.name());
    }

    /**
     * When she entered a segment.
     *
     * @param segment the segment's name
     * @return the instant; {@code null} if she is not in it
     */
    public @Nullable Instant since(String segment) {
        int place = names.indexOf(segment);
        return place < 0 ? null : since.get(place);
    }

    Memberships with(Segment segment, boolean inside, Instant now) {
        var more = byName();
        if (inside) {
            more.put(segment.name(), now);
        } else {
            more.remove(segment.name());
        }
        return with(more);
    }

    /** In what one of them is in, since the earlier of both entries. */
    Memberships with(Memberships other) {
        var more = byName();
        other.byName().forEach((name, at) -> more.merge(name, at, (one, two) -> one.isBefore(two) ? one : two));
        return with(more);
    }

    Memberships until(@Nullable Instant instant) {
        return new Memberships(names, since, instant, unknown);
    }

    private Memberships with(TreeMap<String, Instant> all) {
        return new Memberships(List.copyOf(all.keySet()), List.copyOf(all.values()), next, unknown);
    }

    private TreeMap<String, Instant> byName() {
        var all = new TreeMap<String, Instant>();
        for (int i = 0; i < names.size(); i++) {
            all.put(names.get(i), since.get(i));
        }
        return all;
    }
}
