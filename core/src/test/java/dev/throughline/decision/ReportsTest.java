// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static dev.throughline.decision.Scene.advert;
import static dev.throughline.decision.Scene.code;
import static dev.throughline.decision.Scene.news;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Receipt.Status;
import dev.throughline.channel.Scope;
import dev.throughline.ring.Input;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What providers tell of a message after it was sent. */
class ReportsTest {

    private final Plan advert = advert("tea");
    private final Plan news = news("order");
    private final Plan code = code("code");

    @Test
    void deliveryIsToldAndIsNoVerdict() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert).receipt(advert.id(), Status.DELIVERED);

        assertThat(scene.told(DeliveryNote.class))
                .extracting(DeliveryNote::status)
                .containsExactly(Status.DELIVERED);
        assertThat(scene.told(Settled.class)).isEmpty();
        assertThat(scene.verdicts()).containsExactly(Verdict.SENT);
    }

    @Test
    void repeatedReceiptMeansNothing() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert);
        var receipt = new Reported(new Receipt("r", advert.id(), null, Status.DELIVERED, null, scene.now(), ""));
        var input = new Input.Received("receipt/r", receipt);
        scene.input(input);
        var before = scene.state();

        scene.input(input);

        assertThat(scene.state()).isSameAs(before);
        assertThat(scene.effects()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"ACCEPTED", "DELIVERED", "CLICKED", "COMPLAINED", "UNSUBSCRIBED"})
    void unknownMessageThatWasSeenLaterWasSent(Status status) {
        var scene = Scene.agreed().enqueued(advert).unknown(advert).receipt(advert.id(), status);

        assertThat(scene.verdicts()).endsWith(Verdict.SENT).hasSize(2);
        assertThat(scene.decisions().get(1).correction()).isTrue();
        assertThat(scene.told(Settled.class)).extracting(Settled::verdict).containsExactly(Verdict.SENT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"DELAYED", "SOFT_BOUNCED"})
    void unknownMessageStaysUnknownWhileNothingIsCertain(Status status) {
        var scene = Scene.agreed().enqueued(advert).unknown(advert).receipt(advert.id(), status);

        assertThat(scene.verdicts()).hasSize(1);
    }

    @Test
    void unknownMessageThatBouncedHasFailed() {
        var scene = Scene.agreed().enqueued(advert).unknown(advert).bounced(advert.id(), FailureCause.MAILBOX_FULL);

        assertThat(scene.verdicts()).endsWith(Verdict.failed("MAILBOX_FULL"));
    }

    @Test
    void unknownIsCorrectedOnce() {
        var scene = Scene.agreed().enqueued(advert).unknown(advert).receipt(advert.id(), Status.DELIVERED);

        scene.bounced(advert.id(), FailureCause.MAILBOX_FULL).receipt(advert.id(), Status.CLICKED);

        assertThat(scene.verdicts()).hasSize(2).endsWith(Verdict.SENT);
        assertThat(scene.tell(advert).told(Settled.class))
                .extracting(Settled::verdict)
                .containsExactly(Verdict.SENT);
    }

    @Test
    void receiptThatOvertakesTheOutcomeIsProofWhateverTheOutcomeSays() {
        assertThat(overtaken().accepted(advert).verdicts()).containsExactly(Verdict.SENT);
        assertThat(overtaken().unknown(advert).verdicts()).containsExactly(Verdict.SENT);
        assertThat(overtaken().notSent(advert).verdicts()).containsExactly(Verdict.SENT);
        assertThat(overtaken()
                        .rejected(advert, FailureCause.BLOCKED_POLICY, Scope.MESSAGE)
                        .verdicts())
                .containsExactly(Verdict.SENT);
        assertThat(overtaken().withdrawn(advert).verdicts()).containsExactly(Verdict.SENT);
        assertThat(overtaken().fireNext().fireNext().verdicts()).containsExactly(Verdict.SENT);
    }

    @Test
    void messageThatIsProvenSentCannotBeCancelled() {
        var scene = overtaken().tell(new Cancel(advert.id(), "JOURNEY_EXITED", "", advert.validUntil()));

        assertThat(scene.accepted(advert).verdicts()).containsExactly(Verdict.SENT);
        assertThat(scene.point().slots()).hasSize(1);
    }

    @Test
    void receiptThatOvertakesTheOutcomeIsTold() {
        assertThat(overtaken().told(DeliveryNote.class))
                .extracting(DeliveryNote::status)
                .containsExactly(Status.DELIVERED);
    }

    @Test
    void receiptOfAnUnknownAttemptPreventsTheNext() {
        var scene = Scene.empty().tell(code).unknown(code).receipt(code.id(), Status.DELIVERED);

        assertThat(scene.verdicts()).containsExactly(Verdict.SENT);
        assertThat(scene.waiting(Duration.ofHours(2)).rows()).isEmpty();
    }

    @Test
    void receiptOfAnUnknownAttemptTakesTheNextBack() {
        var scene = Scene.empty().tell(code).unknown(code).fireNext().tell(code.again());

        assertThat(scene.receipt(code.id(), Status.DELIVERED).takenBack()).containsExactly(code.id());
        assertThat(scene.withdrawn(code.again()).verdicts()).containsExactly(Verdict.SENT);
    }

    @Test
    void receiptThatProvesNothingChangesNothingOnTheWay() {
        var scene = Scene.agreed()
                .enqueued(advert)
                .receipt(advert.id(), Status.DELAYED)
                .unknown(advert);

        assertThat(scene.verdicts()).containsExactly(new Verdict(Verdict.Outcome.UNKNOWN, "NETWORK"));
    }

    @Test
    void receiptOfAMessageThatWasNeverTriedMeansNothing() {
        var scene = Scene.agreed().tell(advert).receipt(advert.id(), Status.DELIVERED);

        assertThat(scene.effects()).isEmpty();
    }

    @Test
    void messageThatBouncedAfterItWasSentStaysSent() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert).bounced(advert.id(), FailureCause.BAD_ADDRESS);

        assertThat(scene.verdicts()).containsExactly(Verdict.SENT);
        assertThat(scene.tell(news).verdicts()).endsWith(Verdict.skipped("SUPPRESSED"));
    }

    @Test
    void fullMailboxSuppressesNothing() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert).bounced(advert.id(), FailureCause.MAILBOX_FULL);

        assertThat(scene.tell(news).rows()).hasSize(1);
    }

    @Test
    void complaintStopsAdvertisingAndNotNewsOfOrders() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert).receipt(advert.id(), Status.COMPLAINED);

        assertThat(scene.enqueued(advert("more")).verdicts()).endsWith(Verdict.skipped("SUPPRESSED"));
        assertThat(scene.tell(news).rows()).hasSize(1);
    }

    @Test
    void unsubscriptionIsAWithdrawal() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert).receipt(advert.id(), Status.UNSUBSCRIBED);

        assertThat(scene.enqueued(advert("more")).verdicts()).endsWith(Verdict.skipped("WITHDRAWN"));
    }

    @Test
    void receiptIsFoundByTheProvidersId() {
        var scene = Scene.agreed().enqueued(advert).unknown(advert, "part-1", "part-2");

        scene.receive(new Reported(new Receipt("r", null, "part-2", Status.DELIVERED, null, scene.now(), "")));

        assertThat(scene.verdicts()).endsWith(Verdict.SENT);
    }

    @Test
    void receiptOfARowThatTheOutboxHasLostIsItsTruth() {
        var scene = Scene.agreed().enqueued(advert).fireNext().fireNext();

        scene.receipt(advert.id(), Status.DELIVERED);

        assertThat(scene.verdicts())
                .containsExactly(new Verdict(Verdict.Outcome.UNKNOWN, "UNCLASSIFIED"), Verdict.SENT);
    }

    @Test
    void receiptOfAMessageThatIsForgottenMeansNothing() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert).waiting(Duration.ofDays(8));

        assertThat(scene.receipt(advert.id(), Status.DELIVERED).effects()).isEmpty();
    }

    @Test
    void unsubscriptionFromAMessageThatIsForgottenIsAWithdrawal() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert).waiting(Duration.ofDays(59));

        scene.receipt(advert.id(), Status.UNSUBSCRIBED);

        var late = advert(Duration.ofDays(60), "late");
        assertThat(scene.enqueued(late).verdicts()).containsExactly(Verdict.SENT, Verdict.skipped("WITHDRAWN"));
    }

    @Test
    void complaintAboutAMessageThatIsForgottenStopsAdvertising() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert).waiting(Duration.ofDays(59));

        scene.receipt(advert.id(), Status.COMPLAINED);

        var late = advert(Duration.ofDays(60), "late");
        assertThat(scene.enqueued(late).verdicts()).containsExactly(Verdict.SENT, Verdict.skipped("SUPPRESSED"));
    }

    @Test
    void repeatedUnsubscriptionFromAForgottenMessageMeansNothing() {
        var receipt = new Reported(new Receipt("r", advert.id(), null, Status.UNSUBSCRIBED, null, Scene.START, ""));
        var input = new Input.Received("receipt/r", receipt);
        var scene = Scene.agreed().input(input).after(Duration.ofHours(1));
        var before = scene.state();

        assertThat(scene.input(input).state()).isSameAs(before);
    }

    @Test
    void receiptOfAMessageThatWasCancelledBeforeItsPlanMeansNothing() {
        var scene = Scene.agreed().tell(new Cancel(advert.id(), "JOURNEY_EXITED", "", advert.validUntil()));

        assertThat(scene.receipt(advert.id(), Status.DELIVERED).effects()).isEmpty();
    }

    private Scene overtaken() {
        return Scene.agreed().enqueued(advert).receipt(advert.id(), Status.DELIVERED);
    }
}
