// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.minutes;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.campaign.Pause.DROP;
import static dev.throughline.campaign.Pause.HOLD;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.JourneyBuilder;
import dev.throughline.campaign.JourneyNote;
import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.decision.Decision;
import dev.throughline.engine.CampaignControl;
import dev.throughline.engine.Chronicle;
import dev.throughline.identity.Brand;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.ring.Entry;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Campaigns that are paused, closed, stopped and started again; from Monday, 09:00 in Vietnam on. */
class PauseTest {

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");
    private static final Message REMINDER = Message.marketing("reminder", SHOP)
            .on(EMAIL, mail("Tea", "<p>{{ customer.stage | default('new') }}</p>"))
            .on(SMS, text("Tra {{ customer.stage | default('moi') }}"));
    private static final Message NEWS = Message.marketing("news", SHOP)
            .on(EMAIL, mail("News", "<p>Tea</p>"))
            .on(SMS, text("Tra"));

    private MemoryStore store = new MemoryStore();
    private Rehearsal rehearsal = Rehearsal.of(campaign(j -> j.send(REMINDER, first(EMAIL))));

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void nobodyEntersAPausedCampaignAndTheRefusalIsNoted() {
        through(j -> j.send(REMINDER, first(EMAIL))).pause(HOLD, "ann", "stock is out");

        adds("A-1");

        assertThat(told()).containsExactly("REFUSED PAUSED");
        assertThat(rehearsal
                        .queries()
                        .explain(userId("mai"), "tea", rehearsal.zone())
                        .toString())
                .contains("09:00  campaign paused, who comes to an action waits (ann: stock is out)\n")
                .contains("journey not entered (Product Added: PAUSED)\n");
    }

    @Test
    void whoComesToAMessageWaitsAndGetsItWhenTheCampaignGoesOn() {
        var tea = through(j -> j.delay(hours(1)).send(REMINDER, first(EMAIL)));
        adds("A-1");
        tea.pause(HOLD, "ann", "stock is out");

        rehearsal.advance(hours(2));
        assertThat(told()).containsExactly("STARTED", "PARKED PAUSED");
        assertThat(sent()).isEmpty();

        tea.resume("ann", "stock is back");
        rehearsal.advance(minutes(1));
        assertThat(told()).containsExactly("STARTED", "PARKED PAUSED", "RESUMED", "ENDED");
        assertThat(sent()).containsExactly("reminder email 11:00");
        var explanation = rehearsal.queries().explain(userId("mai"), "tea", rehearsal.zone());
        assertThat(explanation.toString())
                .contains("09:00  campaign paused, who comes to an action waits (ann: stock is out)\n")
                .contains("11:00  campaign goes on (ann: stock is back)\n");
        assertThat(explanation.in(Locale.forLanguageTag("vi")))
                .contains("11:00  chiến dịch chạy tiếp (ann: stock is back)\n");
    }

    @Test
    void explanationsTellNothingOfAPauseThatBeganAndEndedBehindHer() {
        var tea = through(j -> j.send(REMINDER, first(EMAIL)));
        adds("A-1");
        rehearsal.advance(hours(1));
        tea.pause(HOLD, "ann", "stock is out");
        rehearsal.advance(hours(1));
        tea.resume("ann", "stock is back");

        assertThat(rehearsal
                        .queries()
                        .explain(userId("mai"), "tea", rehearsal.zone())
                        .toString())
                .doesNotContain("campaign");
    }

    @Test
    void whoComesToAnActionOfACampaignThatDropsThemLeaves() {
        var tea = through(j -> j.delay(hours(1)).setTrait("stage", 1).send(REMINDER, first(EMAIL)));
        adds("A-1");
        tea.pause(DROP, "ann", "stock is out");
        rehearsal.advance(hours(2));

        tea.resume("ann", "stock is back");
        rehearsal.advance(hours(2));

        assertThat(told()).containsExactly("STARTED", "EXITED PAUSED");
        assertThat(sent()).isEmpty();
    }

    @Test
    void whoIsParkedLeavesWhenThePauseDropsHer() {
        var tea = through(j -> j.delay(hours(1)).send(REMINDER, first(EMAIL)));
        adds("A-1");
        tea.pause(HOLD, "ann", "stock is out");
        rehearsal.advance(hours(2));

        tea.pause(DROP, "ann", "it stays out");
        rehearsal.advance(minutes(1));

        assertThat(told()).containsExactly("STARTED", "PARKED PAUSED", "EXITED PAUSED");
    }

