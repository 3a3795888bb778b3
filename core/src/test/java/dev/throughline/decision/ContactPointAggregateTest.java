// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.decision.Scene.START;
import static dev.throughline.decision.Scene.advert;
import static dev.throughline.decision.Scene.code;
import static dev.throughline.decision.Scene.news;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Scope;
import dev.throughline.consent.Withdrawal;
import dev.throughline.customer.Linked;
import dev.throughline.decision.Open.Phase;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Money;
import dev.throughline.policy.CheckResult;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.pool.Hold;
import dev.throughline.pool.HoldAnswer;
import dev.throughline.pool.Settle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a plan to the outbox, and what stops a message on the way. */
class ContactPointAggregateTest {

    private final Plan advert = advert("tea");
    private final Plan news = news("order");

    @Test
    void asksTheListBeforeAnAdvertisement() {
        var scene = Scene.agreed().tell(advert);

        assertThat(scene.open(advert).phase()).isEqualTo(Phase.ASKING);
        assertThat(scene.asked()).singleElement().satisfies(question -> {
            assertThat(question.registries()).containsExactly("vn-dnc");
            assertThat(question.round()).isZero();
        });
        assertThat(scene.rows()).isEmpty();
    }

    @Test
    void enqueuesWhatPassesTheChecks() {
        var scene = Scene.agreed().enqueued(advert);

        assertThat(scene.rows()).singleElement().satisfies(row -> {
            assertThat(row.message().id()).isEqualTo(advert.id());
            assertThat(row.message().attempt()).isEqualTo(1);
            assertThat(row.message().content().toString()).contains("[QC] Xin chao");
            assertThat(row.sendBefore()).isEqualTo(START.plus(Duration.ofMinutes(10)));
            assertThat(row.campaign()).isEqualTo("campaign");
        });
        assertThat(scene.verdicts()).isEmpty();
    }

    @Test
    void sendsNewsOfAnOrderWithoutAskingAnybody() {
        assertThat(Scene.empty().tell(news).rows()).hasSize(1);
    }

    @Test
    void skipsAnAdvertisementThatNobodyAgreedTo() {
        var scene = Scene.empty().enqueued(advert);

        assertThat(scene.verdicts()).containsExactly(Verdict.skipped("NO_CONSENT"));
        assertThat(scene.told(Settled.class))
                .containsExactly(new Settled(advert.id(), scene.verdicts().get(0), START));
    }

    @Test
    void skipsAnAdvertisementToAListedNumber() {
        var scene = Scene.agreed().tell(advert).listed(true);

        assertThat(scene.verdicts()).containsExactly(Verdict.skipped("REGISTERED_DO_NOT_CALL"));
    }

    @Test
    void skipsAMessageThatComesAfterItsValidity() {
        var scene = Scene.agreed().after(Duration.ofHours(24)).tell(advert);

        assertThat(scene.verdicts()).containsExactly(Verdict.skipped("EXPIRED"));
    }

    @Test
    void decidesAMessageThatComesJustWithinItsValidity() {
        var scene = Scene.agreed().after(Duration.ofHours(24).minusSeconds(1)).tell(advert);

        assertThat(scene.open(advert).phase()).isEqualTo(Phase.ASKING);
    }

    @Test
    void repeatedPlanOfAMessageOnItsWayChangesNothing() {
        var scene = Scene.agreed().enqueued(advert);
        var before = scene.state();

        scene.tell(advert);

        assertThat(scene.state()).isSameAs(before);
        assertThat(scene.effects()).isEmpty();
    }

    @Test
    void repeatedPlanOfASettledMessageIsAnsweredWithItsVerdictAgain() {
        var scene = Scene.agreed()
                .enqueued(advert)
                .accepted(advert)
                .after(Duration.ofHours(1))
                .tell(advert);

        assertThat(scene.told(Settled.class)).containsExactly(new Settled(advert.id(), Verdict.SENT, START));
        assertThat(scene.verdicts()).containsExactly(Verdict.SENT);
    }

