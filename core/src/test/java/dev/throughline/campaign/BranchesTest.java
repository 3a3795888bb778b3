// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.JourneyNote.Change.ENDED;
import static dev.throughline.campaign.JourneyNote.Change.EXITED;
import static dev.throughline.campaign.JourneyNote.Change.STARTED;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.property;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Ranked branches. */
class BranchesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Campaign ranked = campaign(b -> b.when(property("total").atLeast(100), large -> large.delay(HOUR))
            .when(property("total").atLeast(10), middle -> middle.delay(HOUR))
            .otherwise(small -> small.end("TOO_SMALL")));

    @Test
    void firstConditionThatHoldsDecides() {
        assertThat(path(ranked, 100)).isEqualTo("0.option0.0");
        assertThat(path(ranked, 10)).isEqualTo("0.option1.0");
    }

    @Test
    void noConditionThatHoldsIsOtherwise() {
        var way = Way.through(ranked).does("Product Added", Map.of("total", 9));

        assertThat(way.changes()).containsExactly(STARTED, ENDED);
        assertThat(way.notes().get(1).detail()).isEqualTo("TOO_SMALL");
    }

    @Test
    void noConditionThatHoldsAndNoOtherwiseEndsTheJourneyWithAReason() {
        var campaign = campaign(b -> b.when(trait("gold").is(true), gold -> gold.delay(HOUR)));
        var way = Way.through(campaign).does("Product Added");

        assertThat(way.changes()).containsExactly(STARTED, EXITED);
        assertThat(way.notes().get(1).detail()).isEqualTo("NO_BRANCH");
        assertThat(way.instances()).isEmpty();
    }

    @Test
    void wayThatIsGoneLeadsOnBehindTheBranch() {
        var way =
                Way.through(ranked).does("Product Added", Map.of("total", 100)).waiting(HOUR);

        assertThat(way.instances()).extracting(Instance::path).containsExactly("1");
    }

    @Test
    void keepsWhatItsConditionsLookAt() {
        var campaign =
                campaign(b -> b.when(count("A").atLeast(1).and(property("size").is("L")), a -> {}));

        assertThat(campaign.windows()).extracting(window -> window.event()).containsExactly("A");
        assertThat(campaign.properties()).containsExactly("size");
    }

    @Test
    void versionChangesWithEveryConditionAndWithOtherwise() {
        var bare = campaign(b -> b.when(trait("gold").is(true), gold -> {}));
        var closed = campaign(b -> b.when(trait("gold").is(true), gold -> {}).otherwise(none -> {}));
        var other = campaign(b -> b.when(trait("gold").is(false), gold -> {}));

        assertThat(bare.version()).isNotEqualTo(closed.version()).isNotEqualTo(other.version());
        assertThat(bare.version())
                .isEqualTo(campaign(b -> b.when(trait("gold").is(true), gold -> {}))
                        .version());
    }

    @Test
    void refusesWhatIsNoChoice() {
        refused(b -> {}, "campaign 'c': branch of no condition, expected one at least");
        refused(
                b -> b.otherwise(one -> {}).otherwise(two -> {}),
                "campaign 'c' says otherwise twice, expected it once");
    }

    private static void refused(Consumer<Branches> ways, String message) {
        assertThatThrownBy(() -> campaign(ways))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(message);
    }

    private static String path(Campaign campaign, int total) {
        return Way.through(campaign)
                .does("Product Added", Map.of("total", total))
                .instances()
                .get(0)
                .path();
    }

    private static Campaign campaign(Consumer<Branches> ways) {
        return Campaign.named("c").journey(j -> j.startOn(new EventRule("Product Added", null))
                .branch(ways)
                .delay(HOUR));
    }
}
