// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.days;
import static dev.throughline.Words.entering;
import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.leaving;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.in;
import static dev.throughline.segment.Conditions.property;
import static dev.throughline.segment.Conditions.sum;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.MessageClass;
import dev.throughline.customer.MergeNote;
import dev.throughline.engine.Disorder;
import dev.throughline.identity.Brand;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.segment.Condition;
import dev.throughline.segment.Segment;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Customers enter and leave segments as they act, as their traits change and as time passes. */
class SegmentsTest {

    private static final Identity MAI = Identity.userId("mai");
    private static final Identity PHONE = Identity.phone("+84900000001");
    private static final Identity CARD = Identity.loyaltyCard("4711");
    private static final Identity MAIL = Identity.email("lan@example.com");

    private final Segment vip = Segment.of(
                    "vip", sum("Order Completed", "total").within(days(90)).atLeast(1000))
            .describedAs("who spent a thousand in ninety days");
    private final Segment quiet = Segment.of(
            "quiet",
            count("Order Completed")
                    .within(days(60))
                    .below(1)
                    .and(count("Order Completed").atLeast(1)));
    private final Segment fromHue = Segment.of("from-hue", trait("city").is("Huế"));

    private final Brand shop = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    private Rehearsal rehearsal = rehearsal();
    private int number;

    private Rehearsal rehearsal() {
        return Rehearsal.of(
                Campaign.named("welcome").journey(j -> j.startOn(entering(vip)).send(news("welcome"), first(SMS))),
                Campaign.named("farewell").journey(j -> j.startOn(leaving(vip)).send(news("farewell"), first(SMS))),
                Campaign.named("win-back").journey(j -> j.startOn(entering(quiet))
                        .exitOn(leaving(quiet))
                        .delay(days(2))
                        .send(news("win-back"), first(SMS))),
                Campaign.named("hue").journey(j -> j.startOn(entering(fromHue)).send(news("hue"), first(SMS))),
                Campaign.named("thanks").journey(j -> j.startOn(event("Order Completed"))
                        .branch(in(vip), yes -> yes.send(news("thanks-vip"), first(SMS)), no -> {})));
    }

