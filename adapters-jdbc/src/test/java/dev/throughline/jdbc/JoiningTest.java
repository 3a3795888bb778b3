// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the host records in one transaction. */
@Timeout(60)
class JoiningTest {

    private static final int CUSTOMERS = 30;
    private static final Message THANKS = Message.transactional(
                    "thanks", Brand.named("Shop").country("VN").sender(SMS, "SHOP"))
            .on(SMS, text("Thank you"));

    @TempDir
    Path folder;

    @Test
    void isAppliedInItsOrder() throws SQLException {
        var store = JdbcStore.sqlite(folder.resolve("shop.db"));
        var sms = new RecordingChannel(SMS, InstantSource.system());
        try (var host = Throughline.open(t -> t.store(store)
                .environment("test")
                .delivery(Delivery.LIVE)
                .channel(sms)
                .policy(Policy.base())
                .campaign(Campaign.named("thank")
                        .journey(j -> j.startOn(event("Order Completed")).send(THANKS, first(SMS)))))) {
            try (var connection = store.connection()) {
                connection.setAutoCommit(false);
                for (int number = 0; number < CUSTOMERS; number++) {
                    var calls = host.joining(connection);
                    calls.identify(userId("u" + number), Map.of("phone", "+8490000" + (1000 + number)));
                    calls.track(userId("u" + number), "Order Completed", Map.of());
                }
                connection.commit();
            }

            for (int number = 0; number < CUSTOMERS; number++) {
                var who = userId("u" + number);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> !host.queries().decisions(who).isEmpty());
                assertThat(host.queries().decisions(who))
                        .as("an address that was told before the order is known when it is stepped")
                        .extracting(decision -> decision.verdict().outcome())
                        .containsExactly(Verdict.Outcome.SENT);
            }
        }
    }
}
