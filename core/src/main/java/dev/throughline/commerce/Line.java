// SPDX-License-Identifier: Apache-2.0
package dev.throughline.commerce;

import dev.throughline.wire.Codec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * So much of a product.
 *
 * @param product the product
 * @param quantity how much; positive
 */
public record Line(Product product, BigDecimal quantity) {

    static final Codec<Line> CODEC = Codec.of(
            (line, out) -> {
                out.nested(1, Product.CODEC, line.product);
                out.string(2, line.quantity.toString());
            },
            in -> new Line(in.nested(1, Product.CODEC), new BigDecimal(in.string(2))));

    /** Of a product in an event: one of it where the event does not say how many. */
    static Line of(@Nullable Object described) {
        return new Line(Product.of(described), quantity(described, BigDecimal.ONE));
    }

    /** The items of an event's list {@code products}; what is no product is left out. */
    static List<Line> of(@Nullable Object described, int most) {
        var lines = new ArrayList<Line>();
        for (Object item : described instanceof List<?> list ? list : List.of()) {
            Line line = of(item);
            if (line.product.isKnown() && lines.size() < most) {
                lines.add(line);
            }
        }
        return List.copyOf(lines);
    }

    static BigDecimal quantity(@Nullable Object described, BigDecimal absent) {
        BigDecimal said = described instanceof Map<?, ?> map ? Product.number(map.get("quantity")) : null;
        return said == null || said.signum() <= 0 ? absent : said;
    }

    /**
     * What it costs.
     *
     * @return price times quantity; 0 if the price is not known
     */
    public BigDecimal total() {
        return product.price() == null ? BigDecimal.ZERO : product.price().multiply(quantity);
    }

    static BigDecimal total(List<Line> lines) {
        return lines.stream().map(Line::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** For templates, under the names of the spec; what is not known is missing. */
    Map<String, Object> model() {
        var model = new TreeMap<String, Object>();
        put(model, "sku", product.sku());
        put(model, "product_id", product.productId());
        put(model, "name", product.name());
        put(model, "variant", product.variant());
        put(model, "url", product.url());
        put(model, "image_url", product.imageUrl());
        model.put("quantity", quantity);
        if (product.price() != null) {
            model.put("price", product.price());
            model.put("total", total());
        }
        return model;
    }

    static void put(Map<String, Object> model, String name, String text) {
        if (!text.isEmpty()) {
            model.put(name, text);
        }
    }

    static List<Map<String, Object>> models(List<Line> lines) {
        return lines.stream().map(Line::model).toList();
    }
}