    private Message news(String name) {
        return Message.of(name, MessageClass.SERVICE, shop).on(SMS, text(name)).validFor(days(2));
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void entersAtAThresholdAndLeavesWhenItsOrdersAreOld() {
        buys(600, MAI, PHONE);
        advance(10);
        assertThat(sent()).isEmpty();

        buys(400, MAI);
        advance(1);
        assertThat(sent()).containsExactlyInAnyOrder("thanks-vip", "welcome");

        advance(79);
        assertThat(events()).endsWith("Segment Left");
        assertThat(sent()).contains("farewell");
    }

    @Test
    void entersByTheMerePassingOfTime() {
        buys(1, MAI, PHONE);
        advance(59);
        assertThat(events()).containsExactly("Order Completed");

        advance(1);
        assertThat(events()).containsExactly("Order Completed", "Segment Entered");
        assertThat(sent()).isEmpty();
        advance(2);
        assertThat(sent()).containsExactly("win-back");
    }

    @Test
    void leavesTheJourneyWithTheSegment() {
        buys(1, MAI, PHONE);
        advance(61);
        buys(1, MAI);
        advance(5);

        assertThat(events())
                .containsExactlyInAnyOrder("Order Completed", "Segment Entered", "Order Completed", "Segment Left");
        assertThat(sent()).isEmpty();
    }

    @Test
    void entersByATraitAndOnlyOnce() {
        happens(Touchpoint.Call.IDENTIFY, "identify", Map.of("city", "Huế"), Origin.LIVE, MAI, PHONE);
        advance(1);
        happens(Touchpoint.Call.IDENTIFY, "identify", Map.of("city", "Huế", "tier", "gold"), Origin.LIVE, MAI);
        advance(1);

        assertThat(sent()).containsExactly("hue");
    }

    @Test
    void traitOfAJourneyMovesHerButStartsNoJourney() {
        var one = Segment.of("one", trait("x").is(1));
        rehearsal.close();
        rehearsal = Rehearsal.of(Campaign.named("there-and-back").journey(j -> j.startOn(entering(one))
                .exitOn(leaving(one))
                .setTrait("x", 2)
                .setTrait("x", 1)));
        happens(Touchpoint.Call.IDENTIFY, "identify", Map.of("x", 1L), Origin.LIVE, MAI);
        advance(1);

        assertThat(events()).filteredOn("Segment Entered"::equals).hasSizeBetween(1, 2);
    }

    @Test
    void historyFillsASegmentAndStartsNothing() {
        happens(Touchpoint.Call.TRACK, "Order Completed", Map.of("total", 2000L), Origin.HISTORY, MAI, PHONE);
        advance(1);
        assertThat(events()).containsExactlyInAnyOrder("Order Completed", "Segment Entered");
        assertThat(sent()).isEmpty();

        buys(1, MAI);
        advance(1);
        assertThat(sent()).containsExactly("thanks-vip");
    }

    @Test
    void whatTwoDidMakesOneEnterWhenTheyTurnOutToBeOne() {
        buys(600, MAI, PHONE);
        buys(600, CARD);
        advance(1);
        assertThat(sent()).isEmpty();

        happens(Touchpoint.Call.IDENTIFY, "identify", Map.of(), Origin.LIVE, MAI, CARD);
        advance(1);
        assertThat(sent()).containsExactly("welcome");
    }

    @Test
    void whatTheOtherDidCountsNoMoreWhenTwoWereNotOne() {
        buys(600, MAI, PHONE);
        buys(600, CARD);
        happens(Touchpoint.Call.IDENTIFY, "identify", Map.of(), Origin.LIVE, MAI, CARD);
        buys(100, CARD);
        advance(1);
        split(MAI);

        assertThat(spent(MAI)).isEqualTo("700").as("what she has bought herself, and what they have as one");
        assertThat(spent(CARD)).isEqualTo("600");
        assertThat(rehearsal.queries().members("vip")).isEmpty();
        assertThat(rehearsal.queries().timeline(MAI)).extracting(Touchpoint::id).doesNotContain("t2");
        assertThat(rehearsal.queries().timeline(CARD))
                .extracting(Touchpoint::id)
                .containsExactly("t2");
    }

    @Test
    void whatAThirdDidGoesWithHerOutOfTheMiddle() {
        buys(100, MAI, PHONE);
        buys(200, CARD);
        buys(300, MAIL);
        happens(Touchpoint.Call.IDENTIFY, "identify", Map.of(), Origin.LIVE, CARD, MAIL);
        happens(Touchpoint.Call.IDENTIFY, "identify", Map.of(), Origin.LIVE, MAI, CARD);
        advance(1);
        var absorbed = List.of(absorbedBy(MAI, 0), absorbedBy(MAI, 1));
        rehearsal.split(absorbed.get(0), "agent 7", "three sisters");
        advance(1);
        rehearsal.split(absorbed.get(1), "agent 7", "three sisters");
        advance(1);

        assertThat(List.of(spent(MAI), spent(CARD), spent(MAIL))).containsExactly("100", "200", "300");
    }

    private void split(Identity name) {
        rehearsal.split(absorbedBy(name, 0), "agent 7", "two sisters");
        advance(1);
    }

    private CustomerId absorbedBy(Identity name, int place) {
        return rehearsal.queries().merges(name).stream()
                .filter(note -> note.change() == MergeNote.Change.ABSORBED)
                .map(MergeNote::other)
                .toList()
                .get(place);
    }

    /** In the words of the answer why she is in the segment or not. */
    private String spent(Identity name) {
        String answer =
                rehearsal.queries().membership(name, "vip").orElseThrow().toString();
        return answer.substring(answer.lastIndexOf(' ') + 1).strip();
    }

    @Test
    void whoIsInASegmentUnderBothNamesDoesNotEnterItAgain() {
        buys(1600, MAI, PHONE);
        buys(1600, CARD);
        advance(1);
        int before = sent().size();

        happens(Touchpoint.Call.IDENTIFY, "identify", Map.of(), Origin.LIVE, MAI, CARD);
        advance(1);

        assertThat(sent()).hasSize(before);
    }

    @Test
    void comesToTheSameWhenMessagesArePermutedAndRepeated() {
        entersAtAThresholdAndLeavesWhenItsOrdersAreOld();
        var plain = rehearsal.report().toString();
        rehearsal.close();
        rehearsal = rehearsal().disordered(Disorder.scrambled(3));
        number = 0;
        entersAtAThresholdAndLeavesWhenItsOrdersAreOld();

        assertThat(rehearsal.report().toString()).isEqualTo(plain);
    }

    @Test
    void survivesAsJson() {
        for (Condition condition :
                List.of(in(vip), entering(quiet).condition(), in(fromHue).negate())) {
            assertThat(Condition.parse(condition.toJson()).toString()).isEqualTo(condition.toString());
        }
    }

    @Test
    void looksAtNoEventAndNotAtItself() {
        assertThatThrownBy(() -> Segment.of("big", property("total").atLeast(5)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "segment 'big' looks at the properties [total] of an event, expected a condition that is true or"
                                + " false of a customer at any time");
        assertThatThrownBy(() -> Segment.of("often", count("Segment Entered").atLeast(5)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("segment 'often' counts who enters and leaves segments, expected a condition that does not"
                        + " follow from itself");
    }

    private List<String> sent() {
        return rehearsal.recordings().stream()
                .flatMap(channel -> channel.recorded().stream())
                .map(recorded -> recorded.message().content().headline())
                .toList();
    }

    private List<String> events() {
        return rehearsal.queries().timeline(MAI).stream().map(Touchpoint::name).toList();
    }

    private void buys(long total, Identity... names) {
        happens(Touchpoint.Call.TRACK, "Order Completed", Map.of("total", total), Origin.LIVE, names);
    }

    private void happens(
            Touchpoint.Call call, String name, Map<String, ?> properties, Origin origin, Identity... names) {
        Instant now = rehearsal.clock().instant();
        rehearsal.happens(new Touchpoint(
                "t" + ++number, call, name, List.of(names), now, now, new TreeMap<>(properties), "test", origin));
        rehearsal.advance(Duration.ofSeconds(1));
    }

    private void advance(int days) {
        rehearsal.advance(Duration.ofDays(days));
    }
}
