// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static dev.throughline.decision.Scene.START;
import static dev.throughline.decision.Scene.advert;
import static dev.throughline.decision.Scene.code;
import static dev.throughline.decision.Scene.news;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Receipt.Status;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.decision.Open.Phase;
import dev.throughline.pool.Settle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each result of an attempt makes of its message. */
class OutcomesTest {

    private final Plan advert = advert("tea");
    private final Plan news = news("order");
    private final Plan code = code("code");

    @Test
    void acceptedMessageIsSent() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert, "ref-1");

        assertThat(scene.verdicts()).containsExactly(Verdict.SENT);
        assertThat(scene.reasons()).endsWith("SENT");
        assertThat(scene.point().open()).isEmpty();
        assertThat(scene.timers()).containsOnlyKeys("forget");
    }

    @Test
    void duplicateIsSent() {
        var scene = Scene.empty().tell(news).attempt(news.id(), 1, new SendResult.Duplicate(List.of()));

        assertThat(scene.verdicts()).containsExactly(Verdict.SENT);
    }

    @Test
    void rejectedMessageFailsForItsCause() {
        var scene = Scene.empty().tell(news).rejected(news, FailureCause.CONTENT_REFUSED, Scope.MESSAGE);

        assertThat(scene.verdicts()).containsExactly(Verdict.failed("CONTENT_REFUSED"));
        assertThat(scene.reasons()).endsWith("REJECTED");
    }

    @Test
    void unknownOutcomeIsUnknownAndNeverSentAgain() {
        var scene = Scene.agreed().enqueued(advert).unknown(advert);

        assertThat(scene.verdicts()).containsExactly(new Verdict(Verdict.Outcome.UNKNOWN, "NETWORK"));
        assertThat(scene.waiting(Duration.ofDays(2)).rows()).isEmpty();
        assertThat(scene.verdicts()).hasSize(1);
    }

    @Test
    void repeatedResultMeansNothing() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert);
        var before = scene.state();

        scene.accepted(advert);

        assertThat(scene.state()).isSameAs(before);
        assertThat(scene.effects()).isEmpty();
    }

    @Test
    void resultOfAnEarlierAttemptSaysNothingOfALaterOne() {
        var scene = Scene.empty().tell(news).notSent(news).fireNext().tell(news.again());
        var before = scene.state();

        scene.notSent(news);

        assertThat(scene.state()).isSameAs(before);
    }

    @Test
    void resultOfAMessageThatIsNotKnownMeansNothing() {
        assertThat(Scene.empty().accepted(news).effects()).isEmpty();
    }

    @Test
    void waitsLongerAfterEachAttemptThatDidNotSend() {
        var plan = news;
        var scene = Scene.empty();
        var waits = new ArrayList<Long>();

        for (int attempt = 0; attempt < 8; attempt++) {
            scene.tell(plan).notSent(plan);
            waits.add(Duration.between(scene.now(), scene.open(plan).until()).toMinutes());
            scene.fireNext();
            plan = plan.again();
        }

        assertThat(waits).containsExactly(1L, 4L, 16L, 64L, 256L, 1024L, 1440L, 1440L);
    }

    @Test
    void waitsAsLongAsTheProviderWants() {
        var scene = Scene.empty().tell(news).attempt(news.id(), 1, throttled(Duration.ofMinutes(5)));

        assertThat(scene.open(news).until()).isEqualTo(START.plus(Duration.ofMinutes(5)));
    }

    @Test
    void waitsAMinuteEvenIfTheProviderWantsLess() {
        var scene = Scene.empty().tell(news).attempt(news.id(), 1, throttled(Duration.ofSeconds(5)));

        assertThat(scene.open(news).until()).isEqualTo(START.plus(Duration.ofMinutes(1)));
    }

    @Test
    void messageThatCouldNotBeSentInItsTimeFails() {
        var scene = Scene.empty().tell(code).notSent(code).waiting(Duration.ofHours(1));

        assertThat(scene.verdicts()).containsExactly(Verdict.failed("EXPIRED"));
    }

    @Test
    void messageThatWasNeverTriedInItsTimeIsSkipped() {
        var scene = Scene.empty().tell(code).withdrawn(code).waiting(Duration.ofHours(1));

        assertThat(scene.verdicts()).containsExactly(Verdict.skipped("EXPIRED"));
    }

    @Test
    void givesBackWhatAnAttemptThatDidNotSendHadTaken() {
        var plan = advert("tea", "offers");
        var scene = Scene.agreed().enqueued(plan).held(plan, "offers").notSent(plan);

        assertThat(scene.told(Settle.class)).singleElement().matches(settle -> !settle.spent());
        assertThat(scene.point().slots()).isEmpty();
    }

    @Test
    void codeIsSentAgainWhenItsOutcomeIsUnknown() {
        var scene = Scene.empty().tell(code).unknown(code);

        assertThat(scene.verdicts()).isEmpty();
        assertThat(scene.fireNext().told(Confirm.class)).hasSize(1);
        assertThat(scene.tell(code.again()).rows().get(0).message().attempt()).isEqualTo(2);
        assertThat(scene.accepted(code.again()).verdicts()).containsExactly(Verdict.SENT);
    }

    @Test
    void codeThatMayHaveArrivedStaysUnknownWhateverItsResendSays() {
        var rejected = resent().rejected(code.again(), FailureCause.BLOCKED_POLICY, Scope.MESSAGE);
        var expired = resent().notSent(code.again()).waiting(Duration.ofHours(1));
        var cancelled = resent().tell(new Cancel(code.id(), "JOURNEY_EXITED", "", code.validUntil()))
                .withdrawn(code.again());

        assertThat(rejected.verdicts()).containsExactly(new Verdict(Verdict.Outcome.UNKNOWN, "BLOCKED_POLICY"));
        assertThat(expired.verdicts()).containsExactly(new Verdict(Verdict.Outcome.UNKNOWN, "EXPIRED"));
        assertThat(cancelled.verdicts()).containsExactly(new Verdict(Verdict.Outcome.UNKNOWN, "JOURNEY_EXITED"));
    }

    @Test
    void cancelledCodeOfUnknownOutcomeIsNotSentAgain() {
        var scene = Scene.empty()
                .tell(code)
                .tell(new Cancel(code.id(), "JOURNEY_EXITED", "", code.validUntil()))
                .unknown(code);

        assertThat(scene.verdicts()).containsExactly(new Verdict(Verdict.Outcome.UNKNOWN, "NETWORK"));
        assertThat(scene.waiting(Duration.ofHours(2)).rows()).isEmpty();
    }

    @Test
    void hardBounceAtTheServerSuppressesTheAddress() {
        var scene = Scene.empty().tell(news).rejected(news, FailureCause.BAD_ADDRESS, Scope.ADDRESS);

        assertThat(scene.verdicts()).containsExactly(Verdict.failed("BAD_ADDRESS"));
        assertThat(scene.tell(news("later")).verdicts()).endsWith(Verdict.skipped("SUPPRESSED"));
    }

    @Test
    void rejectionTakesNothingBackFromTheOutbox() {
        var scene = Scene.empty().tell(news).rejected(news, FailureCause.BAD_ADDRESS, Scope.ADDRESS);

        assertThat(scene.takenBack()).isEmpty();
    }

    @Test
    void badAddressOfOneMessageOnlySuppressesNothing() {
        var scene = Scene.empty().tell(news).rejected(news, FailureCause.BAD_ADDRESS, Scope.MESSAGE);

        assertThat(scene.tell(news("later")).rows()).hasSize(1);
    }

    @Test
    void providersOwnOptOutStopsAdvertisingOnly() {
        var scene = Scene.agreed().enqueued(advert).rejected(advert, FailureCause.OPTED_OUT, Scope.ADDRESS);

        assertThat(scene.enqueued(advert("later")).verdicts()).endsWith(Verdict.skipped("SUPPRESSED"));
        assertThat(scene.tell(news).rows()).hasSize(1);
    }

    @Test
    void suppressionTakesOtherMessagesBack() {
        var other = news("other");
        var scene = Scene.empty().tell(news).tell(other).rejected(news, FailureCause.BAD_ADDRESS, Scope.ADDRESS);

        assertThat(scene.takenBack()).contains(other.id());
        assertThat(scene.withdrawn(other).verdicts())
                .containsExactly(Verdict.failed("BAD_ADDRESS"), Verdict.skipped("SUPPRESSED"));
    }

    @Test
    void deliveryModeThatLetsNothingOutSkips() {
        var scene = Scene.agreed().enqueued(advert).recalled(advert, Recalled.Why.DELIVERY_MODE);

        assertThat(scene.verdicts()).containsExactly(Verdict.skipped("DELIVERY_MODE"));
        assertThat(scene.point().slots()).isEmpty();
    }

    @Test
    void killSwitchTakesTheRowBackAndCancels() {
        var scene = Scene.agreed().enqueued(advert).recalled(advert, Recalled.Why.KILL_SWITCH);

        assertThat(scene.takenBack()).containsExactly(advert.id());
        assertThat(scene.withdrawn(advert).verdicts()).containsExactly(Verdict.cancelled("KILL_SWITCH"));
    }

    @Test
    void killSwitchAndDeliveryModeLeaveAMessageSentThatAReceiptHasProven() {
        var dropped = proven().recalled(advert, Recalled.Why.KILL_SWITCH);
        var kept = proven().recalled(advert, Recalled.Why.DELIVERY_MODE);

        assertThat(dropped.takenBack()).containsExactly(advert.id());
        assertThat(dropped.withdrawn(advert).verdicts()).containsExactly(Verdict.SENT);
        assertThat(kept.verdicts()).containsExactly(Verdict.SENT);
        assertThat(kept.point().slots()).hasSize(1);
    }

    @Test
    void messageThatIsOnItsWayBackEndsAsItWasTo() {
        var rejected = cancelled().rejected(advert, FailureCause.BAD_ADDRESS, Scope.ADDRESS);
        var dropped = cancelled().recalled(advert, Recalled.Why.KILL_SWITCH).withdrawn(advert);
        var kept = cancelled().recalled(advert, Recalled.Why.DELIVERY_MODE);

        assertThat(rejected.verdicts()).containsExactly(Verdict.cancelled("JOURNEY_EXITED"));
        assertThat(rejected.tell(news).verdicts()).endsWith(Verdict.skipped("SUPPRESSED"));
        assertThat(dropped.verdicts()).containsExactly(Verdict.cancelled("JOURNEY_EXITED"));
        assertThat(kept.verdicts()).containsExactly(Verdict.cancelled("JOURNEY_EXITED"));
    }

    @Test
    void overdueRowIsTakenBackAndDecidedAgain() {
        var scene = Scene.agreed().enqueued(advert).recalled(advert, Recalled.Why.OVERDUE);

        assertThat(scene.takenBack()).containsExactly(advert.id());
        assertThat(scene.withdrawn(advert).told(Deferred.class))
                .extracting(Deferred::reason)
                .containsExactly("LAPSED");
    }

    @Test
    void rowThatIsNoLongerApprovedIsDecidedAgainAtOnce() {
        var scene = Scene.agreed().enqueued(advert).recalled(advert, Recalled.Why.APPROVAL_WITHDRAWN);

        assertThat(scene.told(Deferred.class)).extracting(Deferred::reason).containsExactly("APPROVAL_WITHDRAWN");
        assertThat(scene.timers()).containsEntry(advert.id().value(), START);
        assertThat(scene.open(advert).attempts()).isZero();
    }

    @Test
    void rowThatIsNoLongerApprovedAndWasCalledOffStaysCalledOff() {
        var scene = cancelled().recalled(advert, Recalled.Why.APPROVAL_WITHDRAWN);

        assertThat(scene.verdicts()).containsExactly(Verdict.cancelled("JOURNEY_EXITED"));
    }

    @Test
    void recallOfAnEarlierAttemptMeansNothing() {
        var scene = Scene.empty().tell(news).notSent(news).fireNext().tell(news.again());

        assertThat(scene.recalled(news, Recalled.Why.DELIVERY_MODE).effects()).isEmpty();
        assertThat(scene.open(news).phase()).isEqualTo(Phase.ENQUEUED);
    }

    private Scene proven() {
        return Scene.agreed().enqueued(advert).receipt(advert.id(), Status.DELIVERED);
    }

    private Scene cancelled() {
        return Scene.agreed().enqueued(advert).tell(new Cancel(advert.id(), "JOURNEY_EXITED", "", advert.validUntil()));
    }

    private Scene resent() {
        return Scene.empty().tell(code).unknown(code).fireNext().tell(code.again());
    }

    private static SendResult throttled(Duration retryAfter) {
        return new SendResult.NotSent(FailureCause.THROTTLED, Scope.CHANNEL, retryAfter, "429");
    }
}
