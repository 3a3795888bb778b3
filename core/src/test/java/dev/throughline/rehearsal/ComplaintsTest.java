// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.days;
import static dev.throughline.Words.entering;
import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.text;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.MessageClass;
import dev.throughline.decision.Decision;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.segment.Segment;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What users of other engines have complained of; docs/complaints.md says who and where. */
class ComplaintsTest {

    private final Brand shop = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .sender(EMAIL, "shop@shop.example")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    private Message news(String name) {
        return Message.of(name, MessageClass.SERVICE, shop).on(SMS, text(name));
    }

    @Test
    void whatIsScheduledStaysThoughTheSegmentThatBeganItIsLeft() {
        var busy = Segment.of("busy", count("Visited").within(days(1)).atLeast(1));
        var campaign = Campaign.named("busy-people")
                .journey(j -> j.startOn(entering(busy)).delay(days(3)).send(news("hello"), first(SMS)));
        try (var rehearsal = Rehearsal.of(campaign)) {
            rehearsal
                    .customer("mai", mai -> mai.phone("+84900000001").does("Visited"))
                    .advance(days(4));

            assertThat(rehearsal.report().decisions())
                    .extracting(Decision::verdict)
                    .extracting(Object::toString)
                    .containsExactly("SENT");
        }
    }

    @Test
    void whoComesAgainHasOneScheduleAndAnExitEndsTheOneThatWaits() {
        var campaign = Campaign.named("basket").journey(j -> j.startOn(event("Product Added"))
                .exitOn(event("Order Completed"))
                .delay(hours(1))
                .send(news("basket"), first(SMS)));
        try (var rehearsal = Rehearsal.of(campaign)) {
            rehearsal
                    .customer("mai", mai -> mai.phone("+84900000001").does("Product Added"))
                    .advance(Duration.ofMinutes(90));
            assertThat(rehearsal.report().decisions()).hasSize(1);

            rehearsal.customer("mai", mai -> mai.does("Product Added")).advance(Duration.ofMinutes(5));
            rehearsal.customer("mai", mai -> mai.does("Product Added")).advance(Duration.ofMinutes(5));
            rehearsal.customer("mai", mai -> mai.does("Order Completed")).advance(hours(5));
            assertThat(rehearsal.report().decisions()).hasSize(1);

            rehearsal.customer("mai", mai -> mai.does("Product Added")).advance(hours(5));
            assertThat(rehearsal.report().decisions())
                    .hasSize(2)
                    .extracting(Decision::message)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void nobodyIsDisturbedAtNightByHerOwnClock() {
        var advert = Message.marketing("advert", shop).on(EMAIL, mail("Tea", "<p>Tea</p>"));
        var campaign =
                Campaign.named("tea").journey(j -> j.startOn(event("Visited")).send(advert, first(EMAIL)));
        var quiet = Policy.base().with("""
                {"policy": {"id": "house"}, "rules": [{"id": "house.nights", "when": {"class": "MARKETING"},
                  "window": {"allow": [{"days": "MON-SUN", "from": "08:00", "to": "21:00"}], "zone": "RECIPIENT"}}]}
                """);
        try (var rehearsal = Rehearsal.of(campaign).under(quiet).startingAt("2026-11-23T09:00+07:00")) {
            rehearsal
                    .customer("mai", mai -> mai.email("mai@example.com")
                            .trait("timezone", "Asia/Ho_Chi_Minh")
                            .grants(ADVERTISING, EMAIL)
                            .does("Visited"))
                    .customer("eva", eva -> eva.email("eva@example.com")
                            .trait("timezone", "Europe/Berlin")
                            .grants(ADVERTISING, EMAIL)
                            .does("Visited"))
                    .advance(hours(12));

            assertThat(times(rehearsal))
                    .containsEntry("mai@example.com", "09:00")
                    .containsEntry("eva@example.com", "14:00");
        }
    }

    private static Map<String, String> times(Rehearsal rehearsal) {
        var times = new TreeMap<String, String>();
        rehearsal.recordings().stream()
                .flatMap(channel -> channel.recorded().stream())
                .forEach(recorded -> times.put(
                        recorded.message().to().value(),
                        recorded.at()
                                .atOffset(ZoneOffset.ofHours(7))
                                .toLocalTime()
                                .toString()));
        return times;
    }

    @Test
    void dripOfThreeMailsIsTenLines() {
        var drip = Campaign.named("welcome").journey(j -> j.startOn(event("Signed Up"))
                .send(welcome(1), first(EMAIL))
                .delayDays(2)
                .send(welcome(2), first(EMAIL))
                .delayDays(3)
                .send(welcome(3), first(EMAIL)));
        try (var rehearsal = Rehearsal.of(drip)) {
            rehearsal
                    .customer("mai", mai -> mai.email("mai@example.com").does("Signed Up"))
                    .advance(days(6));

            assertThat(rehearsal.report().decisions())
                    .extracting(decision -> decision.origin().message())
                    .containsExactly("welcome-1", "welcome-2", "welcome-3");
        }
    }

    private Message welcome(int number) {
        return Message.of("welcome-" + number, MessageClass.SERVICE, shop)
                .on(EMAIL, mail("Welcome", "<p>" + number + "</p>"));
    }

    @Test
    void whoCannotBeReachedIsSkippedAndHasNotFailed() {
        var campaign =
                Campaign.named("news").journey(j -> j.startOn(event("Visited")).send(news("news"), first(SMS)));
        try (var rehearsal = Rehearsal.of(campaign)) {
            rehearsal
                    .customer("mai", mai -> mai.email("mai@example.com").does("Visited"))
                    .advance(hours(1));

            assertThat(rehearsal.report().decisions())
                    .extracting(Decision::verdict)
                    .extracting(Object::toString)
                    .containsExactly("SKIPPED(NO_ADDRESS)");
        }
    }
}