    @Test
    void laterRoundOfAnUnknownMessageMeansNothing() {
        var scene = Scene.agreed().tell(advert.again());

        assertThat(scene.effects()).isEmpty();
        assertThat(scene.point().open()).isEmpty();
    }

    @Test
    void repeatedAnswerOfTheListMeansNothing() {
        var scene = Scene.agreed().tell(advert);
        var answer = scene.asked().get(0).answered(Map.of("vn-dnc", CheckResult.clear(START)));
        scene.answer(answer);
        var before = scene.state();

        scene.answer(answer);

        assertThat(scene.state()).isSameAs(before);
    }

    @Test
    void answerOfAnEarlierRoundDecidesNothing() {
        var scene = Scene.agreed().tell(advert);
        var early = scene.asked().get(0).answered(Map.of("vn-dnc", CheckResult.clear(START)));
        scene.answer(early).notSent(advert).fireNext().tell(advert.again());

        scene.answer(early);

        assertThat(scene.open(advert).phase()).isEqualTo(Phase.ASKING);
        assertThat(scene.rows()).isEmpty();
    }

    @Test
    void everyRoundAsksTheListAnew() {
        var scene = Scene.agreed()
                .enqueued(advert)
                .notSent(advert)
                .fireNext()
                .tell(advert.again())
                .listed(true);

        assertThat(scene.verdicts()).containsExactly(Verdict.skipped("REGISTERED_DO_NOT_CALL"));
    }

    @Test
    void defersAnAdvertisementToTheMorning() {
        var scene = Scene.agreed().after(Duration.ofHours(12)).enqueued(advert);

        assertThat(scene.open(advert).phase()).isEqualTo(Phase.DEFERRED);
        assertThat(scene.told(Deferred.class))
                .containsExactly(new Deferred(advert.id(), Instant.parse("2026-11-24T00:00:00Z"), "OUTSIDE_HOURS"));
    }

    @Test
    void asksTheCustomerBeforeADeferredMessageIsDecidedAgain() {
        var scene = Scene.agreed().after(Duration.ofHours(12)).enqueued(advert).fireNext();

        assertThat(scene.told(Confirm.class)).containsExactly(new Confirm(advert.id(), 1));
        assertThat(scene.enqueued(advert.again()).rows().get(0).message().attempt())
                .isEqualTo(2);
    }

    @Test
    void planOfAnotherRoundThanAskedForMeansNothing() {
        var scene = Scene.agreed().after(Duration.ofHours(12)).enqueued(advert).fireNext();
        var before = scene.state();

        scene.tell(advert).tell(advert.again().again());

        assertThat(scene.state()).isSameAs(before);
    }

    @Test
    void fourthAdvertisementOfADayWaitsForTheFirstToAge() {
        var scene = Scene.agreed();
        for (String name : List.of("one", "two", "three")) {
            scene.enqueued(advert(name)).after(Duration.ofMinutes(1)).accepted(advert(name));
        }
        var fourth = advert(Duration.ofDays(3), "four");

        scene.enqueued(fourth);

        var free = START.plus(Duration.ofMinutes(1)).plus(Duration.ofHours(24));
        assertThat(scene.told(Deferred.class)).containsExactly(new Deferred(fourth.id(), free, "CAP_REACHED"));
    }

    @Test
    void skipsWhatHasRoomUnderTheCapOnlyAfterItsValidity() {
        var scene = Scene.agreed();
        for (String name : List.of("one", "two", "three")) {
            scene.enqueued(advert(name)).accepted(advert(name));
        }

        assertThat(scene.enqueued(advert).verdicts()).endsWith(Verdict.skipped("CAP_REACHED"));
    }

    @Test
    void messageOnItsWayCountsTowardsTheCap() {
        var scene = Scene.agreed();
        for (String name : List.of("one", "two", "three")) {
            scene.enqueued(advert(name));
        }

        assertThat(scene.enqueued(advert).rows()).isEmpty();
    }

