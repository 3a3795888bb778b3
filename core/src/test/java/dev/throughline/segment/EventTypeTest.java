// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.customer.Customer;
import dev.throughline.customer.Profile;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.ThroughlineException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that are records of the host's. */
class EventTypeTest {

    /** A line of an order. */
    record Item(String sku, int quantity) {}

    /** An order. */
    record OrderCompleted(
            String orderId, BigDecimal total, boolean isGift, Optional<String> coupon, List<Item> products) {}

    /** A price that was looked at. */
    record PriceViewed(String sku, int price) {}

    private static final EventType<OrderCompleted> ORDER = EventType.of("Order Completed", OrderCompleted.class);

    private final OrderCompleted order =
            new OrderCompleted("A-17", new BigDecimal("450000"), true, Optional.empty(), List.of(new Item("TEA-6", 2)));

    @TempDir
    private Path directory;

    @Test
    void componentsAreThePropertiesOfTheSpec() {
        assertThat(ORDER.properties(order))
                .isEqualTo(Map.of(
                        "order_id",
                        "A-17",
                        "total",
                        new BigDecimal("450000"),
                        "is_gift",
                        true,
                        "products",
                        List.of(Map.of("sku", "TEA-6", "quantity", 2))));
    }

    @Test
    void conditionsLookAtWhatIsTracked() {
        assertThat(holds(ORDER.number("total", OrderCompleted::total).atLeast(450_000)))
                .isTrue();
        assertThat(holds(ORDER.number("total", OrderCompleted::total).below(450_000)))
                .isFalse();
        assertThat(holds(ORDER.number("total", OrderCompleted::total).is(450_000)))
                .isTrue();
        assertThat(holds(ORDER.text("order_id", OrderCompleted::orderId).is("A-17")))
                .isTrue();
        assertThat(holds(ORDER.flag("is_gift", OrderCompleted::isGift).isTrue()))
                .isTrue();
        assertThat(holds(ORDER.flag("is_gift", OrderCompleted::isGift).isFalse()))
                .isFalse();
    }

    @Test
    void checksOfOneEventAreJoined() {
        var dear = ORDER.number("total", OrderCompleted::total).atLeast(1_000_000);
        var gift = ORDER.flag("is_gift", OrderCompleted::isGift).isTrue();

        assertThat(holds(dear.and(gift))).isFalse();
        assertThat(holds(dear.or(gift))).isTrue();
        assertThat(holds(dear.negate())).isTrue();
    }

    @Test
    void refusesAPropertyThatTheRecordDoesNotHave() {
        assertThatThrownBy(() -> ORDER.number("sum", OrderCompleted::total))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("event 'Order Completed', property 'sum': no component, expected a Number among [order_id,"
                        + " total, is_gift, coupon, products]");
        assertThatThrownBy(() -> ORDER.number("order_id", OrderCompleted::total))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("event 'Order Completed', property 'order_id': a String, expected a Number among [order_id,"
                        + " total, is_gift, coupon, products]");
        assertThatThrownBy(() -> EventType.of(" ", OrderCompleted.class))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "event ' ' of " + OrderCompleted.class.getName() + ": expected a name such as Order Completed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ORDER.text(\"order_id\", OrderCompleted::orderId).is(5)",
                "ORDER.number(\"order_id\", OrderCompleted::orderId)",
                "ORDER.number(\"total\", OrderCompleted::total).atLeast(\"much\")",
                "ORDER.flag(\"is_gift\", OrderCompleted::isGift).is(true)",
                "ORDER.properties(new PriceViewed(\"TEA-6\", 5))",
                "event(ORDER, PRICE.number(\"price\", PriceViewed::price).below(5))"
            })
    void wrongTypesDoNotCompile(String expression) throws IOException {
        assertThat(errors(expression)).contains("Host.java:8: error:");
    }

    @Test
    void rightTypesCompile() throws IOException {
        assertThat(errors("event(ORDER, ORDER.number(\"total\", OrderCompleted::total).atLeast(5))"))
                .isEmpty();
    }

    private boolean holds(EventType.Check<OrderCompleted> check) {
        var mai = new Customer(CustomerId.of(Instant.EPOCH, "mai"), Profile.EMPTY, List.of(), List.of(), List.of());
        var facts = new Condition.Facts(mai, Behaviour.NONE, ORDER.properties(order), Instant.EPOCH);
        return check.condition().test(facts);
    }

    /** What the compiler says of an expression. */
    private String errors(String expression) throws IOException {
        String source = "import static dev.throughline.Words.event;\n"
                + "import dev.throughline.segment.EventType;\n"
                + "class Host {\n"
                + "  record OrderCompleted(String orderId, java.math.BigDecimal total, boolean isGift) {}\n"
                + "  record PriceViewed(String sku, int price) {}\n"
                + "  static final EventType<OrderCompleted> ORDER = EventType.of(\"Order Completed\", OrderCompleted.class);\n"
                + "  static final EventType<PriceViewed> PRICE = EventType.of(\"Price Viewed\", PriceViewed.class);\n"
                + "  Object said = " + expression + ";\n}\n";
        Path file = Files.writeString(directory.resolve("Host.java"), source);
        var said = new StringWriter();
        var out = new PrintWriter(said);
        ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(out, out, "-proc:none", "-d", directory.toString(), "-cp", classPath(), file.toString());
        return said.toString();
    }

    /** Where the library is, whether on the class path or on the module path. */
    private static String classPath() {
        return EventType.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }
}
