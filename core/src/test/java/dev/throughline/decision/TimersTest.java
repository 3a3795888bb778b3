// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static dev.throughline.decision.Scene.START;
import static dev.throughline.decision.Scene.advert;
import static dev.throughline.decision.Scene.news;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.decision.Open.Phase;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Every state that waits has a timer, which heals what was lost. */
class TimersTest {

    private static final Duration TICKET = Duration.ofMinutes(10);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Plan advert = advert("tea");
    private final Plan news = news("order");

    @Test
    void asksTheListAgainWhenItDoesNotAnswer() {
        var scene = Scene.agreed().tell(advert).fireNext();

        assertThat(scene.now()).isEqualTo(START.plus(TICKET));
        assertThat(scene.asked()).hasSize(1);
    }

    @Test
    void asksTheCustomerHourlyUntilSheAnswers() {
        var scene = Scene.empty().tell(news).notSent(news).fireNext();

        for (int hour = 1; hour <= 5; hour++) {
            scene.fireNext();
            assertThat(scene.told(Confirm.class)).containsExactly(new Confirm(news.id(), 1));
            assertThat(scene.now()).isEqualTo(START.plus(Duration.ofMinutes(1)).plus(HOUR.multipliedBy(hour)));
        }
        assertThat(scene.tell(news.again()).rows()).hasSize(1);
    }

    @Test
    void customerWhoNeverAnswersLetsTheMessageExpire() {
        var scene = Scene.empty().tell(news).notSent(news).waiting(Duration.ofDays(3));

        assertThat(scene.verdicts()).containsExactly(Verdict.failed("EXPIRED"));
        assertThat(scene.decisions().get(0).at()).isEqualTo(START.plus(Duration.ofDays(3)));
    }

    @Test
    void asksTheOutboxAnHourAfterTheRowHadToLeave() {
        var scene = Scene.agreed().enqueued(advert).fireNext();

        assertThat(scene.now()).isEqualTo(START.plus(TICKET).plus(HOUR));
        assertThat(scene.takenBack()).containsExactly(advert.id());
        assertThat(scene.verdicts()).isEmpty();
    }

    @Test
    void rowThatTheOutboxHasLostIsUnknownAnHourLater() {
        var scene = Scene.agreed().enqueued(advert).fireNext().fireNext();

        assertThat(scene.now()).isEqualTo(START.plus(TICKET).plus(HOUR).plus(HOUR));
        assertThat(scene.verdicts()).containsExactly(new Verdict(Verdict.Outcome.UNKNOWN, "UNCLASSIFIED"));
        assertThat(scene.point().slots()).hasSize(1);
    }

    @Test
    void rowThatTheOutboxGivesBackIsDecidedAgain() {
        var scene = Scene.agreed().enqueued(advert).fireNext().withdrawn(advert);

        assertThat(scene.open(advert).phase()).isEqualTo(Phase.DEFERRED);
        assertThat(scene.waiting(HOUR.multipliedBy(2)).verdicts()).isEmpty();
    }

    @Test
    void resultThatComesWhileTheOutboxIsAskedIsTheVerdict() {
        var scene = Scene.agreed().enqueued(advert).fireNext().accepted(advert).waiting(HOUR.multipliedBy(2));

        assertThat(scene.verdicts()).containsExactly(Verdict.SENT);
    }

    @Test
    void timerOfALostRowSaysNothingOfALaterRound() {
        var scene =
                Scene.empty().tell(news).fireNext().withdrawn(news).fireNext().tell(news.again());

        scene.waiting(HOUR);

        assertThat(scene.verdicts()).isEmpty();
        assertThat(scene.open(news).phase()).isEqualTo(Phase.ENQUEUED);
    }

    @Test
    void rowThatLiesTooLongIsDecidedAgainAfterAGrowingDelay() {
        var plan = news;
        var scene = Scene.empty();
        var waits = new ArrayList<Long>();

        for (int lapse = 0; lapse < 9; lapse++) {
            scene.tell(plan).withdrawn(plan);
            waits.add(Duration.between(scene.now(), scene.open(plan).until()).toMinutes());
            scene.fireNext();
            plan = plan.again();
        }

        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 64L, 64L);
    }

    @Test
    void lapsesAndAttemptsAreCountedApart() {
        var scene = Scene.empty()
                .tell(news)
                .withdrawn(news)
                .fireNext()
                .tell(news.again())
                .notSent(news.again());

        assertThat(scene.open(news).until()).isEqualTo(scene.now().plus(Duration.ofMinutes(1)));
    }

    @Test
    void forgetsASettledMessageAWeekAfterItsValidity() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert);

        scene.waiting(Duration.ofDays(8).minusSeconds(1));
        assertThat(scene.point().closed()).hasSize(1);

        scene.waiting(Duration.ofSeconds(1));
        assertThat(scene.point().closed()).isEmpty();
        assertThat(scene.timers()).isEmpty();
    }

    @Test
    void forgetsEachMessageInItsTime() {
        var scene = Scene.agreed().tell(news).accepted(news).enqueued(advert).accepted(advert);

        scene.waiting(Duration.ofDays(8));
        assertThat(scene.point().closed()).extracting(Closed::message).contains(news.id());

        scene.waiting(Duration.ofDays(2));
        assertThat(scene.point().closed()).isEmpty();
        assertThat(scene.timers()).isEmpty();
    }

    @Test
    void keepsEverythingAnotherWeekAfterAnOutage() {
        var scene = Scene.agreed()
                .enqueued(advert)
                .accepted(advert)
                .asleep(Duration.ofDays(8).plus(HOUR).plusSeconds(1));

        assertThat(scene.point().closed()).hasSize(1);
        assertThat(scene.timers()).containsEntry("forget", scene.now().plus(Duration.ofDays(7)));
        assertThat(scene.waiting(Duration.ofDays(7)).point().closed()).isEmpty();
    }

    @Test
    void forgetsAtOnceWhenTheTimerIsAnHourLate() {
        var scene = Scene.agreed()
                .enqueued(advert)
                .accepted(advert)
                .asleep(Duration.ofDays(8).plus(HOUR));

        assertThat(scene.point().closed()).isEmpty();
    }

    @Test
    void messageThatSleptThroughItsValidityExpires() {
        var scene = Scene.empty().tell(news).notSent(news).asleep(Duration.ofDays(10));

        assertThat(scene.verdicts()).containsExactly(Verdict.failed("EXPIRED"));
        assertThat(scene.point().closed()).hasSize(1);
    }

    @Test
    void rowThatSleptThroughAnOutageIsAskedForFirst() {
        var scene = Scene.agreed().enqueued(advert).asleep(Duration.ofDays(10));

        assertThat(scene.takenBack()).containsExactly(advert.id());
        assertThat(scene.withdrawn(advert).asleep(Duration.ofSeconds(1)).verdicts())
                .containsExactly(Verdict.skipped("EXPIRED"));
    }

    @Test
    void timerThatNobodyKnowsMeansNothing() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert);
        scene.timers().put(advert.id().value(), scene.now());
        var before = scene.state();

        scene.fireNext();

        assertThat(scene.state()).isSameAs(before);
        assertThat(scene.effects()).isEmpty();
    }
}
