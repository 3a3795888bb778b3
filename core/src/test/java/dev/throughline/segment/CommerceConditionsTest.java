// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import static dev.throughline.segment.Conditions.basket;
import static dev.throughline.segment.Conditions.group;
import static dev.throughline.segment.Conditions.orders;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.commerce.Commerce;
import dev.throughline.commerce.CommerceSlice;
import dev.throughline.commerce.Stage;
import dev.throughline.customer.Context;
import dev.throughline.customer.Customer;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Profile;
import dev.throughline.customer.Slice;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is true of basket and orders, at each edge. */
class CommerceConditionsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    private Commerce commerce = Commerce.NONE;
    private Profile profile = Profile.EMPTY;
    private int number;

    @Test
    void basketIsEmptyUntilSomethingLiesInIt() {
        assertThat(holds(basket().isEmpty())).isTrue();

        happened("Product Added", NOW, Map.of("sku", "TEA-6", "product_id", "7", "name", "Tea set"));

        assertThat(holds(basket().isEmpty())).isFalse();
        for (String named : List.of("TEA-6", "7", "Tea set")) {
            assertThat(holds(basket().contains(named))).isTrue();
        }
        assertThat(holds(basket().contains("CUP-1"))).isFalse();
    }

    @Test
    void totalAndQuantityAreComparedExactly() {
        happened("Product Added", NOW, Map.of("sku", "TEA-6", "price", 33.35, "quantity", 3));

        assertThat(holds(basket().total().atLeast(100.05))).isTrue();
        assertThat(holds(basket().total().atLeast(100.06))).isFalse();
        assertThat(holds(basket().total().below(100.05))).isFalse();
        assertThat(holds(basket().total().exactly(100.05))).isTrue();
        assertThat(holds(basket().quantity().exactly(3))).isTrue();
    }

    @Test
    void ordersCountWithinTheirTime() {
        happened("Order Completed", NOW.minus(Duration.ofDays(30)), Map.of("order_id", "A-1"));
        happened("Order Completed", NOW.minus(Duration.ofDays(29)), Map.of("order_id", "A-2"));

        assertThat(holds(orders().placed().atLeast(2))).isTrue();
        assertThat(holds(orders().placed().within(Duration.ofDays(30)).atLeast(2)))
                .isFalse();
        assertThat(holds(orders().placed().within(Duration.ofDays(30)).atLeast(1)))
                .isTrue();
        assertThat(holds(orders().placed()
                        .within(Duration.ofDays(30).plusNanos(1))
                        .atLeast(2)))
                .isTrue();
        assertThat(holds(orders().placed().within(Duration.ofDays(29)).below(1)))
                .isTrue();
    }

    @Test
    void ordersAreWhereTheyCameLast() {
        happened("Order Completed", NOW.minusSeconds(9), Map.of("order_id", "A-1"));
        happened("Order Ready", NOW.minusSeconds(8), Map.of("order_id", "A-1"));

        assertThat(holds(orders().at(Stage.READY).exactly(1))).isTrue();
        assertThat(holds(orders().pickedUp().below(1))).isTrue();

        happened("Order Picked Up", NOW.minusSeconds(7), Map.of("order_id", "A-1"));

        assertThat(holds(orders().at(Stage.READY).exactly(0))).isTrue();
        assertThat(holds(orders().reached(Stage.READY).atLeast(1))).isTrue();
        assertThat(holds(orders().pickedUp().atLeast(1).and(orders().delivered().below(1))))
                .isTrue();
    }

    @Test
    void groupIsTheOneThatWasNamedLast() {
        profile = new Profile(Map.of("group", Map.of("id", "G-9", "employees", 4L)));

        assertThat(holds(group("employees").atLeast(4))).isTrue();
        assertThat(holds(group("plan").exists())).isFalse();
        profile = Profile.EMPTY;
        assertThat(holds(group("id").exists())).isFalse();
    }

    @Test
    void saysWhetherItLooksAtBasketsAndOrders() {
        var plan = trait("plan").is("gold");

        assertThat(plan.usesCommerce()).isFalse();
        assertThat(plan.and(basket().isEmpty()).usesCommerce()).isTrue();
        assertThat(plan.or(orders().placed().atLeast(1)).negate().usesCommerce())
                .isTrue();
    }

    @Test
    void textsAreCanonical() {
        assertThat(basket().total().atLeast(1000)).hasToString("basket total >= 1000");
        assertThat(basket().contains("TEA-6")).hasToString("basket contains 'TEA-6'");
        assertThat(orders().pickedUp().within(Duration.ofDays(30)).atLeast(1))
                .hasToString("orders picked up within PT720H >= 1");
        assertThat(orders().at(Stage.READY).exactly(0)).hasToString("orders at ready = 0");
    }

    @Test
    void comeBackFromJson() {
        for (Condition condition : List.of(
                basket().isEmpty(),
                basket().total().atLeast(400.5),
                basket().quantity().below(3),
                basket().contains("TEA-6"),
                orders().placed().within(Duration.ofDays(30)).atLeast(1),
                orders().reached(Stage.CANCELLED).below(2),
                orders().at(Stage.READY).exactly(0),
                group("plan").is("gold"))) {
            var back = Condition.parse(condition.toJson());

            assertThat(back).hasToString(condition.toString());
            assertThat(back.usesCommerce()).isEqualTo(condition.usesCommerce());
        }
    }

    @Test
    void saysWhatIsWrongWithJson() {
        assertThatThrownBy(() -> Condition.parse("{\"basket\": \"weight\", \"below\": 3}"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageContaining("expected one of [lines, quantity, total]");
        assertThatThrownBy(() -> Condition.parse("{\"orders\": \"PLACED\", \"atLeast\": 21}"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageContaining("the last 20 are kept, expected at most so many");
        assertThatThrownBy(() -> Condition.parse("{\"orders\": \"PLACED\", \"atLeast\": 1.5}"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageContaining("1.5 orders, expected a whole number");
        assertThatThrownBy(() -> Condition.parse("{\"ordersAt\": \"LOST\", \"exactly\": 1}"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageContaining("LOST");
    }

    @Test
    void refusesWhatCouldNeverBeOrIsNone() {
        assertThatThrownBy(() -> orders().placed().atLeast(21))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("orders placed >= 21: the last 20 are kept, expected at most so many");
        assertThatThrownBy(() -> orders().placed().within(Duration.ZERO))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("orders placed: within PT0S, expected more than none");
        assertThatThrownBy(() -> basket().contains(" "))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("basket contains ' ': expected a sku, product id or name");
    }

    private boolean holds(Condition condition) {
        return condition.test(new Condition.Facts(mai(), Behaviour.NONE, commerce, Map.of(), NOW));
    }

    private Customer mai() {
        return new Customer(CustomerId.of(NOW, "mai"), profile, List.of(), List.of(), List.of());
    }

    private void happened(String name, Instant at, Map<String, Object> properties) {
        var touchpoint = new Touchpoint(
                "t-" + ++number,
                Touchpoint.Call.TRACK,
                name,
                List.of(Identity.userId("mai")),
                at,
                NOW,
                properties,
                "web",
                Origin.LIVE);
        var input = new Input.Told("told", Key.of(touchpoint.identity()), new Observed(touchpoint));
        commerce = new CommerceSlice().apply(commerce, new Context(mai(), new NoParts(), NOW), input, new Effects());
    }

    private static final class NoParts implements Context.Parts {
        @Override
        public <T> T of(Slice<T> slice) {
            throw new UnsupportedOperationException("baskets look at no other slice");
        }
    }
}