    @Test
    void placeUnderTheCapIsFreeAgainAfterARejection() {
        var scene = Scene.agreed();
        for (String name : List.of("one", "two", "three")) {
            scene.enqueued(advert(name));
        }
        scene.rejected(advert("two"), FailureCause.CONTENT_REFUSED, Scope.MESSAGE);

        assertThat(scene.enqueued(advert).rows()).hasSize(1);
    }

    @Test
    void placeUnderTheCapIsKeptWhenTheOutcomeIsUnknown() {
        var scene = Scene.agreed();
        for (String name : List.of("one", "two", "three")) {
            scene.enqueued(advert(name)).unknown(advert(name));
        }

        assertThat(scene.enqueued(advert).rows()).isEmpty();
    }

    // Cancellation.

    @Test
    void cancelEndsADeferredMessageAtOnce() {
        var scene = Scene.agreed().after(Duration.ofHours(12)).enqueued(advert).tell(cancel(advert));

        assertThat(scene.verdicts()).containsExactly(Verdict.cancelled("JOURNEY_EXITED"));
        assertThat(scene.reasons()).contains("OUTSIDE_HOURS").endsWith("JOURNEY_EXITED");
        assertThat(scene.timers()).containsOnlyKeys("forget");
    }

    @Test
    void cancelOfAnEnqueuedMessageTakesTheRowBackAndWaitsForIt() {
        var scene = Scene.agreed().enqueued(advert).tell(cancel(advert));

        assertThat(scene.takenBack()).containsExactly(advert.id());
        assertThat(scene.verdicts()).isEmpty();
        assertThat(scene.withdrawn(advert).verdicts()).containsExactly(Verdict.cancelled("JOURNEY_EXITED"));
    }

    @Test
    void cancelOfAMessageThatWasBeingSentChangesNothing() {
        var scene = Scene.agreed().enqueued(advert).tell(cancel(advert)).accepted(advert);

        assertThat(scene.verdicts()).containsExactly(Verdict.SENT);
    }

    @Test
    void cancelledMessageIsNotTriedAgain() {
        var scene = Scene.agreed().enqueued(advert).tell(cancel(advert)).notSent(advert);

        assertThat(scene.verdicts()).containsExactly(Verdict.cancelled("JOURNEY_EXITED"));
    }

    @Test
    void cancelThatOvertakesItsPlanIsTheVerdict() {
        var scene = Scene.agreed().tell(cancel(advert)).tell(advert);

        assertThat(scene.verdicts()).containsExactly(Verdict.cancelled("JOURNEY_EXITED"));
        assertThat(scene.told(Settled.class)).hasSize(1);
        assertThat(scene.tell(advert).told(Settled.class)).hasSize(1);
        assertThat(scene.verdicts()).hasSize(1);
    }

    @Test
    void cancelOfAnUnknownMessageIsNotKeptBeyondItsValidity() {
        var scene = Scene.agreed().tell(cancel(advert)).waiting(Duration.ofHours(24));

        assertThat(scene.point().closed()).isEmpty();
        assertThat(scene.tell(advert).verdicts()).containsExactly(Verdict.skipped("EXPIRED"));
    }

    @Test
    void cancelThatOvertakesItsPlanExplainsItself() {
        var scene = Scene.agreed().tell(cancel(advert)).tell(advert);

        assertThat(scene.reasons()).containsExactly("JOURNEY_EXITED");
    }

    @Test
    void repeatedCancelMeansNothing() {
        var scene = Scene.agreed().enqueued(advert).tell(cancel(advert));
        var before = scene.state();

        scene.tell(cancel(advert));

        assertThat(scene.state()).isSameAs(before);
        assertThat(scene.effects()).isEmpty();
    }

    @Test
    void messageThatIsOnItsWayBackKeepsItsVerdictWhenTheJourneyEnds() {
        var scene =
                Scene.agreed().enqueued(advert).act(stop()).tell(cancel(advert)).withdrawn(advert);

        assertThat(scene.verdicts()).containsExactly(Verdict.skipped("WITHDRAWN"));
    }

