// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.*;
import static dev.throughline.identity.Channel.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.PersonRequest.Kind;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Pepper;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds docs/rights.md to what runs. */
class RightsGuideTest {

    private static final Guide GUIDE = new Guide("rights.md");

    private final MemoryStore store = new MemoryStore();
    private final RecordingChannel sms = new RecordingChannel(SMS, InstantSource.system());
    private final Campaign news = Campaign.named("news").journey(j -> j.startOn(event("Asked For News"))
            .send(
                    Message.marketing("news", Brand.named("Shop").country("VN").sender(SMS, "SHOP"))
                            .on(SMS, text("News")),
                    first(SMS)));
    private final byte[] secretOf2025 = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private final byte[] secretOf2026 = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.UTF_8);

    @Test
    void showsWhatStandsHere() throws IOException {
        GUIDE.isCutFrom(4, RightsGuideTest.class);
    }

    @Test
    void erases() {
        // spotless:off
        var throughline = Throughline.open(t -> t.store(store).environment("production").delivery(Delivery.LIVE)
                .policy(Policy.base()).channel(sms).campaign(news)
                .pepper(Pepper.of(2, secretOf2026).and(1, secretOf2025)));   // from where you keep your secrets, on every host
        // spotless:on
        try (throughline) {
            throughline.identify(userId("KH-88123"), Map.of("email", "mai@example.com"));
            var friday = Instant.now();
            // spotless:off
            var request = throughline.rights().received(userId("KH-88123"), Kind.WITHDRAWAL, friday, "ann@shop.example", "email of 5 February");
            throughline.rights().acknowledged(request.id(), "ann@shop.example");   // she was told that it has come
            throughline.rights().open();                                           // what is due first comes first
            throughline.rights().done(request.id(), "ann@shop.example", "all systems told");
            // spotless:on
            assertThat(throughline.rights().open()).isEmpty();
            var json = new StringBuilder();
            var page = new StringBuilder();
            // spotless:off
            var report = throughline.rights().access(userId("KH-88123"), "ann@shop.example", "request 17");
            report.json(json);                              // for other systems
            report.html(page, Locale.forLanguageTag("vi")); // for her, or in English
            // spotless:on
            assertThat(json).contains("mai@example.com");
            assertThat(page).contains("mai@example.com");
            // spotless:off
            throughline.rights().erase(userId("KH-88123"), "ann@shop.example", "request 17");
            // spotless:on
            assertThat(throughline.queries().customer(userId("KH-88123"))).isEmpty();
        }
    }
}
