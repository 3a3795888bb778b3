// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.decision.Scene.MAI;
import static dev.throughline.decision.Scene.PHONE;
import static dev.throughline.decision.Scene.START;
import static dev.throughline.decision.Scene.advert;
import static dev.throughline.decision.Scene.news;
import static dev.throughline.decision.Scene.request;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.Receipt.Status;
import dev.throughline.channel.Scope;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentScope;
import dev.throughline.consent.Grant;
import dev.throughline.consent.LedgerLine;
import dev.throughline.consent.Occasion;
import dev.throughline.consent.Question;
import dev.throughline.consent.Suppression;
import dev.throughline.consent.Withdrawal;
import dev.throughline.customer.Linked;
import dev.throughline.customer.Observed;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Sender;
import dev.throughline.ring.Effect;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What replies and unsubscriptions do to the consents at an address. */
class RepliesTest {

    private final Plan advert = advert("tea");
    private final Plan news = news("order");
    private final Plan request = request("may we");

    @Test
    void stopBindsControllersThatThisHostDoesNotKnow() {
        var scene = Scene.agreed().replies("TC");

        assertThat(isRefused(scene, "A brand of another host")).isTrue();
    }

    @Test
    void unsubscriptionBindsControllersThatThisHostDoesNotKnow() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert).receipt(advert.id(), Status.UNSUBSCRIBED);

        assertThat(isRefused(scene, "A brand of another host")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT4M", "PT7H", "P20000D"})
    void stopFromAClockThatIsAheadCountsAtOnce(Duration ahead) {
        var scene = Scene.agreed().enqueued(advert).replies("TC", START.plus(ahead));

        assertThat(scene.takenBack()).containsExactly(advert.id());
        assertThat(scene.rows()).hasSize(1);
        assertThat(scene.enqueued(advert("more")).verdicts()).containsExactly(Verdict.skipped("WITHDRAWN"));
    }

    @Test
    void stopFromAClockThatIsAheadEndsWhatWaitsForTheMorning() {
        var scene = Scene.agreed().after(Duration.ofHours(12)).enqueued(advert);

        scene.replies("TC", scene.now().plus(Duration.ofHours(7)));

        assertThat(scene.verdicts()).containsExactly(Verdict.skipped("WITHDRAWN"));
    }

    @Test
    void grantAfterAStopFromAClockThatIsAheadCounts() {
        var scene = Scene.agreed().replies("TC", START.plus(Duration.ofDays(20_000)));

        scene.after(Duration.ofMinutes(6)).act(yes());

        assertThat(isRefused(scene, "Shop")).isFalse();
    }

    @Test
    void confirmationTellsWhenTheStopWasHeard() {
        var scene = Scene.agreed().replies("TC", START.plus(Duration.ofDays(20_000)));

        assertThat(scene.rows().get(0).message().content().toString()).contains("10:00 23/11/2026");
    }

    @ParameterizedTest
    @ValueSource(strings = {"YES", "DK", "dong y", "Đồng ý", "START"})
    void yesToNewsOfAnOrderIsNoConsent(String yes) {
        var scene = known().tell(news).accepted(news).replies(yes);

        assertThat(ledger(scene)).isEmpty();
        assertThat(received(scene).property("text")).isEqualTo(yes);
    }

    @Test
    void yesToAnAdvertisementAfterAStopIsNoConsent() {
        var scene = known().act(yes()).enqueued(advert).accepted(advert).replies("STOP");

        scene.after(Duration.ofHours(1)).replies("YES");

        assertThat(isRefused(scene, "Shop")).isTrue();
    }

    @Test
    void yesToARequestIsConsentToWhoAskedOnWhatWasShown() {
        var scene = known().enqueued(request).accepted(request).after(Duration.ofHours(1));

        scene.replies("dong y");

        assertThat(ledger(scene)).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(ConsentEvent.Type.GRANTED);
            assertThat(event.holder()).isEqualTo(MAI);
            assertThat(event.scope()).isEqualTo(new ConsentScope("Shop", "", "sms", "ADVERTISING", ""));
            assertThat(event.evidence().proof()).isEqualTo(request.id().value());
            assertThat(event.evidence().missing(List.of("text", "ts", "method")))
                    .isEmpty();
        });
        assertThat(scene.enqueued(advert).rows()).hasSize(1);
    }

    @Test
    void yesToNewsThatCameAfterTheRequestIsNoConsent() {
        var scene = known().enqueued(request).accepted(request).after(Duration.ofHours(1));

        scene.tell(news).accepted(news).replies("YES");

        assertThat(ledger(scene)).isEmpty();
    }

    @Test
    void yesAfterTheRequestWasRefusedIsNoConsent() {
        var scene = known().enqueued(request).accepted(request).after(Duration.ofHours(1));

        scene.act(Withdrawal.of(ADVERTISING).refusing())
                .after(Duration.ofHours(1))
                .replies("YES");

        assertThat(ledger(scene)).isEmpty();
    }

    @Test
    void yesOfANumberThatSeveralHoldIsNobodys() {
        var lan = CustomerId.of(START, "lan");
        var scene = known().tell(new Linked(lan, PHONE)).enqueued(request).accepted(request);

        assertThat(ledger(scene.replies("YES"))).isEmpty();
    }

    @Test
    void consentIsAskedForOnce() {
        var scene = known().enqueued(request).accepted(request).after(Duration.ofDays(2));

        assertThat(scene.enqueued(request("again")).verdicts()).endsWith(Verdict.skipped("REQUESTED_BEFORE"));
    }

    @Test
    void requestThatMayHaveArrivedCounts() {
        var scene = known().enqueued(request).unknown(request);

        assertThat(scene.enqueued(request("again")).verdicts()).endsWith(Verdict.skipped("REQUESTED_BEFORE"));
    }

    @Test
    void requestThatWasSurelyNotSentDoesNotCount() {
        var scene = known().enqueued(request).rejected(request, FailureCause.BLOCKED_POLICY, Scope.MESSAGE);

        assertThat(scene.enqueued(request("again")).rows()).hasSize(1);
    }

    @Test
    void secondRequestWaitsForWhatBecomesOfTheFirst() {
        var again = request("again");
        var scene = known().enqueued(request).enqueued(again);

        assertThat(scene.rows()).isEmpty();
        assertThat(scene.open(again).phase()).isEqualTo(Open.Phase.DEFERRED);

        scene.accepted(request);
        assertThat(scene.verdicts()).containsExactly(Verdict.SENT, Verdict.skipped("REQUESTED_BEFORE"));
    }

    @Test
    void silenceOnARequestIsANo() {
        var scene = known().enqueued(request).accepted(request).after(Duration.ofDays(7));

        assertThat(scene.enqueued(advert(Duration.ofDays(8), "late")).verdicts())
                .endsWith(Verdict.skipped("BARRED"));
    }

    @Test
    void stopIsConfirmedByTheBrandThatWrote() {
        var scene = Scene.of(brand("Alpha", SMS)).act(yes()).enqueued(advert).accepted(advert);

        assertThat(scene.replies("TC").rows())
                .extracting(row -> row.message().from().value())
                .containsExactly("SHOP");
    }

    @Test
    void stopIsConfirmedByTheBrandWhoseNumberItWasSentTo() {
        var alpha = brand("Alpha", SMS).optOutBySms("TC", "9099");
        var inbound = new Inbound("in", SMS, PHONE, "8088", "TC", START);

        assertThat(Scene.of(alpha).receive(new Replied(inbound)).rows())
                .extracting(row -> row.message().from().value())
                .containsExactly("SHOP");
    }

    @Test
    void stopIsConfirmedByTheBrandThatHasAGrant() {
        var inbound = new Inbound("in", SMS, PHONE, "", "TC", START);
        var scene = Scene.of(brand("Alpha", SMS)).tell(new Linked(MAI, PHONE)).act(yes());

        assertThat(scene.receive(new Replied(inbound)).rows())
                .extracting(row -> row.message().from().value())
                .containsExactly("SHOP");
    }

    @Test
    void stopIsConfirmedByABrandThatCanWrite() {
        var inbound = new Inbound("in", SMS, PHONE, "9099", "TC", START);
        var alpha = Brand.named("Alpha").country("VN").optOutBySms("TC", "9099");

        assertThat(Scene.of(alpha).receive(new Replied(inbound)).rows())
                .extracting(row -> row.message().from().value())
                .containsExactly("SHOP");
    }

    private static Brand brand(String name, Channel channel) {
        return Brand.named(name).country("VN").sender(channel, Sender.of(name.toUpperCase(Locale.ROOT)));
    }

    @Test
    void decisionOfTheHostEndsThePauseForReview() {
        var scene = Scene.agreed().replies("leave me alone");
        assertThat(scene.enqueued(advert).verdicts()).containsExactly(Verdict.skipped("PAUSED_FOR_REVIEW"));

        scene.after(Duration.ofSeconds(1)).receive(decided(scene, Suppression.REVIEW));

        assertThat(scene.enqueued(advert("more")).rows()).hasSize(1);
    }

    @Test
    void decisionOfTheHostEndsNoPauseThatComesAfterIt() {
        var scene = Scene.agreed()
                .receive(decided(Scene.agreed(), Suppression.REVIEW))
                .after(Duration.ofMinutes(1));

        scene.replies("leave me alone", START.minusSeconds(60));

        assertThat(scene.enqueued(advert).verdicts()).containsExactly(Verdict.skipped("PAUSED_FOR_REVIEW"));
    }

    @Test
    void decisionOfTheHostEndsNoRefusal() {
        var scene = Scene.agreed().replies("STOP").after(Duration.ofHours(1));

        scene.receive(decided(scene, Suppression.REVIEW));

        assertThat(scene.enqueued(advert).verdicts()).containsExactly(Verdict.skipped("WITHDRAWN"));
    }

    @Test
    void addressThatWorksAgainIsWrittenTo() {
        var scene = Scene.agreed().tell(news).rejected(news, FailureCause.BAD_ADDRESS, Scope.ADDRESS);
        assertThat(scene.enqueued(advert).verdicts()).endsWith(Verdict.skipped("SUPPRESSED"));

        scene.after(Duration.ofMinutes(1)).receive(decided(scene, Suppression.HARD_BOUNCE));

        assertThat(scene.enqueued(advert("more")).rows()).hasSize(1);
    }

    private static ConsentEvent decided(Scene scene, Suppression why) {
        var occasion = new Occasion("lift", null, "", scene.now(), scene.now());
        return ConsentEvent.decided(occasion, why, "Lan, care team", "she asked for another delivery day");
    }

    private static Scene known() {
        return Scene.empty().tell(new Linked(MAI, PHONE));
    }

    private static List<ConsentEvent> ledger(Scene scene) {
        return scene.effects().stream()
                .filter(Effect.Record.class::isInstance)
                .map(effect -> ((Effect.Record) effect).entry().body())
                .filter(LedgerLine.class::isInstance)
                .flatMap(line -> ((LedgerLine) line).event().stream())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:01Z", "-1000000000-01-01T00:00:00Z", "2010-01-01T00:00:00Z"})
    void stopFromAClockThatHasForgottenTheDayCountsAndSaysSo(Instant stamp) {
        var scene = Scene.agreed().tell(new Linked(MAI, PHONE)).replies("TC", stamp);

        assertThat(isRefused(scene, "Shop")).isTrue();
        assertThat(received(scene).occurredAt()).isEqualTo(START);
        assertThat(received(scene).property("stamped")).isEqualTo(stamp.toString());
    }

    @Test
    void stopThatWasLongOnItsWayCountsFromWhenItWasSaid() {
        var scene = Scene.empty().tell(new Linked(MAI, PHONE)).replies("TC", START.minus(Duration.ofDays(2)));

        assertThat(received(scene).occurredAt()).isEqualTo(START.minus(Duration.ofDays(2)));
        assertThat(received(scene).properties()).doesNotContainKey("stamped");
        assertThat(isRefused(scene.act(yes()), "Shop")).isFalse();
    }

    @Test
    void replyThatIsTooLongIsCutAndSaysSo() {
        var scene = Scene.agreed().tell(new Linked(MAI, PHONE)).enqueued(advert);

        scene.replies("Unsubscribe me! " + "\uD83D\uDE21".repeat(20_000));

        assertThat(received(scene).property("text").toString()).hasSize(16_000);
        assertThat(received(scene).property("cutFrom")).isEqualTo(40_016L);
        assertThat(scene.takenBack()).containsExactly(advert.id());
    }

    @Test
    void replyWhoseIdIsNoNameIsTakenAllTheSame() {
        for (String id : List.of("x".repeat(300), "line\nbreak", " ")) {
            var inbound = new Inbound(id, SMS, PHONE, "8088", "TC", START);
            var scene = Scene.agreed().tell(new Linked(MAI, PHONE)).receive(new Replied(inbound));

            assertThat(received(scene).id()).startsWith("inbound/").hasSizeLessThan(100);
            assertThat(isRefused(scene, "Shop")).isTrue();
        }
    }

    private static Touchpoint received(Scene scene) {
        return scene.told(Observed.class).get(0).touchpoint();
    }

    private static Grant yes() {
        return Grant.of(ADVERTISING).on(SMS).shown(notice("checkout", 3));
    }

    private static boolean isRefused(Scene scene, String controller) {
        var question = new Question(MAI, controller, SMS, ADVERTISING, scene.now());
        return !scene.point().consent().standing(question).denials().isEmpty();
    }
}
