// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.userId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Explanation;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.policy.Policy;
import dev.throughline.store.memory.MemoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Campaigns that the host starts by call. */
class StartTest {

    private static final Identity MAI = userId("mai");

    private final Throughline throughline = Throughline.open(t -> t.store(new MemoryStore())
            .environment("test")
            .delivery(Delivery.RECORD)
            .policy(Policy.base())
            .clock(InstantSource.fixed(Instant.parse("2026-11-23T03:00:00Z")))
            .campaign(Campaign.named("call-back")
                    .journey(j -> j.startOnCall().keyedBy("order").delay(hours(1))))
            .campaign(Campaign.named("other")
                    .journey(j -> j.startOn(event("Product Added")).delay(hours(1)))));

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void callStartsTheJourney() {
        throughline.start("call-back", MAI, Map.of("order", "A-17"));

        assertThat(changes()).containsExactly("journey started (Start call-back)");
    }

    @Test
    void callOfOneIdIsTakenOnce() {
        throughline.start("call-back", MAI, Map.of(), "A-17");
        throughline.start("call-back", MAI, Map.of(), "A-17");

        assertThat(changes()).containsExactly("journey not entered (Start call-back: NO_KEY)");
    }

    @Test
    void refusesACampaignThatIsNotStartedByCall() {
        for (String name : List.of("other", "call back")) {
            assertThatThrownBy(() -> throughline.start(name, MAI, Map.of()))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage(
                            "start of campaign '" + name + "': expected one that is started by call, of [call-back]");
        }
    }

    private List<String> changes() {
        return throughline.explain(MAI, "call-back").lines().stream()
                .map(Explanation.Line::english)
                .filter(line -> line.startsWith("journey"))
                .toList();
    }
}
