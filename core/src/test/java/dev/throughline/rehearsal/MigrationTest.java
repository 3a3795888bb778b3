// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.minutes;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.campaign.Pause.HOLD;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.JourneyBuilder;
import dev.throughline.campaign.JourneyNote;
import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.campaign.Migration;
import dev.throughline.campaign.MigrationReport.Fate;
import dev.throughline.campaign.OnMissing;
import dev.throughline.decision.Decision;
import dev.throughline.engine.CampaignControl;
import dev.throughline.engine.Chronicle;
import dev.throughline.identity.Brand;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.ring.Entry;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Customers who are inside one version of a campaign are moved to another; from Monday, 09:00 in Vietnam on. */
class MigrationTest {

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");
    private static final Message REMINDER = message("reminder");
    private static final Message NEWS = message("news");

    private final MemoryStore store = new MemoryStore();
    private Rehearsal rehearsal = Rehearsal.of(version(j -> j.send(REMINDER, first(EMAIL))));

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void shorterDelayIsReckonedFromItsBeginning() {
        var tea = inside(j -> j.delay(hours(5)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(1));

        migrated(tea, j -> j.delay(hours(2)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(9));

        assertThat(sent()).containsExactly("reminder email 11:00");
        assertThat(changes()).containsExactly("STARTED", "MIGRATED", "ENDED");
    }

    @Test
    void delayThatIsOverdueInTheNewVersionEndsNow() {
        var tea = inside(j -> j.delay(hours(5)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(3));

        migrated(tea, j -> j.delay(hours(2)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(9));

        assertThat(sent()).containsExactly("reminder email 12:00");
    }

    @Test
    void longerDelayIsWaitedForAndFiresOnce() {
        var tea = inside(j -> j.delay(hours(2)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(1));

        migrated(tea, j -> j.delay(hours(5)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(9));

        assertThat(sent()).containsExactly("reminder email 14:00");
    }

    @Test
    void calendarDelayIsReckonedFromItsBeginningToo() {
        var tea = inside(j -> j.delayDays(1, LocalTime.of(15, 0)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(20));

        migrated(tea, j -> j.delayDays(1, LocalTime.of(10, 0)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(20));

        assertThat(sent()).containsExactly("reminder email 10:00");
    }

    @Test
    void awaitedEventOfTheNewVersionCountsFromTheMoveAndItsTimeFromTheBeginning() {
        var tea = inside(
                j -> j.waitUntil(event("Checkout Started"), hours(9), yes -> {}, no -> no.send(NEWS, first(EMAIL))));
        rehearsal.advance(hours(1));

        migrated(
                tea,
                j -> j.waitUntil(
                        event("Checkout Started"), hours(3), yes -> {}, no -> no.send(REMINDER, first(EMAIL))));
        rehearsal.advance(hours(9));

        assertThat(sent()).containsExactly("reminder email 12:00");
    }

    @Test
    void conditionOfTheNewVersionIsTestedAtOnce() {
        var tea = inside(
                j -> j.waitUntil(trait("vip").is(true), hours(9), yes -> yes.send(NEWS, first(EMAIL)), no -> {}));
        rehearsal.customer("mai", m -> m.trait("friend", true));

        migrated(
                tea,
                j -> j.waitUntil(
                        trait("friend").is(true), hours(9), yes -> yes.send(REMINDER, first(EMAIL)), no -> {}));
        rehearsal.advance(minutes(1));

        assertThat(sent()).containsExactly("reminder email 09:00");
    }

    @Test
    void whoHasAMessageOnItsWayGoesOnBehindItWhenItsVerdictIsKnown() {
        var tea = inside(j -> j.delay(hours(14)).send(REMINDER, first(SMS)).send(NEWS, first(EMAIL)));
        rehearsal.advance(hours(15));
        assertThat(sent()).isEmpty(); // it is night, the message is deferred

        migrated(tea, j -> j.delay(hours(14))
                .send(REMINDER, first(SMS))
                .delay(hours(2))
                .setTrait("stage", 2));
        rehearsal.advance(hours(1));
        assertThat(changes()).containsExactly("STARTED");
        rehearsal.advance(hours(24));

        assertThat(sent()).containsExactly("reminder sms 07:00");
        assertThat(changes()).containsExactly("STARTED", "MIGRATED", "ENDED");
    }

    @Test
    void responseIsWaitedForAsTheNewVersionSaysFromTheSendingOn() {
        var tea = inside(j -> j.send(REMINDER, first(EMAIL).thenIfNoResponse(hours(9), SMS)));
        rehearsal.advance(hours(1));

        migrated(tea, j -> j.send(REMINDER, first(EMAIL).thenIfNoResponse(hours(4), SMS)));
        rehearsal.advance(hours(9));

        assertThat(sent()).containsExactly("reminder email 09:00", "reminder sms 13:00");
    }

    @Test
    void legThatTheNewVersionLacksIsNotTaken() {
        var tea = inside(j -> j.send(REMINDER, first(EMAIL).thenIfNoResponse(hours(9), SMS)));
        rehearsal.advance(hours(1));

        migrated(tea, j -> j.send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(1));

        assertThat(sent()).containsExactly("reminder email 09:00");
        assertThat(changes()).containsExactly("STARTED", "MIGRATED", "ENDED");
    }

    @Test
    void stepsThatStandAtOnePathInBothVersionsAreTwoSteps() {
        var tea = inside(j -> j.delay(hours(1)).send(REMINDER, first(EMAIL)).delay(hours(9)));
        rehearsal.advance(hours(2));

        tea.migrate(
                Migration.to(version(j -> j.delay(hours(2)).send(NEWS, first(EMAIL))))
                        .step("2", "0"),
                "ann",
                "news");
        rehearsal.advance(hours(3));

        assertThat(sent()).containsExactly("reminder email 10:00", "news email 12:00");
    }

    @Test
    void whoStandsAtAStepThatIsGoneLeaves() {
        var tea = inside(j -> j.waitUntil(event("Checkout Started"), hours(9), yes -> {}, no -> {})
                .send(REMINDER, first(EMAIL)));

        tea.migrate(
                Migration.to(version(j -> j.delay(hours(1)).send(REMINDER, first(EMAIL))))
                        .onMissing(OnMissing.EXIT),
                "ann",
                "no more waiting");
        rehearsal.advance(hours(9));

        assertThat(changes()).containsExactly("STARTED", "EXITED STEP_MISSING");
        assertThat(sent()).isEmpty();
    }

    @Test
    void whoStandsAtAStepThatIsGoneGoesOnAtTheNext() {
        var tea = inside(j -> j.waitUntil(event("Checkout Started"), hours(9), yes -> {}, no -> {})
                .setTrait("stage", 1)
                .send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(1));

        tea.migrate(
                Migration.to(version(j -> j.delay(hours(1)).send(REMINDER, first(EMAIL))))
                        .onMissing(OnMissing.NEXT),
                "ann",
                "no more waiting");
        rehearsal.advance(minutes(1));

        assertThat(sent()).containsExactly("reminder email 10:00");
    }

    @Test
    void whoStandsAtAStepThatIsGoneStays() {
        var tea = inside(j -> j.waitUntil(event("Checkout Started"), hours(3), yes -> {}, no -> {})
                .send(REMINDER, first(EMAIL)));

        migrated(tea, j -> j.delay(hours(1)).send(NEWS, first(EMAIL)));
        rehearsal.advance(hours(9));

        assertThat(sent()).containsExactly("reminder email 12:00");
        assertThat(changes()).containsExactly("STARTED", "PINNED", "ENDED");
    }

    @Test
    void stepMapSaysWhichStepStandsForWhich() {
        var tea = inside(j -> j.waitUntil(event("Checkout Started"), hours(9), yes -> {}, no -> {})
                .send(REMINDER, first(EMAIL)));

        tea.migrate(
                Migration.to(version(j -> j.setTrait("stage", 1).delay(hours(4)).send(REMINDER, first(EMAIL))))
                        .step("0", "1"),
                "ann",
                "no more waiting");
        rehearsal.advance(hours(9));

        assertThat(sent()).containsExactly("reminder email 13:00");
    }

    @Test
    void tellsBeforehandWhatItWouldDo() {
        var tea = inside(
                j -> j.delay(hours(5)).send(REMINDER, first(EMAIL)).waitUntil(event("X"), hours(1), y -> {}, n -> {}));
        var next = version(j -> j.delay(hours(1)).delay(hours(1)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(3));

        var report = tea.tryOut(Migration.to(next).onMissing(OnMissing.EXIT));

        assertThat(report.count(Fate.MOVES)).isEqualTo(1);
        assertThat(report.toString()).isEqualToNormalizingNewlines("""
                campaign 'tea' to version %s
                from version %s
                     1  moves  0 -> 1  (wait 5 h), 1 of them overdue
                     0  moves  1 -> 2  (send reminder by email)
                     0  leaves  2  (wait for X at most 1 h)
                """.formatted(
                        next.version(), report.lines().get(0).version()));
        rehearsal.advance(hours(1));
        assertThat(changes()).containsExactly("STARTED");
    }

    @Test
    void refusesWhatIsWrongAllAtOnce() {
        var tea = inside(j -> j.delay(hours(5)).send(REMINDER, first(EMAIL)).delay(hours(1)));
        var next = version(j -> j.delay(hours(5)).send(REMINDER, first(EMAIL)).delay(hours(2)));
        var migration = Migration.to(next).step("7", "0").step("0", "1.then.0");

        assertThat(tea.tryOut(migration).faults()).hasSize(2);
        assertThatThrownBy(() -> tea.migrate(migration, "ann", "shorter"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageMatching("campaign 'tea' cannot be migrated: "
                        + "step '1.then.0': version [0-9a-f]{8} has the steps \\[0, 1, 2]; "
                        + "step '7': version [0-9a-f]{8} has the steps \\[0, 1, 2]");
        assertThatThrownBy(() -> tea.migrate(Migration.to(next).step("2", "0"), "ann", "again"))
                .hasMessage("campaign 'tea' cannot be migrated: step '2' becomes '0', which leads again to '1': "
                        + "expected a step behind it, for it is step '1'");
        assertThatThrownBy(() -> tea.migrate(Migration.to("v9"), "ann", "again"))
                .hasMessageMatching(
                        "campaign 'tea' cannot be migrated: version 'v9' to move to: expected one of \\[.{32}]");
        assertThatThrownBy(() -> tea.migrate(Migration.to(next).from("v9"), "ann", "again"))
                .hasMessageMatching(
                        "campaign 'tea' cannot be migrated: version 'v9' to move from: expected another one of \\[.{32}]");
        assertThatThrownBy(() -> tea.migrate(
                        Migration.to(Campaign.named("coffee")
                                .journey(j -> j.startOn(event("X")).delay(hours(1)))),
                        "ann",
                        "again"))
                .hasMessageMatching(
                        "campaign 'tea' cannot be migrated: version .{32} to move to is of campaign 'coffee', "
                                + "expected one of campaign 'tea'");
        assertThatThrownBy(() -> tea.migrate(Migration.to(next), "ann", "one\ntwo"))
                .hasMessage("campaign 'tea': expected one line that says who and one that says why");
    }

    @Test
    void exitsAndGoalsAreThoseOfTheNewVersionFromThenOn() {
        var tea = inside(j -> j.goal(event("Page Viewed"))
                .goal(event("Product Reviewed"))
                .exitOn(event("Order Completed"))
                .delay(hours(5))
                .send(REMINDER, first(EMAIL)));
        rehearsal.advance(minutes(1));
        does("Product Reviewed");
        rehearsal.advance(hours(1));

        migrated(tea, j -> j.goal(event("Product Reviewed"))
                .goal(event("Checkout Started"))
                .exitOn(event("Product Returned"))
                .delay(hours(5))
                .send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(1));
        does("Order Completed");
        does("Page Viewed");
        does("Product Reviewed");
        does("Checkout Started");
        rehearsal.advance(hours(1));
        does("Product Returned");

        assertThat(notes())
                .extracting(note -> note.change() + " " + note.because())
                .containsExactly(
                        "STARTED Product Added",
                        "REACHED Product Reviewed",
                        "MIGRATED ann: it was wrong",
                        "REACHED Checkout Started",
                        "EXITED Product Returned");
    }

    @Test
    void eachInstanceOfAKeyIsMovedAndTheKeyStays() {
        var tea = inside(j -> j.keyedBy("order_id").delay(hours(5)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(1));
        rehearsal.customer("mai", m -> m.does("Product Added", Map.of("order_id", "A-2")));
        rehearsal.report();

        assertThatThrownBy(() -> migrated(tea, j -> j.delay(hours(2)).send(REMINDER, first(EMAIL))))
                .hasMessageMatching(
                        "campaign 'tea' cannot be migrated: version .{8} is keyed by 'order_id', version .{8} "
                                + "by '': expected the same key");
        migrated(tea, j -> j.keyedBy("order_id").delay(hours(2)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(5));

        assertThat(sent()).containsExactly("reminder email 11:00", "reminder email 12:00");
        assertThat(changes()).containsExactlyInAnyOrder("STARTED", "STARTED", "MIGRATED", "MIGRATED", "ENDED", "ENDED");
    }

    @Test
    void whoWaitsForAPausedCampaignWaitsInTheNewVersion() {
        var tea = inside(j -> j.delay(hours(1)).send(REMINDER, first(EMAIL)));
        tea.pause(HOLD, "ann", "stock is out");
        rehearsal.advance(hours(2));

        migrated(tea, j -> j.delay(hours(1))
                .send(REMINDER, first(SMS).thenIfUndeliverable(EMAIL))
                .setTrait("x", 1));
        rehearsal.advance(hours(1));
        assertThat(sent()).isEmpty();
        tea.resume("ann", "stock is back");
        rehearsal.advance(hours(1));

        assertThat(sent()).containsExactly("reminder sms 12:00");
        assertThat(changes()).containsExactly("STARTED", "PARKED", "MIGRATED", "RESUMED", "ENDED");
    }

    @Test
    void waitThatIsOverdueDoesNotActWhileTheCampaignIsPaused() {
        var tea = inside(j -> j.delay(hours(5)).send(REMINDER, first(EMAIL)));
        tea.pause(HOLD, "ann", "stock is out");
        rehearsal.advance(hours(2));

        migrated(tea, j -> j.delay(hours(1)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(9));
        tea.resume("ann", "stock is back");
        rehearsal.advance(hours(1));

        assertThat(sent()).containsExactly("reminder email 20:00");
        assertThat(changes()).containsExactly("STARTED", "MIGRATED", "PARKED", "RESUMED", "ENDED");
    }

    @Test
    void stopComesBeforeAMigration() {
        var tea = inside(j -> j.delay(hours(5)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(1));

        migrated(tea, j -> j.delay(hours(2)).send(REMINDER, first(EMAIL)));
        tea.stop("ann", "it is over");
        rehearsal.advance(hours(9));

        assertThat(changes()).containsExactly("STARTED", "EXITED STOPPED");
    }

    @Test
    void migrationsFollowOneAnotherAndTheSameOnceMoreMeansNothing() {
        var tea = inside(j -> j.delay(hours(9)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(1));

        migrated(tea, j -> j.delay(hours(8)).send(REMINDER, first(EMAIL)));
        migrated(tea, j -> j.delay(hours(7)).send(REMINDER, first(EMAIL)));
        migrated(tea, j -> j.delay(hours(7)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(1));
        migrated(tea, j -> j.delay(hours(9)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(9));

        assertThat(changes()).containsExactly("STARTED", "MIGRATED", "MIGRATED", "MIGRATED", "ENDED");
        assertThat(sent()).containsExactly("reminder email 18:00");
    }

    @Test
    void whoEntersAfterwardsIsNotMovedUntilItIsSaidOnceMore() {
        var tea = inside(j -> j.delay(hours(3)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(1));
        migrated(tea, j -> j.delay(hours(1)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(1));

        does("Product Added");
        rehearsal.advance(hours(2));
        migrated(tea, j -> j.delay(hours(1)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(9));

        assertThat(sent()).containsExactly("reminder email 10:00", "reminder email 13:00");
        assertThat(changes()).containsExactly("STARTED", "MIGRATED", "ENDED", "STARTED", "MIGRATED", "ENDED");
    }

    @Test
    void variantStaysHers() {
        var tea = inside(j -> j.experiment("tone", v -> v.variant(
                        "plain", 50, plain -> plain.delay(hours(5)).setTrait("tone", "plain"))
                .variant("warm", 50, warm -> warm.delay(hours(5)).setTrait("tone", "warm"))));
        String drawn = notes().stream()
                .filter(note -> note.change() == Change.ASSIGNED)
                .map(JourneyNote::detail)
                .findFirst()
                .orElseThrow();

        migrated(tea, j -> j.delay(hours(9)).experiment("tone", v -> v.variant(
                        "warm", 50, warm -> warm.delay(hours(1)).setTrait("tone", "warm"))
                .variant("plain", 50, plain -> plain.delay(hours(1)).setTrait("tone", "plain"))));
        rehearsal.advance(hours(2));

        assertThat(drawn).isEqualTo("tone: " + tone());
    }

    @Test
    void whoIsCalledForHearsTheAnswerFirst() {
        var calls = new ArrayList<String>();
        rehearsal.close();
        rehearsal = Rehearsal.of(
                        version(j -> j.call("stock", c -> c.attempts(3)).send(NEWS, first(EMAIL))))
                .function("stock", call -> {
                    calls.add(call.key());
                    if (call.attempt() == 1) {
                        throw new IllegalStateException("busy");
                    }
                    return Map.of("left", 3);
                })
                .on(store);
        rehearsal.customer(
                "mai",
                m -> m.email("mai@example.com").grants(ADVERTISING, EMAIL).does("Product Added", Map.of()));
        rehearsal.report();

        migrated(
                rehearsal.campaign("tea"),
                j -> j.delay(hours(1)).call("stock", c -> c.attempts(3)).send(REMINDER, first(EMAIL)));
        assertThat(rehearsal
                        .campaign("tea")
                        .tryOut(Migration.to(version(j -> j.call("stock"))))
                        .count(Fate.LATER))
                .isEqualTo(1);
        rehearsal.advance(hours(1));

        assertThat(calls).hasSize(2);
        assertThat(calls.get(0)).isEqualTo(calls.get(1));
        assertThat(sent()).hasSize(1).allMatch(message -> message.startsWith("reminder"));
        assertThat(changes()).containsExactly("STARTED", "CALLED", "CALLED", "MIGRATED", "ENDED");
    }

    @Test
    void whoTurnsOutToBeOneWithSomebodyElseIsMovedOnce() {
        var tea = inside(j -> j.delay(hours(5)).send(REMINDER, first(EMAIL)));
        rehearsal.customer("m2", m -> m.email("m2@example.com").does("Product Added", Map.of()));
        rehearsal.report();
        rehearsal.advance(hours(1));

        migrated(tea, j -> j.delay(hours(2)).send(REMINDER, first(EMAIL)));
        Instant now = rehearsal.clock().instant();
        rehearsal.happens(new Touchpoint(
                "same",
                Touchpoint.Call.ALIAS,
                "alias",
                List.of(userId("mai"), userId("m2")),
                now,
                now,
                Map.of(),
                "test",
                Origin.LIVE));
        rehearsal.advance(hours(9));

        assertThat(sent()).containsExactly("reminder email 11:00");
        assertThat(changes()).containsOnlyOnce("MERGED", "ENDED");
    }

    @Test
    void explanationTellsWhoAndWhy() {
        var tea = inside(j -> j.delay(hours(5)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(hours(1));
        migrated(tea, j -> j.delay(hours(2)).send(REMINDER, first(EMAIL)));
        rehearsal.advance(minutes(1));

        assertThat(rehearsal
                        .queries()
                        .explain(userId("mai"), "tea", rehearsal.zone())
                        .toString())
                .containsPattern("10:00  journey moved to another version "
                        + "\\(ann: it was wrong: .{8} step 0 -> .{8} step 0\\)\n");
    }

    @Test
    void actionsAreFoundBeforeWaits() {
        var tea = inside(j ->
                j.send(REMINDER, first(EMAIL)).delay(hours(2)).delay(hours(3)).send(NEWS, first(EMAIL)));
        rehearsal.advance(hours(1));

        migrated(tea, j -> j.delay(hours(2))
                .delay(hours(3))
                .send(REMINDER, first(EMAIL))
                .send(NEWS, first(EMAIL)));
        rehearsal.advance(hours(9));

        assertThat(sent()).containsExactly("reminder email 09:00", "news email 14:00");
        assertThat(changes()).containsExactly("STARTED", "PINNED", "ENDED");
    }

    @Test
    void remarksWhatComesAgainBecauseItsOrderIsAnother() {
        var tea = inside(j -> j.send(REMINDER, first(EMAIL)).delay(hours(2)).send(NEWS, first(EMAIL)));
        var other = version(j -> j.delay(hours(2)).send(NEWS, first(EMAIL)).send(REMINDER, first(EMAIL)));

        assertThat(tea.tryOut(Migration.to(other)).remarks())
                .singleElement()
                .asString()
                .matches(
                        "step '0' of version .{8} \\(send reminder by email\\) is '2' in version .{8}, where it comes again for some who have it behind them");
        assertThat(tea.tryOut(Migration.to(other).step("0", "0")).faults())
                .containsExactly(
                        "step '0' becomes '0', which leads again to '2': expected a step behind it, for it is step '0'");
    }

    @Test
    void remarksWhatHasNotBeenKeptOfTheStartingEvent() {
        var told = Message.marketing("told", SHOP).on(EMAIL, mail("Tea", "<p>{{ event.product }}</p>"));
        var tea = inside(j -> j.delay(hours(2)).send(NEWS, first(EMAIL)));

        assertThat(tea.tryOut(Migration.to(version(j -> j.delay(hours(2)).send(told, first(EMAIL)))))
                        .remarks())
                .singleElement()
                .asString()
                .matches(
                        "version .{8} has kept nothing of \\[product] of the starting event, which version .{8} looks at");
    }

    // What happens.

    private static Message message(String name) {
        return Message.marketing(name, SHOP)
                .on(EMAIL, mail("Tea", "<p>Tea</p>"))
                .on(SMS, text("Tra"))
                .validFor(hours(48));
    }

    private static Campaign version(Consumer<JourneyBuilder> steps) {
        return Campaign.named("tea").journey(j -> {
            j.zone("Asia/Ho_Chi_Minh").startOn(event("Product Added"));
            steps.accept(j);
        });
    }

    /** Mai is inside. */
    private CampaignControl inside(Consumer<JourneyBuilder> steps) {
        rehearsal.close();
        rehearsal = Rehearsal.of(version(steps))
                .under(Policy.vietnam())
                .startingAt("2026-11-23T09:00+07:00")
                .on(store);
        rehearsal.customer("mai", m -> m.email("mai@example.com")
                .phone("+84570000001")
                .grants(ADVERTISING, EMAIL, SMS)
                .does("Product Added", Map.of("order_id", "A-1")));
        rehearsal.report();
        return rehearsal.campaign("tea");
    }

    private static void migrated(CampaignControl tea, Consumer<JourneyBuilder> steps) {
        tea.migrate(Migration.to(version(steps)), "ann", "it was wrong");
    }

    private void does(String event) {
        rehearsal.customer("mai", m -> m.does(event, Map.of()));
        rehearsal.report();
    }

    // What is told.

    private List<String> changes() {
        return notes().stream()
                .map(note -> (note.change() + " " + (note.change() == Change.EXITED ? note.detail() : "")).trim())
                .toList();
    }

    private List<JourneyNote> notes() {
        rehearsal.report();
        var entries = new ArrayList<Entry>();
        store.scan(Entry.Log.TIMELINE, entries::add);
        return Chronicle.inOrder(entries).stream()
                .map(Entry::body)
                .filter(JourneyNote.class::isInstance)
                .map(JourneyNote.class::cast)
                .toList();
    }

    private String tone() {
        return String.valueOf(rehearsal
                .queries()
                .customer(userId("mai"))
                .orElseThrow()
                .profile()
                .traits()
                .get("tone"));
    }

    private List<String> sent() {
        rehearsal.report();
        var sent = new ArrayList<String>();
        store.scan(Entry.Log.DECISIONS, entry -> {
            var decision = (Decision) entry.body();
            if (decision.verdict().toString().equals("SENT")) {
                sent.add(decision.origin().message() + " " + decision.channel() + " "
                        + LocalTime.ofInstant(decision.at(), rehearsal.zone()));
            }
        });
        return sent;
    }
}