    @Test
    void exitIsImmediateForWhoIsParked() {
        var tea =
                through(j -> j.exitOn(event("Order Completed")).delay(hours(1)).send(REMINDER, first(EMAIL)));
        adds("A-1");
        tea.pause(HOLD, "ann", "stock is out");
        rehearsal.advance(hours(2));
        does("Order Completed");
        tea.resume("ann", "stock is back");
        rehearsal.advance(hours(1));

        assertThat(told()).containsExactly("STARTED", "PARKED PAUSED", "EXITED Order Completed");
        assertThat(sent()).isEmpty();
    }

    @Test
    void waitsRunOnWhileItIsPaused() {
        var tea = through(j ->
                j.waitUntil(event("Checkout Started"), hours(1), yes -> {}, no -> no.send(REMINDER, first(EMAIL))));
        adds("A-1");
        tea.pause(HOLD, "ann", "stock is out");

        does("Checkout Started");

        assertThat(told()).containsExactly("STARTED", "ENDED");
    }

    @Test
    void whoIsParkedBeforeALegForThoseWhoDoNotRespondAndRespondsDoesNotGetIt() {
        var tea = through(j -> j.send(REMINDER, first(EMAIL).thenIfNoResponse(hours(1), SMS)));
        adds("A-1");
        tea.pause(HOLD, "ann", "stock is out");
        rehearsal.advance(hours(2));

        does("Product Viewed");
        tea.resume("ann", "stock is back");
        rehearsal.advance(hours(2));

        assertThat(told()).containsExactly("STARTED", "PARKED PAUSED", "RESPONDED Product Viewed", "ENDED");
        assertThat(sent()).containsExactly("reminder email 09:00");
    }

    @Test
    void deferredMessageThatIsDueIsTakenBackAndPlannedAnew() {
        var tea = through(j -> j.send(REMINDER, first(SMS)).send(NEWS, first(EMAIL)));
        rehearsal.advance(hours(13)); // 22:00, outside the hours of the law
        adds("A-1");
        tea.pause(HOLD, "ann", "stock is out");
        rehearsal.advance(Duration.ofDays(3));
        assertThat(verdicts()).containsExactly("reminder sms CANCELLED(JOURNEY_PAUSED)");

        tea.resume("ann", "stock is back");
        rehearsal.advance(hours(12));

        assertThat(told()).containsExactly("STARTED", "PARKED PAUSED", "RESUMED", "ENDED");
        assertThat(verdicts())
                .containsExactly("reminder sms CANCELLED(JOURNEY_PAUSED)", "reminder sms SENT", "news email SENT");
        assertThat(decisions()).extracting(Decision::message).doesNotHaveDuplicates();
    }

    @Test
    void deferredMessageOfACampaignThatDropsIsCancelledAndSheLeaves() {
        var tea = through(j -> j.send(REMINDER, first(SMS).thenIfUndeliverable(EMAIL)));
        rehearsal.advance(hours(13));
        adds("A-1");
        tea.pause(DROP, "ann", "stock is out");
        rehearsal.advance(Duration.ofDays(1));

        assertThat(told()).containsExactly("STARTED", "EXITED PAUSED");
        assertThat(verdicts()).containsExactly("reminder sms CANCELLED(JOURNEY_PAUSED)");
    }

    @Test
    void closedCampaignLetsNobodyInAndThoseInsideGoOn() {
        var tea = through(j -> j.keyedBy("order_id").delay(hours(1)).send(REMINDER, first(EMAIL)));
        adds("A-1");
        rehearsal.advance(minutes(1));
        tea.close("ann", "season is over");
        adds("A-2");

        rehearsal.advance(hours(2));

        assertThat(told()).containsExactly("STARTED", "REFUSED CLOSED", "ENDED");
        assertThat(sent()).containsExactly("reminder email 10:00");
    }

