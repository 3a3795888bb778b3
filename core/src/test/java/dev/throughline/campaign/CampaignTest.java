// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.Route.first;
import static dev.throughline.campaign.Way.REMINDER;
import static dev.throughline.campaign.Way.SHOP;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.property;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a campaign is made of, and what its author is told when it is not complete. */
class CampaignTest {

    private static final Duration TOO_LONG = Duration.ofDays(36_500).plusSeconds(1);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final EventRule ENTRY = new EventRule("Product Added", null);

    @Test
    void versionIsTheSameForTheSameContent() {
        assertThat(large().version()).isEqualTo(large().version()).matches("[0-9a-f]{32}");
    }

    @Test
    void versionIsTheSameForTheSameContentWithinBranches() {
        assertThat(branching("gold", greeting(), greeting()).version())
                .isEqualTo(branching("gold", greeting(), greeting()).version());
    }

    @Test
    void versionChangesWithEverythingThatIsSaidAndDone() {
        Message other = REMINDER.on(SMS, new Draft.Text("{{ event.product }}!"));

        assertThat(Stream.of(
                                campaign(j -> j.delay(HOUR).send(REMINDER, first(SMS))),
                                campaign(j -> j.delay(HOUR).send(other, first(SMS))),
                                campaign(j -> j.delay(HOUR).send(REMINDER.validFor(HOUR), first(SMS))),
                                campaign(j -> j.delay(HOUR).send(REMINDER.drawsOn("offers"), first(SMS))),
                                campaign(j -> j.delay(HOUR).send(REMINDER, first(EMAIL))),
                                campaign(j -> j.delay(HOUR)
                                        .send(REMINDER, first(EMAIL).thenIfNoResponse(HOUR, SMS))),
                                campaign(j -> j.delay(HOUR)
                                        .send(REMINDER, first(EMAIL).thenIfUndeliverable(SMS))),
                                campaign(j -> j.delay(HOUR.plusSeconds(1)).send(REMINDER, first(SMS))),
                                campaign(j -> j.send(REMINDER, first(SMS)).delay(HOUR)),
                                campaign(j -> j.once().delay(HOUR).send(REMINDER, first(SMS))),
                                campaign(j -> j.keyedBy("order").delay(HOUR).send(REMINDER, first(SMS))),
                                campaign(j -> j.exitOn(ENTRY).delay(HOUR).send(REMINDER, first(SMS))),
                                campaign(j -> j.exitOn(ENTRY.where(trait("gold").is(true)))
                                        .delay(HOUR)
                                        .send(REMINDER, first(SMS))),
                                large(),
                                branching("gold", other, REMINDER),
                                branching("gold", REMINDER, other),
                                branching("silver", REMINDER, REMINDER))
                        .map(Campaign::version))
                .doesNotHaveDuplicates();
    }

    @Test
    void campaignOfAnotherNameIsAnother() {
        var one = Campaign.named("one").journey(j -> j.startOn(ENTRY).delay(HOUR));
        var two = Campaign.named("two").journey(j -> j.startOn(ENTRY).delay(HOUR));

        assertThat(one.version()).isNotEqualTo(two.version());
    }

    @Test
    void namesItsMessagesOnceInTheOrderOfSteps() {
        Message other = Message.transactional("other", SHOP).on(SMS, new Draft.Text("x"));
        var campaign = campaign(
                j -> j.send(other, first(SMS)).send(REMINDER, first(SMS)).send(other, first(SMS)));

        assertThat(campaign.messages()).containsExactly(other, REMINDER);
    }

    @Test
    void namesTheWindowsOfAllItsConditions() {
        var campaign = Campaign.named("windows")
                .journey(j -> j.startOn(ENTRY.where(count("A").atLeast(1)))
                        .exitOn(new EventRule("X", count("B").atLeast(1)))
                        .waitUntil(new EventRule("Y", count("C").atLeast(1)), HOUR, yes -> {}, no -> {})
                        .branch(count("D").atLeast(1).negate(), yes -> {}, no -> {}));

        assertThat(campaign.windows())
                .extracting(window -> window.event())
                .containsExactlyInAnyOrder("A", "B", "C", "D");
    }

    @Test
    void keepsOfAnEventWhatIsFilledInOrLookedAt() {
        Message message = Message.transactional("m", SHOP)
                .on(SMS, new Draft.Text("{{ event.name }} {% for i in event.items %}{{ i.sku }}{% endfor %}"))
                .on(EMAIL, new Draft.Mail("{{ event.order.id }}", "<p>{{ event[\"the total\"] }}</p>", ""));
        var campaign = campaign(j -> j.send(message, first(SMS))
                .branch(property("size").is("L").or(property("colour").exists()), yes -> {}, no -> {}));

        assertThat(campaign.properties().distinct())
                .containsExactlyInAnyOrder("name", "items", "order", "the total", "size", "colour");
    }

