// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.called;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.HostFunction;
import dev.throughline.engine.Disorder;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Code of the host that journeys call, under virtual time. */
class HostFunctionStoryTest {

    private final Brand shop = Brand.named("Shop").country("VN").sender(SMS, "SHOP");
    private final Message ready = Message.transactional("ready", shop).on(SMS, text("Shelf {{ call.stock.shelf }}"));
    private final Campaign pickUp = Campaign.named("pick-up").journey(j -> j.startOn(event("Order Completed"))
            .call("reserve-stock", call -> call.take("order", "event.order_id").as("stock"))
            .branch(called("stock.reserved").is(true), yes -> yes.send(ready, first(SMS)), no -> no.end("SOLD_OUT")));

    @Test
    void stockThatIsReservedIsToldAndTheLastPieceGoesToOne() {
        var pieces = new AtomicInteger(1);
        try (var rehearsal = rehearsal(call -> Map.of("reserved", pieces.getAndDecrement() > 0, "shelf", "A7"))) {
            String report = ordered(rehearsal).report().toString();

            assertThat(report).contains("Shelf A7").contains("SOLD_OUT");
        }
    }

    @Test
    void scrambledMessagesMeanNothing() {
        String plain = play(Disorder.NONE);

        for (long seed = 1; seed <= 5; seed++) {
            assertThat(play(Disorder.scrambled(seed))).as("seed %s", seed).isEqualTo(plain);
        }
    }

    private String play(Disorder disorder) {
        var calls = new AtomicInteger();
        try (var rehearsal = rehearsal(call -> {
            if (calls.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("away");
            }
            return Map.of("reserved", true, "shelf", calls.get());
        })) {
            rehearsal.disordered(disorder);
            return ordered(rehearsal).advance(Duration.ofHours(2)).report().toString();
        }
    }

    @Test
    void oneThatHangsIsGivenUpAfterItsDeadlineInRealTime() {
        var hasty = Campaign.named("hasty").journey(j -> j.startOn(event("Order Completed"))
                .call(
                        "hang",
                        call -> call.deadline(Duration.ofMillis(50)).attempts(1).ifFails(f -> f.end("GIVEN_UP"))));
        try (var rehearsal = Rehearsal.of(hasty).function("hang", call -> {
            Thread.sleep(60_000);
            return Map.of();
        })) {
            assertThat(ordered(rehearsal).report().toString())
                    .contains("TIMEOUT")
                    .contains("GIVEN_UP");
        }
    }

    @Test
    void rehearsalWithoutTheFunctionSaysSo() {
        try (var rehearsal = Rehearsal.of(pickUp)) {
            String report = ordered(rehearsal).report().toString();

            assertThat(report)
                    .contains("no function 'reserve-stock', so that each call of it fails")
                    .contains("CALL_FAILED");
        }
    }

    @Test
    void callOfSomebodyWhoIsMergedMeanwhileComesBackToTheSurvivor() {
        var attempts = new ArrayList<Integer>();
        try (var rehearsal = rehearsal(call -> {
            attempts.add(call.attempt());
            return Map.of("reserved", false);
        })) {
            rehearsal
                    .customer("mai", m -> m.phone("+84900000001"))
                    .advance(Duration.ofMinutes(1))
                    .happens(touch(rehearsal, "Order Completed", Identity.anonymousId("b-1")))
                    .happens(touch(
                            rehearsal, "Order Viewed", Identity.anonymousId("b-1"), Identity.phone("+84900000001")))
                    .advance(Duration.ofHours(1));

            assertThat(rehearsal.report().toString()).contains("SOLD_OUT");
            assertThat(attempts).isEqualTo(List.of(1));
        }
    }

    private static Touchpoint touch(Rehearsal rehearsal, String event, Identity... names) {
        var now = rehearsal.clock().instant();
        return new Touchpoint(
                event,
                Touchpoint.Call.TRACK,
                event,
                List.of(names),
                now,
                now,
                Map.of("order_id", "A-1"),
                "web",
                Origin.LIVE);
    }

    private Rehearsal rehearsal(HostFunction function) {
        return Rehearsal.of(pickUp).under(Policy.base()).function("reserve-stock", function);
    }

    private static Rehearsal ordered(Rehearsal rehearsal) {
        return rehearsal
                .customer("mai", m -> m.phone("+84900000001").does("Order Completed", Map.of("order_id", "A-1")))
                .customer("lan", m -> m.phone("+84900000002").does("Order Completed", Map.of("order_id", "A-2")))
                .advance(Duration.ofMinutes(1));
    }
}
