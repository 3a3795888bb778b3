// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.days;
import static dev.throughline.Words.entering;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.identity.Identity.email;
import static dev.throughline.segment.Conditions.onList;
import static dev.throughline.segment.Conditions.sum;
import static dev.throughline.segment.Conditions.trait;
import static dev.throughline.touchpoint.EventNames.ORDER_COMPLETED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.DayOfWeek.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Setup;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Schedule;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.segment.Segment;
import dev.throughline.store.memory.MemoryStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/segments.md to what runs. */
class SegmentsGuideTest {

    private static final Guide GUIDE = new Guide("segments.md");
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    private final Identity mai = userId("mai");
    private final Brand shop = Brand.named("Shop").sender(SMS, "SHOP");
    private final Message welcome = Message.transactional("welcome", shop).on(SMS, text("Welcome"));

    // spotless:off
    private static Segment vip() {
        var vip = Segment.of("vip", sum(ORDER_COMPLETED, "total").within(days(365)).atLeast(5_000_000)
                .and(trait("staff").is(true).negate()))
                .describedAs("who spent five million in a year");
        return vip;
    }

    private Campaign thanks(Segment vip) {
        var thanks = Campaign.named("thanks").journey(j -> j
                .startOn(entering(vip))
                .send(welcome, first(SMS)));
        return thanks;
    }
    // spotless:on

    private static Setup shop(Setup setup) {
        return setup.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .clock(() -> NOW)
                .channel(new RecordingChannel(SMS, () -> NOW));
    }

    @Test
    void saysWhySheIsInIt() throws IOException {
        try (var throughline = Throughline.open(t -> shop(t).campaign(thanks(vip())))) {
            throughline.track(mai, ORDER_COMPLETED, Map.of("total", 5_400_000));

            showsWhatIsPrinted(() -> {
                // spotless:off
                System.out.println(throughline.queries().membership(mai, "vip").orElseThrow());
                // spotless:on
            });
        }
    }

    @Test
    void drawsAPersona() throws IOException {
        try (var throughline = Throughline.open(t -> shop(t).campaign(thanks(vip())))) {
            List.of(30, 40, 38).forEach(age -> {
                var who = userId("c" + age);
                throughline.identify(who, Map.of("age", age, "city", age == 38 ? "Hanoi" : "Hue"));
                throughline.track(who, ORDER_COMPLETED, Map.of("total", age == 38 ? 1 : 5_400_000));
            });

            showsWhatIsPrinted(() -> {
                // spotless:off
                System.out.println(throughline.queries().persona("vip", "city", "age"));
                // spotless:on
            });
        }
    }

    private static void showsWhatIsPrinted(Runnable code) throws IOException {
        var printed = new ByteArrayOutputStream();
        var before = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            code.run();
        } finally {
            System.setOut(before);
        }
        assertThat(GUIDE.text()).contains("```\n" + printed.toString(UTF_8).strip() + "\n```");
    }

    @Test
    void keepsAListAndWritesToItOnMondays() {
        // spotless:off
        var letter = Campaign.named("letter").journey(j -> j
                .startOn(Schedule.weekly(MONDAY, LocalTime.of(9, 0)), onList("summer-tea"))
                .reenterAfter(days(20))
                .send(welcome, first(SMS)));
        // spotless:on
        try (var throughline = Throughline.open(t -> shop(t).campaign(letter))) {
            // spotless:off
            var tasting = throughline.list("summer-tea");
            tasting.add(mai);
            tasting.add(Stream.of(userId("lan"), email("hoa@example.com")));
            tasting.remove(userId("lan"));
            System.out.println(tasting.members().count());
            // spotless:on

            assertThat(tasting.members()).hasSize(2);
            assertThat(throughline.health().backlog()).containsEntry("timers", 2L);
        }
    }

    @Test
    void listsWhoIsInIt() {
        try (var throughline = Throughline.open(t -> shop(t).campaign(thanks(vip())))) {
            throughline.track(mai, ORDER_COMPLETED, Map.of("total", 5_400_000));
            // spotless:off
            throughline.queries().members("vip").limit(100).forEach(customer -> System.out.println(customer.id()));
            // spotless:on

            assertThat(throughline.queries().members("vip")).hasSize(1);
            assertThat(throughline.health().rebuilding().done()).isTrue();
        }
    }

    @Test
    void showsCodeThatStandsHere() throws IOException {
        GUIDE.isCutFrom(7, SegmentsGuideTest.class);
    }
}
