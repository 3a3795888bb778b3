// SPDX-License-Identifier: Apache-2.0
package dev.throughline.commerce;

import dev.throughline.wire.Codec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What lies in a customer's one basket, wherever she put it there. Immutable and bounded: 30 lines, of which the one that was longest
 * left alone makes room.
 *
 * <p>Changes are kept and applied in the order of their own time (and of their ids within an instant), from the last on that said what
 * the whole basket is. So late, repeated and reordered events give the same basket; only an event that is older than the last 60 changes
 * since then comes too late and is passed over.
 */
public final class Basket {

    /** Holds nothing. */
    public static final Basket EMPTY =
            new Basket(new Change(Instant.EPOCH, "", Kind.HOLDS, List.of()), List.of(), List.of());

    /** What templates can read of it. */
    public static final Set<String> NAMES = Set.of("items", "quantity", "total");

    static final Codec<Basket> CODEC = Codec.of(
            (basket, out) -> {
                out.nested(1, Change.CODEC, basket.whole);
                out.each(2, Change.CODEC, basket.since);
            },
            in -> of(in.nested(1, Change.CODEC), in.each(2, Change.CODEC)));

    static final int MOST_LINES = 30;
    static final int MOST_CHANGES = 60;

    private final Change whole;
    private final List<Change> since;
    private final List<Line> lines;

    private Basket(Change whole, List<Change> since, List<Line> lines) {
        this.whole = whole;
        this.since = since;
        this.lines = lines;
    }

    /** What a change does. */
    enum Kind {
        /** Something more lies in it. */
        ADDED,
        /** Something was taken out; a quantity of 0 is all of it. */
        REMOVED,
        /** This is what it holds now. */
        HOLDS
    }

    /**
     * A change, placed by its time and id.
     *
     * @param at when
     * @param id the touchpoint's id
     * @param kind what it does
     * @param lines with what
     */
    record Change(Instant at, String id, Kind kind, List<Line> lines) implements Comparable<Change> {

        static final Codec<Change> CODEC = Codec.of(
                (change, out) -> {
                    out.instant(1, change.at);
                    out.string(2, change.id);
                    out.constant(3, change.kind);
                    out.each(4, Line.CODEC, change.lines);
                },
                in -> new Change(
                        in.instant(1), in.string(2), in.constant(3, Kind.HOLDS), List.copyOf(in.each(4, Line.CODEC))));

        @Override
        public int compareTo(Change other) {
            int order = at.compareTo(other.at);
            return order != 0 ? order : id.compareTo(other.id);
        }
    }

    /** Of changes in any order, all after the whole. */
    private static Basket of(Change whole, List<Change> changes) {
        var sorted = changes.stream().sorted().toList();
        Change start = whole;
        int first = 0;
        while (sorted.size() - first > MOST_CHANGES) {
            Change oldest = sorted.get(first++);
            start = new Change(oldest.at, oldest.id, Kind.HOLDS, applied(start.lines, oldest));
        }
        List<Line> lines = start.lines;
        for (Change change : sorted.subList(first, sorted.size())) {
            lines = applied(lines, change);
        }
        return new Basket(start, List.copyOf(sorted.subList(first, sorted.size())), lines);
    }

    Basket with(Change change) {
        if (change.compareTo(whole) <= 0 || since.stream().anyMatch(known -> known.compareTo(change) == 0)) {
            return this;
        }
        if (change.kind == Kind.HOLDS) {
            return of(change, after(change, since));
        }
        var more = new ArrayList<>(since);
        more.add(change);
        return of(whole, more);
    }

    /** The basket of two customers who turn out to be one: the changes of both since the last that said what the whole is. */
    Basket merge(Basket other) {
        int order = whole.compareTo(other.whole);
        if (order == 0 && !whole.equals(other.whole)) {
            order = Arrays.compare(Change.CODEC.encode(whole), Change.CODEC.encode(other.whole));
        }
        Change last = order >= 0 ? whole : other.whole;
        var more = new ArrayList<>(after(last, since));
        for (Change change : after(last, other.since)) {
            if (more.stream().noneMatch(known -> known.compareTo(change) == 0)) {
                more.add(change);
            }
        }
        return of(last, more);
    }

    private static List<Change> after(Change whole, List<Change> changes) {
        return changes.stream().filter(change -> change.compareTo(whole) > 0).toList();
    }

    private static List<Line> applied(List<Line> lines, Change change) {
        if (change.kind == Kind.HOLDS) {
            return change.lines;
        }
        var more = new ArrayList<>(lines);
        for (Line line : change.lines) {
            applied(more, line, change.kind);
        }
        return List.copyOf(more.size() > MOST_LINES ? more.subList(more.size() - MOST_LINES, more.size()) : more);
    }

    private static void applied(List<Line> lines, Line changed, Kind kind) {
        int place = 0;
        while (place < lines.size() && !lines.get(place).product().isSame(changed.product())) {
            place++;
        }
        Line before = place < lines.size() ? lines.remove(place) : new Line(changed.product(), BigDecimal.ZERO);
        BigDecimal more =
                kind == Kind.ADDED ? changed.quantity() : changed.quantity().negate();
        BigDecimal after = more.signum() == 0 ? more : before.quantity().add(more);
        if (after.signum() > 0) {
            lines.add(new Line(changed.product().over(before.product()), after));
        }
    }

    /**
     * What lies in it.
     *
     * @return the lines; the one that was changed last stands last
     */
    public List<Line> lines() {
        return lines;
    }

    /**
     * How many pieces lie in it.
     *
     * @return the sum of all quantities
     */
    public BigDecimal quantity() {
        return lines.stream().map(Line::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * What it costs, before coupons and shipping.
     *
     * @return the sum of all lines, in whatever currency the host's prices are; those without a price count nothing
     */
    public BigDecimal total() {
        return Line.total(lines);
    }

    /**
     * For templates: {@code items}, {@code quantity} and {@code total}.
     *
     * @return the values by name
     */
    public Map<String, Object> model() {
        var model = new TreeMap<String, Object>();
        model.put("items", Line.models(lines));
        model.put("quantity", quantity());
        model.put("total", total());
        return model;
    }
}