    @Test
    void stoppedCampaignIsLeftAtOnceAndWhatIsPlannedIsCancelled() {
        var tea = through(j -> j.send(REMINDER, first(SMS)).send(NEWS, first(EMAIL)));
        rehearsal.advance(hours(13));
        adds("A-1");

        rehearsal.advance(minutes(1));
        tea.stop("ann", "wrong price");
        rehearsal.advance(Duration.ofSeconds(1));
        assertThat(told()).containsExactly("STARTED", "EXITED STOPPED");
        assertThat(verdicts()).containsExactly("reminder sms CANCELLED(JOURNEY_STOPPED)");

        tea.start("ann", "price is right");
        adds("A-2");
        rehearsal.advance(Duration.ofDays(1));
        assertThat(told()).containsExactly("STARTED", "EXITED STOPPED", "STARTED", "ENDED");
    }

    @Test
    void whoWasInsideIsOutAlsoIfItIsStartedAgainAtOnce() {
        var tea = through(j -> j.delay(hours(1)).send(REMINDER, first(EMAIL)));
        adds("A-1");

        rehearsal.advance(minutes(1));
        tea.stop("ann", "wrong price").start("ann", "price is right");
        rehearsal.advance(hours(2));

        assertThat(told()).containsExactly("STARTED", "EXITED STOPPED");
    }

    @Test
    void refusesWhatACampaignCannotDoFromWhereItIs() {
        var tea = through(j -> j.send(REMINDER, first(EMAIL))).stop("ann", "over");

        assertThat(tea.status().mode()).hasToString("STOPPED");
        assertThatThrownBy(() -> tea.pause(null, "ann", "x"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("pause of campaign 'tea': it is not said how, expected HOLD or DROP");
        assertThatThrownBy(() -> tea.pause(HOLD, "ann", "x"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("campaign 'tea' is stopped: expected one that runs, to be paused");
        assertThatThrownBy(() -> tea.close("ann", "x"))
                .hasMessage("campaign 'tea' is stopped: nobody is inside, expected one that runs, to be closed");
        assertThatThrownBy(() -> tea.resume("ann", "x"))
                .hasMessage("campaign 'tea' is stopped: expected one that is paused, to be resumed");
        assertThatThrownBy(() -> tea.start("ann", "one\ntwo"))
                .hasMessage("campaign 'tea': expected one line that says who and one that says why");
        assertThatThrownBy(() -> rehearsal.campaign("coffee")).hasMessage("campaign 'coffee': expected one of [tea]");
    }

    // What happens.

    private static Campaign campaign(Consumer<JourneyBuilder> steps) {
        return Campaign.named("tea").journey(j -> {
            j.startOn(event("Product Added"));
            steps.accept(j);
        });
    }

    private CampaignControl through(Consumer<JourneyBuilder> steps) {
        rehearsal.close();
        store = new MemoryStore();
        rehearsal = Rehearsal.of(campaign(steps))
                .under(Policy.vietnam())
                .startingAt("2026-11-23T09:00+07:00")
                .on(store);
        rehearsal.customer(
                "mai", m -> m.email("mai@example.com").phone("+84570000001").grants(ADVERTISING, EMAIL, SMS));
        return rehearsal.campaign("tea");
    }

    private void adds(String order) {
        rehearsal.customer("mai", m -> m.does("Product Added", Map.of("order_id", order)));
        rehearsal.report();
    }

    private void does(String event) {
        rehearsal.customer("mai", m -> m.does(event, Map.of()));
        rehearsal.report();
    }

    // What is told.

    private List<String> told() {
        rehearsal.report();
        var entries = new ArrayList<Entry>();
        store.scan(Entry.Log.TIMELINE, entries::add);
        return Chronicle.inOrder(entries).stream()
                .map(Entry::body)
                .filter(JourneyNote.class::isInstance)
                .map(body -> told((JourneyNote) body))
                .toList();
    }

    private static String told(JourneyNote note) {
        String cause = note.change() == Change.STARTED ? "" : note.because();
        return (note.change() + " " + (note.detail().isEmpty() ? cause : note.detail())).trim();
    }

    private List<String> verdicts() {
        return decisions().stream()
                .map(decision -> decision.origin().message() + " " + decision.channel() + " " + decision.verdict())
                .toList();
    }

    private List<String> sent() {
        return rehearsal.report().decisions().stream()
                .filter(decision -> decision.verdict().outcome().name().equals("SENT"))
                .map(decision -> decision.origin().message() + " " + decision.channel() + " "
                        + decision.at().atZone(rehearsal.zone()).toLocalTime())
                .toList();
    }

    private List<Decision> decisions() {
        return rehearsal.report().decisions();
    }
}
