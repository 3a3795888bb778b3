// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.JourneyNote.Change.ENDED;
import static dev.throughline.campaign.JourneyNote.Change.EXITED;
import static dev.throughline.campaign.JourneyNote.Change.REFUSED;
import static dev.throughline.campaign.JourneyNote.Change.RESPONDED;
import static dev.throughline.campaign.JourneyNote.Change.STARTED;
import static dev.throughline.campaign.Route.first;
import static dev.throughline.campaign.Way.REMINDER;
import static dev.throughline.campaign.Way.SHOP;
import static dev.throughline.campaign.Way.START;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.property;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.throughline.channel.MessageId;
import dev.throughline.channel.TextContent;
import dev.throughline.decision.Cancel;
import dev.throughline.decision.Deferred;
import dev.throughline.decision.Plan;
import dev.throughline.decision.Verdict;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import dev.throughline.ring.Input;
import dev.throughline.touchpoint.Origin;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every step of a journey, and what the customer's doings make of it. */
class JourneysSliceTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Verdict UNKNOWN = new Verdict(Verdict.Outcome.UNKNOWN, "NETWORK");

    private final Campaign basket =
            campaign(j -> j.exitOn(event("Order Completed")).delay(HOUR).send(REMINDER, first(SMS)));

    // Entry.

    @Test
    void eventStartsAJourneyThatWaits() {
        var way = Way.through(basket).does("Product Added", Map.of("product", "Tea"));

        assertThat(way.changes()).containsExactly(STARTED);
        assertThat(way.timers()).containsValue(START.plus(HOUR));
        assertThat(way.plans()).isEmpty();
    }

    @Test
    void otherEventsStartNothing() {
        assertThat(Way.through(basket).does("Product Viewed").instances()).isEmpty();
    }

    @Test
    void customerIsInAJourneyOnceAtATime() {
        var way = Way.through(basket).does("Product Added").does("Product Added");

        assertThat(way.instances()).hasSize(1);
        assertThat(way.changes()).containsExactly(STARTED);
    }

    @Test
    void customerEntersAgainAfterTheEnd() {
        var way = Way.through(basket)
                .does("Product Added")
                .does("Order Completed")
                .does("Product Added");

        assertThat(way.changes()).containsExactly(STARTED, EXITED, STARTED);
    }

    @Test
    void customerEntersAOnceCampaignOnceInHerLife() {
        var welcome = campaign(j -> j.once().send(greeting(), first(SMS)));
        var way =
                Way.through(welcome).does("Product Added").settled(Verdict.SENT).does("Product Added");

        assertThat(way.changes()).containsExactly(STARTED, ENDED, REFUSED);
    }

    @Test
    void eachKeyHasItsInstance() {
        var orders = campaign(j -> j.keyedBy("order_id").delay(HOUR).send(greeting(), first(SMS)));
        var way = Way.through(orders)
                .does("Product Added", Map.of("order_id", "A"))
                .does("Product Added", Map.of("order_id", "B"))
                .does("Product Added", Map.of("order_id", "A"));

        assertThat(way.instances()).extracting(Instance::key).containsExactly("A", "B");
        assertThat(way.waiting(HOUR).plans())
                .extracting(Plan::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void touchpointThatIsAnHourLateStartsStill() {
        assertThat(Way.through(basket).did("Product Added", HOUR).instances()).hasSize(1);
    }

    @Test
    void touchpointThatIsMoreThanAnHourLateStartsNothing() {
        assertThat(Way.through(basket).did("Product Added", HOUR.plusNanos(1)).instances())
                .isEmpty();
    }

    @Test
    void historyStartsNothingAndEndsNothing() {
        var way = Way.through(basket).remembers("Product Added");
        assertThat(way.instances()).isEmpty();

        way.does("Product Added").remembers("Order Completed");
        assertThat(way.instances()).hasSize(1);
    }

    @Test
    void entryLooksAtTheCustomerAfterTheEvent() {
        var third = Campaign.named("third").journey(j -> j.startOn(
                        event("Product Added").where(count("Product Added").atLeast(3)))
                .delay(HOUR));
        var way = Way.through(third).does("Product Added").does("Product Added");
        assertThat(way.instances()).isEmpty();

        assertThat(way.does("Product Added").instances()).hasSize(1);
    }

    @Test
    void oneEventStartsManyCampaignsInTheOrderOfTheirNames() {
        var a = Campaign.named("a")
                .journey(j -> j.startOn(event("Product Added")).delay(HOUR));
        var b = Campaign.named("b")
                .journey(j -> j.startOn(event("Product Added")).delay(HOUR));

        assertThat(Way.through(b, a).does("Product Added").instances())
                .extracting(Instance::campaign)
                .containsExactly("a", "b");
    }

    @Test
    void eventEndsOneJourneyAndBeginsTheNext() {
        var thanks = Campaign.named("thanks")
                .journey(j -> j.startOn(event("Order Completed")).delay(HOUR));
        var way = Way.through(basket, thanks).does("Product Added").does("Order Completed");

        assertThat(way.changes()).containsExactly(STARTED, EXITED, STARTED);
        assertThat(way.instances()).extracting(Instance::campaign).containsExactly("thanks");
    }

    // Exit.

    @Test
    void exitCancelsTheTimer() {
        var way = Way.through(basket).does("Product Added").does("Order Completed");

        assertThat(way.timers()).isEmpty();
        assertThat(way.waiting(HOUR).plans()).isEmpty();
    }

    @Test
    void exitCancelsTheMessageThatWaits() {
        var way = bought().waiting(HOUR).does("Order Completed");
        var plan = way.plan();

        assertThat(way.told())
                .containsExactly(new Cancel(plan.id(), "JOURNEY_EXITED", "Order Completed", plan.validUntil()));
    }

    @Test
    void exitWithAConditionLooksAtTheExitingEvent() {
        var large = campaign(
                j -> j.exitOn(event("Order Completed").where(property("total").atLeast(100)))
                        .delay(HOUR));
        var way = Way.through(large).does("Product Added").does("Order Completed", Map.of("total", 99));
        assertThat(way.instances()).hasSize(1);

        assertThat(way.does("Order Completed", Map.of("total", 100)).instances())
                .isEmpty();
    }

    @Test
    void verdictAfterTheExitMeansNothing() {
        var way = bought().waiting(HOUR).does("Order Completed");
        var before = way.state();

        assertThat(way.settled(Verdict.SENT).state()).isSameAs(before);
    }

    @Test
    void confirmAfterTheExitIsAnsweredWithCancel() {
        var way = bought().waiting(HOUR).does("Order Completed");

        way.asked(way.plan().id(), 1);

        assertThat(way.told()).containsExactly(new Cancel(way.plan().id(), "JOURNEY_ENDED", "", way.now()));
    }

    // Steps.

    @Test
    void journeyGoesOnAfterADelayAndEndsAfterItsLastStep() {
        var way = Way.through(campaign(j -> j.delay(HOUR).delay(HOUR))).does("Product Added");

        assertThat(way.waiting(HOUR.multipliedBy(2).minusNanos(1)).changes()).containsExactly(STARTED);
        assertThat(way.waiting(Duration.ofNanos(1)).changes()).containsExactly(STARTED, ENDED);
        assertThat(way.instances()).isEmpty();
        assertThat(way.timers()).isEmpty();
    }

    @Test
    void timerThatFiresEarlyOrTwiceMeansNothing() {
        var way = Way.through(campaign(j -> j.delay(HOUR).delay(HOUR))).does("Product Added");
        var instance = way.instances().get(0);
        var before = way.state();

        way.input(new Input.Due("early", instance.timer(), START.plus(HOUR).minusNanos(1)));
        assertThat(way.state()).isSameAs(before);

        var due = new Input.Due("due", instance.timer(), START.plus(HOUR));
        way.waiting(HOUR).input(due);
        assertThat(way.instances().get(0).path()).isEqualTo("1");
    }

    @Test
    void branchGoesOneOfTwoWaysAndOnAfterIt() {
        var campaign = campaign(j -> j.branch(trait("gold").is(true), yes -> yes.delay(HOUR), no -> no.end())
                .delay(HOUR));

        assertThat(Way.through(campaign).does("Product Added").changes()).containsExactly(STARTED, ENDED);
        assertThat(Way.through(campaign)
                        .trait("gold", true)
                        .does("Product Added")
                        .waiting(HOUR)
                        .instances())
                .extracting(Instance::path)
                .containsExactly("1");
    }

    @Test
    void emptyBranchGoesOnAfterIt() {
        var campaign = campaign(
                j -> j.branch(trait("gold").is(true), yes -> {}, no -> {}).delay(HOUR));

        assertThat(Way.through(campaign).does("Product Added").instances())
                .extracting(Instance::path)
                .containsExactly("1");
    }

    @Test
    void laterBranchRemembersTheStartingEvent() {
        var campaign = campaign(
                j -> j.delay(HOUR).branch(property("total").atLeast(100), yes -> yes.delay(HOUR), no -> no.end()));
        var way = Way.through(campaign)
                .does("Product Added", Map.of("total", 100))
                .waiting(HOUR);

        assertThat(way.instances()).extracting(Instance::path).containsExactly("1.then.0");
    }

    @Test
    void awaitedEventGoesOnAtOnce() {
        var way = Way.through(awaiting()).does("Product Added").does("Checkout Started");

        assertThat(way.instances()).extracting(Instance::path).containsExactly("0.happened.0");
        assertThat(way.timers()).containsValue(START.plus(HOUR));
    }

    @Test
    void awaitedEventThatDoesNotComeTimesOut() {
        var way = Way.through(awaiting()).does("Product Added").waiting(Duration.ofHours(2));

        assertThat(way.instances()).extracting(Instance::path).containsExactly("0.timeout.0");
    }

    @Test
    void awaitedEventAfterItsTimeMeansNothing() {
        var way = Way.through(awaiting())
                .does("Product Added")
                .waiting(Duration.ofHours(2))
                .does("Checkout Started");

        assertThat(way.instances()).extracting(Instance::path).containsExactly("0.timeout.0");
    }

    @Test
    void eventThatStartsAJourneyDoesNotWakeItsFirstStep() {
        var twice = campaign(j -> j.waitUntil(event("Product Added"), HOUR, yes -> yes.delay(HOUR), no -> no.end()));
        var way = Way.through(twice).does("Product Added");
        assertThat(way.instances()).extracting(Instance::path).containsExactly("0");

        assertThat(way.does("Product Added").instances())
                .extracting(Instance::path)
                .containsExactly("0.happened.0");
    }

    // Messages.

    @Test
    void plansAMessageRenderedFromTheStartingEvent() {
        var way = bought().waiting(HOUR);
        var plan = way.plan();

        assertThat(plan.content()).isEqualTo(new TextContent("Tea"));
        assertThat(plan.round()).isZero();
        assertThat(plan.validUntil()).isEqualTo(START.plus(HOUR).plus(Duration.ofHours(24)));
        assertThat(plan.origin().campaign()).isEqualTo("basket");
    }

    @Test
    void idsOfInstanceAndMessageHoldNoCustomerAndNeverChange() {
        var campaign = campaign(j -> j.send(greeting(), first(SMS)));
        var way = Way.through(campaign);
        way.touched(way.touchpoint("tp-1", "Product Added", START, Map.of(), Origin.LIVE));

        var instance = Ids.hash("instance", "basket", "", "tp-1");
        assertThat(way.instances().get(0).id()).isEqualTo(instance);
        assertThat(way.plan().id()).isEqualTo(MessageId.of(instance, "0", 0, 0));
        assertThat(way.plan().id().value()).isEqualTo("f11993d2de1d6530023cc3406b9118f8");
    }

    @Test
    void verdictMovesTheJourneyOn() {
        var way = bought().waiting(HOUR).settled(Verdict.SENT);

        assertThat(way.changes()).containsExactly(STARTED, ENDED);
        assertThat(way.timers()).isEmpty();
    }

    @Test
    void deferredMessageIsPlannedAgainFromWhatIsKnownNow() {
        var campaign = campaign(j -> j.send(named(), first(SMS)));
        var way =
                Way.through(campaign).trait("name", "Mai").does("Product Added").trait("name", "Lan");

        way.asked(way.plan().id(), 1);

        assertThat(way.plans()).extracting(Plan::round).containsExactly(0, 1);
        assertThat(way.plan().content()).isEqualTo(new TextContent("Lan"));
        assertThat(way.plan().validUntil()).isEqualTo(way.plans().get(0).validUntil());
    }

    @Test
    void repeatedConfirmIsAnsweredAgain() {
        var way = bought().waiting(HOUR);
        var id = way.plan().id();

        way.asked(id, 1).asked(id, 1);

        assertThat(way.plans()).extracting(Plan::round).containsExactly(0, 1, 1);
    }

    @Test
    void messageToAnAddressThatSheHasRemovedIsCancelled() {
        var way = Way.through(campaign(j -> j.send(REMINDER, first(SMS))))
                .does("Product Added", Map.of("product", "Tea"));
        var removed = new HashMap<String, Object>();
        removed.put("phone", null);

        way.touched(way.touchpoint("removed", "identify", way.now(), removed, Origin.LIVE))
                .asked(way.plan().id(), 1);

        assertThat(way.told())
                .containsExactly(
                        new Cancel(way.plan().id(), "NO_ADDRESS", "", way.plan().validUntil()));
    }

    @Test
    void messageThatHasNothingToSayAnyMoreIsCancelled() {
        var campaign = campaign(j -> j.send(unless(), first(SMS)));
        var way = Way.through(campaign).does("Product Added").trait("stop", true);

        way.asked(way.plan().id(), 1);

        assertThat(way.told())
                .containsExactly(new Cancel(
                        way.plan().id(), "ABORTED", "stopped", way.plan().validUntil()));
    }

    @Test
    void abortedMessageIsSkippedAndTheJourneyGoesOn() {
        var campaign = campaign(j -> j.send(unless(), first(SMS)).delay(HOUR));
        var way = Way.through(campaign).trait("stop", true).does("Product Added");

        assertThat(way.decisions()).singleElement().satisfies(decision -> assertThat(decision.verdict())
                .isEqualTo(Verdict.skipped("ABORTED")));
        assertThat(way.instances()).extracting(Instance::path).containsExactly("1");
    }

    @Test
    void messageThatCannotBeFilledInFailsAndTheJourneyGoesOn() {
        var way = Way.through(basket).does("Product Added").waiting(HOUR);

        assertThat(way.decisions()).singleElement().satisfies(decision -> assertThat(decision.verdict())
                .isEqualTo(Verdict.failed("RENDER_FAILED")));
        assertThat(way.changes()).containsExactly(STARTED, ENDED);
    }

    @Test
    void customerWithoutAnAddressIsSkipped() {
        var way = Way.nameless(basket)
                .does("Product Added", Map.of("product", "Tea"))
                .waiting(HOUR);

        assertThat(way.decisions()).singleElement().satisfies(decision -> assertThat(decision.verdict())
                .isEqualTo(Verdict.skipped("NO_ADDRESS")));
        assertThat(way.changes()).containsExactly(STARTED, ENDED);
    }

    @Test
    void asksForAVerdictThatDoesNotComeAnHourAfterTheValidityAndThenLessAndLessOften() {
        var way = bought().waiting(HOUR);
        var plan = way.plan();

        way.waiting(Duration.ofHours(25).minusNanos(1));
        assertThat(way.plans()).hasSize(1);

        way.waiting(Duration.ofNanos(1));
        assertThat(way.plans())
                .extracting(Plan::id, Plan::round)
                .containsExactly(tuple(plan.id(), 0), tuple(plan.id(), 0));
        assertThat(way.plan().validUntil()).isEqualTo(plan.validUntil());

        way.waiting(HOUR.multipliedBy(1));
        assertThat(way.plans()).hasSize(3);
        way.waiting(HOUR.multipliedBy(2));
        assertThat(way.plans()).hasSize(4);
        assertThat(way.settled(Verdict.SENT).changes()).containsExactly(STARTED, ENDED);
    }

    @Test
    void reasonOfADeferralIsNoted() {
        var way = bought().waiting(HOUR);
        way.tell(new Deferred(way.plan().id(), START, "OUTSIDE_HOURS"));

        assertThat(way.instances().get(0).pending().note()).isEqualTo("OUTSIDE_HOURS");
    }

    // Routes.

    @Test
    void secondChannelFollowsWhenNobodyResponds() {
        var way =
                routed(first(EMAIL).thenIfNoResponse(Duration.ofHours(4), SMS)).settled(Verdict.SENT);

        way.waiting(Duration.ofHours(4).minusNanos(1));
        assertThat(way.plans()).hasSize(1);

        assertThat(way.waiting(Duration.ofNanos(1)).plan().channel()).isEqualTo(SMS);
        assertThat(way.plans()).extracting(Plan::id).doesNotHaveDuplicates();
    }

    @Test
    void responseEndsTheRoute() {
        var way = routed(first(EMAIL).thenIfNoResponse(Duration.ofHours(4), SMS))
                .settled(Verdict.SENT)
                .does("Product Viewed")
                .waiting(Duration.ofHours(5));

        assertThat(way.plans()).hasSize(1);
        assertThat(way.changes()).containsExactly(STARTED, RESPONDED, ENDED);
    }

    @Test
    void openIsNoResponse() {
        var way = routed(first(EMAIL).thenIfNoResponse(Duration.ofHours(4), SMS))
                .settled(Verdict.SENT)
                .does("Email Opened")
                .waiting(Duration.ofHours(4));

        assertThat(way.plans()).hasSize(2);
    }

    @Test
    void responseIsAwaitedAfterAnUnknownOutcome() {
        var way =
                routed(first(EMAIL).thenIfNoResponse(Duration.ofHours(4), SMS)).settled(UNKNOWN);

        assertThat(way.plans()).hasSize(1);
        assertThat(way.waiting(Duration.ofHours(4)).plans()).hasSize(2);
    }

    @Test
    void legForSilenceIsLeftOutWhenNothingWasSent() {
        var way =
                routed(first(EMAIL).thenIfNoResponse(Duration.ofHours(4), SMS)).settled(Verdict.skipped("NO_CONSENT"));

        assertThat(way.plans()).hasSize(1);
        assertThat(way.changes()).containsExactly(STARTED, ENDED);
    }

    @Test
    void legForUndeliverableIsTakenAtOnce() {
        var way = routed(first(EMAIL).thenIfUndeliverable(SMS)).settled(Verdict.failed("BAD_ADDRESS"));

        assertThat(way.plans()).extracting(Plan::channel).containsExactly(EMAIL, SMS);
    }

    @Test
    void legForUndeliverableIsLeftOutWhenTheFirstMayHaveArrived() {
        assertThat(routed(first(EMAIL).thenIfUndeliverable(SMS))
                        .settled(UNKNOWN)
                        .changes())
                .containsExactly(STARTED, ENDED);
        assertThat(routed(first(EMAIL).thenIfUndeliverable(SMS))
                        .settled(Verdict.SENT)
                        .changes())
                .containsExactly(STARTED, ENDED);
    }

    @Test
    void customerWithoutTheFirstAddressIsReachedByTheSecond() {
        var campaign = campaign(j -> j.send(REMINDER, first(EMAIL).thenIfUndeliverable(SMS)));
        var way = Way.nameless(campaign)
                .owns(new Identity("phone", Way.PHONE.value()))
                .does("Product Added", Map.of("product", "Tea"));

        assertThat(way.plan().channel()).isEqualTo(SMS);
        assertThat(way.plan().origin().leg()).isEqualTo(1);
    }

    @Test
    void eachLegOfALongRouteHasItsOwnCondition() {
        var route = first(EMAIL).thenIfUndeliverable(SMS).thenIfNoResponse(HOUR, SMS);

        assertThat(routed(route)
                        .settled(Verdict.SENT)
                        .waiting(HOUR)
                        .plan()
                        .origin()
                        .leg())
                .isEqualTo(2);
        assertThat(routed(route)
                        .settled(Verdict.failed("X"))
                        .settled(Verdict.SENT)
                        .waiting(HOUR)
                        .plan()
                        .origin()
                        .leg())
                .isEqualTo(2);
    }

    @Test
    void verdictOfAnEarlierLegMeansNothing() {
        var way = routed(first(EMAIL).thenIfUndeliverable(SMS)).settled(Verdict.failed("BAD_ADDRESS"));
        var before = way.state();

        way.settled(way.plans().get(0).id(), Verdict.failed("BAD_ADDRESS"));

        assertThat(way.state()).isSameAs(before);
    }

    @Test
    void correctionAfterTheJourneyHasGoneOnMeansNothing() {
        var way = routed(first(EMAIL).thenIfNoResponse(HOUR, SMS)).settled(UNKNOWN);
        var before = way.state();

        way.settled(way.plans().get(0).id(), Verdict.SENT);

        assertThat(way.state()).isSameAs(before);
    }

    @Test
    void whatHappenedBeforeTheSendingIsNoResponseToIt() {
        var way = routed(first(EMAIL).thenIfNoResponse(Duration.ofHours(4), SMS))
                .waiting(HOUR)
                .settled(Verdict.SENT)
                .did("Page Viewed", Duration.ofMinutes(30))
                .waiting(Duration.ofHours(4));

        assertThat(way.plans()).hasSize(2);
    }

    private Way bought() {
        return Way.through(basket).does("Product Added", Map.of("product", "Tea"));
    }

    private static Way routed(Route route) {
        return Way.through(campaign(j -> j.send(REMINDER, route))).does("Product Added", Map.of("product", "Tea"));
    }

    private static Campaign awaiting() {
        return campaign(j -> j.waitUntil(
                event("Checkout Started"), Duration.ofHours(2), yes -> yes.delay(HOUR), no -> no.delay(HOUR)));
    }

    private static Message greeting() {
        return Message.transactional("greeting", SHOP).on(SMS, new Draft.Text("Xin chao"));
    }

    private static Message named() {
        return Message.transactional("named", SHOP).on(SMS, new Draft.Text("{{ customer.name }}"));
    }

    private static Message unless() {
        return Message.transactional("unless", SHOP)
                .on(SMS, new Draft.Text("{% if customer.stop is defined %}{% abort \"stopped\" %}{% endif %}Xin chao"));
    }

    private static EventRule event(String name) {
        return new EventRule(name, null);
    }

    private static Campaign campaign(Consumer<JourneyBuilder> steps) {
        return Campaign.named("basket").journey(j -> {
            j.startOn(event("Product Added"));
            steps.accept(j);
        });
    }
}
