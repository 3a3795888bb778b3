// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.Grant;
import dev.throughline.consent.LedgerHead;
import dev.throughline.consent.LedgerLine;
import dev.throughline.consent.Occasion;
import dev.throughline.consent.Salts;
import dev.throughline.consent.Withdrawal;
import dev.throughline.customer.MergeNote;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Tie;
import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Entry;
import dev.throughline.segment.Lists;
import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is old is removed, and what still has a use stays. */
class PruningTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final CustomerId MAI = CustomerId.of(NOW, "mai");
    private static final Address PHONE = Address.phone("+84900000001");
    private static final Retention A_YEAR = Retention.everything().timeline(Period.ofYears(1));

    private final Store store = new MemoryStore();
    private Instant now = NOW;
    private boolean trusted = true;
    private LedgerHead head = LedgerHead.NONE;

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void removesNothingWhileTheClockIsNotTrusted() {
        touchpoint("old", "Product Viewed", days(400));
        trusted = false;

        assertThat(pruning(A_YEAR, 10).page()).isFalse();

        assertThat(store.entries(Entry.Log.TIMELINE, MAI.toString())).hasSize(1);
    }

    @Test
    void removesTouchpointsPageByPageWithoutThoseThatLast() {
        for (int i = 0; i < 7; i++) {
            touchpoint("old" + i, "Product Viewed", days(400 + i));
        }
        touchpoint("list", Lists.JOINED, days(500));
        write(new Entry(
                Entry.Log.TIMELINE,
                MAI.toString(),
                "consent",
                days(500),
                observed("consent", "Consent Granted", days(500))));
        write(Entry.of(Entry.Log.TIMELINE, MAI.toString(), days(500), merged()));
        touchpoint("new", "Product Viewed", days(364));

        assertThat(pages(A_YEAR, 3)).isEqualTo(4);

        assertThat(store.entries(Entry.Log.TIMELINE, MAI.toString()))
                .extracting(Entry::id)
                .containsExactly("consent", "list", "new");
    }

    @Test
    void keepsAMergeThatCanBeUndoneLongerThanTheRest() {
        write(Entry.of(Entry.Log.TIMELINE, MAI.toString(), days(80), merged()));
        write(Entry.of(Entry.Log.TIMELINE, MAI.toString(), days(100), merged()));

        pages(Retention.everything().timeline(Period.ofDays(30)), 10);

        assertThat(store.entries(Entry.Log.TIMELINE, MAI.toString()))
                .extracting(Entry::at)
                .containsExactly(days(80));
    }

    @Test
    void anotherHostGoesOnWhereOneHasDiedAndRestsForADayAfterwards() {
        for (int i = 0; i < 5; i++) {
            touchpoint("old" + i, "Product Viewed", days(400));
        }

        assertThat(pruning(A_YEAR, 2).page()).isTrue();
        assertThat(lines()).isEqualTo(3);
        assertThat(pruning(A_YEAR, 2).page()).isTrue();
        assertThat(pruning(A_YEAR, 2).page()).isTrue();
        assertThat(lines()).isZero();

        touchpoint("late", "Product Viewed", days(400));
        now = NOW.plus(Duration.ofHours(23));
        assertThat(pruning(A_YEAR, 2).page()).isFalse();
        now = NOW.plus(Duration.ofHours(24));
        assertThat(pruning(A_YEAR, 2).page()).isTrue();
        assertThat(lines()).isZero();
    }

    @Test
    void goesOnAlthoughTheClockWasAheadForAWhile() {
        now = NOW.plus(Duration.ofDays(300));
        pages(A_YEAR, 2);

        now = NOW;
        touchpoint("old", "Product Viewed", days(400));

        assertThat(pages(A_YEAR, 2)).isPositive();
        assertThat(lines()).isZero();
    }

    @Test
    void touchesNoLogThatNothingIsSaidOf() {
        touchpoint("old", "Product Viewed", days(4000));

        assertThat(pages(Retention.everything().decisions(Period.ofYears(1)), 2))
                .isOne();
        assertThat(pruning(Retention.everything(), 2).page()).isFalse();

        assertThat(lines()).isOne();
    }

    @Test
    void removesProofsOfConsentsThatAreOverAndNeverARefusal() {
        consent(Grant.of(ADVERTISING).on(SMS).shown(notice("checkout", 1)), days(4000));
        consent(Withdrawal.of(ADVERTISING).on(SMS), days(3000));
        consent(Grant.of(ADVERTISING).on(SMS).shown(notice("checkout", 2)), days(2900));

        pages(Retention.everything().ledger(Period.ofYears(9)), 1);
        assertThat(ledger()).hasSize(3);

        now = NOW.plus(Duration.ofDays(1));
        pages(Retention.everything().ledger(Period.ofYears(5)), 1);
        assertThat(ledger()).containsExactly(ConsentEvent.Type.WITHDRAWN, ConsentEvent.Type.GRANTED);
        var lines = store.entries(Entry.Log.LEDGER, PHONE.toString());
        assertThat(lines).hasSize(3);
        assertThat(LedgerChain.fault(PHONE.toString(), head, lines)).isEmpty();
    }

    private int pages(Retention retention, int size) {
        var pruning = pruning(retention, size);
        int pages = 0;
        while (pruning.page()) {
            pages++;
        }
        return pages;
    }

    private Pruning pruning(Retention retention, int size) {
        return new Pruning(store, retention, () -> now, () -> trusted, size);
    }

    private int lines() {
        return store.entries(Entry.Log.TIMELINE, MAI.toString()).size();
    }

    private List<ConsentEvent.Type> ledger() {
        return LedgerLines.events(store.entries(Entry.Log.LEDGER, PHONE.toString())).stream()
                .map(ConsentEvent::type)
                .toList();
    }

    private void consent(ConsentAct act, Instant at) {
        for (ConsentEvent event : act.eventsAt(PHONE, new Occasion("act at " + at, MAI, "Shop", at, at))) {
            var line = LedgerLine.next(event, head, PHONE.toString(), Salts.REHEARSED);
            head = head.after(line, PHONE.toString(), at);
            write(new Entry(Entry.Log.LEDGER, PHONE.toString(), head.id(), at, line));
        }
    }

    private void touchpoint(String id, String name, Instant at) {
        write(new Entry(Entry.Log.TIMELINE, MAI.toString(), id, at, observed(id, name, at)));
    }

    private static Observed observed(String id, String name, Instant at) {
        var call = name.startsWith("Consent") ? Touchpoint.Call.CONSENT : Touchpoint.Call.TRACK;
        return new Observed(
                new Touchpoint(id, call, name, List.of(Identity.userId("mai")), at, at, Map.of(), "web", Origin.LIVE));
    }

    private static MergeNote merged() {
        return new MergeNote(MergeNote.Change.ABSORBED, CustomerId.of(NOW, "lan"), Tie.STRONG, "", "");
    }

    private void write(Entry line) {
        try (Unit unit = store.begin()) {
            var changes = Changes.none();
            changes.entries().add(line);
            unit.commit(changes);
        }
    }

    private static Instant days(int ago) {
        return NOW.minus(Duration.ofDays(ago));
    }
}
