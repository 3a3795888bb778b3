// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.hours;
import static dev.throughline.Words.userId;
import static dev.throughline.campaign.Pause.HOLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.CampaignStatus;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Explanation;
import dev.throughline.identity.Identity;
import dev.throughline.policy.Policy;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Campaigns that are paused and stopped live, by one of two hosts of a store. */
class CampaignControlTest {

    private static final Identity MAI = userId("mai");
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final Throughline one = host();
    private final Throughline other = host();

    private Throughline host() {
        return Throughline.open(t -> t.store(store)
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .clock(InstantSource.fixed(NOW))
                .campaign(Campaign.named("care").journey(j -> j.startOnCall()
                        .keyedBy("case")
                        .setTrait("cared", true)
                        .delay(hours(1)))));
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void everyHostGoesByIt() {
        one.campaign("care").pause(HOLD, "ann", "we are ill");

        other.start("care", MAI, Map.of("case", "C-1"));

        assertThat(other.campaign("care").status())
                .isEqualTo(new CampaignStatus("care", CampaignStatus.Mode.HELD, 0, "ann", "we are ill", NOW));
        assertThat(changes()).containsExactly("journey not entered (Start care: PAUSED)");
    }

    @Test
    void whoIsInsideIsToldInTheBackground() throws InterruptedException {
        one.start("care", MAI, Map.of("case", "C-1"));

        other.campaign("care").stop("ann", "we have moved");
        for (int i = 0; i < 200 && changes().size() < 2; i++) {
            Thread.sleep(Duration.ofMillis(50).toMillis());
        }

        assertThat(changes()).containsExactlyInAnyOrder("journey started (Start care)", "journey left (STOPPED)");
    }

    @Test
    void refusesACampaignThatIsNotKnown() {
        assertThatThrownBy(() -> one.campaign("car")).hasMessage("campaign 'car': expected one of [care]");
    }

    private List<String> changes() {
        return one.explain(MAI, "care").lines().stream()
                .map(Explanation.Line::english)
                .filter(line -> line.startsWith("journey"))
                .toList();
    }
}
