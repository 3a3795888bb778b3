// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.Route.first;
import static dev.throughline.campaign.Way.SHOP;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.TextContent;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import dev.throughline.ring.Question.Lack;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tables of the host's that steps ask. */
class LookupTest {

    private static final Duration LOST = Duration.ofSeconds(95);
    private static final HostTables PRODUCTS = new HostTables(true, false, Set.of(), Duration.ZERO);
    private static final HostTables TRAITS = new HostTables(false, false, Set.of("tier"), Duration.ofHours(1));

    private final Message tea =
            Message.transactional("m", SHOP).on(SMS, new Draft.Text("{{ product.name | default('Tea') }}"));
    private final Campaign campaign = Campaign.named("c").journey(j -> j.startOn(new EventRule("Product Viewed", null))
            .exitOn(new EventRule("Order Completed", null))
            .send(tea, first(SMS)));
    private final Campaign tiers = Campaign.named("tiers").journey(j -> j.startOn(new EventRule("Product Viewed", null))
            .branch(trait("tier").is("gold"), yes -> yes.end("GOLD"), no -> no.delay(Duration.ofHours(1))));

    @Test
    void onlyWhatTheMessageTellsOfAProductIsKept() {
        var way = viewing();
        var found = Product.named("Cup").url("https://shop.example/cup");
        way.looked(way.lookups().get(0).product(found));

        assertThat(way.plan().content()).isEqualTo(new TextContent("Cup"));
        assertThat(way.instances().get(0).answers()).isEqualTo(Map.of("#product", Map.of("name", "Cup")));
    }

    @Test
    void questionThatIsLostWithTheProcessIsAskedOnceMoreAndThenGivenUp() {
        var way = viewing().waiting(LOST);
        assertThat(way.lookups()).hasSize(2);
        way.waiting(LOST);

        assertThat(way.lookups()).hasSize(2);
        assertThat(way.plan().content()).isEqualTo(new TextContent("Tea"));
        assertThat(way.notes()).extracting(JourneyNote::detail).contains("step 0, leg 1: NO_ANSWER");
    }

    @Test
    void answerThatComesTwiceOrAfterTheExitMeansNothing() {
        var way = viewing();
        var answer = way.lookups().get(0).product(null);
        way.looked(answer).looked(answer);
        assertThat(way.plans()).hasSize(1);

        var other = viewing();
        other.does("Order Completed").looked(other.lookups().get(0).product(null));
        assertThat(other.plans()).isEmpty();
    }

    @Test
    void eventThatNamesNoProductAsksNobody() {
        assertThat(Way.asking(PRODUCTS, campaign).does("Product Viewed").lookups())
                .isEmpty();
    }

    @Test
    void traitsAreReadBeforeTheFirstStep() {
        var way = Way.asking(TRAITS, tiers).does("Product Viewed");
        way.looked(way.lookups().get(0).traits(Map.of("tier", "gold"), Set.of("tier")));

        assertThat(way.trait("tier")).isEqualTo("gold");
        assertThat(way.instances()).isEmpty();
    }

    @Test
    void sourceThatFailsIsAskedAgainByTheNextJourneyAndOneThatHasAnsweredIsNot() {
        var second = Campaign.named("second").journey(j -> j.startOn(new EventRule("Go", null))
                .branch(trait("tier").exists(), yes -> {}, no -> {}));
        var way = Way.asking(TRAITS, tiers, second).does("Product Viewed");
        way.looked(way.lookups().get(0).unanswered(Lack.TIMEOUT, "")).does("Go");
        assertThat(way.lookups()).hasSize(2);

        way.looked(way.lookups().get(1).traits(Map.of(), Set.of("tier"))).does("Go");
        assertThat(way.lookups()).hasSize(2);
    }

    @Test
    void noMapIsNoAnswer() {
        var way = viewing();
        var question = way.lookups().get(0);

        assertThat(question.traits(null, Set.of()).failure()).isEqualTo("UNUSABLE");
    }

    private Way viewing() {
        return Way.asking(PRODUCTS, campaign).does("Product Viewed", Map.of("product_id", "TEA-6"));
    }
}
