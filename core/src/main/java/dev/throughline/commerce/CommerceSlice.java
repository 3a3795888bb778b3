// SPDX-License-Identifier: Apache-2.0
package dev.throughline.commerce;

import dev.throughline.commerce.Basket.Change;
import dev.throughline.commerce.Basket.Kind;
import dev.throughline.commerce.Order.Details;
import dev.throughline.customer.Context;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Slice;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.touchpoint.EventNames;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds the e-commerce events of all channels into one basket and the last orders; history fills them as news does. Events count by
 * their own time. Immutable and thread-safe.
 *
 * <p>{@code Product Added} and {@code Wishlist Product Added to Cart} put something in, {@code Product Removed} takes {@code quantity}
 * out, or all of it, {@code Cart Viewed} with {@code products} says what lies there, and {@code Order Completed} empties the basket,
 * whichever way she bought: who has paid at the till is not reminded of what she left on the web. Products are the same by {@code sku},
 * else by {@code product_id}, else by name.
 */
public final class CommerceSlice implements Slice<Commerce> {

    private static final Map<String, Stage> STAGES = Stage.byEvent();

    /** Changes whenever events are folded in another way. */
    private static final String NEED = PAST + "commerce/1";

    private final Map<String, Fold> folds = new HashMap<>();

    private interface Fold {
        Commerce apply(Commerce before, Touchpoint touchpoint, Instant at);
    }

    /** A fold of the events of the spec. */
    public CommerceSlice() {
        folds.put(EventNames.PRODUCT_ADDED, CommerceSlice::added);
        folds.put(EventNames.WISHLIST_PRODUCT_ADDED_TO_CART, CommerceSlice::added);
        folds.put(EventNames.PRODUCT_REMOVED, CommerceSlice::removed);
        folds.put(EventNames.CART_VIEWED, CommerceSlice::viewed);
        folds.put(EventNames.ORDER_UPDATED, CommerceSlice::ordered);
        STAGES.keySet().forEach(event -> folds.put(event, CommerceSlice::ordered));
    }

    @Override
    public String name() {
        return "commerce";
    }

    @Override
    public Commerce initial() {
        return Commerce.NONE;
    }

    @Override
    public Commerce apply(Commerce state, Context context, Input input, Effects out) {
        if (input instanceof Input.Rebuild rebuild && rebuild.needs().contains(NEED)) {
            Commerce again = Commerce.NONE;
            for (Touchpoint touchpoint : rebuild.history()) {
                again = with(again, touchpoint, context);
            }
            return again;
        }
        return input instanceof Input.Told told && told.payload() instanceof Observed observed
                ? with(state, observed.touchpoint(), context)
                : state;
    }

    private Commerce with(Commerce state, Touchpoint touchpoint, Context context) {
        Fold fold = folds.get(touchpoint.name());
        if (fold == null) {
            return state;
        }
        boolean early = touchpoint.occurredAt().isAfter(context.now()); // by a clock that is fast
        return fold.apply(state, touchpoint, early ? context.now() : touchpoint.occurredAt());
    }

    @Override
    public List<String> needs() {
        return List.of(NEED);
    }

    @Override
    public Commerce merge(Both<Commerce> both, Context context, Effects out) {
        return both.survivor().merge(both.absorbed());
    }

    @Override
    public Codec<Commerce> codec() {
        return Commerce.CODEC;
    }

    private static Commerce added(Commerce before, Touchpoint touchpoint, Instant at) {
        return changed(before, touchpoint, at, Kind.ADDED, Line.of(touchpoint.properties()));
    }

    private static Commerce removed(Commerce before, Touchpoint touchpoint, Instant at) {
        var product = Product.of(touchpoint.properties());
        var line = new Line(product, Line.quantity(touchpoint.properties(), BigDecimal.ZERO));
        return changed(before, touchpoint, at, Kind.REMOVED, line);
    }

    private static Commerce changed(Commerce before, Touchpoint touchpoint, Instant at, Kind kind, Line line) {
        return line.product().isKnown()
                ? before.with(before.basket().with(new Change(at, touchpoint.id(), kind, List.of(line))))
                : before;
    }

    private static Commerce viewed(Commerce before, Touchpoint touchpoint, Instant at) {
        return touchpoint.property("products") instanceof List<?> products
                ? before.with(before.basket().with(holding(touchpoint, at, Line.of(products, Basket.MOST_LINES))))
                : before;
    }

    private static Commerce ordered(Commerce before, Touchpoint touchpoint, Instant at) {
        Stage stage = STAGES.get(touchpoint.name());
        boolean described = stage == null || stage == Stage.PLACED;
        var details = described ? Details.of(touchpoint, at) : Details.NONE;
        var after = before.with(Order.of(id(touchpoint), stage, at, details));
        return stage == Stage.PLACED ? after.with(after.basket().with(holding(touchpoint, at, List.of()))) : after;
    }

    private static Change holding(Touchpoint touchpoint, Instant at, List<Line> lines) {
        return new Change(at, touchpoint.id(), Kind.HOLDS, lines);
    }

    private static String id(Touchpoint touchpoint) {
        String said = Product.text(touchpoint.property("order_id"));
        return said.isEmpty() ? touchpoint.id() : said;
    }
}
