// SPDX-License-Identifier: Apache-2.0
package dev.throughline.commerce;

import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One order, as far as it has come. Immutable. Each stage bears the instant at which it was reached first, and what was ordered is what
 * the latest event said that completes or updates it; so its events may come late, twice and in any order.
 */
public final class Order {

    /** What templates can read of it. */
    public static final Set<String> NAMES = Set.of("currency", "id", "items", "placed_at", "status", "total");

    static final int MOST_ITEMS = 10;

    static final Codec<Order> CODEC = Codec.of(
            (order, out) -> {
                out.string(1, order.id);
                out.nested(2, Details.CODEC, order.details);
                out.each(3, Reached.CODEC, Reached.of(order.reached));
            },
            in -> new Order(in.string(1), in.nested(2, Details.CODEC), Reached.byStage(in.each(3, Reached.CODEC))));

    private final String id;
    private final Details details;

    /** In the order of stages. */
    private final Map<Stage, Instant> reached;

    private Order(String id, Details details, Map<Stage, Instant> reached) {
        this.id = id;
        this.details = details;
        this.reached = reached;
    }

    /** A stage and when it was reached first. */
    private record Reached(Stage stage, Instant at) {

        static final Codec<Reached> CODEC = Codec.of(
                (reached, out) -> {
                    out.constant(1, reached.stage);
                    out.instant(2, reached.at);
                },
                in -> new Reached(in.constant(1, Stage.PLACED), in.instant(2)));

        static List<Reached> of(Map<Stage, Instant> stages) {
            return stages.entrySet().stream()
                    .map(entry -> new Reached(entry.getKey(), entry.getValue()))
                    .toList();
        }

        static Map<Stage, Instant> byStage(List<Reached> all) {
            var stages = new EnumMap<Stage, Instant>(Stage.class);
            all.forEach(one -> stages.put(one.stage, one.at));
            return stages;
        }
    }

    /** What was ordered, and when and by which touchpoint that was said. */
    record Details(Instant at, String by, @Nullable BigDecimal total, String currency, List<Line> items) {

        static final Details NONE = new Details(Instant.EPOCH, "", null, "", List.of());

        static final Codec<Details> CODEC = Codec.of(
                (details, out) -> {
                    out.instant(1, details.at);
                    out.string(2, details.by);
                    out.string(3, details.total == null ? null : details.total.toString());
                    out.string(4, details.currency);
                    out.each(5, Line.CODEC, details.items);
                },
                in -> new Details(
                        in.instant(1),
                        in.string(2),
                        Product.stored(in.string(3)),
                        in.string(4),
                        List.copyOf(in.each(5, Line.CODEC))));

        static Details of(Touchpoint touchpoint, Instant at) {
            BigDecimal total = Product.number(touchpoint.property("total"));
            return new Details(
                    at,
                    touchpoint.id(),
                    total != null ? total : Product.number(touchpoint.property("revenue")),
                    Product.text(touchpoint.property("currency")),
                    Line.of(touchpoint.property("products"), MOST_ITEMS));
        }

        Details latest(Details other) {
            int order = at.compareTo(other.at);
            return (order != 0 ? order : by.compareTo(other.by)) >= 0 ? this : other;
        }
    }

    /** An order of which one event says something. */
    static Order of(String id, @Nullable Stage stage, Instant at, Details details) {
        var reached = new EnumMap<Stage, Instant>(Stage.class);
        if (stage != null) {
            reached.put(stage, at);
        }
        return new Order(id, details, reached);
    }

    /** What both know of one order. */
    Order merge(Order other) {
        var first = new EnumMap<Stage, Instant>(Stage.class);
        first.putAll(reached);
        other.reached.forEach((stage, at) -> first.merge(stage, at, (one, two) -> one.isBefore(two) ? one : two));
        return new Order(id, details.latest(other.details), first);
    }

    /**
     * Its number.
     *
     * @return the host's id of it; the id of the touchpoint that told of it if it has none
     */
    public String id() {
        return id;
    }

    /**
     * When it came so far.
     *
     * @param stage how far
     * @return when it did first; empty if it has not
     */
    public Optional<Instant> reached(Stage stage) {
        return Optional.ofNullable(reached.get(stage));
    }

    /**
     * How far it has come: the stage that it reached last.
     *
     * @return the stage; empty if it was only updated so far
     */
    public Optional<Stage> status() {
        Stage last = null;
        Instant at = Instant.MIN;
        for (var stage : reached.entrySet()) {
            if (!stage.getValue().isBefore(at)) {
                last = stage.getKey();
                at = stage.getValue();
            }
        }
        return Optional.ofNullable(last);
    }

    /**
     * What it costs.
     *
     * @return {@code total}, or else {@code revenue}, of the latest event that completes or updates it
     */
    public Optional<BigDecimal> total() {
        return Optional.ofNullable(details.total);
    }

    /**
     * What was ordered.
     *
     * @return the first 10 items
     */
    public List<Line> items() {
        return details.items;
    }

    /** When it is first known of. */
    Instant since() {
        return reached.values().stream().min(Instant::compareTo).orElse(details.at);
    }

    /**
     * For templates: {@code id}, {@code status} such as {@code READY}, {@code total}, {@code currency}, {@code placed_at} and {@code
     * items}; what is not known is missing.
     *
     * @return the values by name
     */
    public Map<String, Object> model() {
        var model = new TreeMap<String, Object>();
        model.put("id", id);
        model.put("items", Line.models(details.items));
        Line.put(model, "currency", details.currency);
        status().ifPresent(stage -> model.put("status", stage.name()));
        total().ifPresent(total -> model.put("total", total));
        reached(Stage.PLACED).ifPresent(instant -> model.put("placed_at", instant));
        return model;
    }
}
