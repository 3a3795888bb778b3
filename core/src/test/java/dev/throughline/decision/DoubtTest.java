// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static dev.throughline.decision.Scene.advert;
import static dev.throughline.decision.Scene.code;
import static dev.throughline.decision.Scene.news;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Receipt.Status;
import dev.throughline.channel.Scope;
import dev.throughline.pool.Hold;
import dev.throughline.pool.Settle;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Late results of attempts whose outcome was unknown. */
class DoubtTest {

    private final Plan advert = advert("tea", "offers");
    private final Plan news = news("order");
    private final Plan code = code("code", "codes");

    @Test
    void lateAcceptanceCorrectsUnknownOnce() {
        var scene = unknown().accepted(advert, "ref-1");

        assertThat(scene.verdicts()).hasSize(2).endsWith(Verdict.SENT);
        assertThat(scene.decisions().get(1).correction()).isTrue();
        assertThat(scene.told(Settled.class)).extracting(Settled::verdict).containsExactly(Verdict.SENT);
        assertThat(scene.accepted(advert, "ref-1").effects()).isEmpty();
        assertThat(scene.rejected(advert, FailureCause.BLOCKED_POLICY, Scope.MESSAGE)
                        .effects())
                .isEmpty();
    }

    @Test
    void receiptIsFoundByTheIdsOfALateAcceptance() {
        var scene = unknown().accepted(advert, "ref-1");

        scene.receive(new Reported(new Receipt("r", null, "ref-1", Status.DELIVERED, null, scene.now(), "")));

        assertThat(scene.told(DeliveryNote.class)).hasSize(1);
    }

    @Test
    void lateRejectionCorrectsUnknownAndGivesBack() {
        var scene = unknown().rejected(advert, FailureCause.BLOCKED_POLICY, Scope.MESSAGE);

        assertThat(scene.verdicts()).hasSize(2).endsWith(Verdict.failed("BLOCKED_POLICY"));
        assertThat(scene.point().slots()).isEmpty();
        assertThat(scene.told(Settle.class)).singleElement().matches(settle -> !settle.spent());
        assertThat(scene.held(advert, "offers").told(Settle.class))
                .singleElement()
                .matches(settle -> !settle.spent());
        assertThat(scene.receipt(advert.id(), Status.DELIVERED).verdicts()).hasSize(2);
    }

    @Test
    void attemptThatWasNeverMadeHasFailed() {
        assertThat(unknown().notSent(advert).verdicts()).hasSize(2).endsWith(Verdict.failed("NETWORK"));
    }

    @Test
    void lateRejectionOfABadAddressSuppressesIt() {
        var scene = unknown().rejected(advert, FailureCause.BAD_ADDRESS, Scope.ADDRESS);

        assertThat(scene.tell(news).verdicts()).endsWith(Verdict.skipped("SUPPRESSED"));
    }

    @Test
    void lateResultThatIsUnknownTooSaysNothing() {
        assertThat(unknown().unknown(advert).effects()).isEmpty();
    }

    @Test
    void lateResultAfterAReceiptSaysNothing() {
        var scene = unknown().receipt(advert.id(), Status.DELIVERED);

        scene.rejected(advert, FailureCause.BLOCKED_POLICY, Scope.MESSAGE);

        assertThat(scene.effects()).isEmpty();
    }

    @Test
    void lateResultOfALostRowCorrectsIt() {
        var lost = Scene.empty().tell(news).fireNext().fireNext();

        assertThat(lost.verdicts()).containsExactly(new Verdict(Verdict.Outcome.UNKNOWN, "UNCLASSIFIED"));
        assertThat(lost.accepted(news).verdicts()).hasSize(2).endsWith(Verdict.SENT);
    }

    @Test
    void acceptedAttemptIsNotSentAgain() {
        var waiting = Scene.empty().tell(code).held(code, "codes").unknown(code).accepted(code);
        var taken = resent().accepted(code);

        assertThat(waiting.verdicts()).containsExactly(Verdict.SENT);
        assertThat(waiting.waiting(Duration.ofHours(2)).rows()).isEmpty();
        assertThat(taken.takenBack()).containsExactly(code.id());
        assertThat(taken.withdrawn(code.again()).verdicts()).containsExactly(Verdict.SENT);
    }