    @Test
    void nestedStepsKnowWhatFollowsThem() {
        assertThat(List.of(
                        large().node("0").yes().path(),
                        large().node("0").no().path(),
                        large().node("0.then.0").next().path(),
                        large().node("0.otherwise.0").yes().path(),
                        large().node("0.otherwise.0").no().path()))
                .containsExactly("0.then.0", "0.otherwise.0", "1", "0.otherwise.0.happened.0", "1");
        assertThat(large().node("1").next()).isNull();
    }

    // What authors are told.

    @Test
    void refusesACampaignWithoutAName() {
        String expected = "': expected 1 to 100 characters, without line breaks or other control characters";
        refused(() -> Campaign.named(" "), "campaign name ' " + expected);
        refused(() -> Campaign.named("tea\0"), "campaign name 'tea?" + expected);
        refused(() -> Campaign.named("x".repeat(101)), "campaign name '" + "x".repeat(60) + "…" + expected);
    }

    @Test
    void refusesAJourneyThatNothingStarts() {
        refused(
                () -> Campaign.named("c").journey(j -> j.delay(HOUR)),
                "campaign 'c' has no startOn: expected the event that starts it");
    }

    @Test
    void refusesAJourneyWithoutSteps() {
        refused(() -> campaign(j -> {}), "campaign 'c' has no step: expected one at least");
    }

    @Test
    void refusesASecondStart() {
        refused(
                () -> campaign(j ->
                        j.startOn(new EventRule("Page Viewed", trait("gold").is(true)))),
                "campaign 'c' starts on 'Product Added' already, not also on 'Page Viewed' where trait 'gold' is true");
    }

    @Test
    void refusesWhatBelongsToTheTopWithinABranch() {
        nested(j -> j.startOn(ENTRY), "startOn");
        nested(j -> j.exitOn(ENTRY), "exitOn");
        nested(j -> j.once(), "once");
        nested(j -> j.keyedBy("order"), "keyedBy");
    }

    @Test
    void refusesTimesThatAreNoneOrThatNoInstantEnds() {
        String expected = ", expected more than none and at most PT876000H";
        refused(() -> campaign(j -> j.delay(Duration.ZERO)), "campaign 'c': delay of PT0S" + expected);
        refused(
                () -> campaign(j -> j.waitUntil(ENTRY, HOUR.negated(), yes -> {}, no -> {})),
                "campaign 'c': waitUntil of PT-1H" + expected);
        refused(
                () -> first(EMAIL).thenIfNoResponse(Duration.ZERO, SMS),
                "route over sms: waits PT0S for a response" + expected);
        refused(() -> campaign(j -> j.delay(TOO_LONG)), "campaign 'c': delay of PT876000H1S" + expected);
        refused(
                () -> first(EMAIL).thenIfNoResponse(TOO_LONG, SMS),
                "route over sms: waits PT876000H1S for a response" + expected);
    }

    @Test
    void refusesAMessageOverAChannelThatItHasNoWordingFor() {
        Message text = Message.transactional("otp", SHOP).on(SMS, new Draft.Text("x"));

        refused(
                () -> campaign(j -> j.send(text, first(SMS).thenIfUndeliverable(EMAIL))),
                "campaign 'c' sends message 'otp' over email, for which it has no wording: expected one of [sms]");
    }

    private static void nested(Consumer<JourneyBuilder> step, String word) {
        refused(
                () -> campaign(j -> j.branch(trait("gold").is(true), step, no -> {})),
                "campaign 'c': " + word + " within a branch, expected at the journey's top");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ThroughlineException.class).hasMessage(message);
    }

    private static Campaign large() {
        return branching("gold", REMINDER, REMINDER);
    }

    /** Another object each time. */
    private static Message greeting() {
        return Message.transactional("greeting", SHOP).on(SMS, new Draft.Text("Xin chao"));
    }

    private static Campaign branching(String trait, Message then, Message happened) {
        return campaign(j -> j.branch(
                        trait(trait).is(true),
                        yes -> yes.send(then, first(SMS)),
                        no -> no.waitUntil(ENTRY, HOUR, yes -> yes.send(happened, first(SMS)), never -> {}))
                .send(REMINDER, first(EMAIL).thenIfNoResponse(HOUR, SMS)));
    }

    private static Campaign campaign(Consumer<JourneyBuilder> steps) {
        return Campaign.named("c").journey(j -> {
            j.startOn(ENTRY);
            steps.accept(j);
        });
    }
}
