// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.anonymousId;
import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.touchpoint.EventNames.ORDER_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Ack;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Source;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What hosts tell, through every door. */
class CallsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final Identity MAI = userId("mai");

    private final Throughline throughline = Throughline.open(t -> t.store(new MemoryStore())
            .environment("test")
            .delivery(Delivery.RECORD)
            .policy(Policy.base())
            .clock(() -> NOW)
            .channel(new RecordingChannel(SMS, () -> NOW))
            .campaign(aftercare()));

    private static Campaign aftercare() {
        var shop = Brand.named("Shop").sender(SMS, "SHOP");
        var thanks = Message.transactional("thanks", shop).on(SMS, text("Hi"));
        return Campaign.named("aftercare")
                .journey(j -> j.startOn(event(ORDER_COMPLETED)).send(thanks, first(SMS)));
    }

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void everyCallOfTheSpecIsATouchpoint() {
        throughline.identify(MAI, Map.of("email", "mai@example.com"));
        throughline.track(MAI, "Product Viewed", Map.of("sku", "TEA-6"));
        throughline.page(MAI, "Home", Map.of("url", "/"));
        throughline.screen(MAI, "Basket", Map.of());
        throughline.group(MAI, "G-9", Map.of("name", "Family"));
        throughline.alias(MAI, anonymousId("b-1"));

        assertThat(throughline.queries().timeline(MAI))
                .extracting(Touchpoint::call)
                .containsExactlyInAnyOrder(
                        Touchpoint.Call.IDENTIFY,
                        Touchpoint.Call.TRACK,
                        Touchpoint.Call.PAGE,
                        Touchpoint.Call.SCREEN,
                        Touchpoint.Call.GROUP,
                        Touchpoint.Call.ALIAS);
    }

    @Test
    void aliasMakesBothNamesHers() {
        throughline.alias(MAI, anonymousId("b-1"));

        assertThat(throughline.queries().customer(anonymousId("b-1")))
                .isEqualTo(throughline.queries().customer(MAI))
                .get()
                .satisfies(mai -> assertThat(mai.identities()).containsExactly(MAI, anonymousId("b-1")));
    }

    @Test
    void keepsTheLastGroupAndTheIdsOfTwenty() {
        for (int i = 1; i <= 25; i++) {
            throughline.group(MAI, "G-" + i, Map.of("name", "Group " + i, "id", "theirs"));
        }
        throughline.group(MAI, "G-24", Map.of("plan", "gold"));

        var traits = throughline.queries().customer(MAI).orElseThrow().profile().traits();
        assertThat(traits.get("group")).isEqualTo(Map.of("id", "G-24", "plan", "gold"));
        assertThat(traits.get("groups"))
                .asInstanceOf(list(String.class))
                .hasSize(20)
                .startsWith("G-6", "G-7")
                .endsWith("G-25", "G-24");
    }

    @Test
    void refusesAGroupThatWouldMakeALargeCustomer() {
        String half = "x".repeat(20_000);

        assertThatThrownBy(() -> throughline.group(MAI, "G-1", Map.of("a", half, "b", half)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageContaining("(group): 40012 characters of traits, expected at most 32768");
        assertThatThrownBy(() -> throughline.group(MAI, " ", Map.of()))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageContaining("(group): groupId is missing, expected one line");
    }

    @Test
    void explanationNamesTillAndCall() {
        var till = Source.till("HN-01", "3", "lan");
        throughline.from(till).track(MAI, ORDER_COMPLETED, Map.of("total", 450_000));
        throughline.from(Source.call("", "C-17")).track(MAI, "Call Ended", Map.of());

        var explanation = throughline.explain(MAI, "aftercare");
        assertThat(explanation.lines())
                .extracting(line -> line.english())
                .contains("Order Completed (till 3, store HN-01, clerk lan)", "Call Ended (call C-17)");
        assertThat(explanation.lines())
                .extracting(line -> line.vietnamese())
                .contains("Order Completed (quầy 3, cửa hàng HN-01, thu ngân lan)", "Call Ended (cuộc gọi C-17)");
        assertThat(throughline.queries().timeline(MAI))
                .extracting(Touchpoint::source)
                .containsExactlyInAnyOrder("till", "call");
    }

    @Test
    void healthTellsWhenEachSourceWasLastHeardOf() {
        throughline.track(MAI, "Product Viewed", Map.of());
        throughline.from(Source.till("HN-01", "3", "")).track(MAI, ORDER_COMPLETED, Map.of());

        assertThat(throughline.health().sources()).isEqualTo(Map.of("host", NOW, "till", NOW));
    }

    @Test
    void takesOneCallAsJson() {
        var ack = throughline.recordJson(
                "{\"type\":\"track\",\"messageId\":\"m-1\",\"userId\":\"mai\",\"event\":\"Product Viewed\"}");

        assertThat(ack).isEqualTo(Ack.APPLIED);
        assertThat(throughline.queries().timeline(MAI))
                .extracting(Touchpoint::id)
                .containsExactly("m-1");
    }

    @Test
    void refusesABadLineAloneAndSaysWhere() {
        var intake = throughline.recordJsonLines(Stream.of(
                "{\"type\":\"track\",\"messageId\":\"m-1\",\"userId\":\"mai\",\"event\":\"Product Viewed\"}",
                "",
                "{\"type\":\"track\"",
                "{\"type\":\"track\",\"messageId\":\"m-2\",\"userId\":\"mai\"}",
                "{\"type\":\"identify\",\"messageId\":\"m-3\",\"userId\":\"mai\",\"traits\":{\"country\":\"Vietnam\"}}",
                "{\"type\":\"page\",\"messageId\":\"m-4\",\"userId\":\"mai\",\"name\":\"Home\"}"));

        assertThat(intake.taken()).isEqualTo(2);
        assertThat(intake.refused()).isEqualTo(3);
        assertThat(intake.rejected())
                .extracting(Intake.Rejected::line, Intake.Rejected::reason)
                .containsExactly(
                        tuple(
                                3L,
                                "Segment call, line 1, column 16: Unexpected end-of-input: expected close marker for"
                                        + " Object, expected one JSON object"),
                        tuple(
                                4L,
                                "Segment call 'm-2', field 'event' is missing, expected a name such as Order Completed"),
                        tuple(
                                5L,
                                "identify of userId, trait 'country': 'Vietnam', expected an ISO 3166-1 alpha-2 code in"
                                        + " capitals, such as VN, or null to remove it"));
        assertThat(throughline.queries().timeline(MAI)).hasSize(2);
    }

    @Test
    void countsWhatItCannotKeep() {
        var intake = throughline.recordJsonLines(IntStream.range(0, 2_500)
                .mapToObj(i -> i % 2 == 0
                        ? "[]"
                        : "{\"type\":\"track\",\"messageId\":\"m-" + i + "\",\"userId\":\"u-" + i % 9
                                + "\",\"event\":\"Call\"}"));

        assertThat(intake.taken()).isEqualTo(1_250);
        assertThat(intake.refused()).isEqualTo(1_250);
        assertThat(intake.rejected()).hasSize(1_000);
    }
}
