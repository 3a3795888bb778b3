// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static dev.throughline.decision.Scene.code;
import static dev.throughline.decision.Scene.news;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Receipt.Status;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.Sought;
import dev.throughline.pool.Settle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The provider is asked what became of a message whose outcome is unknown. */
class InquiryTest {

    private static final SendResult TAKEN = new SendResult.Accepted(List.of("ref-2"), null);
    private static final SendResult NEVER_SEEN =
            new SendResult.NotSent(FailureCause.NETWORK, Scope.MESSAGE, null, "unknown message");
    private static final Verdict UNKNOWN = Verdict.unknown("NETWORK");

    private final Plan news = news("order", "offers");
    private final Plan code = code("code", "codes");

    @Test
    void asksSoonAndThenAtGrowingDistances() {
        var scene = unknown();
        var start = scene.now();
        var asked = new ArrayList<Duration>();
        for (int i = 0; i < 5; i++) {
            assertThat(scene.fireNext().asked(LookUpQuestion.class))
                    .containsExactly(new LookUpQuestion(
                            new Sought(news.id(), scene.point().address(), List.of("ref-1")), List.of(1)));
            asked.add(Duration.between(start, scene.now()));
        }

        assertThat(asked).startsWith(Duration.ofSeconds(10)).isSorted().allSatisfy(time -> assertThat(time)
                .isLessThan(Duration.ofHours(8)));
        assertThat(scene.timers()).containsOnlyKeys(Desk.FORGETTING);
    }

    @Test
    void correctsTheVerdictOnceAndAsksNoMore() {
        var scene = told(unknown(), TAKEN);

        assertThat(scene.verdicts()).containsExactly(UNKNOWN, Verdict.SENT);
        assertThat(scene.reasons()).containsExactly("LOOKED_UP");
        assertThat(scene.told(Settled.class)).extracting(Settled::verdict).containsExactly(Verdict.SENT);
        assertThat(scene.fireNext().effects()).isEmpty();
        assertThat(scene.answer(new LookedUp(news.id(), List.of(1), NEVER_SEEN)).effects())
                .isEmpty();
    }

    @Test
    void receiptIsFoundByTheIdsThatItWasToldOf() {
        assertThat(told(unknown(), TAKEN).receipt(news.id(), Status.DELIVERED).told(DeliveryNote.class))
                .hasSize(1);
    }

    @Test
    void whatTheProviderHasNeverSeenHasFailedAndGivesBackWhatItDrewOn() {
        var scene = told(unknown(), NEVER_SEEN);

        assertThat(scene.verdicts()).containsExactly(UNKNOWN, Verdict.failed("NETWORK"));
        assertThat(scene.told(Settle.class)).singleElement().matches(settle -> !settle.spent());
    }

    @Test
    void whatTheProviderCannotTellYetIsAskedForAgain() {
        var scene = told(unknown(), new SendResult.Unknown(FailureCause.NETWORK, List.of(), "no answer"));

        assertThat(scene.effects()).isEmpty();
        assertThat(scene.fireNext().asked(LookUpQuestion.class)).hasSize(1);
    }

    @Test
    void asksNothingOnceAReceiptHasTold() {
        var scene = unknown().receipt(news.id(), Status.DELIVERED);

        assertThat(scene.fireNext().effects()).isEmpty();
        assertThat(scene.verdicts()).containsExactly(UNKNOWN, Verdict.SENT);
    }

    @Test
    void looksACodeUpBeforeItIsSentAgain() {
        var scene = lost();
        var again = scene.timers().get(code.id().value());

        scene.fireNext();

        assertThat(scene.asked(LookUpQuestion.class)).hasSize(1);
        assertThat(scene.now()).isBefore(again);
        scene.answer(new LookedUp(code.id(), List.of(1), TAKEN));
        assertThat(scene.verdicts()).containsExactly(Verdict.SENT);
        assertThat(scene.waiting(Duration.ofHours(2)).rows()).isEmpty();
    }

    @Test
    void sendsACodeAgainAtItsTimeWhateverTheProviderSays() {
        var scene = lost();
        var again = scene.timers().get(code.id().value());

        scene.fireNext().answer(new LookedUp(code.id(), List.of(1), NEVER_SEEN));

        assertThat(scene.timers()).containsEntry(code.id().value(), again);
        assertThat(scene.fireNext().now()).isEqualTo(again);
        assertThat(scene.told(Confirm.class)).hasSize(1);
    }

    @Test
    void saysNothingOfAnAttemptThatWasMadeAfterTheQuestion() {
        var scene = lost().fireNext().fireNext().tell(code.again()).unknown(code.again());

        scene.answer(new LookedUp(code.id(), List.of(1), NEVER_SEEN));

        assertThat(scene.open(code).doubtful()).containsExactly(2);
    }

    @Test
    void asksNobodyWhereTheProviderCannotTell() {
        assertThat(Scene.empty().tell(news).held(news, "offers").unknown(news).timers())
                .containsOnlyKeys(Desk.FORGETTING);
    }

    @Test
    void survivesItsBytes() {
        for (SendResult result : List.of(TAKEN, NEVER_SEEN)) {
            var looked = new LookedUp(news.id(), List.of(1, 2), result);
            assertThat(LookedUp.CODEC.decode(LookedUp.CODEC.encode(looked))).isEqualTo(looked);
        }
    }

    private Scene unknown() {
        return Scene.lookingUp().tell(news).held(news, "offers").unknown(news, "ref-1");
    }

    private Scene lost() {
        return Scene.lookingUp().tell(code).held(code, "codes").unknown(code);
    }

    private Scene told(Scene scene, SendResult result) {
        return scene.fireNext().answer(new LookedUp(news.id(), List.of(1), result));
    }
}
