// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.Route.first;
import static dev.throughline.campaign.Way.SHOP;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.channel.TextContent;
import dev.throughline.customer.Observed;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What journeys say of customers. */
class SetTraitTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void traitIsKeptInTheProfile() {
        var way = Way.through(campaign(j -> j.setTrait("stage", "won"))).does("Product Added");

        assertThat(way.trait("stage")).isEqualTo("won");
    }

    @Test
    void stepsBehindKnowItAtOnce() {
        var campaign = campaign(j ->
                j.setTrait("stage", "won").branch(trait("stage").is("won"), yes -> yes.delay(HOUR), no -> no.end()));

        assertThat(Way.through(campaign).does("Product Added").instances())
                .extracting(Instance::path)
                .containsExactly("1.then.0");
    }

    @Test
    void messagesBehindAreFilledInWithIt() {
        var message = Message.transactional("m", SHOP).on(SMS, new Draft.Text("{{ customer.stage }}"));
        var way = Way.through(campaign(j -> j.setTrait("stage", "won").send(message, first(SMS))))
                .does("Product Added");

        assertThat(way.plan().content()).isEqualTo(new TextContent("won"));
    }

    @Test
    void nullRemovesATrait() {
        var way = Way.through(campaign(j -> j.setTrait("stage", null)))
                .trait("stage", "lost")
                .does("Product Added");

        assertThat(way.trait("stage")).isNull();
    }

    @Test
    void itIsToldOnceWithANameOfItsOwn() {
        var way = Way.through(campaign(j -> j.setTrait("stage", "won").setTrait("stage", "lost")))
                .does("Product Added");

        assertThat(way.all(Observed.class))
                .extracting(observed -> observed.touchpoint().id())
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(way.trait("stage")).isEqualTo("lost");
    }

    @Test
    void itStartsNoJourney() {
        var echo = Campaign.named("echo")
                .journey(j -> j.startOn(new EventRule("Trait Set", null)).setTrait("echo", true));
        var way = Way.through(campaign(j -> j.setTrait("stage", "won")), echo).does("Product Added");

        assertThat(way.notes()).extracting(JourneyNote::campaign).containsOnly("c");
        assertThat(way.trait("echo")).isNull();
    }

    @Test
    void itEndsJourneysThatListenToIt() {
        var open = Campaign.named("open").journey(j -> j.startOn(new EventRule("Product Viewed", null))
                .exitOn(new EventRule("Trait Set", trait("stage").is("won")))
                .delay(HOUR));
        var way = Way.through(campaign(j -> j.setTrait("stage", "won")), open)
                .does("Product Viewed")
                .does("Product Added");

        assertThat(way.instances()).isEmpty();
    }

    @Test
    void versionChangesWithNameAndValue() {
        assertThat(Stream.of(
                                campaign(j -> j.setTrait("a", 5)),
                                campaign(j -> j.setTrait("a", "5")),
                                campaign(j -> j.setTrait("b", 5)),
                                campaign(j -> j.setTrait("a", null)))
                        .map(Campaign::version))
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesWhatNobodyCouldRead() {
        refused(
                j -> j.setTrait("email", "mai@example.com"),
                "campaign 'c', setTrait: 'email' is an address, expected identify, which asks whose it is");
        refused(
                j -> j.setTrait("birthday", "soon"),
                "campaign 'c', setTrait: identify of userId, trait 'birthday': 'soon', expected a date such as 1990-12-31, or null to"
                        + " remove it");
        refused(
                j -> j.setTrait("", 1),
                "campaign 'c', setTrait: name '': expected 1 to 100 characters, without line breaks or other control characters");
        assertThatThrownBy(() -> campaign(j -> j.setTrait("x", HOUR))).isInstanceOf(ThroughlineException.class);
    }

    private static void refused(Consumer<JourneyBuilder> steps, String message) {
        assertThatThrownBy(() -> campaign(steps))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(message);
    }

    private static Campaign campaign(Consumer<JourneyBuilder> steps) {
        return Campaign.named("c").journey(j -> {
            j.startOn(new EventRule("Product Added", null));
            steps.accept(j);
        });
    }
}
