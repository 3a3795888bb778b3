// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.days;
import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Preference;
import dev.throughline.consent.Wish;
import dev.throughline.consent.Withdrawal;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.touchpoint.Stamp;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What customers want narrows what leaves, at once; it is Monday 2026-11-23, 09:00 in Vietnam. */
class WishesTest {

    private static final Duration WEEK = days(7);

    private final Brand shop = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .sender(EMAIL, "news@shop.example")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000")
            .optOutByWeb("https://shop.example/u/");

    private final Rehearsal rehearsal = Rehearsal.of(
                    campaign("tea", EMAIL), campaign("coffee", EMAIL), campaign("", EMAIL), campaign("tea", SMS))
            .under(Policy.vietnam())
            .startingAt("2026-11-23T09:00+07:00")
            .customer(
                    "mai", m -> m.email("mai@example.com").phone("+84900000001").trait("timezone", "Asia/Ho_Chi_Minh"))
            .advance(Duration.ofSeconds(1));

    private Campaign campaign(String topic, Channel channel) {
        String name = (topic.isEmpty() ? "any" : topic) + "-by-" + channel;
        var message = Message.marketing(name, shop);
        var worded = channel.equals(SMS) ? message.on(SMS, text("Tra")) : message.on(EMAIL, mail("Tea", "<p>Tea</p>"));
        return Campaign.named(name).journey(j -> j.startOn(event("Sale of " + name))
                .send(topic.isEmpty() ? worded : worded.topic(topic), first(channel)));
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void whoHasRefusedATopicGetsTheOthers() {
        act(Grant.of(ADVERTISING).on(EMAIL).shown(notice("checkout", 3)));
        act(Withdrawal.of(ADVERTISING).on(EMAIL).topic("tea"));

        assertThat(sale("tea-by-email")).isEqualTo(Verdict.skipped("WITHDRAWN"));
        assertThat(sale("coffee-by-email")).isEqualTo(Verdict.SENT);
        assertThat(sale("any-by-email")).isEqualTo(Verdict.SENT);
    }

    @Test
    void aGrantOfOneTopicIsForThatTopicAlone() {
        act(Grant.of(ADVERTISING).on(EMAIL).topic("tea").shown(notice("checkout", 3)));

        assertThat(sale("tea-by-email")).isEqualTo(Verdict.SENT);
        assertThat(sale("coffee-by-email")).isEqualTo(Verdict.skipped("NO_CONSENT"));
        assertThat(sale("any-by-email")).isEqualTo(Verdict.skipped("NO_CONSENT"));
    }

    @Test
    void writesNoMoreOftenThanSheWants() {
        act(Grant.of(ADVERTISING).on(EMAIL).shown(notice("checkout", 3)));
        act(Preference.of(ADVERTISING, Wish.NONE.atMost(1, WEEK)).on(EMAIL));

        assertThat(sale("tea-by-email")).isEqualTo(Verdict.SENT);
        assertThat(sale("coffee-by-email")).isEqualTo(Verdict.skipped("CAP_REACHED"));
        rehearsal.advance(WEEK);
        assertThat(sale("coffee-by-email")).isEqualTo(Verdict.SENT);
    }

    @Test
    void countsWhatWasSentBeforeSheSaidSo() {
        act(Grant.of(ADVERTISING).on(EMAIL).shown(notice("checkout", 3)));
        rehearsal.customer("mai", m -> m.does("Sale of tea-by-email")).advance(hours(2));
        act(Preference.of(ADVERTISING, Wish.NONE.atMost(1, days(2))).on(EMAIL));

        assertThat(sale("coffee-by-email")).isEqualTo(Verdict.skipped("CAP_REACHED"));
    }

    @Test
    void limitsATopicByItself() {
        act(Grant.of(ADVERTISING).on(EMAIL).shown(notice("checkout", 3)));
        act(Preference.of(ADVERTISING, Wish.NONE.atMost(1, WEEK)).on(EMAIL).topic("tea"));

        assertThat(sale("tea-by-email")).isEqualTo(Verdict.SENT);
        assertThat(sale("coffee-by-email")).isEqualTo(Verdict.SENT);
        assertThat(sale("tea-by-email")).isEqualTo(Verdict.skipped("CAP_REACHED"));
    }

    @Test
    void waitsForTheHoursThatSheWantsAlsoWhereTheLawHasNone() {
        act(Grant.of(ADVERTISING).on(EMAIL, SMS).shown(notice("checkout", 3)));
        act(Preference.of(ADVERTISING, Wish.NONE.between(LocalTime.of(18, 0), LocalTime.of(20, 0))));

        assertThat(sale("tea-by-email")).isEqualTo(Verdict.SENT);
        assertThat(last("tea-by-email").at()).isEqualTo("2026-11-23T11:00:00Z");
        assertThat(sale("tea-by-sms")).isEqualTo(Verdict.SENT);
        assertThat(last("tea-by-sms").at()).isEqualTo("2026-11-24T11:00:00Z");
    }

    @Test
    void hersAreNarrowerThanWhatSheHasAgreedToAndNeverWiderThanTheLaw() {
        act(Grant.of(ADVERTISING).on(SMS).shown(notice("checkout", 3)));
        act(Preference.of(ADVERTISING, Wish.NONE.between(LocalTime.of(21, 0), LocalTime.MIDNIGHT))
                .on(SMS));
        assertThat(sale("tea-by-sms")).isEqualTo(Verdict.SENT);
        assertThat(last("tea-by-sms").at()).isEqualTo("2026-11-23T14:00:00Z");

        act(Grant.of(ADVERTISING).on(SMS).alsoOutsideHours().shown(notice("at any hour", 1)));
        act(Preference.of(ADVERTISING, Wish.NONE.between(LocalTime.of(23, 0), LocalTime.MIDNIGHT))
                .on(SMS));
        assertThat(sale("tea-by-sms")).isEqualTo(Verdict.SENT);
        assertThat(last("tea-by-sms").at()).isEqualTo("2026-11-24T16:00:00Z");
    }

    @Test
    void theLatestCountsAndNoneEndsIt() {
        act(Grant.of(ADVERTISING).on(EMAIL).shown(notice("checkout", 3)));
        act(Preference.of(ADVERTISING, Wish.NONE.atMost(1, WEEK)).on(EMAIL));
        act(Preference.of(ADVERTISING, Wish.NONE).on(EMAIL));

        assertThat(sale("tea-by-email")).isEqualTo(Verdict.SENT);
        assertThat(sale("coffee-by-email")).isEqualTo(Verdict.SENT);
    }

    @Test
    void bindsTheAddressesThatSheGetsLater() {
        act(Preference.of(ADVERTISING, Wish.NONE.atMost(1, WEEK)));
        rehearsal.customer("mai", m -> m.email("mai@elsewhere.example")).advance(Duration.ofSeconds(1));
        act(Grant.of(ADVERTISING).on(EMAIL).shown(notice("checkout", 3)));

        assertThat(sale("tea-by-email")).isEqualTo(Verdict.SENT);
        assertThat(sale("coffee-by-email")).isEqualTo(Verdict.skipped("CAP_REACHED"));
    }

    private void act(ConsentAct act) {
        var now = rehearsal.clock().instant();
        rehearsal.happens(Stamp.of(now.toString(), now).consent(userId("mai"), act.name(), act.properties()));
        rehearsal.advance(Duration.ofMinutes(6));
    }

    /** What becomes of it within 30 hours, in which an advertisement's validity ends. */
    private Verdict sale(String campaign) {
        rehearsal.customer("mai", m -> m.does("Sale of " + campaign)).advance(hours(30));
        return last(campaign).verdict();
    }

    private Decision last(String campaign) {
        List<Decision> all = rehearsal.queries().decisions(userId("mai")).stream()
                .filter(decision -> decision.origin().campaign().equals(campaign))
                .toList();
        return all.get(all.size() - 1);
    }
}
