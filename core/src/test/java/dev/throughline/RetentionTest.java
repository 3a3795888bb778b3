// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.consent.Grant;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Retention;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Touchpoint;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host that does not keep everything. */
@Timeout(60)
class RetentionTest {

    private static final Identity MAI = userId("mai");

    private static final Instant THEN = Instant.parse("2026-11-23T02:00:00Z");

    private final Store store = kept(new MemoryStore());

    /** By a host that comes years later, because one whose clock is set forward removes nothing for an hour. */
    @Test
    void forgetsInTheBackgroundWhatIsOldAndGoesOn() throws InterruptedException {
        try (var throughline = open(THEN)) {
            throughline.identify(MAI, Map.of("phone", "+84900000001"));
            throughline.consent(MAI).record(Grant.of(ADVERTISING).on(SMS));
            throughline.track(MAI, "Order Completed", Map.of());
            while (throughline.queries().decisions(MAI).isEmpty()) {
                Thread.sleep(5);
            }
        }

        try (var throughline = open(THEN.plus(Duration.ofDays(3 * 365)))) {
            while (throughline.queries().timeline(MAI).size() > 1
                    || !throughline.queries().decisions(MAI).isEmpty()) {
                Thread.sleep(20);
            }

            assertThat(throughline.queries().timeline(MAI))
                    .extracting(Touchpoint::call)
                    .containsExactly(Touchpoint.Call.CONSENT);
            assertThat(throughline.queries().consents(MAI).values())
                    .singleElement()
                    .satisfies(lines -> assertThat(lines).hasSize(1));
            throughline.track(MAI, "Order Completed", Map.of());
            while (throughline.queries().decisions(MAI).isEmpty()) {
                Thread.sleep(5);
            }
        }
    }

    /** Outlives the hosts that close it. */
    private static Store kept(Store store) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : method.invoke(store, arguments));
    }

    private Throughline open(Instant now) {
        var thanks = Message.transactional("thanks", Brand.named("Shop").sender(SMS, "SHOP"))
                .on(SMS, text("Thank you"));
        return Throughline.open(t -> t.store(store)
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .clock(() -> now)
                .channel(new RecordingChannel(SMS, () -> now))
                .retention(Retention.everything().timeline(Period.ofYears(2)).decisions(Period.ofYears(1)))
                .campaign(Campaign.named("thanks")
                        .journey(j -> j.startOn(event("Order Completed")).send(thanks, first(SMS)))));
    }
}