    @Test
    void cancelAfterTheVerdictMeansNothing() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert);
        var before = scene.state();

        scene.tell(cancel(advert));

        assertThat(scene.state()).isSameAs(before);
        assertThat(scene.effects()).isEmpty();
    }

    @Test
    void messageThatHasNothingToSayAnyMoreIsSkipped() {
        var scene = Scene.agreed().enqueued(advert).notSent(advert).fireNext();

        scene.tell(new Cancel(advert.id(), "ABORTED", "sold out", advert.validUntil()));

        assertThat(scene.verdicts()).containsExactly(Verdict.skipped("ABORTED"));
        assertThat(scene.decisions().get(0).findings())
                .contains(new Finding("journey", "", Outcome.DENY, "ABORTED", Map.of("detail", "sold out")));
    }

    @Test
    void clockThatWasADayAheadForgetsNoMessageThatCounts() {
        var scene = Scene.agreed();
        for (var name : List.of("tea", "cup", "pot")) {
            scene.enqueued(advert(name)).accepted(advert(name));
        }
        scene.asleep(Duration.ofDays(1)).tell(new Linked(Scene.MAI, Scene.PHONE));

        var fourth = advert(Duration.ofDays(3), "can");
        scene.asleep(Duration.ofDays(-1)).enqueued(fourth);

        assertThat(scene.told(Deferred.class))
                .containsExactly(new Deferred(fourth.id(), START.plus(Duration.ofDays(1)), "CAP_REACHED"));
    }

    // Pools.

    @Test
    void asksEveryPoolAndWaitsForAll() {
        var plan = advert("tea", "offers", "codes");
        var scene = Scene.agreed().enqueued(plan);

        assertThat(scene.told(Hold.class)).hasSize(2).allSatisfy(hold -> {
            assertThat(hold.id()).isEqualTo(plan.id() + "/0");
            assertThat(hold.amount()).isEqualTo(1);
        });
        assertThat(scene.held(plan, "offers").rows()).isEmpty();
        assertThat(scene.held(plan, "offers").rows()).isEmpty();
        assertThat(scene.held(plan, "codes").rows()).hasSize(1);
        assertThat(scene.told(Settle.class)).hasSize(2).allMatch(Settle::spent);
    }

    @Test
    void budgetPaysWhatTheMessageCosts() {
        var scene = Scene.priced(Money.of(350, "VND")).enqueued(advert("tea", "money"));

        assertThat(scene.told(Hold.class)).extracting(Hold::amount).containsExactly(350_000_000L);
    }

    @Test
    void messageThatCostsNothingDrawsNothingWhateverTheCurrency() {
        var scene = Scene.priced(Money.of(0, "USD")).enqueued(advert("tea", "money"));

        assertThat(scene.told(Hold.class)).extracting(Hold::amount).containsExactly(0L);
    }

    @Test
    void messageWhosePriceNoBudgetCanPayIsNotSent() {
        for (var scene : List.of(Scene.agreed(), Scene.priced(Money.of(1, "USD")))) {
            scene.enqueued(advert("tea", "money"));

            assertThat(scene.told(Hold.class)).isEmpty();
            assertThat(scene.verdicts()).containsExactly(Verdict.skipped("PRICE_UNKNOWN"));
            assertThat(scene.decisions().get(0).findings())
                    .contains(new Finding(
                            "pool", "", Outcome.DENY, "PRICE_UNKNOWN", Map.of("pool", "money", "currency", "VND")));
        }
    }

    @Test
    void emptyPoolSkipsTheMessageAndReleasesTheOthers() {
        var plan = advert("tea", "offers", "codes");
        var scene = Scene.agreed().enqueued(plan).held(plan, "offers");

        scene.tell(new HoldAnswer(plan.id() + "/0", "codes", false, null));

        assertThat(scene.verdicts()).containsExactly(Verdict.skipped("POOL_EMPTY"));
        assertThat(scene.told(Settle.class)).hasSize(2).noneMatch(Settle::spent);
    }

    @Test
    void poolWhoseQuantityIsHeldByOthersDefersTheMessage() {
        var plan = advert("tea", "offers");
        var later = START.plus(Duration.ofMinutes(7));
        var scene = Scene.agreed().enqueued(plan).tell(new HoldAnswer(plan.id() + "/0", "offers", false, later));

        assertThat(scene.told(Deferred.class)).containsExactly(new Deferred(plan.id(), later, "POOL_HELD"));
    }

    @Test
    void poolThatDoesNotAnswerIsReleasedAndAskedAgain() {
        var plan = advert("tea", "offers");
        var scene = Scene.agreed().enqueued(plan).fireNext();

        assertThat(scene.told(Settle.class)).singleElement().matches(settle -> !settle.spent());
        assertThat(scene.fireNext().told(Confirm.class)).containsExactly(new Confirm(plan.id(), 1));
        scene.enqueued(plan.again());
        assertThat(scene.told(Hold.class)).extracting(Hold::id).containsExactly(plan.id() + "/1");
    }

    @Test
    void strayHoldOfAnEarlierRoundIsReleased() {
        var plan = advert("tea", "offers");
        var scene = Scene.agreed().enqueued(plan).fireNext().fireNext().enqueued(plan.again());

        scene.held(plan, "offers");

        assertThat(scene.told(Settle.class))
                .extracting(Settle::id, Settle::spent)
                .containsExactly(tuple(plan.id() + "/0", false));
        assertThat(scene.rows()).isEmpty();
    }

    @Test
    void poolThatHasForgottenTheEndOfAHoldHearsItAgain() {
        var plan = advert("tea", "offers");
        var scene = Scene.agreed().enqueued(plan).held(plan, "offers");

        assertThat(scene.held(plan, "offers").told(Settle.class))
                .singleElement()
                .matches(Settle::spent);
        assertThat(scene.accepted(plan).held(plan, "offers").told(Settle.class))
                .singleElement()
                .matches(Settle::spent);
    }

    @Test
    void quantityOfARejectedMessageIsGivenBack() {
        var plan = advert("tea", "offers");
        var scene = Scene.agreed().enqueued(plan).held(plan, "offers");

        scene.rejected(plan, FailureCause.CONTENT_REFUSED, Scope.MESSAGE);

        assertThat(scene.told(Settle.class)).singleElement().matches(settle -> !settle.spent());
        assertThat(scene.held(plan, "offers").told(Settle.class))
                .singleElement()
                .matches(settle -> !settle.spent());
    }

    @Test
    void resendDrawsOnNothingAgain() {
        var plan = code("code", "codes");
        var scene = Scene.empty().tell(plan).held(plan, "codes").unknown(plan).fireNext();

        scene.tell(plan.again());

        assertThat(scene.told(Hold.class)).isEmpty();
        assertThat(scene.told(Settle.class)).isEmpty();
        assertThat(scene.rows()).hasSize(1);
    }

    @Test
    void holdOfAnAttemptInDoubtStaysSpentHoweverItsResendEnds() {
        var plan = code("code", "codes");
        var waiting = Scene.empty().tell(plan).held(plan, "codes").unknown(plan);
        var late = List.of(
                resent(plan),
                resent(plan).accepted(plan.again()),
                resent(plan).notSent(plan.again()),
                resent(plan).rejected(plan.again(), FailureCause.BLOCKED_POLICY, Scope.MESSAGE),
                resent(plan).withdrawn(plan.again()),
                resent(plan).withdrawn(plan.again()).waiting(Duration.ofHours(1)));

        assertThat(waiting.held(plan, "codes").told(Settle.class))
                .singleElement()
                .matches(Settle::spent);
        for (Scene scene : late) {
            assertThat(scene.told(Settle.class)).isEmpty();
            assertThat(scene.held(plan, "codes").told(Settle.class))
                    .extracting(Settle::id, Settle::spent)
                    .containsExactly(tuple(plan.id() + "/0", true));
        }
    }

    @Test
    void consentIsCheckedAgainWhenThePoolsHaveAnswered() {
        var plan = advert("tea", "offers");
        var scene = Scene.agreed().enqueued(plan).act(stop()).held(plan, "offers");

        assertThat(scene.verdicts()).containsExactly(Verdict.skipped("WITHDRAWN"));
        assertThat(scene.told(Settle.class)).singleElement().matches(settle -> !settle.spent());
    }

    // Consents and replies.

    @Test
    void withdrawalTakesAnEnqueuedMessageBack() {
        var scene = Scene.agreed().enqueued(advert).act(stop());

        assertThat(scene.takenBack()).containsExactly(advert.id());
        assertThat(scene.withdrawn(advert).verdicts()).containsExactly(Verdict.skipped("WITHDRAWN"));
    }

    @Test
    void withdrawalEndsADeferredMessageAtOnce() {
        var scene = Scene.agreed().after(Duration.ofHours(12)).enqueued(advert).act(stop());

        assertThat(scene.verdicts()).containsExactly(Verdict.skipped("WITHDRAWN"));
    }

    @Test
    void withdrawalLeavesNewsOfAnOrderAlone() {
        var scene = Scene.agreed().tell(news).act(stop());

        assertThat(scene.takenBack()).isEmpty();
        assertThat(scene.accepted(news).verdicts()).containsExactly(Verdict.SENT);
    }

    @Test
    void stopByReplyIsConfirmedOnce() {
        var scene = Scene.agreed().replies("TC");

        assertThat(scene.rows()).singleElement().satisfies(row -> assertThat(row.campaign())
                .isEmpty());
        assertThat(scene.replies("tc").rows()).isEmpty();
        assertThat(scene.enqueued(advert).verdicts()).containsExactly(Verdict.skipped("WITHDRAWN"));
    }

    @Test
    void confirmationToAnUnknownPersonIsTriedAgainWithoutACustomer() {
        var scene = Scene.empty().replies("TC");
        var confirmation = scene.point().open().iterator().next().plan();

        scene.notSent(confirmation).fireNext();

        assertThat(scene.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.message().attempt()).isEqualTo(2));
    }

    @Test
    void confirmationToAKnownPersonIsTriedAgainWithoutHerJourneys() {
        var scene = Scene.agreed().tell(new Linked(Scene.MAI, Scene.PHONE)).replies("TC");
        var confirmation = scene.point().open().iterator().next().plan();

        scene.notSent(confirmation).fireNext();

        assertThat(scene.told(Confirm.class)).isEmpty();
        assertThat(scene.rows()).hasSize(1);
        assertThat(scene.accepted(confirmation.again()).verdicts()).containsExactly(Verdict.SENT);
    }

    /** Mai had absorbed Lan, who is split off as An: in whatever order it is heard, the phone and what Lan granted on it are An's. */
    @Test
    void whatIsHeardLateGivesAnAddressBackToNobody() {
        var lan = CustomerId.of(Scene.START, "lan");
        var an = CustomerId.of(Scene.START, "an");
        var hers = new Linked(lan, Scene.PHONE);
        var merged = new Linked(Scene.MAI, Scene.PHONE, lan, null, 0);
        var split = new Linked(an, Scene.PHONE, lan, Scene.MAI, 1);

        for (var order : List.of(
                List.of(hers, merged, split), List.of(split, merged, hers), List.of(merged, split, merged, hers))) {
            var scene = Scene.empty();
            order.forEach(scene::tell);

            assertThat(scene.point().holders()).containsExactly(an);
            assertThat(scene.point().consent().survivor(lan)).isEqualTo(an);
        }
    }

    private static Cancel cancel(Plan plan) {
        return new Cancel(plan.id(), "JOURNEY_EXITED", "Order Completed", plan.validUntil());
    }

    private static Withdrawal stop() {
        return Withdrawal.of(ADVERTISING).on(SMS);
    }

    private static Scene resent(Plan plan) {
        return Scene.empty()
                .tell(plan)
                .held(plan, "codes")
                .unknown(plan)
                .fireNext()
                .tell(plan.again());
    }
}
