// SPDX-License-Identifier: Apache-2.0
package dev.throughline.commerce;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.wire.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the events of a shop make of basket and orders. */
class CommerceSliceTest {

    private final Shopper mai = new Shopper();

    // The basket.

    @Test
    void keepsOneBasketOverAppWebAndStore() {
        mai.does("1", "Product Added", 1, Map.of("sku", "TEA-6", "name", "Tea set", "price", 350_000));
        mai.does("2", "Wishlist Product Added to Cart", 2, Map.of("sku", "CUP-1", "price", 49.9, "quantity", 2));
        mai.does("3", "Product Added", 3, Map.of("sku", "TEA-6", "quantity", 2));

        assertThat(lines()).containsExactly("CUP-1 2", "TEA-6 3");
        assertThat(mai.commerce().basket().total()).isEqualByComparingTo("1050099.8");
        assertThat(mai.commerce().basket().quantity()).isEqualByComparingTo("5");
        assertThat(mai.commerce().basket().lines().get(1).product().name()).isEqualTo("Tea set");
    }

    @Test
    void takesOutWhatIsRemovedOrAllOfIt() {
        mai.does("1", "Product Added", 1, Map.of("sku", "TEA-6", "quantity", 5));
        mai.does("2", "Product Added", 2, Map.of("sku", "CUP-1", "quantity", 5));
        mai.does("3", "Product Removed", 3, Map.of("sku", "TEA-6"));
        mai.does("4", "Product Removed", 4, Map.of("sku", "CUP-1", "quantity", 2));
        mai.does("5", "Product Removed", 5, Map.of("sku", "POT-1", "quantity", 2));

        assertThat(lines()).containsExactly("CUP-1 3");
    }

    @Test
    void viewedCartSaysWhatItHolds() {
        mai.does("1", "Product Added", 1, Map.of("sku", "TEA-6"));
        mai.does("2", "Cart Viewed", 2, Map.of("products", List.of(Map.of("sku", "CUP-1", "quantity", 4), "Pot")));

        assertThat(lines()).containsExactly("CUP-1 4", "Pot 1");

        mai.does("3", "Cart Viewed", 3, Map.of("cart_id", "c-7"));

        assertThat(lines()).containsExactly("CUP-1 4", "Pot 1");
    }

    @Test
    void purchaseAtTheTillEmptiesWhatCameBeforeItAndNothingLater() {
        mai.does("1", "Product Added", 1, Map.of("sku", "TEA-6"));
        mai.does("2", "Product Added", 5, Map.of("sku", "CUP-1"));
        mai.does("3", "Order Completed", 4, Map.of("order_id", "A-17"));
        mai.does("4", "Product Added", 3, Map.of("sku", "POT-1"));

        assertThat(lines()).containsExactly("CUP-1 1");
    }

    @Test
    void productsWithoutASkuAreToldApartByIdAndVariantOrName() {
        mai.does("1", "Product Added", 1, Map.of("product_id", "7", "variant", "blue"));
        mai.does("2", "Product Added", 2, Map.of("product_id", "7", "variant", "red"));
        mai.does("3", "Product Added", 3, Map.of("product", "Tea set"));
        mai.does("4", "Product Added", 4, Map.of("product", "Tea set"));
        mai.does("5", "Product Added", 5, Map.of("url", "/"));

        assertThat(mai.commerce().basket().lines())
                .extracting(line -> line.quantity().intValue())
                .containsExactly(1, 1, 2);
    }

    @Test
    void whatIsTooLargeToKeepIsLeftOut() {
        mai.does(
                "1",
                "Product Added",
                1,
                Map.of("sku", "TEA-6", "name", "x".repeat(201), "price", new BigDecimal("1e50")));
        mai.does("2", "Product Added", 2, Map.of("sku", "x".repeat(201)));

        assertThat(lines()).containsExactly("TEA-6 1");
        assertThat(mai.commerce().basket().lines().get(0).product().name()).isEmpty();
        assertThat(mai.commerce().basket().total()).isZero();
    }

    @Test
    void holdsThirtyLinesOfWhichTheLongestLeftAloneMakesRoom() {
        for (int i = 0; i < 40; i++) {
            mai.does("t-" + i, "Product Added", i, Map.of("sku", "S-" + i));
        }
        mai.does("t-40", "Product Added", 40, Map.of("sku", "S-12"));
        mai.does("t-41", "Product Added", 41, Map.of("sku", "S-41"));

        assertThat(lines()).hasSize(30).startsWith("S-11 1", "S-13 1").endsWith("S-12 2", "S-41 1");
    }

