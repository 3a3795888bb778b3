// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.MessageClass;
import dev.throughline.consent.Suppression;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.segment.Conditions;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happened before is brought in: it counts, and starts nothing. */
class LoadTest {

    private static final Identity MAI = userId("mai");

    private final Instant lastYear = Instant.now().minusSeconds(300L * 86_400);
    private final Brand shop = Brand.named("Shop").country("VN").sender(SMS, "SHOP");
    private final Message thanks =
            Message.of("thanks", MessageClass.SERVICE, shop).on(SMS, text("Your third order. Thank you!"));
    private final Throughline throughline = Throughline.open(t -> t.store(new MemoryStore())
            .environment("test")
            .delivery(Delivery.LIVE)
            .policy(Policy.base())
            .channel(new RecordingChannel(SMS, InstantSource.system()))
            .campaign(Campaign.named("third-order").journey(j -> j.startOn(event("Order Completed")
                            .where(Conditions.count("Order Completed").atLeast(3)))
                    .send(thanks, first(SMS)))));

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void historyCountsAndStartsNothing() throws InterruptedException {
        var intake = throughline.load(Stream.of(order(1), order(2), order(3)));
        assertThat(intake).isEqualTo(new Intake(3, 0, List.of()));
        assertThat(throughline.queries().timeline(MAI)).hasSize(3).allSatisfy(one -> {
            assertThat(one.origin()).isEqualTo(Origin.HISTORY);
            assertThat(one.occurredAt()).isBefore(Instant.now().minusSeconds(86_400));
        });
        assertThat(throughline.queries().decisions(MAI)).isEmpty();

        throughline.track(MAI, "Order Completed", Map.of());
        assertThat(decided()).isEqualTo(Verdict.SENT);
    }

    @Test
    void loadIsBegunAgainWithoutTakingAnythingTwice() {
        throughline.load(Stream.of(order(1), order(2)));
        throughline.load(Stream.of(order(1), order(2), order(3)));

        assertThat(throughline.queries().timeline(MAI)).hasSize(3);
    }

    @Test
    void whatCannotBeTakenIsRefusedAlone() {
        var nobody = order(2).under(List.of(userId("null")));
        var intake = throughline.load(Stream.of(order(1), nobody, order(3)));

        assertThat(intake.taken()).isEqualTo(2);
        assertThat(intake.rejected()).singleElement().satisfies(one -> {
            assertThat(one.line()).isEqualTo(2);
            assertThat(one.reason())
                    .isEqualTo("touchpoint 'order-2' (Order Completed): nobody is called userId 'null', expected an"
                            + " identity of one person");
        });
    }

    @Test
    void exportOfAnotherSystemIsReadLineByLine() {
        var lines = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> "{\"type\":\"track\",\"messageId\":\"m" + i + "\",\"userId\":\"mai\",\"event\":\"Order"
                        + " Completed\",\"timestamp\":\"2026-03-0" + i + "T10:00:00Z\"}");

        var intake = throughline.loadJsonLines(Stream.concat(lines, Stream.of("", "{\"type\":\"dance\"}")));

        assertThat(intake.taken()).isEqualTo(3);
        assertThat(intake.rejected()).singleElement().satisfies(one -> assertThat(one.line())
                .isEqualTo(5));
        assertThat(throughline.queries().decisions(MAI)).isEmpty();
    }

    @Test
    void nothingIsWrittenToASuppressedAddress() throws InterruptedException {
        throughline.load(Stream.of(order(1), order(2), order(3)));
        throughline.suppress(
                Address.phone("+84900000001"), Suppression.HARD_BOUNCE, "import", "list of the old system");

        throughline.track(MAI, "Order Completed", Map.of());

        assertThat(decided().toString()).startsWith("SKIPPED");
        assertThatThrownBy(() -> throughline.suppress(
                        Address.phone("+84900000001"), Suppression.HARD_BOUNCE, "import", "two\nlines"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "suppression for HARD_BOUNCE: expected one line that says who decided and one that says why");
    }

    private Verdict decided() throws InterruptedException {
        for (int i = 0; i < 1_000 && throughline.queries().decisions(MAI).isEmpty(); i++) {
            Thread.sleep(10);
        }
        return throughline.queries().decisions(MAI).get(0).verdict();
    }

    private Touchpoint order(int number) {
        return new Touchpoint(
                "order-" + number,
                Touchpoint.Call.TRACK,
                "Order Completed",
                List.of(MAI, Identity.phone("+84900000001")),
                lastYear.plusSeconds(number),
                lastYear.plusSeconds(number),
                Map.of(),
                "old",
                Origin.LIVE);
    }
}
