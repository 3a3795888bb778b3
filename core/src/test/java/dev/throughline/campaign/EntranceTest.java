// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.JourneyNote.Change.ENDED;
import static dev.throughline.campaign.JourneyNote.Change.EXITED;
import static dev.throughline.campaign.JourneyNote.Change.HELD_OUT;
import static dev.throughline.campaign.JourneyNote.Change.REFUSED;
import static dev.throughline.campaign.JourneyNote.Change.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who enters, who does not, and what is noted of it. */
class EntranceTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final EventRule LEFT = new EventRule("Left", null);

    @Test
    void reentryIsCountedFromTheLastEntryAndNotFromTheEnd() {
        var way = Way.through(campaign(j -> j.reenterAfter(DAY).delay(Duration.ofHours(23))))
                .does("Product Added")
                .waiting(DAY.minusNanos(1))
                .does("Product Added")
                .waiting(Duration.ofNanos(1))
                .does("Product Added");

        assertThat(way.changes()).containsExactly(STARTED, ENDED, REFUSED, STARTED);
        assertThat(way.notes().get(2).detail()).isEqualTo("TOO_SOON");
    }

    @Test
    void refusedEntryDoesNotMoveTheNextOne() {
        var way = Way.through(campaign(j -> j.exitOn(LEFT).reenterAfter(DAY).delay(HOUR)))
                .does("Product Added")
                .does("Left")
                .waiting(Duration.ofHours(23))
                .does("Product Added")
                .waiting(HOUR)
                .does("Product Added");

        assertThat(way.changes()).containsExactly(STARTED, EXITED, REFUSED, STARTED);
    }

    @Test
    void entryOutlivesTheInstanceAndTheVersion() {
        var way = Way.through(campaign(j -> j.once().delay(HOUR)))
                .does("Product Added")
                .waiting(Duration.ofDays(400))
                .publishing(campaign(j -> j.once().delay(DAY)))
                .does("Product Added");

        assertThat(way.changes()).containsExactly(STARTED, ENDED, REFUSED);
        assertThat(way.notes().get(2).detail()).isEqualTo("ONCE");
    }

    @Test
    void eventWithoutTheKeyIsRefused() {
        var way = Way.through(campaign(j -> j.keyedBy("order_id").delay(HOUR)));
        var missing = new HashMap<String, Object>();
        missing.put("order_id", null);

        way.does("Product Added").does("Product Added", missing).does("Product Added", Map.of("order_id", ""));

        assertThat(way.instances()).isEmpty();
        assertThat(way.changes()).containsExactly(REFUSED, REFUSED, REFUSED);
        assertThat(way.notes()).extracting(JourneyNote::detail).containsOnly("NO_KEY");
        assertThat(way.notes()).extracting(JourneyNote::instance).doesNotHaveDuplicates();
    }

    @Test
    void customerWhoIsHeldOutIsNotedAndGetsNothing() {
        Way way = outAndIn(10, true);

        way.does("Product Added");

        assertThat(way.changes()).containsExactly(HELD_OUT);
        assertThat(way.instances()).isEmpty();
        assertThat(way.timers()).isEmpty();
    }

    @Test
    void customerWhoIsHeldOutCountsAsEntered() {
        Way way = outAndIn(10, true).does("Product Added").does("Product Added");

        assertThat(way.changes()).containsExactly(HELD_OUT, REFUSED);
    }

    @Test
    void wideningTheHoldoutKeepsEverybodyWhoIsInIt() {
        var narrow = new TreeSet<String>();
        var wide = new TreeSet<String>();
        for (int number = 0; number < 600; number++) {
            var way = Way.nameless(held(10)).as(Identity.userId("c-" + number)).does("Product Added");
            if (way.changes().contains(HELD_OUT)) {
                narrow.add("c-" + number);
            }
            // The same customer after the campaign holds more out, and one who first meets it then.
            way.waiting(DAY).publishing(held(20)).does("Product Added");
            var fresh =
                    Way.nameless(held(20)).as(Identity.userId("c-" + number)).does("Product Added");
            boolean out = way.notes().get(way.notes().size() - 1).change() == HELD_OUT;
            assertThat(out).as("c-%d", number).isEqualTo(fresh.changes().contains(HELD_OUT));
            if (out) {
                wide.add("c-" + number);
            }
        }

        assertThat(wide).containsAll(narrow);
        assertThat(narrow).hasSizeBetween(40, 80);
        assertThat(wide).hasSizeBetween(95, 145);
    }

    @Test
    void refusesLimitsThatAreNone() {
        refused(
                j -> j.reenterAfter(Duration.ZERO),
                "campaign 'c': reenterAfter of PT0S, expected more than none and at most PT876000H");
        refused(
                j -> j.once().reenterAfter(HOUR),
                "campaign 'c': reenterAfter besides another limit of entries, expected one at most");
        refused(j -> j.holdout(100), "campaign 'c': holdout of 100 percent, expected 1 to 99");
    }

    private static void refused(Consumer<JourneyBuilder> steps, String message) {
        assertThatThrownBy(() -> campaign(j -> {
                    steps.accept(j);
                    j.delay(HOUR);
                }))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(message);
    }

    /** Somebody whom a campaign of one entry holds out, or not. */
    private static Way outAndIn(int percent, boolean out) {
        for (int number = 0; ; number++) {
            var name = Identity.userId("c-" + number);
            var campaign = campaign(j -> j.once().holdout(percent).delay(HOUR));
            if (Way.nameless(campaign).as(name).does("Product Added").changes().contains(HELD_OUT) == out) {
                return Way.nameless(campaign).as(name);
            }
        }
    }

    private static Campaign held(int percent) {
        return campaign(j -> j.holdout(percent).delay(HOUR));
    }

    private static Campaign campaign(Consumer<JourneyBuilder> steps) {
        return Campaign.named("c").journey(j -> {
            j.startOn(new EventRule("Product Added", null));
            steps.accept(j);
        });
    }
}
