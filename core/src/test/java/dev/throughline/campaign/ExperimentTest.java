// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.JourneyNote.Change.ASSIGNED;
import static dev.throughline.campaign.JourneyNote.Change.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.identity.ThroughlineException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Variants are drawn by hash, once, and kept. */
class ExperimentTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void variantIsNotedAndGone() {
        var way = Way.through(half("c")).does("Product Added");

        String variant = variant(way);
        assertThat(way.changes()).containsExactly(STARTED, ASSIGNED);
        assertThat(way.instances())
                .extracting(Instance::path)
                .containsExactly(variant.equals("a") ? "0.variant0.0" : "0.variant1.0");
    }

    @Test
    void variantsGetTheirShares() {
        Map<String, Long> found = IntStream.range(0, 1_000)
                .mapToObj(number -> variant(entered(weighted(20, 30, 50), "c-" + number)))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));

        assertThat(found.get("a")).isBetween(160L, 240L);
        assertThat(found.get("b")).isBetween(255L, 345L);
        assertThat(found.get("c")).isBetween(450L, 550L);
    }

    @Test
    void widenedVariantKeepsWhomItHasAndTakesFromItsNeighbourOnly() {
        for (int number = 0; number < 500; number++) {
            var way = entered(weighted(10, 40, 50), "c-" + number);
            String before = variant(way);

            way.waiting(HOUR).publishing(weighted(20, 30, 50)).does("Product Added");

            String after = variant(way);
            if (before.equals("b")) {
                assertThat(after).as("c-%d", number).isIn("a", "b");
            } else {
                assertThat(after).as("c-%d", number).isEqualTo(before);
            }
        }
    }

    @Test
    void drawIsOfTheSmallestNameAtFirstExposureAndOutlivesItAndTheInstance() {
        var anonymous = Identity.anonymousId("a-1");
        var way = Way.nameless(half("c")).as(anonymous).does("Product Added");
        double drawn = Ids.point("draw", "experiment/subject", anonymous);
        assertThat(variant(way)).isEqualTo(drawn < 0.5 ? "a" : "b");

        // A login that is the smaller name, and would have drawn the other variant.
        var login = IntStream.range(0, 100)
                .mapToObj(number -> Identity.userId("u-" + number))
                .filter(name -> Ids.point("draw", "experiment/subject", name) < 0.5 != drawn < 0.5)
                .findFirst()
                .orElseThrow();
        assertThat(login).isLessThan(anonymous);
        way.waiting(HOUR).as(login).does("Product Added");
        assertThat(variant(way)).isEqualTo(drawn < 0.5 ? "a" : "b");
    }

    @Test
    void experimentsOfOneNameShareTheDrawInAllCampaigns() {
        for (int number = 0; number < 20; number++) {
            var one = Way.nameless(half("c"), half("d"))
                    .as(Identity.userId("u-" + number))
                    .does("Product Added");
            assertThat(one.notes())
                    .filteredOn(note -> note.change() == ASSIGNED)
                    .extracting(JourneyNote::detail)
                    .hasSize(2)
                    .containsOnly("subject: " + variant(one));
        }
    }

    @Test
    void versionChangesWithNamesAndShares() {
        assertThat(weighted(20, 30, 50).version())
                .isEqualTo(weighted(20, 30, 50).version())
                .isNotEqualTo(weighted(30, 20, 50).version());
        assertThat(half("c").version())
                .isNotEqualTo(campaign(
                                "c",
                                j -> j.experiment("other", v -> v.variant("a", 50, a -> a.delay(HOUR))
                                        .variant("b", 50, b -> b.delay(HOUR))))
                        .version());
    }

    @Test
    void refusesSharesThatAreNotAWhole() {
        refused(
                v -> v.variant("a", 50, a -> {}).variant("b", 49, b -> {}),
                "campaign 'c', experiment 'x': variants of 99 percent together, expected 100");
        refused(
                v -> v.variant("a", 50, a -> {}).variant("a", 50, b -> {}),
                "campaign 'c', experiment 'x': variant 'a' of 50 percent, expected a name of its own of 1 to 100 characters, and 1"
                        + " to 99 percent");
        refused(
                v -> v.variant("a", 100, a -> {}),
                "campaign 'c', experiment 'x': variant 'a' of 100 percent, expected a name of its own of 1 to 100 characters, and 1"
                        + " to 99 percent");
    }

    private static void refused(Consumer<Variants> variants, String message) {
        assertThatThrownBy(() -> campaign("c", j -> j.experiment("x", variants)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(message);
    }

    private static Way entered(Campaign campaign, String name) {
        return Way.nameless(campaign).as(Identity.userId(name)).does("Product Added");
    }

    /** The variant that was noted last. */
    private static String variant(Way way) {
        return way.notes().stream()
                .filter(note -> note.change() == ASSIGNED)
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .detail()
                .substring("subject: ".length());
    }

    private static Campaign half(String name) {
        return campaign(
                name,
                j -> j.experiment(
                        "subject", v -> v.variant("a", 50, a -> a.delay(HOUR)).variant("b", 50, b -> b.delay(HOUR))));
    }

    private static Campaign weighted(int a, int b, int c) {
        return campaign(
                "c",
                j -> j.experiment("subject", v -> v.variant("a", a, one -> one.delay(HOUR))
                        .variant("b", b, two -> two.delay(HOUR))
                        .variant("c", c, three -> three.delay(HOUR))));
    }

    private static Campaign campaign(String name, Consumer<JourneyBuilder> steps) {
        return Campaign.named(name).journey(j -> {
            j.startOn(new EventRule("Product Added", null));
            steps.accept(j);
        });
    }
}
