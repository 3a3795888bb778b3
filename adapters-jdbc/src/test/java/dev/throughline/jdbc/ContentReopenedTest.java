// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.TextContent;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was published outlives the process. */
class ContentReopenedTest {

    private static final Message NEWS = Message.transactional(
                    "news", Brand.named("Shop").country("VN").sender(SMS, "SHOP"))
            .on(SMS, text("Tea"))
            .followsContent();

    private final RecordingChannel sms = new RecordingChannel(SMS, InstantSource.system());

    @TempDir
    Path folder;

    @Test
    void saysWhatWasPublishedBeforeItWasOpened() {
        try (var before = open()) {
            before.publish(NEWS.on(SMS, text("Green tea")), "ann", "it is green");
        }
        try (var after = open()) {
            after.identify(userId("mai"), Map.of("phone", "+84900000001"));
            after.start("tell", userId("mai"), Map.of());

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !sms.recorded()
                    .isEmpty());
            assertThat(sms.recorded().get(0).message().content()).isEqualTo(new TextContent("Green tea"));
        }
    }

    private Throughline open() {
        return Throughline.open(t -> t.store(JdbcStore.sqlite(folder.resolve("shop.db")))
                .environment("test")
                .delivery(Delivery.LIVE)
                .channel(sms)
                .policy(Policy.base())
                .campaign(Campaign.named("tell").journey(j -> j.startOnCall().send(NEWS, first(SMS)))));
    }
}
