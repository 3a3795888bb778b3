// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.Route.first;
import static dev.throughline.campaign.Way.MAI;
import static dev.throughline.campaign.Way.SHOP;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.called;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.throughline.channel.TextContent;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import dev.throughline.ring.Question.Lack;
import dev.throughline.segment.Segment;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Functions of the host that journeys call. */
class CallTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LOST = Duration.ofSeconds(100); // deadline, patience and what an answer is on its way

    @Test
    void functionIsGivenWhatTheStepSaysAndWhatIsKnown() {
        var way = Way.through(campaign(j -> j.call("reserve-stock", call -> call.with("quantity", 2)
                        .take("sku", "event.sku")
                        .take("tier", "customer.tier")
                        .take("colour", "event.colour"))))
                .trait("tier", "gold")
                .does("Order Completed", Map.of("sku", "TEA-6", "total", 5));
        var call = way.question().call();

        assertThat(call.arguments()).isEqualTo(Map.of("quantity", 2L, "sku", "TEA-6", "tier", "gold"));
        assertThat(call.function()).isEqualTo("reserve-stock");
        assertThat(call.campaign()).isEqualTo("c");
        assertThat(call.customer()).isEqualTo(MAI);
        assertThat(call.text("sku")).contains("TEA-6");
        assertThat(call.number("quantity")).contains(new BigDecimal(2));
        assertThat(call.text("colour")).isEmpty();
    }

    @Test
    void whatIsAnsweredDecidesABranchAndFillsInAMessage() {
        var message = Message.transactional("m", SHOP).on(SMS, new Draft.Text("{{ call.stock.place.aisle }}"));
        var way = Way.through(campaign(j -> j.call("reserve-stock", call -> call.as("stock"))
                        .branch(
                                called("stock.reserved").is(true),
                                yes -> yes.send(message, first(SMS)),
                                no -> no.end())))
                .does("Order Completed")
                .answered(Map.of("reserved", true, "place", Map.of("aisle", "A7")));

        assertThat(way.plan().content()).isEqualTo(new TextContent("A7"));
    }

    @Test
    void onlyWhatIsUsedOfAnAnswerIsKept() {
        var way = Way.through(campaign(j -> j.call("reserve-stock", call -> call.as("stock"))
                        .delay(HOUR)
                        .branch(called("stock.reserved").is(true), yes -> {}, no -> {})))
                .does("Order Completed")
                .answered(Map.of("reserved", true, "novel", "x".repeat(5_000)));

        assertThat(way.instances().get(0).answers()).isEqualTo(Map.of("stock", Map.of("reserved", true)));
    }

    @Test
    void answerOfOneCallIsGivenToTheNext() {
        var way = Way.through(campaign(
                        j -> j.call("reserve-stock").call("print", call -> call.take("id", "call.reserve_stock.id"))))
                .does("Order Completed")
                .answered(Map.of("id", 7));

        assertThat(way.question().call().arguments()).isEqualTo(Map.of("id", 7L));
    }

    @Test
    void keyIsOfTheStepAndTheSameAtEachAttempt() {
        var way = Way.through(campaign(j -> j.call("a").call("a"))).does("Order Completed");
        String first = way.question().call().key();
        way.unanswered(Lack.THREW).waiting(Duration.ofMinutes(1));
        String again = way.question().call().key();
        way.answered(Map.of());

        assertThat(again).isEqualTo(first);
        assertThat(way.question().call().key()).isNotEqualTo(first);
    }

    @Test
    void failedAttemptsAreRepeatedEachTimeAfterALongerPause() {
        var way = Way.through(campaign(j -> j.call("a"))).does("Order Completed");
        way.unanswered(Lack.THREW).waiting(Duration.ofSeconds(59));
        assertThat(way.question().call().attempt()).isEqualTo(1);
        way.waiting(Duration.ofSeconds(1));
        assertThat(way.question().call().attempt()).isEqualTo(2);
        way.unanswered(Lack.TIMEOUT).waiting(Duration.ofMinutes(4));
        assertThat(way.question().call().attempt()).isEqualTo(3);
        way.unanswered(Lack.BUSY).waiting(Duration.ofMinutes(16)).unanswered(Lack.THREW);

        assertThat(way.instances()).isEmpty();
        assertThat(way.notes())
                .extracting(JourneyNote::change, JourneyNote::because, JourneyNote::detail)
                .containsExactly(
                        tuple(JourneyNote.Change.STARTED, "Order Completed", ""),
                        tuple(JourneyNote.Change.CALLED, "a", "step 0, attempt 1: THREW"),
                        tuple(JourneyNote.Change.CALLED, "a", "step 0, attempt 2: TIMEOUT"),
                        tuple(JourneyNote.Change.CALLED, "a", "step 0, attempt 3: BUSY"),
                        tuple(JourneyNote.Change.CALLED, "a", "step 0, attempt 4: THREW"),
                        tuple(JourneyNote.Change.EXITED, "", "CALL_FAILED"));
    }

    @Test
    void lastFailureGoesItsOwnWayAndThenOn() {
        var way = Way.through(
                        campaign(j -> j.call("a", call -> call.attempts(1).ifFails(f -> f.setTrait("failed", true)))
                                .delay(HOUR)))
                .does("Order Completed")
                .unanswered(Lack.THREW);

        assertThat(way.trait("failed")).isEqualTo(true);
        assertThat(way.instances()).extracting(Instance::path).containsExactly("1");
    }

    @Test
    void wayOfFailureMayEndTheJourneyWithoutEndingItForTheOthers() {
        var way = Way.through(campaign(j -> j.call("a", call -> call.attempts(1).ifFails(f -> f.end("SOLD_OUT")))
                        .delay(HOUR)))
                .does("Order Completed")
                .answered(Map.of());

        assertThat(way.instances()).extracting(Instance::path).containsExactly("1");
    }

    @Test
    void functionThatIsNotThereFailsAtOnce() {
        var way =
                Way.through(campaign(j -> j.call("a"))).does("Order Completed").unanswered(Lack.ABSENT);

        assertThat(way.instances()).isEmpty();
    }

    @Test
    void callThatIsLostWithTheProcessIsMadeAgain() {
        var way =
                Way.through(campaign(j -> j.call("a"))).does("Order Completed").waiting(LOST);
        assertThat(way.notes()).extracting(JourneyNote::detail).contains("step 0, attempt 1: NO_ANSWER");

        way.waiting(Duration.ofMinutes(1));
        assertThat(way.question().call().attempt()).isEqualTo(2);
    }

    @Test
    void answerThatComesTwiceOrTooLateMeansNothing() {
        var campaign = campaign(j -> j.call("a").call("b").delay(HOUR));
        var way = Way.through(campaign).does("Order Completed");
        var first = way.question();
        way.unanswered(Lack.TIMEOUT).waiting(Duration.ofMinutes(1));
        way.answer(first.answered(Map.of()));
        assertThat(way.instances()).extracting(Instance::path).containsExactly("0");

        var second = way.question();
        way.answer(second.answered(Map.of())).answer(second.answered(Map.of()));
        assertThat(way.instances()).extracting(Instance::path).containsExactly("1");
    }

    @Test
    void exitWhileItIsCalledEndsTheJourneyAndTheAnswerMeansNothing() {
        var campaign = campaign(
                j -> j.exitOn(new EventRule("Order Cancelled", null)).call("a").delay(HOUR));
        var way = Way.through(campaign).does("Order Completed").does("Order Cancelled");
        way.answered(Map.of());

        assertThat(way.instances()).isEmpty();
        assertThat(way.changes()).containsExactly(JourneyNote.Change.STARTED, JourneyNote.Change.EXITED);
    }

    @Test
    void rubbishIsAFailedAttempt() {
        assertFailure(null, "UNUSABLE", "null, expected a map");
        assertFailure(
                Map.of("when", new Object()),
                "UNUSABLE",
                "answer, value 'when': a java.lang.Object, expected text, number, boolean, instant, date, list or map");
        assertFailure(
                Map.of("novel", "x".repeat(10_000_000)),
                "UNUSABLE",
                "answer, value 'novel': 10000005 characters, expected at most 32768");
        assertFailure(Map.of("novel", "x".repeat(9_000)), "TOO_LARGE", "9019 bytes, expected at most 8192");
    }

    private static void assertFailure(Map<String, ?> said, String failure, String detail) {
        var way = Way.through(campaign(j -> j.call("a"))).does("Order Completed");
        var answer = way.question().answered(said);
        way.answer(answer);

        assertThat(answer.failure()).isEqualTo(failure);
        assertThat(answer.detail()).isEqualTo(detail);
        assertThat(way.instances()).extracting(one -> one.pending().kind()).containsExactly(Instance.Kind.AGAIN);
    }

    @Test
    void versionChangesWithEverythingThatIsSaid() {
        assertThat(Stream.<Consumer<CallBuilder>>of(
                                call -> {},
                                call -> call.with("a", 5),
                                call -> call.with("a", "5"),
                                call -> call.take("a", "event.b"),
                                call -> call.as("b"),
                                call -> call.attempts(2),
                                call -> call.backoff(HOUR),
                                call -> call.deadline(Duration.ofSeconds(1)),
                                call -> call.ifFails(f -> {}),
                                call -> call.ifFails(f -> f.end()))
                        .map(how -> campaign(j -> j.call("a", how)).version()))
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesWhatCannotBeMeant() {
        refused(
                j -> j.call("a b"),
                "campaign 'c', call of 'a b': expected a name of letters, digits, - and _ that begins with a letter");
        refused(
                j -> j.call("a", call -> call.take("x", "basket.total")),
                "campaign 'c', call of 'a': argument 'x': path 'basket.total', expected event., customer. or call. and a name, such as"
                        + " event.order_id");
        refused(
                j -> j.call("a", call -> call.with("x", 1).take("x", "event.y")),
                "campaign 'c', call of 'a': argument 'x', expected a name that is not taken");
        refused(j -> j.call("a", call -> call.attempts(0)), "campaign 'c', call of 'a': 0 attempts, expected 1 to 10");
        refused(
                j -> j.call("a", call -> call.deadline(HOUR)),
                "campaign 'c', call of 'a': deadline of PT1H, expected more than none and at most PT10M");
        refused(
                j -> j.call("a").branch(called("b.x").exists(), yes -> {}, no -> {}),
                "campaign 'c' looks at call.b.x, expected the name of a call of its journey, one of [a]");
        refused(
                j -> j.call("a").exitOn(new EventRule("x", called("a.x").exists())),
                "campaign 'c' looks at call.a.x in a condition about an event, expected it in a branch or a wait for a condition");
        assertThatThrownBy(() ->
                        Segment.of("s", trait("x").exists().and(called("a.x").exists())))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "segment 's' looks at what functions have answered in a journey, expected a condition that is true or"
                                + " false of a customer at any time");
    }

    private static void refused(Consumer<JourneyBuilder> steps, String message) {
        assertThatThrownBy(() -> campaign(steps))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(message);
    }

    private static Campaign campaign(Consumer<JourneyBuilder> steps) {
        return Campaign.named("c").journey(j -> {
            j.startOn(new EventRule("Order Completed", null));
            steps.accept(j);
        });
    }
}
