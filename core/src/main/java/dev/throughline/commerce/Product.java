// SPDX-License-Identifier: Apache-2.0
package dev.throughline.commerce;

import dev.throughline.wire.Codec;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A product as an event of the e-commerce spec describes it; what is not known is empty. Texts of more than 200 characters,
 * addresses of more than 300 and numbers of more than 30 digits are left out, so that a customer stays small.
 *
 * @param sku the number under which it is sold
 * @param productId the host's number of it
 * @param name its name
 * @param variant its colour, size and the like
 * @param url its page
 * @param imageUrl its picture
 * @param price the price of one; {@code null} if it is not known
 */
public record Product(
        String sku,
        String productId,
        String name,
        String variant,
        String url,
        String imageUrl,
        @Nullable BigDecimal price) {

    static final Codec<Product> CODEC = Codec.of(
            (product, out) -> {
                out.string(1, product.sku);
                out.string(2, product.productId);
                out.string(3, product.name);
                out.string(4, product.variant);
                out.string(5, product.url);
                out.string(6, product.imageUrl);
                out.string(7, product.price == null ? null : product.price.toString());
            },
            in -> new Product(
                    in.string(1),
                    in.string(2),
                    in.string(3),
                    in.string(4),
                    in.string(5),
                    in.string(6),
                    stored(in.string(7))));

    private static final int LONGEST = 200;
    private static final int LONGEST_URL = 300;
    private static final int MOST_DIGITS = 30;

    /**
     * Whether a product goes by this.
     *
     * @param named a sku, a product id or a name
     * @return whether it is one of the product's
     */
    public boolean is(String named) {
        return named.equals(sku) || named.equals(productId) || named.equals(name);
    }

    /** Of an event or of an item in its list; a text alone is a name. */
    static Product of(@Nullable Object described) {
        if (!(described instanceof Map<?, ?> said)) {
            return new Product("", "", text(described), "", "", "", null);
        }
        String name = text(said.get("name"));
        return new Product(
                text(said.get("sku")),
                text(said.get("product_id")),
                name.isEmpty() ? text(said.get("product")) : name,
                text(said.get("variant")),
                text(said.get("url"), LONGEST_URL),
                text(said.get("image_url"), LONGEST_URL),
                number(said.get("price")));
    }

    boolean isKnown() {
        return !sku.isEmpty() || !productId.isEmpty() || !name.isEmpty();
    }

    /** By sku where both have one, else by id and variant where both have one, else by name. */
    boolean isSame(Product other) {
        if (!sku.isEmpty() && !other.sku.isEmpty()) {
            return sku.equals(other.sku);
        }
        if (!productId.isEmpty() && !other.productId.isEmpty()) {
            return productId.equals(other.productId) && variant.equals(other.variant);
        }
        return !name.isEmpty() && name.equals(other.name) && variant.equals(other.variant);
    }

    /** This, and where it says nothing, what was known before. */
    Product over(Product before) {
        return new Product(
                sku.isEmpty() ? before.sku : sku,
                productId.isEmpty() ? before.productId : productId,
                name.isEmpty() ? before.name : name,
                variant.isEmpty() ? before.variant : variant,
                url.isEmpty() ? before.url : url,
                imageUrl.isEmpty() ? before.imageUrl : imageUrl,
                price == null ? before.price : price);
    }

    static String text(@Nullable Object said) {
        return text(said, LONGEST);
    }

    private static String text(@Nullable Object said, int longest) {
        String text = said instanceof String || said instanceof Long ? said.toString() : "";
        return text.length() <= longest ? text : "";
    }

    static @Nullable BigDecimal stored(String number) {
        return number.isEmpty() ? null : new BigDecimal(number);
    }

    static @Nullable BigDecimal number(@Nullable Object said) {
        if (said instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        boolean usable = said instanceof BigDecimal decimal
                && decimal.precision() <= MOST_DIGITS
                && Math.abs(decimal.scale()) <= MOST_DIGITS;
        return usable ? (BigDecimal) said : null;
    }
}
