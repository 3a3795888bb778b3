// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.wire.Codec;
import dev.throughline.wire.Fields;
import dev.throughline.wire.Writer;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a customer's journeys outlives them. Bounded by the campaigns and experiments that there are.
 *
 * @param entries when she last entered each of the campaigns that limit entries
 * @param draws her point in [0, 1) in each draw that she was exposed to
 * @param read when traits of hers were last read from the host's table; {@code null} if they never were
 */
record Lasting(
        Map<String, Instant> entries,
        Map<String, Double> draws,
        @Nullable Instant read) {

    static final Lasting NONE = new Lasting(Map.of(), Map.of(), null);

    /** What is drawn has 53 bits, so that it is a whole number of these. */
    private static final double UNIT = 0x1.0p-53;

    private static final Codec<Map.Entry<String, Instant>> ENTRY = Codec.of(
            (entry, out) -> {
                out.string(1, entry.getKey());
                out.instant(2, entry.getValue());
            },
            in -> Map.entry(in.string(1), in.instant(2)));

    private static final Codec<Map.Entry<String, Double>> DRAW = Codec.of(
            (draw, out) -> {
                out.string(1, draw.getKey());
                out.number(2, (long) (draw.getValue() / UNIT));
            },
            in -> Map.entry(in.string(1), in.number(2) * UNIT));

    /** Its three fields stand one behind the other. */
    void write(int first, Writer out) {
        out.each(first, ENTRY, entries.entrySet());
        out.each(first + 1, DRAW, draws.entrySet());
        out.instant(first + 2, read);
    }

    static Lasting read(int first, Fields in) {
        var entries = in.each(first, ENTRY);
        var draws = in.each(first + 1, DRAW);
        Instant read = in.instantOrNull(first + 2);
        if (entries.isEmpty() && draws.isEmpty() && read == null) {
            return NONE;
        }
        var last = new TreeMap<String, Instant>();
        entries.forEach(entry -> last.put(entry.getKey(), entry.getValue()));
        var points = new TreeMap<String, Double>();
        draws.forEach(draw -> points.put(draw.getKey(), draw.getValue()));
        return new Lasting(Collections.unmodifiableMap(last), Collections.unmodifiableMap(points), read);
    }

    Lasting read(Instant at) {
        return new Lasting(entries, draws, at);
    }

    @Nullable
    Instant entered(String campaign) {
        return entries.get(campaign);
    }

    Lasting entered(String campaign, Instant at) {
        return new Lasting(with(entries, campaign, at), draws, read);
    }

    @Nullable
    Double drawn(String draw) {
        return draws.get(draw);
    }

    Lasting drawn(String draw, double point) {
        return new Lasting(entries, with(draws, draw, point), read);
    }

    /** With another's, who turned out to be the same: the later entry of each campaign, of what both drew this one's, and traits are read anew. */
    Lasting and(Lasting other) {
        if (other.entries.isEmpty() && other.draws.isEmpty()) {
            return read == null ? this : new Lasting(entries, draws, null);
        }
        var last = new TreeMap<>(entries);
        other.entries.forEach((campaign, at) -> last.merge(campaign, at, (one, two) -> one.isAfter(two) ? one : two));
        var points = new TreeMap<>(other.draws);
        points.putAll(draws);
        return new Lasting(Collections.unmodifiableMap(last), Collections.unmodifiableMap(points), null);
    }

    private static <V> Map<String, V> with(Map<String, V> before, String name, V value) {
        var more = new TreeMap<>(before);
        more.put(name, value);
        return Collections.unmodifiableMap(more);
    }
}
