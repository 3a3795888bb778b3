// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.KillSwitch;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.Exclusion;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An approval that is withdrawn while a message lies in the outbox of a live host. */
@Timeout(60)
class ApprovalHostTest {

    private static final Identity MAI = userId("mai");
    private static final Exclusion EVERYTHING = new Exclusion(Exclusion.By.EVERYTHING, "");
    private static final Message NEWS = Message.transactional(
                    "news", Brand.named("Shop").sender(SMS, "SHOP"))
            .on(SMS, text("Tea"));

    private final RecordingChannel texts = new RecordingChannel(SMS, InstantSource.system());
    private volatile Instant now = Instant.parse("2026-11-23T02:00:00Z");
    private final MemoryStore store = new MemoryStore();
    private final Throughline throughline = Throughline.open(t -> t.store(store)
            .environment("test")
            .delivery(Delivery.LIVE)
            .clock(() -> now)
            .lanes(1)
            .channel(texts)
            .policy(Policy.base())
            .requireApproval()
            .campaign(Campaign.named("tea")
                    .journey(j -> j.startOn(event("Product Viewed")).send(NEWS, first(SMS)))));

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void messageInTheOutboxIsDecidedAgainAndWaitsForAnotherApproval() throws InterruptedException {
        throughline.approve(NEWS, "ann", "read it");
        throughline.stop(EVERYTHING, KillSwitch.Mode.HOLD, "ann", "wait");
        throughline.identify(MAI, Map.of("phone", "+84900000001"));
        throughline.track(MAI, "Product Viewed", Map.of());
        until(() -> waiting() == 1);

        throughline.withdrawApproval(NEWS, "ben", "wrong price");
        throughline.release(EVERYTHING);
        until(() -> waiting() == 0);
        throughline.approve(NEWS, "ann", "the price is right");
        now = now.plus(Duration.ofMinutes(16));
        until(() -> !throughline.queries().decisions(MAI).isEmpty());

        assertThat(texts.recorded()).hasSize(1);
        assertThat(throughline.queries().decisions(MAI)).singleElement().satisfies(decision -> assertThat(
                        decision.findings())
                .extracting(Finding::reason)
                .containsSubsequence("APPROVAL_WITHDRAWN", "SENT"));
        assertThat(throughline.explain(MAI, "tea").toString())
                .contains("the approval was withdrawn before it left: ben: wrong price");
    }

    private long waiting() {
        var backlog = store.backlog();
        return backlog.getOrDefault("outbox", 0L) + backlog.getOrDefault("sending", 0L);
    }

    private static void until(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}
