// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.CALL;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.PUSH;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.MessageClass;
import dev.throughline.consent.Basis;
import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Withdrawal;
import dev.throughline.decision.Decision;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cases of the acceptance list that take more than one step. Each campaign starts on the event of its name. */
class LawsAbroadTest {

    private final List<Rehearsal> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Rehearsal::close);
    }

    // 19: a pool of numbers in the United States.

    private final Brand usShop = Brand.named("Shop")
            .country("US")
            .zone("America/New_York")
            .sender(SMS, "88888")
            .optOutBySms("STOP", "88888");
    private final Brand usSister = Brand.named("Sister")
            .controller("Shop")
            .country("US")
            .zone("America/New_York")
            .sender(SMS, "99999")
            .optOutBySms("STOP", "99999");
    private final Address anasPhone = Address.phone("+1 212 555 0142");

    @Test
    void scenario19StopsEveryNumberOfThePoolAndNoOrderAlert() {
        var shop = american(Policy.draft("us")).replies(SMS, anasPhone, "STOP").advance(Duration.ofMinutes(10));

        assertThat(becomes(shop, "ana", "offer")).isEqualTo("SKIPPED(WITHDRAWN)");
        assertThat(becomes(shop, "ana", "sister's offer")).isEqualTo("SKIPPED(WITHDRAWN)");
        assertThat(becomes(shop, "ana", "order alert")).isEqualTo("SENT");
        assertThat(becomes(shop, "ana", "care")).isEqualTo("SENT");
    }

    @Test
    void scenario19StopsAllThatNoContractNeedsWhereOneRefusalIsOfEverything() {
        var shop = american(Policy.draft("us-revoke-all"))
                .replies(SMS, anasPhone, "STOP")
                .advance(Duration.ofMinutes(10));

        assertThat(becomes(shop, "ana", "offer")).isEqualTo("SKIPPED(WITHDRAWN)");
        assertThat(becomes(shop, "ana", "care")).isEqualTo("SKIPPED(WITHDRAWN)");
        assertThat(becomes(shop, "ana", "order alert")).isEqualTo("SENT");
    }

    private Rehearsal american(Policy policy) {
        return rehearse(
                        policy,
                        "2026-11-23T12:00-05:00",
                        campaign(Message.marketing("offer", usShop).on(SMS, text("Two for one")), SMS),
                        campaign(Message.marketing("sister's offer", usSister).on(SMS, text("Two for one")), SMS),
                        campaign(
                                Message.of("care", MessageClass.SERVICE, usShop)
                                        .on(SMS, text("How to clean your kettle")),
                                SMS),
                        campaign(Message.transactional("order alert", usShop).on(SMS, text("On its way")), SMS))
                .customer("ana", c -> c.phone(anasPhone.value())
                        .trait("timezone", "America/New_York")
                        .acts(Grant.of(ADVERTISING)
                                .on(SMS)
                                .basis(Basis.EXPRESS_WRITTEN)
                                .shown(notice("form", 1))))
                .advance(Duration.ofMinutes(10));
    }

    // 35: who moves while a message waits.

    @Test
    void scenario35DecidesAgainByBothLawsWhenSheHasMovedWhileItWaited() {
        var vietnameseShop = Brand.named("Shop")
                .country("VN")
                .sender(SMS, "SHOP")
                .optOutBySms("TC", "8088")
                .optOutByCall("1900 0000")
                .optOutByWeb("https://shop.example/u");
        var shop = rehearse(
                        Policy.vietnam().and(Policy.draft("fr")),
                        "2026-11-21T23:00+07:00", // a Saturday
                        campaign(
                                Message.marketing("offer", vietnameseShop)
                                        .on(SMS, text("Tra sen"))
                                        .validFor(Duration.ofDays(3)),
                                SMS))
                .customer("mai", c -> c.phone("+84900000001")
                        .trait("timezone", "Asia/Ho_Chi_Minh")
                        .trait("country", "VN")
                        .acts(Grant.of(ADVERTISING).on(SMS).shown(notice("form", 1)))
                        .does("offer"))
                .advance(Duration.ofMinutes(10));
        var waiting = shop.queries().pending(userId("mai")).get(0);
        assertThat(waiting.deferred())
                .hasValueSatisfying(until -> assertThat(until).hasToString("2026-11-22T00:00:00Z"));
        assertThat(rules(waiting.findings())).contains("vn.sms.window").doesNotContain("fr.sms.window");

        shop.customer("mai", c -> c.trait("country", "FR").trait("timezone", "Europe/Paris"))
                .advance(Duration.ofHours(12));
        var moved = shop.queries().pending(userId("mai")).get(0);

        // Sunday is no day for French texts
        assertThat(moved.deferred())
                .hasValueSatisfying(until -> assertThat(until).hasToString("2026-11-23T07:00:00Z"));
        assertThat(rules(moved.findings())).contains("vn.sms.window", "fr.sms.window");
        shop.advance(Duration.ofHours(30));
        Decision sent = shop.queries().decisions(userId("mai")).get(0);
        assertThat(sent.verdict()).hasToString("SENT");
        assertThat(rules(sent.findings())).contains("vn.sms.window", "fr.sms.window", "vn.label.sms");
    }

    // 36: French calls.

    @Test
    void scenario36CallsAtMostFourTimesInThirtyDays() {
        var shop = french().customer("lea", c -> c.phone("+33612345678")
                .trait("timezone", "Europe/Paris")
                .acts(Grant.of(ADVERTISING).on(CALL).shown(notice("form", 1))));
        for (int call = 0; call < 4; call++) {
            assertThat(becomes(shop, "lea", "call")).isEqualTo("SENT");
        }

        shop.customer("lea", c -> c.does("call")).advance(Duration.ofMinutes(10));

        assertThat(shop.queries().pending(userId("lea"))).singleElement().satisfies(fifth -> assertThat(
                        fifth.deferred())
                .hasValueSatisfying(until -> assertThat(until).isAfter("2026-12-23T00:00:00Z")));
    }

    @Test
    void scenario36CallsNobodyAnyMoreWhoHasRefusedInACall() {
        var shop = french().customer("lea", c -> c.phone("+33612345678")
                .trait("timezone", "Europe/Paris")
                .acts(Grant.of(ADVERTISING).on(CALL).basis(Basis.RUNNING_CONTRACT)));
        assertThat(becomes(shop, "lea", "call")).isEqualTo("SENT");

        shop.customer(
                        "lea",
                        c -> c.acts(
                                Withdrawal.of(ADVERTISING).on(CALL).objecting().method("call")))
                .advance(Duration.ofDays(61));

        assertThat(becomes(shop, "lea", "call")).isEqualTo("SKIPPED(OBJECTED)");
    }

    private Rehearsal french() {
        var brand = Brand.named("Boutique")
                .country("FR")
                .zone("Europe/Paris")
                .postalAddress("1 rue du Thé, Paris")
                .sender(CALL, "+33 1 23 45 67 89");
        return rehearse(
                Policy.draft("fr"),
                "2026-11-23T10:30+01:00",
                campaign(
                        Message.marketing("call", brand)
                                .on(CALL, text("Bonjour"))
                                .validFor(Duration.ofDays(60)),
                        CALL));
    }

    // 38: Korea.

    private final Brand koreanShop = Brand.named("Shop")
            .country("KR")
            .zone("Asia/Seoul")
            .postalAddress("1 Sejong-daero, Seoul")
            .sender(SMS, "15880000")
            .sender(EMAIL, "news@shop.example")
            .sender(PUSH, "shop")
            .optOutBySms("수신거부", "15880000")
            .optOutByWeb("https://shop.example/u");

    @Test
    void scenario38TakesARefusalByTextForOneOfMailsAndPushes() {
        var shop = korean(Grant.of(ADVERTISING).shown(notice("form", 1)));
        assertThat(becomes(shop, "mina", "mail")).isEqualTo("SENT");

        shop.replies(SMS, Address.phone("+821012345678"), "수신거부").advance(Duration.ofMinutes(10));

        assertThat(becomes(shop, "mina", "text")).isEqualTo("SKIPPED(WITHDRAWN)");
        assertThat(becomes(shop, "mina", "mail")).isEqualTo("SKIPPED(WITHDRAWN)");
        assertThat(becomes(shop, "mina", "push")).isEqualTo("SKIPPED(WITHDRAWN)");
    }

    @Test
    void scenario38SendsNoAdvertisingToWhoHasOnlyAllowedPushes() {
        var shop = korean(Withdrawal.of(ADVERTISING).on(EMAIL));

        assertThat(becomes(shop, "mina", "push")).isEqualTo("SKIPPED(NO_CONSENT)");
    }

    private Rehearsal korean(ConsentAct act) {
        return rehearse(
                        Policy.draft("kr"),
                        "2026-11-23T12:00+09:00",
                        campaign(Message.marketing("text", koreanShop).on(SMS, text("차")), SMS),
                        campaign(Message.marketing("mail", koreanShop).on(EMAIL, mail("차", "<p>차</p>")), EMAIL),
                        campaign(Message.marketing("push", koreanShop).on(PUSH, text("차")), PUSH))
                .customer("mina", c -> c.email("mina@example.com")
                        .phone("+821012345678")
                        .identity(Identity.of("push", "token-1"))
                        .trait("timezone", "Asia/Seoul")
                        .acts(act))
                .advance(Duration.ofMinutes(10));
    }

    // What happens.

    private Rehearsal rehearse(Policy policy, String start, Campaign... campaigns) {
        var rehearsal = Rehearsal.of(campaigns).under(policy).startingAt(start);
        open.add(rehearsal);
        return rehearsal;
    }

    private static Campaign campaign(Message message, Channel channel) {
        return Campaign.named(message.name().replace("'", "").replace(' ', '-'))
                .journey(j -> j.startOn(event(message.name())).send(message, first(channel)));
    }

    /** Of a message that its event starts now. */
    private static String becomes(Rehearsal shop, String who, String message) {
        int before = shop.queries().decisions(userId(who)).size();
        shop.customer(who, c -> c.does(message)).advance(Duration.ofMinutes(10));
        var decisions = shop.queries().decisions(userId(who));
        return decisions.size() == before
                ? "nothing"
                : decisions.get(decisions.size() - 1).verdict().toString();
    }

    private static List<String> rules(List<Finding> findings) {
        return findings.stream().map(Finding::rule).toList();
    }
}