    @Test
    void staysSmallHoweverMuchIsAddedAndBought() {
        for (int i = 0; i < 1_600; i++) {
            var product = Map.<String, Object>of("sku", "S-" + i % 30, "name", "n".repeat(40), "url", "u".repeat(60));
            mai.does("a-" + i, "Product Added", i, product);
            mai.does("o-" + i, "Order Updated", i, Map.of("order_id", "A-" + i, "products", nCopies(30, product)));
        }

        assertThat(Commerce.CODEC.encode(mai.commerce())).hasSizeLessThan(40_000);
        assertThat(mai.commerce().basket().quantity()).isEqualByComparingTo("1600");
        assertThat(mai.commerce().orders()).hasSize(20);
    }

    // Orders.

    @Test
    void followsAnOrderFromThePurchaseToThePickUp() {
        mai.does("1", "Order Completed", 1, Map.of("order_id", "A-17", "total", 450_000, "currency", "VND"));
        assertThat(order().status()).contains(Stage.PLACED);
        mai.does("2", "Order Ready", 2, Map.of("order_id", "A-17"));
        assertThat(order().status()).contains(Stage.READY);
        mai.does("3", "Order Picked Up", 3, Map.of("order_id", "A-17"));

        assertThat(order().status()).contains(Stage.PICKED_UP);
        assertThat(order().total()).contains(new BigDecimal("450000"));
        assertThat(order().reached(Stage.DELIVERED)).isEmpty();
        assertThat(mai.commerce().orders()).hasSize(1);
    }

    @Test
    void updateChangesWhatWasOrderedAndNotHowFarItIs() {
        mai.does("1", "Order Completed", 1, Map.of("order_id", 17, "revenue", 5, "products", List.of("Tea set")));
        mai.does("2", "Order Updated", 2, Map.of("order_id", "17", "total", 7, "products", List.of("Tea set", "Cup")));
        mai.does("3", "Order Refunded", 3, Map.of("order_id", "17", "total", 2));

        assertThat(order().status()).contains(Stage.REFUNDED);
        assertThat(order().total()).contains(new BigDecimal("7"));
        assertThat(order().items()).extracting(line -> line.product().name()).containsExactly("Tea set", "Cup");
    }

    @Test
    void orderWithoutANumberIsCountedAndKeepsItsOwn() {
        mai.does("1", "Order Completed", 1, Map.of("total", 5));
        mai.does("2", "Order Completed", 2, Map.of("total", 6));

        assertThat(mai.commerce().orders()).extracting(Order::id).containsExactly("1", "2");
    }

    @Test
    void keepsTheTwentyOrdersThatBeganLast() {
        for (int i = 1; i <= 25; i++) {
            mai.does("t-" + i, "Order Completed", i, Map.of("order_id", "A-" + i));
        }

        assertThat(mai.commerce().orders()).hasSize(20);
        assertThat(mai.commerce().orders().get(0).id()).isEqualTo("A-6");
        assertThat(mai.commerce().lastOrder().orElseThrow().id()).isEqualTo("A-25");
    }

    @Test
    void isStoredWithWhatANewerVersionAdded() {
        mai.does("1", "Product Added", 1, Map.of("sku", "TEA-6", "price", 1.5, "url", "/p"));
        mai.does("2", "Order Completed", 2, Map.of("order_id", "A-1", "total", 5, "products", List.of("Cup")));
        mai.does("3", "Product Added", 3, Map.of("sku", "POT-1"));
        var out = new Writer();
        out.raw(Commerce.CODEC.encode(mai.commerce()));
        out.string(9, "news");

        byte[] newer = out.toByteArray();
        var back = Commerce.CODEC.decode(newer);

        assertThat(Commerce.CODEC.encode(back)).isEqualTo(newer);
        assertThat(Shopper.told(back)).isEqualTo(Shopper.told(mai.commerce()));
    }

    private Order order() {
        return mai.commerce().lastOrder().orElseThrow();
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        for (Line line : mai.commerce().basket().lines()) {
            String sku = line.product().sku().isEmpty()
                    ? line.product().name()
                    : line.product().sku();
            lines.add(sku + " " + line.quantity().toPlainString());
        }
        return lines;
    }
}
