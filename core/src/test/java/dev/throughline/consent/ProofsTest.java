// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import static dev.throughline.consent.Ledger.LAN;
import static dev.throughline.consent.Ledger.MAI;
import static dev.throughline.consent.Ledger.PHONE;
import static dev.throughline.consent.Ledger.minute;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.CALL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.identity.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProofsTest {

    private static final Grant YES = Grant.of(ADVERTISING).on(SMS).shown(notice("checkout", 3));
    private static final Withdrawal NO = Withdrawal.of(ADVERTISING).on(SMS);
    private static final Instant LATE = minute(1_000_000);

    private final List<ConsentEvent> lines = new ArrayList<>();

    @Test
    void aConsentInForceKeepsEachOfItsProofs() {
        act(minute(0), MAI, YES);
        act(minute(10), MAI, YES);

        assertThat(Proofs.outlived(lines, LATE)).isEmpty();
    }

    @Test
    void aConsentThatWasTakenBackLongEnoughAgoLosesItsProofAndTheRefusalStays() {
        String given = act(minute(0), MAI, YES);
        act(minute(60), MAI, NO);

        assertThat(Proofs.outlived(lines, minute(60))).isEmpty();
        assertThat(Proofs.outlived(lines, minute(61))).containsExactly(given);
    }

    @Test
    void aConsentThatWasGivenAnewKeepsItsOwnProofOnly() {
        String given = act(minute(0), MAI, YES);
        act(minute(60), MAI, NO);
        act(minute(120), MAI, YES);

        assertThat(Proofs.outlived(lines, LATE)).containsExactly(given);
    }

    @Test
    void aConsentRunsOutByItself() {
        String given = act(minute(0), MAI, YES.validUntil(minute(30)));

        assertThat(Proofs.outlived(lines, minute(30))).isEmpty();
        assertThat(Proofs.outlived(lines, minute(31))).containsExactly(given);
    }

    @Test
    void aNarrowerRefusalAndTheEndOfAnothersConsentEndNothing() {
        act(minute(0), MAI, YES);
        act(minute(10), MAI, Withdrawal.of(ADVERTISING).on(SMS).topic("tea"));
        act(minute(10), MAI, Withdrawal.of(ADVERTISING).on(CALL));
        act(minute(10), MAI, NO.only(Agreement.TIME_CONSENT));
        var others = new Occasion("o", LAN, "", minute(10), minute(10));
        lines.add(ConsentEvent.plain(others, ConsentEvent.Type.SUPERSEDED, ConsentScope.EVERYTHING, Actor.AUTHORITY));

        assertThat(Proofs.outlived(lines, LATE)).isEmpty();
    }

    @Test
    void anErasureEndsWhatWasGivenBefore() {
        String given = act(minute(0), MAI, YES);
        var erased = new Occasion("e", MAI, "", minute(10), minute(10));
        lines.add(ConsentEvent.plain(erased, ConsentEvent.Type.ERASED, ConsentScope.EVERYTHING, Actor.SUBJECT));
        act(minute(20), MAI, YES);

        assertThat(Proofs.outlived(lines, LATE)).containsExactly(given);
    }

    @Test
    void whatWasHeardOfLateHasEndedItLate() {
        String given = act(minute(0), MAI, YES);
        var heard = new Occasion("late", MAI, "", minute(10), minute(500));
        lines.addAll(NO.eventsAt(PHONE, heard));

        assertThat(Proofs.outlived(lines, minute(499))).isEmpty();
        assertThat(Proofs.outlived(lines, minute(501))).containsExactly(given);
    }

    /** Whatever happens in whatever order: what counts keeps its proof, and what says no is never among those that go. */
    @Test
    void takesNoProofOfWhatCountsAndNoRefusal() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            lines.clear();
            var state = ConsentState.NONE;
            for (int i = 0; i < 12; i++) {
                ConsentAct act = random.nextBoolean() ? YES : NO;
                act(minute(random.nextInt(40)), random.nextBoolean() ? MAI : LAN, act);
            }
            for (ConsentEvent line : lines) {
                state = state.apply(line);
            }

            var gone = Proofs.outlived(lines, LATE);
            for (CustomerId holder : List.of(MAI, LAN)) {
                var standing = state.standing(new Question(holder, Ledger.SHOP, SMS, ADVERTISING, LATE));
                assertThat(standing.inForce()).as("seed %s", seed).noneMatch(ground -> gone.contains(ground.event()));
            }
            assertThat(lines).as("seed %s", seed).allMatch(line -> line.type().grants() || !gone.contains(line.id()));
        }
    }

    /** The id of its line. */
    private String act(Instant when, CustomerId holder, ConsentAct act) {
        var occasion = new Occasion("act-" + lines.size(), holder, Ledger.SHOP, when, when.plus(Duration.ZERO));
        var events = act.eventsAt(PHONE, occasion);
        lines.addAll(events);
        return events.get(0).id();
    }
}
