// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.SMS;

import dev.throughline.Setup;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Role;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Hosts of a shop that thanks for each order, closed when a test ends. */
final class Hosts implements AfterEachCallback {

    private static final Message THANKS = Message.transactional(
                    "thanks", Brand.named("Shop").country("VN").sender(SMS, "SHOP"))
            .on(SMS, text("Thank you"));

    private final List<Throughline> open = new ArrayList<>();

    Throughline host(Store store, Consumer<Setup> channel, Role... roles) {
        var host = Throughline.open(t -> {
            t.store(store)
                    .environment("test")
                    .delivery(Delivery.LIVE)
                    .policy(Policy.base())
                    .roles(roles)
                    .campaign(Campaign.named("thank")
                            .journey(j -> j.startOn(event("Order Completed")).send(THANKS, first(SMS))));
            channel.accept(t);
        });
        open.add(host);
        return host;
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        open.forEach(Throughline::close);
    }
}
