// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Money;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A product as messages tell it. Immutable.
 *
 * @param name its name
 * @param price what it costs; {@code null} if that is not said
 * @param url where it is sold; empty if nowhere
 * @param picture where it is shown; empty if nowhere
 * @param available whether it can be had
 * @param properties whatever else templates fill in, by name; names above are not taken from here
 */
public record Product(
        String name,
        @Nullable Money price,
        String url,
        String picture,
        boolean available,
        Map<String, ? extends @Nullable Object> properties) {

    /**
     * A product that can be had, of which only the name is known.
     *
     * @param name its name
     * @return the product
     */
    public static Product named(String name) {
        return new Product(name, null, "", "", true, Map.of());
    }

    /**
     * With a price, {@code {{ product.price }}} and {@code {{ product.currency }}}.
     *
     * @param money the price
     * @return the changed product
     */
    public Product price(Money money) {
        return new Product(name, money, url, picture, available, properties);
    }

    /**
     * With a page, {@code {{ product.url }}}.
     *
     * @param page its address
     * @return the changed product
     */
    public Product url(String page) {
        return new Product(name, price, page, picture, available, properties);
    }

    /**
     * With a picture, {@code {{ product.picture }}}.
     *
     * @param image its address
     * @return the changed product
     */
    public Product picture(String image) {
        return new Product(name, price, url, image, available, properties);
    }

    /**
     * One that cannot be had: {@code {{ product.available }}} is false.
     *
     * @return the changed product
     */
    public Product soldOut() {
        return new Product(name, price, url, picture, false, properties);
    }

    /**
     * With other properties.
     *
     * @param all by name
     * @return the changed product
     */
    public Product properties(Map<String, ? extends @Nullable Object> all) {
        return new Product(name, price, url, picture, available, all);
    }

    /**
     * What templates fill in. For the rooms above.
     *
     * @param id as the event names it
     * @return values by name
     */
    public Map<String, @Nullable Object> model(String id) {
        var model = new TreeMap<String, @Nullable Object>(properties);
        model.put("id", id);
        model.put("name", name);
        model.put("available", available);
        if (price != null) {
            model.put("price", BigDecimal.valueOf(price.micros(), 6));
            model.put("currency", price.currency());
        }
        if (!url.isEmpty()) {
            model.put("url", url);
        }
        if (!picture.isEmpty()) {
            model.put("picture", picture);
        }
        return model;
    }
}