    @Test
    void resendDrawsForItselfOnceNothingIsInDoubt() {
        var scene = Scene.empty().tell(code).held(code, "codes").unknown(code).notSent(code);

        assertThat(scene.told(Settle.class)).singleElement().matches(settle -> !settle.spent());
        assertThat(scene.fireNext().tell(code.again()).told(Hold.class))
                .extracting(Hold::id)
                .containsExactly(code.id() + "/1");
    }

    @Test
    void resendThatIsUnderWayGivesBackWhatTheFirstAttemptHasDrawn() {
        var scene = resent().notSent(code);

        assertThat(scene.told(Settle.class)).isEmpty();
        assertThat(scene.rejected(code.again(), FailureCause.BLOCKED_POLICY, Scope.MESSAGE)
                        .told(Settle.class))
                .extracting(Settle::id, Settle::spent)
                .containsExactly(tuple(code.id() + "/0", false));
        assertThat(scene.verdicts()).containsExactly(Verdict.failed("BLOCKED_POLICY"));
    }

    @Test
    void messageHasFailedOnlyWhenNoAttemptIsInDoubt() {
        var again = code.again();
        var scene = resent().unknown(again).tell(new Cancel(code.id(), "JOURNEY_EXITED", "", code.validUntil()));

        scene.notSent(again);
        assertThat(scene.verdicts()).containsExactly(new Verdict(Verdict.Outcome.UNKNOWN, "JOURNEY_EXITED"));
        scene.notSent(again);
        assertThat(scene.verdicts()).hasSize(1);
        scene.notSent(code);
        assertThat(scene.verdicts()).hasSize(2).endsWith(Verdict.failed("NETWORK"));
    }

    @Test
    void repeatedResultOfARejectedResendSaysNothingOfTheFirstAttempt() {
        var scene = resent().rejected(code.again(), FailureCause.BLOCKED_POLICY, Scope.MESSAGE);

        scene.rejected(code.again(), FailureCause.BLOCKED_POLICY, Scope.MESSAGE);

        assertThat(scene.effects()).isEmpty();
    }

    @Test
    void whatSomebodyHasFoundOutCorrectsUnknownOnce() {
        var scene = unknown().receive(new Resolved(advert.id(), true, "ann", "it is in the provider's list"));

        assertThat(scene.verdicts()).hasSize(2).endsWith(Verdict.SENT);
        var correction = scene.decisions().get(1);
        assertThat(correction.correction()).isTrue();
        assertThat(correction.findings()).singleElement().satisfies(finding -> assertThat(finding.values())
                .isEqualTo(Map.of("status", "SENT", "who", "ann", "why", "it is in the provider's list")));
        assertThat(scene.told(Settled.class)).extracting(Settled::verdict).containsExactly(Verdict.SENT);
        assertThat(scene.receive(new Resolved(advert.id(), false, "bob", "it is not"))
                        .effects())
                .isEmpty();
        assertThat(scene.rejected(advert, FailureCause.BLOCKED_POLICY, Scope.MESSAGE)
                        .verdicts())
                .hasSize(2);
    }

    @Test
    void whatSomebodyHasFoundNotSentGivesBackWhatItDrewOn() {
        var scene = unknown().receive(new Resolved(advert.id(), false, "ann", "the provider has never seen it"));

        assertThat(scene.verdicts()).hasSize(2).endsWith(Verdict.failed("NOT_SENT"));
        assertThat(scene.point().slots()).isEmpty();
        assertThat(scene.told(Settle.class)).singleElement().matches(settle -> !settle.spent());
    }

    @Test
    void nobodyCanResolveWhatIsNotUnknown() {
        var sent = Scene.agreed().enqueued(advert).held(advert, "offers").accepted(advert, "ref-1");
        assertThat(sent.receive(new Resolved(advert.id(), false, "ann", "no")).effects())
                .isEmpty();

        var underway = Scene.agreed().enqueued(advert);
        assertThat(underway.receive(new Resolved(advert.id(), false, "ann", "no"))
                        .effects())
                .isEmpty();
    }

    private Scene unknown() {
        return Scene.agreed().enqueued(advert).held(advert, "offers").unknown(advert);
    }

    private Scene resent() {
        return Scene.empty()
                .tell(code)
                .held(code, "codes")
                .unknown(code)
                .fireNext()
                .tell(code.again());
    }
}
