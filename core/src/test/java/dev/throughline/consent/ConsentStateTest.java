// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import static dev.throughline.consent.Ledger.LAN;
import static dev.throughline.consent.Ledger.MAI;
import static dev.throughline.consent.Ledger.SHOP;
import static dev.throughline.consent.Ledger.minute;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.consent.Purpose.TRACKING;
import static dev.throughline.identity.Channel.CALL;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.consent.Standing.Denial;
import dev.throughline.consent.Standing.Ground;
import dev.throughline.consent.Standing.RequestState;
import dev.throughline.consent.Standing.Suppressed;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.wire.Writer;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsentStateTest {

    private static final Grant YES = Grant.of(ADVERTISING).on(SMS, EMAIL).shown(notice("checkout", 3));
    private static final Withdrawal NO = Withdrawal.of(ADVERTISING).on(SMS);
    private static final ConsentScope ADS_BY_SMS = new ConsentScope(SHOP, "", "sms", "ADVERTISING", "");

    private final Ledger ledger = new Ledger();

    @Test
    void saysWhatSpeaksForAMessage() {
        ledger.act(minute(0), MAI, YES);

        var standing = ledger.standing(minute(1), MAI);

        assertThat(standing.denials()).isEmpty();
        assertThat(standing.inForce()).singleElement().satisfies(ground -> {
            assertThat(ground.basis()).isEqualTo(Basis.EXPRESS);
            assertThat(ground.since()).isEqualTo(minute(0));
            assertThat(ground.evidence().missing(Set.of("text", "ts", "method")))
                    .isEmpty();
            assertThat(ground.scope()).isEqualTo(ADS_BY_SMS);
        });
    }

    @Test
    void bindsAGrantToItsHolderChannelPurposeAndController() {
        ledger.act(minute(0), MAI, YES);

        assertThat(ledger.standing(minute(1), LAN).grounds()).isEmpty();
        assertThat(ledger.standing(minute(1), null).grounds()).isEmpty();
        assertThat(ledger.standing(minute(1), MAI, CALL).grounds()).isEmpty();
        assertThat(ledger.state
                        .standing(new Question(MAI, SHOP, SMS, TRACKING, minute(1)))
                        .grounds())
                .isEmpty();
        assertThat(ledger.state
                        .standing(new Question(MAI, "Other Ltd", SMS, ADVERTISING, minute(1)))
                        .grounds())
                .isEmpty();
    }

    @Test
    void bindsARefusalToTheAddressWhoeverHoldsIt() {
        ledger.act(minute(0), MAI, NO);
        ledger.act(minute(60), LAN, Withdrawal.of(TRACKING));

        assertThat(ledger.standing(minute(1), LAN).denials())
                .extracting(Denial::type)
                .containsExactly(ConsentEvent.Type.WITHDRAWN);
    }

    @Test
    void bindsARefusalWithoutAControllerToEveryOne() {
        ledger.act(minute(0), MAI, YES.controller("Other Ltd")).act(minute(10), MAI, NO);

        assertThat(standing(minute(20), "Other Ltd").denials()).hasSize(1);
        assertThat(standing(minute(20), "Whoever Ltd").denials()).hasSize(1);
    }

    @Test
    void bindsARefusalThatNamesAControllerToThatOne() {
        ledger.act(minute(0), MAI, NO.controller("Other Ltd"));

        assertThat(standing(minute(20), "Other Ltd").denials()).hasSize(1);
        assertThat(standing(minute(20), SHOP).denials()).isEmpty();
    }

    @Test
    void endsARefusalWithoutAControllerForTheOneThatAGrantIsGivenTo() {
        ledger.act(minute(0), MAI, NO).act(minute(10), MAI, YES);

        assertThat(standing(minute(20), SHOP).denials()).isEmpty();
        assertThat(standing(minute(20), "Other Ltd").denials()).hasSize(1);
    }

    @Test
    void letsARefusalWinWithinTheBandOfFiveMinutes() {
        ledger.act(minute(5), MAI, YES).act(minute(0), MAI, NO);
        assertThat(ledger.standing(minute(60), MAI).denials()).hasSize(1);

        ledger.act(minute(5).plusMillis(1), MAI, YES);
        assertThat(ledger.standing(minute(60), MAI).denials()).isEmpty();
    }

    @Test
    void doesNotLetAnOlderGrantThatArrivesLateEndARefusal() {
        ledger.act(minute(60), MAI, NO).act(minute(0), MAI, YES);

        var standing = ledger.standing(minute(61), MAI);

        assertThat(standing.denials()).hasSize(1);
        assertThat(standing.grounds()).extracting(Ground::state).containsExactly(Standing.State.WITHDRAWN);
    }

    @Test
    void countsARefusalAtOnceThoughItArrivesLate() {
        ledger.act(minute(0), MAI, YES).act(minute(30), MAI, NO);

        assertThat(ledger.standing(minute(31), MAI).inForce()).isEmpty();
    }

    @Test
    void countsARefusalOfAHostWhoseClockIsAhead() {
        ledger.act(minute(0), MAI, YES).act(minute(32), MAI, NO).event(suppress(Suppression.MANUAL, 32));

        var standing = ledger.standing(minute(30), MAI);

        assertThat(standing.inForce()).isEmpty();
        assertThat(standing.denials()).hasSize(1);
        assertThat(standing.suppressions()).hasSize(1);
    }

    @Test
    void entersARefusalNoLaterThanItWasHeard() {
        var occasion = new Occasion("act", MAI, SHOP, minute(60), minute(30));

        assertThat(NO.eventsAt(Ledger.PHONE, occasion)).singleElement().satisfies(event -> {
            assertThat(event.occurredAt()).isEqualTo(minute(30));
            assertThat(event.effectiveAt()).isEqualTo(minute(30));
        });
        assertThat(YES.eventsAt(Ledger.PHONE, occasion))
                .extracting(ConsentEvent::occurredAt)
                .containsExactly(minute(60));
    }

    @Test
    void doesNotReviveWhatWasRefusedWhenTheRefusalIsOver() {
        ledger.act(minute(0), MAI, YES)
                .act(minute(10), MAI, NO)
                .act(minute(20), MAI, YES.basis(Basis.SOFT_OPT_IN).shown(notice("sale", 1)));

        assertThat(ledger.standing(minute(30), MAI).inForce())
                .extracting(Ground::basis)
                .containsExactly(Basis.SOFT_OPT_IN);
    }

    @Test
    void letsARefusalOfEverythingOutliveANarrowerGrantUnlessItsWordsSaidSo() {
        ledger.act(minute(0), MAI, Withdrawal.ofEverything()).act(minute(10), MAI, YES);
        assertThat(ledger.standing(minute(20), MAI).denials()).hasSize(1);

        ledger.act(minute(11), MAI, YES.endingBroaderRefusals());
        assertThat(ledger.standing(minute(20), MAI).denials()).isEmpty();
        assertThat(ledger.standing(minute(20), MAI, CALL).denials()).hasSize(1);
    }

    @Test
    void scenario21StartAfterStopNeedsTheSubjectsOwnFreshAct() {
        ledger.act(minute(0), MAI, YES).act(minute(10), MAI, NO);

        ledger.act(minute(20), MAI, YES.actor(Actor.AGENT));
        assertThat(ledger.standing(minute(30), MAI).denials()).hasSize(1);

        var shown = new Evidence("", 0, "Offers by SMS? Answer START", "", "", "", "message-7", "");
        var asked = ConsentEvent.requested(ledger.at(minute(35), MAI), ADS_BY_SMS, shown);
        ledger.event(asked).event(ConsentEvent.answered(asked, ledger.at(minute(40), MAI), "sms keyword"));
        var standing = ledger.standing(minute(50), MAI);
        assertThat(standing.denials()).isEmpty();
        assertThat(standing.inForce()).extracting(Ground::since).contains(minute(40));
    }

    @Test
    void acceptsAnAgentsWordWithProof() {
        ledger.act(minute(0), MAI, NO)
                .act(minute(20), MAI, YES.actor(Actor.AGENT).proof("call-4711.wav"));

        assertThat(ledger.standing(minute(30), MAI).denials()).isEmpty();
    }

    @Test
    void neverLetsAListWithoutProofEndARefusalOrTakeTheOwnWordsPlace() {
        ledger.act(minute(0), MAI, YES)
                .act(minute(10), MAI, Grant.of(ADVERTISING).actor(Actor.IMPORT));

        assertThat(ledger.standing(minute(20), MAI).inForce())
                .extracting(Ground::unproven)
                .containsExactly(false, true);
    }

    @Test
    void countsAFutureGrantFromItsDayOnAndThePresentOneUntilThen() {
        ledger.act(minute(0), MAI, YES).act(minute(10), MAI, YES.validFrom(minute(100)));

        assertThat(ledger.standing(minute(20), MAI).grounds())
                .extracting(Ground::state)
                .containsExactly(Standing.State.IN_FORCE, Standing.State.NOT_YET);
        assertThat(ledger.standing(minute(100), MAI).inForce()).hasSize(2);
    }

    @Test
    void endsAGrantAtItsLastInstant() {
        ledger.act(minute(0), MAI, YES.validUntil(minute(100)));

        assertThat(ledger.standing(minute(100).minusNanos(1), MAI).inForce()).hasSize(1);
        assertThat(ledger.standing(minute(100), MAI).grounds())
                .extracting(Ground::state)
                .containsExactly(Standing.State.EXPIRED);
    }

    @Test
    void countsADoubleOptInOnceItIsConfirmed() {
        ledger.act(minute(0), MAI, YES.awaitingConfirmation());
        assertThat(ledger.standing(minute(1), MAI).grounds())
                .extracting(Ground::state)
                .containsExactly(Standing.State.PENDING);

        ledger.act(minute(2), MAI, YES.confirming());
        assertThat(ledger.standing(minute(3), MAI).inForce())
                .extracting(Ground::confirmed)
                .containsExactly(true);
    }

    @Test
    void scenario07SilenceBarsUntilTheSubjectActs() {
        ledger.event(ConsentEvent.requested(ledger.at(minute(0), MAI), ADS_BY_SMS, Evidence.NONE));
        assertThat(ledger.standing(minute(1), MAI).request().state()).isEqualTo(RequestState.REQUESTED);

        ledger.event(ConsentEvent.unanswered(ledger.at(minute(100), MAI), ADS_BY_SMS));
        assertThat(ledger.standing(minute(101), MAI).request().state()).isEqualTo(RequestState.BARRED);
        assertThat(ledger.standing(minute(101), MAI).acknowledgementDue()).isFalse();

        ledger.act(minute(200), MAI, YES);
        assertThat(ledger.standing(minute(201), MAI).request().state()).isEqualTo(RequestState.ANSWERED);
        assertThat(ledger.standing(minute(201), MAI).denials()).isEmpty();
    }

    @Test
    void scenario13AcknowledgesARefusalOnce() {
        var stop = OptOutWords.standard().read("TC", true).acts(SMS).get(0);
        ledger.act(minute(0), MAI, YES).act(minute(10), MAI, stop);
        assertThat(ledger.standing(minute(10), MAI).acknowledgementDue()).isTrue();

        ledger.event(ConsentEvent.acknowledged(ledger.at(minute(10), MAI), ADS_BY_SMS));
        ledger.act(minute(20), MAI, stop);
        assertThat(ledger.standing(minute(20), MAI).acknowledgementDue()).isFalse();

        ledger.act(minute(30), MAI, YES).act(minute(40), MAI, stop);
        assertThat(ledger.standing(minute(40), MAI).acknowledgementDue()).isTrue();
    }

    @Test
    void scenario17TellsTheSecondDecisionOfARefusalRecordedAfterTheFirst() {
        ledger.act(minute(0), MAI, YES);
        var planned = ledger.standing(minute(10), MAI);
        ledger.act(minute(11), MAI, NO);
        var dispatched = ledger.standing(minute(12), MAI);

        assertThat(planned.denials()).isEmpty();
        assertThat(dispatched.denials()).extracting(Denial::at).containsExactly(minute(11));
    }

    @Test
    void scenario40KeepsEveryRefusalAndStretchesNoGrantInAMerge() {
        ledger.act(minute(0), MAI, YES).act(minute(10), LAN, NO);
        ledger.event(ConsentEvent.merged(ledger.at(minute(20), MAI), LAN));
        assertThat(ledger.standing(minute(30), MAI).denials()).hasSize(1);

        var others = new Ledger().act(minute(0), LAN, YES);
        others.event(ConsentEvent.merged(others.at(minute(20), MAI), LAN));
        assertThat(others.standing(minute(30), MAI).inForce()).hasSize(1);
    }

    @Test
    void scenario41RestoresEachOnesGrantsWhenAMergeIsUndone() {
        ledger.act(minute(0), LAN, YES);
        ledger.event(ConsentEvent.merged(ledger.at(minute(20), MAI), LAN));
        ledger.event(ConsentEvent.split(ledger.at(minute(30), MAI), LAN));

        assertThat(ledger.standing(minute(40), MAI).inForce()).isEmpty();
        assertThat(ledger.standing(minute(40), LAN).inForce()).hasSize(1);
    }

    @Test
    void scenario43VoidsTheOldHoldersConsentAndKeepsTheOldRefusal() {
        ledger.act(minute(0), MAI, YES)
                .act(minute(10), MAI, Withdrawal.of(ADVERTISING).on(CALL));
        ledger.event(ConsentEvent.plain(
                ledger.at(minute(20), null),
                ConsentEvent.Type.ADDRESS_RELEASED,
                ConsentScope.EVERYTHING,
                Actor.SYSTEM));

        assertThat(ledger.standing(minute(30), MAI).grounds()).isEmpty();
        assertThat(ledger.standing(minute(30), LAN, CALL).denials()).hasSize(1);

        ledger.act(minute(40), LAN, Grant.of(ADVERTISING).on(CALL).shown(notice("checkout", 3)));
        assertThat(ledger.standing(minute(50), LAN, CALL).denials()).isEmpty();
    }

    @Test
    void deletesWhatIsPersonalAndKeepsWhatProtectsInAnErasure() {
        ledger.act(minute(0), MAI, YES).act(minute(1), MAI, NO);
        ledger.event(ConsentEvent.plain(
                ledger.at(minute(20), MAI), ConsentEvent.Type.ERASED, ConsentScope.EVERYTHING, Actor.SUBJECT));

        assertThat(ledger.state.events())
                .extracting(ConsentEvent::type)
                .containsExactly(ConsentEvent.Type.WITHDRAWN, ConsentEvent.Type.ERASED);
        assertThat(ledger.standing(minute(30), MAI).suppressions())
                .extracting(Suppressed::reason)
                .containsExactly(Suppression.ERASURE);
    }

    @Test
    void liftsAnErasureByTheSubjectOnly() {
        ledger.event(ConsentEvent.plain(
                ledger.at(minute(0), MAI), ConsentEvent.Type.ERASED, ConsentScope.EVERYTHING, Actor.SUBJECT));

        ledger.event(lift(Suppression.ERASURE, 10, Actor.AGENT));
        assertThat(ledger.standing(minute(20), MAI).suppressions()).hasSize(1);

        ledger.event(lift(Suppression.ERASURE, 30, Actor.SUBJECT));
        assertThat(ledger.standing(minute(40), MAI).suppressions()).isEmpty();
    }

    @Test
    void liftsASuppressionAndTakesTheNextOne() {
        ledger.event(suppress(Suppression.HARD_BOUNCE, 0));
        ledger.event(lift(Suppression.HARD_BOUNCE, 10, Actor.SYSTEM));
        assertThat(ledger.standing(minute(20), MAI).suppressions()).isEmpty();

        ledger.event(suppress(Suppression.HARD_BOUNCE, 30));
        assertThat(ledger.standing(minute(40), MAI).suppressions()).hasSize(1);
    }

    @Test
    void saysWhoLiftedWhatAndWhy() {
        var decided = ConsentEvent.decided(
                ledger.at(minute(10), null), Suppression.REVIEW, "Lan, care team", "a question about the order");

        assertThat(decided.actor()).isEqualTo(Actor.AGENT);
        assertThat(decided.evidence().proof()).isEqualTo("Lan, care team");
        assertThat(decided.evidence().text()).isEqualTo("a question about the order");
    }

    @Test
    void letsAHostLiftOnlyWhatIsItsToDecide() {
        var occasion = ledger.at(minute(10), null);

        assertThatThrownBy(() -> ConsentEvent.decided(occasion, Suppression.COMPLAINT, "Lan", "a mistake"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("lifting of COMPLAINT: expected REVIEW, HARD_BOUNCE or RESTRICTION; a host ends no other");
        assertThatThrownBy(() -> ConsentEvent.decided(occasion, Suppression.REVIEW, "Lan", " "))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("lifting of REVIEW: expected one line that says who decided and one that says why");
    }

    @Test
    void endsAPauseForReviewByALaterYesOfThePerson() {
        ledger.event(suppress(Suppression.REVIEW, 0)).act(minute(4), MAI, YES);
        assertThat(ledger.standing(minute(20), MAI).suppressions()).hasSize(1);

        ledger.act(minute(10), MAI, YES.actor(Actor.AGENT));
        assertThat(ledger.standing(minute(20), MAI).suppressions()).hasSize(1);

        ledger.act(minute(11), MAI, YES);
        assertThat(ledger.standing(minute(20), MAI).suppressions()).isEmpty();
        assertThat(ledger.standing(minute(20), LAN).suppressions()).hasSize(1);
    }

    @Test
    void keepsAnAgreementUntilItAloneIsTakenBack() {
        ledger.act(minute(0), MAI, YES.alsoOutsideHours()).act(minute(10), MAI, YES);
        assertThat(ledger.standing(minute(20), MAI).agreed(Agreement.TIME_CONSENT))
                .isPresent();
        assertThat(ledger.standing(minute(20), MAI).agreed(Agreement.FREQUENCY_CONSENT))
                .isEmpty();

        ledger.act(minute(30), MAI, NO.only(Agreement.TIME_CONSENT));
        var standing = ledger.standing(minute(40), MAI);
        assertThat(standing.agreed(Agreement.TIME_CONSENT)).isEmpty();
        assertThat(standing.denials()).isEmpty();
        assertThat(standing.inForce()).isNotEmpty();
    }

    @Test
    void endsAGrantThatANewNoticeReplaced() {
        ledger.act(minute(0), MAI, YES);
        ledger.event(
                ConsentEvent.plain(ledger.at(minute(10), MAI), ConsentEvent.Type.SUPERSEDED, ADS_BY_SMS, Actor.SYSTEM));

        assertThat(ledger.standing(minute(20), MAI).grounds())
                .extracting(Ground::state)
                .containsExactly(Standing.State.ENDED);
        assertThat(ledger.standing(minute(20), MAI).denials()).isEmpty();
    }

    @Test
    void returnsItselfForARepeatedEvent() {
        var event = YES.eventsAt(Ledger.PHONE, ledger.at(minute(0), MAI)).get(0);
        var once = ConsentState.NONE.apply(event);

        assertThat(once.apply(event)).isSameAs(once);
    }

    @Test
    void keepsWhatDecidesAndNotEveryEvent() {
        for (int i = 0; i < 1_000; i++) {
            ledger.act(minute(i * 10L), MAI, i % 2 == 0 ? YES : NO);
            ledger.event(ConsentEvent.requested(ledger.at(minute(i * 10L), MAI), ADS_BY_SMS, Evidence.NONE));
        }

        assertThat(ledger.state.events()).hasSize(10);
        assertThat(ConsentState.CODEC.encode(ledger.state)).hasSizeLessThan(2_000);
    }

    @Test
    void readsWhatItWroteAndKeepsWhatItDoesNotKnow() {
        ledger.act(minute(0), MAI, YES.alsoMoreOften().topic("tea").validUntil(minute(9_000)));
        ledger.act(minute(20), LAN, NO);
        ledger.event(suppress(Suppression.COMPLAINT, 30));
        var out = new Writer();
        ConsentState.CODEC.write(ledger.state, out);
        out.string(77, "of a later version");

        var read = ConsentState.CODEC.decode(out.toByteArray());

        assertThat(read).isEqualTo(ledger.state);
        assertThat(ConsentState.CODEC.encode(read)).isEqualTo(out.toByteArray());
    }

    private Standing standing(Instant when, String controller) {
        return ledger.state.standing(new Question(MAI, controller, SMS, ADVERTISING, when));
    }

    private ConsentEvent suppress(Suppression why, long minutes) {
        return ConsentEvent.suppressed(ledger.at(minute(minutes), MAI), ConsentScope.EVERYTHING, why, Actor.SYSTEM);
    }

    private ConsentEvent lift(Suppression why, long minutes, Actor actor) {
        return ConsentEvent.lifted(ledger.at(minute(minutes), MAI), ConsentScope.EVERYTHING, why, actor);
    }
}
