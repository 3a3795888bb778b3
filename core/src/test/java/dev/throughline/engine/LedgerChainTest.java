// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.Grant;
import dev.throughline.consent.LedgerHead;
import dev.throughline.consent.LedgerLine;
import dev.throughline.consent.Occasion;
import dev.throughline.consent.Salts;
import dev.throughline.engine.LedgerFault.Kind;
import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Payload;
import dev.throughline.store.Changes;
import dev.throughline.store.Illegible;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is done to the lines of an address, the first one that is not as it was written is named. */
class LedgerChainTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Address PHONE = Address.phone("+84900000001");
    private static final CustomerId MAI = CustomerId.of(NOON, "mai");

    private final List<Entry> lines = new ArrayList<>();
    private LedgerHead head = LedgerHead.NONE;

    @BeforeEach
    void writeFiveLines() {
        for (int i = 1; i <= 5; i++) {
            write(event("act " + i));
        }
    }

    @Test
    void findsNothingWrongWithWhatWasWritten() {
        Collections.reverse(lines);

        assertThat(fault()).isEmpty();
        assertThat(LedgerChain.fault(PHONE.toString(), LedgerHead.NONE, List.of()))
                .isEmpty();
    }

    @Test
    void namesALineThatSaysSomethingElse() {
        Entry third = lines.get(2);
        var other = LedgerLine.next(event("forged"), headAfter(2), PHONE.toString(), Salts.REHEARSED);
        replace(3, new Entry(third.log(), third.subject(), third.id(), third.at(), other));

        assertThat(fault()).contains(found(3, Kind.ALTERED));
    }

    @Test
    void namesALineOfWhichAnyBitWasTurned() {
        var payloads = Model.payloads();
        for (int number : List.of(3, 5)) {
            Entry written = lines.get(number - 1);
            byte[] bytes = payloads.encode(written.body());
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                replace(number, new Entry(written.log(), written.subject(), written.id(), written.at(), read(bytes)));
                assertThat(fault()).as("bit %d", bit).contains(found(number, Kind.ALTERED));
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
            replace(number, written);
        }
    }

    private static Payload read(byte[] bytes) {
        try {
            return Model.payloads().decode(bytes);
        } catch (RuntimeException unreadable) {
            return new Illegible("");
        }
    }

    @Test
    void namesALineThatHasAnotherTime() {
        Entry second = lines.get(1);
        replace(2, new Entry(second.log(), second.subject(), second.id(), NOON.minusNanos(1), second.body()));

        assertThat(fault()).contains(found(2, Kind.ALTERED));
    }

    @Test
    void namesALineThatCannotBeRead() {
        Entry fourth = lines.get(3);
        replace(4, new Entry(fourth.log(), fourth.subject(), fourth.id(), fourth.at(), new Illegible("torn")));

        assertThat(fault()).contains(found(4, Kind.ALTERED));
    }

    @Test
    void namesALineThatIsMissingInTheMiddle() {
        lines.remove(1);

        assertThat(fault()).contains(new LedgerFault(PHONE.toString(), 2, "", Kind.MISSING));
    }

    @Test
    void namesTheFirstLineOfATailThatIsCutOff() {
        lines.subList(3, 5).clear();

        assertThat(fault()).contains(new LedgerFault(PHONE.toString(), 4, "", Kind.MISSING));
    }

    @Test
    void namesALineThatWasPutBehindTheEnd() {
        LedgerHead written = head;
        write(event("forged"));
        head = written;

        assertThat(fault()).contains(found(6, Kind.FOREIGN));
    }

    @Test
    void namesALineThatWasPutInBetween() {
        Entry third = lines.get(2);
        lines.add(new Entry(third.log(), third.subject(), "forged", third.at(), third.body()));

        assertThat(fault()).contains(new LedgerFault(PHONE.toString(), 3, "forged", Kind.FOREIGN));
    }

    @Test
    void namesTheFirstOfTwoLinesThatHaveChangedPlaces() {
        Entry second = lines.get(1);
        Entry fourth = lines.get(3);
        replace(2, new Entry(second.log(), second.subject(), second.id(), second.at(), fourth.body()));
        replace(4, new Entry(fourth.log(), fourth.subject(), fourth.id(), fourth.at(), second.body()));

        assertThat(fault())
                .get()
                .extracting(LedgerFault::number, LedgerFault::kind)
                .containsExactly(2L, Kind.ALTERED);
    }

    @Test
    void seesThroughAChainThatWasWrittenAnewFromTheAlteredLineOn() {
        LedgerHead written = head;
        head = LedgerHead.NONE;
        lines.clear();
        for (int i = 1; i <= 5; i++) {
            write(event(i == 2 ? "forged" : "act " + i));
        }
        head = written;

        assertThat(fault())
                .get()
                .extracting(LedgerFault::number, LedgerFault::kind)
                .containsExactly(5L, Kind.ALTERED);
    }

    @Test
    void namesTheFirstLineOfAnAddressWhoseLinesAreAnothers() {
        assertThat(LedgerChain.fault("phone:+84900000002", head, lines))
                .contains(new LedgerFault("phone:+84900000002", 1, lines.get(0).id(), Kind.ALTERED));
    }

    @Test
    void goesOnOverLinesThatAreBlottedOutAndKnowNothingOfThemAnyMore() {
        var changes = Changes.none();
        LedgerLines.blot(List.of(lines.get(1), lines.get(4)), changes);
        for (Entry blotted : changes.entries()) {
            replace(blotted.id().equals(lines.get(1).id()) ? 2 : 5, blotted);
        }

        assertThat(fault()).isEmpty();
        assertThat(LedgerLines.events(lines)).extracting(ConsentEvent::id).hasSize(3);
        assertThat(LedgerLine.CODEC.encode((LedgerLine) lines.get(1).body())).hasSizeLessThan(40);
    }

    @Test
    void namesABlottedLineThatIsAltered() {
        var changes = Changes.none();
        LedgerLines.blot(List.of(lines.get(0)), changes);
        byte[] bytes =
                LedgerLine.CODEC.encode((LedgerLine) changes.entries().get(0).body());
        bytes[bytes.length - 1] ^= 1;
        Entry first = lines.get(0);
        replace(1, new Entry(first.log(), first.subject(), first.id(), first.at(), LedgerLine.CODEC.decode(bytes)));

        assertThat(fault()).contains(found(1, Kind.ALTERED));
    }

    @Test
    void saltsTheSameLineOtherwiseUnderAnotherSecret() {
        var one = LedgerLine.next(event("act 1"), LedgerHead.NONE, PHONE.toString(), Salts.of("one"));
        var other = LedgerLine.next(event("act 1"), LedgerHead.NONE, PHONE.toString(), Salts.of("other"));

        assertThat(one.blotted(PHONE.toString())).isNotEqualTo(other.blotted(PHONE.toString()));
        assertThat(one.event()).isEqualTo(other.event());
    }

    private Optional<LedgerFault> fault() {
        return LedgerChain.fault(PHONE.toString(), head, lines);
    }

    private LedgerFault found(int number, Kind kind) {
        return new LedgerFault(PHONE.toString(), number, lines.get(number - 1).id(), kind);
    }

    private void replace(int number, Entry by) {
        lines.set(number - 1, by);
    }

    private LedgerHead headAfter(int number) {
        LedgerHead before = LedgerHead.NONE;
        for (Entry line : lines.subList(0, number)) {
            before = before.after((LedgerLine) line.body(), PHONE.toString(), line.at());
        }
        return before;
    }

    private void write(ConsentEvent event) {
        var line = LedgerLine.next(event, head, PHONE.toString(), Salts.REHEARSED);
        head = head.after(line, PHONE.toString(), event.recordedAt());
        lines.add(new Entry(Entry.Log.LEDGER, PHONE.toString(), head.id(), event.recordedAt(), line));
    }

    private static ConsentEvent event(String id) {
        return Grant.of(ADVERTISING)
                .on(SMS)
                .eventsAt(PHONE, new Occasion(id, MAI, "Shop", NOON, NOON))
                .get(0);
    }
}
