// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import static dev.throughline.Words.event;
import static dev.throughline.campaign.Pause.HOLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of five customers three wait for a campaign to go on. */
class SweepTest {

    private final MemoryStore store = new MemoryStore();
    private final Rehearsal rehearsal = Rehearsal.of(Campaign.named("care").journey(j -> j.startOn(event("Case Opened"))
                    .waitUntil(event("Case Read"), Duration.ofDays(9), yes -> {}, no -> {})
                    .setTrait("cared", true)))
            .on(store);

    @BeforeEach
    void park() {
        for (String name : List.of("an", "be", "cu", "do", "em")) {
            rehearsal.customer(name, m -> m.does("Case Opened", Map.of()));
        }
        rehearsal.campaign("care").pause(HOLD, "ann", "we are ill");
        for (String name : List.of("an", "cu", "em")) {
            rehearsal.customer(name, m -> m.does("Case Read", Map.of()));
        }
        rehearsal.campaign("care").resume("ann", "we are well");
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void anotherHostGoesOnWhereOneHasDied() {
        assertThat(new Sweep(store, 2).page()).isTrue();
        long first = told();

        assertThat(new Sweep(store, 2).page()).isTrue();
        assertThat(new Sweep(store, 2).page()).isTrue();
        assertThat(new Sweep(store, 2).page()).isFalse();

        assertThat(first).isLessThan(3);
        assertThat(told()).isEqualTo(3);
    }

    @Test
    void changeOfStatusBeginsItAnew() {
        new Sweep(store, 2).page();

        var clock = InstantSource.fixed(rehearsal.clock().instant().plusSeconds(1));
        new CampaignControl("care", store, clock, List.of()).stop("ann", "it is over");

        assertThat(new Sweep(store, 4).page()).isTrue();
        assertThat(new Sweep(store, 4).page()).isTrue();
        assertThat(new Sweep(store, 4).page()).isFalse();
    }

    private long told() {
        return store.backlog().getOrDefault("told", 0L);
    }
}
