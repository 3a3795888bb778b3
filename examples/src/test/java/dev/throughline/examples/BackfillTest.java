// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first half of the year is brought in as history, and the shop runs on the second; {@code -Dthroughline.whole=true} for the whole file. */
class BackfillTest {

    private static final Instant CUT = Instant.parse("2011-06-01T00:00:00Z");
    private static final double VIP_SPEND = 1_000;

    private static List<Order> invoices;
    private static ShopRun.Result run;

    @BeforeAll
    static void runOnce() throws IOException {
        RetailOrders orders = Boolean.getBoolean("throughline.whole")
                ? RetailOrders.read(WholeFile.required())
                : RetailOrders.sample();
        invoices = orders.invoices();
        run = ShopRun.of(ShopRun.Setup.of(orders, new MemoryStore()).historyUntil(CUT))
                .play(done -> {});
    }

    @Test
    void historyStartsNoJourney() {
        Set<String> live = invoices.stream()
                .filter(order -> !order.at().isBefore(CUT) && !order.isCancellation())
                .map(Order::customerId)
                .collect(Collectors.toSet());

        assertThat(run.decisions()).isNotEmpty().allSatisfy(decision -> {
            if (!decision.campaign().equals(ShopCampaigns.BURST_SALE)) {
                assertThat(live).contains(decision.customer());
            }
        });
        assertThat(of(ShopCampaigns.ORDER_NEWS)).isEqualTo(live);
    }

    @Test
    void whoSpentEnoughWithHerHistoryIsAVip() {
        var expected = new TreeSet<String>();
        var fromTheLiveHalfAlone = new TreeSet<String>();
        byCustomer().forEach((customer, orders) -> {
            for (Order order : orders) {
                if (!order.at().isBefore(CUT) && !order.isCancellation()) {
                    if (spend(orders, order, Instant.EPOCH) >= VIP_SPEND) {
                        expected.add(customer);
                    }
                    if (spend(orders, order, CUT) >= VIP_SPEND) {
                        fromTheLiveHalfAlone.add(customer);
                    }
                }
            }
        });

        assertThat(of(ShopCampaigns.VIP)).isEqualTo(expected);
        assertThat(expected).as("history makes a difference").hasSizeGreaterThan(fromTheLiveHalfAlone.size());
    }

    @Test
    void whoHasBoughtBeforeIsNotAskedForASecondPurchase() {
        var newcomers = new TreeSet<String>();
        var bought = new TreeSet<String>();
        byCustomer().forEach((customer, orders) -> {
            var sales = orders.stream().filter(order -> !order.isCancellation()).toList();
            if (!sales.isEmpty() && sales.get(0).at().isBefore(CUT)) {
                bought.add(customer);
            } else if (!sales.isEmpty()) {
                newcomers.add(customer);
            }
        });

        assertThat(bought).isNotEmpty();
        assertThat(of(ShopCampaigns.SECOND_PURCHASE)).isNotEmpty().isSubsetOf(newcomers);
    }

    /** Customers to whom a campaign planned something. */
    private static Set<String> of(String campaign) {
        return run.decisions().stream()
                .filter(decision -> decision.campaign().equals(campaign))
                .map(ShopDecision::customer)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, List<Order>> byCustomer() {
        var byCustomer = new TreeMap<String, List<Order>>();
        invoices.forEach(order -> byCustomer
                .computeIfAbsent(order.customerId(), customer -> new ArrayList<>())
                .add(order));
        return byCustomer;
    }

    /** By days, as sums are kept: those behind the day of ninety days ago. */
    private static double spend(List<Order> orders, Order upTo, Instant from) {
        LocalDate after = upTo.at().atZone(ZoneOffset.UTC).toLocalDate().minusDays(90);
        return orders.stream()
                .filter(order -> !order.at().isAfter(upTo.at()) && !order.at().isBefore(from))
                .filter(order -> order.at().atZone(ZoneOffset.UTC).toLocalDate().isAfter(after))
                .mapToDouble(order -> order.total().doubleValue())
                .sum();
    }
}
