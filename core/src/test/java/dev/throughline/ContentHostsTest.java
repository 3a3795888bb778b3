// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.TextContent;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.Changes;
import dev.throughline.store.Definition;
import dev.throughline.store.memory.MemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one host of a store publishes, the others say. */
class ContentHostsTest {

    private static final Identity MAI = userId("mai");
    private static final Message NEWS = Message.transactional(
                    "news", Brand.named("Shop").country("VN").sender(SMS, "SHOP"))
            .on(SMS, text("Tea"))
            .followsContent();
    private static final Message PRICED = NEWS.on(SMS, text("Tea for {{ event.price }}"));

    private final MemoryStore store = new MemoryStore();
    private volatile Instant now = Instant.parse("2026-11-23T03:00:00Z");
    private final RecordingChannel sms = new RecordingChannel(SMS, () -> now);

    @AfterEach
    void close() {
        store.close();
    }

    private static Campaign telling(Message message) {
        return Campaign.named("tell")
                .journey(j -> j.startOnCall().delay(hours(1)).send(message, first(SMS)));
    }

    @Test
    void everyHostSaysIt() throws InterruptedException {
        try (var one = host(telling(NEWS));
                var other = host(telling(NEWS))) {
            other.identify(MAI, Map.of("phone", "+84900000001"));
            other.start("tell", MAI, Map.of());

            one.publish(NEWS.on(SMS, text("Green tea")), "ann", "it is green");

            assertThat(sent()).containsExactly("Green tea");
            assertThat(other.queries().contents().get("news").who()).isEqualTo("ann");
        }
    }

    @Test
    void versionThatCannotFillItInGoesOnWithItsOwn() throws InterruptedException {
        try (var before = host(telling(NEWS));
                var after = host(telling(PRICED))) {
            before.identify(MAI, Map.of("phone", "+84900000001"));
            before.start("tell", MAI, Map.of("price", 5));

            after.publish(PRICED.on(SMS, text("{{ event.price }} for tea")), "ann", "price first");

            assertThat(sent()).containsExactly("Tea");
        }
    }

    @Test
    void hostThatCannotReadItSaysWhatItsCodeSays() throws InterruptedException {
        try (var host = host(telling(NEWS))) {
            host.identify(MAI, Map.of("phone", "+84900000001"));
            host.start("tell", MAI, Map.of());

            publishedByANewerLibrary();

            assertThat(sent()).containsExactly("Tea");
        }
    }

    private void publishedByANewerLibrary() {
        try (var unit = store.begin()) {
            var changes = Changes.none();
            changes.definitions()
                    .add(new Definition(
                            "message", "news", "v9", "{\"format\": 99, \"message\": \"news\"}", now, "ann"));
            changes.settings().put("content/news", now + "\tv9\tann\tnewer");
            changes.settings().put("definitions", "99");
            unit.commit(changes);
        }
    }

    private List<String> sent() throws InterruptedException {
        now = now.plus(hours(1));
        for (int i = 0; i < 200 && sms.recorded().isEmpty(); i++) {
            Thread.sleep(25);
        }
        return sms.recorded().stream()
                .map(one -> ((TextContent) one.message().content()).text())
                .toList();
    }

    private Throughline host(Campaign campaign) {
        return Throughline.open(t -> t.store(store)
                .environment("test")
                .delivery(Delivery.LIVE)
                .channel(sms)
                .policy(Policy.base())
                .clock(() -> now)
                .campaign(campaign));
    }
}
