// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Explanation;
import dev.throughline.identity.Brand;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ids order lines of one instant in a store, and say nothing about what came first. */
class ExplanationOnDatabasesTest {

    private static final Campaign ORDER_NEWS = Campaign.named("order-news")
            .journey(j -> j.startOn(event("Order Shipped"))
                    .send(
                            Message.transactional("order-news", Brand.named("Shop"))
                                    .on(EMAIL, mail("Order", "<p>On its way.</p>"))
                                    .on(SMS, text("On its way")),
                            first(EMAIL).thenIfUndeliverable(SMS)));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void tellsTheSameAsFromMemory(Database database) {
        var explanation = explained(JdbcStore.url(database.fresh(directory)));

        assertThat(explanation.lines())
                .extracting(line -> line.english())
                .containsExactly(
                        "identify",
                        "Order Shipped",
                        "journey started (Order Shipped)",
                        "order-news (email): SKIPPED(NO_ADDRESS)",
                        "order-news (sms): SENT",
                        "journey ended");
        assertThat(explanation).hasToString(explained(new MemoryStore()).toString());
    }

    private static Explanation explained(Store store) {
        try (var rehearsal = Rehearsal.of(ORDER_NEWS).under(Policy.base()).on(store)) {
            return rehearsal
                    .customer("mai", m -> m.phone("+84 90 000 0001").does("Order Shipped", Map.of()))
                    .advance(Duration.ofMinutes(1))
                    .queries()
                    .explain(userId("mai"), "order-news", ZoneId.of("UTC"));
        }
    }
}
