// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.JourneyNote.Change.EXITED;
import static dev.throughline.campaign.JourneyNote.Change.REACHED;
import static dev.throughline.campaign.JourneyNote.Change.STARTED;
import static dev.throughline.campaign.Route.first;
import static dev.throughline.campaign.Way.REMINDER;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.decision.Cancel;
import dev.throughline.decision.Verdict;
import dev.throughline.identity.ThroughlineException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a journey is for, and what ends it. */
class GoalTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final EventRule ORDER = new EventRule("Order Completed", null);
    private static final EventRule LARGE = ORDER.where(property("total").atLeast(100));

    @Test
    void goalIsNotedAndTheJourneyGoesOn() {
        var way = Way.through(campaign(j -> j.goal(ORDER).delay(HOUR)))
                .does("Product Added")
                .does("Order Completed");

        assertThat(way.changes()).containsExactly(STARTED, REACHED);
        assertThat(way.instances()).hasSize(1);
        assertThat(way.notes().get(1))
                .extracting(JourneyNote::because, JourneyNote::detail)
                .containsExactly("Order Completed", "'Order Completed'");
    }

    @Test
    void goalIsNotedOnceForAnInstance() {
        var way = Way.through(campaign(j -> j.goal(ORDER).delay(HOUR)))
                .does("Product Added")
                .does("Order Completed")
                .does("Order Completed");
        assertThat(way.changes()).containsExactly(STARTED, REACHED);

        way.waiting(HOUR).does("Product Added").does("Order Completed");
        assertThat(way.changes()).filteredOn(REACHED::equals).hasSize(2);
    }

    @Test
    void goalBeforeTheEntryOrAfterTheEndIsNotReached() {
        var way = Way.through(campaign(j -> j.goal(ORDER).delay(HOUR)))
                .does("Order Completed")
                .does("Product Added")
                .waiting(HOUR)
                .does("Order Completed");

        assertThat(way.changes()).doesNotContain(REACHED);
    }

    @Test
    void eachGoalIsReachedByItself() {
        var way = Way.through(campaign(j -> j.goal(ORDER).goal(LARGE).delay(HOUR)))
                .does("Product Added")
                .does("Order Completed", Map.of("total", 99))
                .does("Order Completed", Map.of("total", 100));

        assertThat(way.changes()).containsExactly(STARTED, REACHED, REACHED);
        assertThat(way.notes()).extracting(note -> note.id(Instant.EPOCH)).doesNotHaveDuplicates();
    }

    @Test
    void goalThatIsAnExitTooIsReachedBeforeTheExit() {
        var way = Way.through(campaign(j -> j.goal(ORDER).exitOn(ORDER).delay(HOUR)))
                .does("Product Added")
                .does("Order Completed");

        assertThat(way.changes()).containsExactly(STARTED, REACHED, EXITED);
    }

    @Test
    void refusesAGoalTwice() {
        assertThatThrownBy(() -> campaign(j -> j.goal(ORDER).goal(ORDER).delay(HOUR)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "campaign 'basket': goal 'Order Completed' after 1 others, expected each once and at most 31");
    }

    // Exits are immediate in whatever she waits for.

    @Test
    void exitsDuringADelay() {
        exits(Way.through(exiting(j -> j.delay(Duration.ofDays(30)))).does("Product Added"));
    }

    @Test
    void exitsWhileAnEventIsAwaited() {
        exits(Way.through(exiting(j -> j.waitUntil(new EventRule("X", null), HOUR, yes -> {}, no -> {})))
                .does("Product Added"));
    }

    @Test
    void exitsWhileAResponseIsAwaited() {
        exits(Way.through(exiting(j -> j.send(REMINDER, first(EMAIL).thenIfNoResponse(HOUR, SMS))))
                .does("Product Added", Map.of("product", "Tea"))
                .settled(Verdict.SENT));
    }

    @Test
    void exitsWhileAMessageWaitsAndCancelsIt() {
        var way =
                Way.through(exiting(j -> j.send(REMINDER, first(SMS)))).does("Product Added", Map.of("product", "Tea"));

        exits(way);

        assertThat(way.told()).hasAtLeastOneElementOfType(Cancel.class);
    }

    private static void exits(Way way) {
        assertThat(way.instances()).hasSize(1);

        way.does("Order Completed");

        assertThat(way.instances()).isEmpty();
        assertThat(way.timers()).isEmpty();
        assertThat(way.changes()).containsExactly(STARTED, EXITED);
    }

    private static Campaign exiting(Consumer<JourneyBuilder> steps) {
        return campaign(j -> steps.accept(j.exitOn(ORDER)));
    }

    private static Campaign campaign(Consumer<JourneyBuilder> steps) {
        return Campaign.named("basket").journey(j -> {
            j.startOn(new EventRule("Product Added", null));
            steps.accept(j);
        });
    }
}
