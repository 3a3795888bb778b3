// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.*;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Setup;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Product;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.TextContent;
import dev.throughline.decision.Approval;
import dev.throughline.decision.Decision;
import dev.throughline.email.SmtpEmail;
import dev.throughline.email.Tls;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Preview;
import dev.throughline.engine.Sample;
import dev.throughline.examples.servers.SmscServer;
import dev.throughline.examples.servers.SmtpServer;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Kit;
import dev.throughline.identity.Layout;
import dev.throughline.identity.Money;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.sms.Credentials;
import dev.throughline.sms.http.HttpSms;
import dev.throughline.sms.smpp.SmppSms;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Holds docs/messages.md to what runs. */
class MessagesGuideTest {

    private static final Guide GUIDE = new Guide("messages.md");
    private static final Map<String, Object> ORDER = Map.of("total", 1_250_000);

    private final Brand shop = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    @Test
    void wordsAMessageInTheLanguageOfWhoGetsIt() {
        try (var rehearsal = Rehearsal.of(sending(thanks())).under(Policy.base())) {
            rehearsal
                    .customer("mai", m -> m.phone("+84900000001")
                            .trait("locale", "vi_VN")
                            .grants(ADVERTISING, SMS)
                            .does("Order Completed", ORDER))
                    .customer("anna", m -> m.phone("+4915112345678")
                            .trait("language", "de-AT")
                            .grants(ADVERTISING, SMS)
                            .does("Order Completed", ORDER))
                    .customer("joe", m -> m.phone("+14155550100")
                            .trait("language", "en-US")
                            .grants(ADVERTISING, SMS)
                            .does("Order Completed", ORDER))
                    .advance(hours(1));

            var report = rehearsal.report();
            assertThat(report.decisions())
                    .extracting(Decision::language)
                    .containsExactlyInAnyOrder(Optional.of("en"), Optional.of("de"), Optional.empty());
            assertThat(report.toString())
                    .contains("Cam on ban da mua hang: 1.250.000d")
                    .contains("Danke: 1\u00a0250\u00a0000 VND")
                    .contains("Thank you for your order of VND 1,250,000");
            assertThat(rehearsal
                            .queries()
                            .explain(Identity.phone("+14155550100"), "after", ZoneId.of("UTC"))
                            .toString())
                    .contains("wording: worded in en");
        }
    }

    private Message thanks() {
        // spotless:off
        var thanks = Message.marketing("thanks", shop)
                .on(SMS, text("Cam on ban da mua hang: {{ event.total | number }}d"))
                .on(SMS, "en", text("Thank you for your order of VND {{ event.total | number }}"))
                .on(SMS, "de", text("Danke: {{ event.total | number }} VND"));
        // spotless:on
        return thanks;
    }

    @Test
    void putsAMailIntoTheLayoutOfItsBrandAndTheFooterIntoThat() {
        try (var rehearsal = Rehearsal.of(sending(news())).under(Policy.vietnam())) {
            var sent = new RecordingChannel(EMAIL, rehearsal.clock());
            rehearsal
                    .channel(sent)
                    .customer("mai", m -> m.email("mai@example.com")
                            .grants(ADVERTISING, EMAIL)
                            .does("Order Completed", ORDER))
                    .advance(hours(1));

            var mail = (EmailContent) sent.recorded().get(0).message().content();
            assertThat(mail.subject()).isEqualTo("[QC] Trà mới");
            assertThat(mail.html())
                    .startsWith("<html lang=\"vi\"><body style=\"font-family: Arial, sans-serif\">")
                    .contains("<img src=\"https://shop.example/logo.png\" alt=\"Shop\">")
                    .containsPattern(
                            "<p>Trà sen Tây Hồ</p>\\s*<p>Shop JSC.*</p>\\s*<p style=\"display:block;[^\"]*\">Để từ chối nhận quảng cáo: .*</p></body></html>$");
        }
    }

    @Test
    void showsWhatAMessageWouldSayAndWhatSpeaksAgainstIt() {
        var sms = HttpSms.gateway(
                        "generic",
                        Credentials.of(Map.of("Url", "https://sms.example/", "Token", "t", "CallbackSecret", "s")))
                .price(Money.of(850, "VND"));
        var thanks = thanks();
        var mai = Identity.email("mai@example.com");

        try (var rehearsal = Rehearsal.of(sending(news()))
                .under(Policy.vietnam())
                .channel(sms)
                .startingAt("2026-11-23T23:30+07:00")) {
            rehearsal.customer("mai", m -> m.email("mai@example.com")
                    .phone("+84900000001")
                    .trait("language", "en-GB")
                    .grants(ADVERTISING, SMS));

            // spotless:off
            var preview = rehearsal.preview(thanks, mai, Map.of("total", 1_250_000));
            System.out.println(preview);
            // spotless:on

            assertThat(preview.on(SMS).outcome()).isEqualTo("DEFERRED(OUTSIDE_HOURS)");
            assertThat(preview.toString())
                    .contains("sms in en to +84900000001: DEFERRED(OUTSIDE_HOURS)")
                    .contains(
                            "    [QC] Thank you for your order of VND 1,250,000\n    To refuse: text TC to 8088, call 1900 0000")
                    .contains("segments: 1, price: 850 VND")
                    .contains("sms in de to")
                    .contains("Danke: 1.250.000 VND")
                    .contains("sms to +84900000001")
                    .contains("[QC] Cam on ban da mua hang: 1.250.000d");
            assertThat(rehearsal.preview(news(), mai, Map.of()).on(EMAIL)).satisfies(mail -> {
                assertThat(mail.outcome()).isEqualTo("SKIPPED(NO_CONSENT)");
                assertThat(mail.preheader())
                        .startsWith("Trà sen Tây Hồ Shop JSC, 1 Tràng Tiền, Hà Nội To stop receiving advertising: wri");
            });
            assertThat(rehearsal
                            .preview(thanks, Identity.userId("nobody"), Map.of())
                            .on(SMS)
                            .outcome())
                    .isEqualTo("FAILED(RENDER_FAILED)");
            assertThat(rehearsal
                            .preview(news(), Identity.userId("nobody"), Map.of())
                            .on(EMAIL)
                            .outcome())
                    .isEqualTo("SKIPPED(NO_ADDRESS)");
            assertThat(rehearsal.report().decisions()).isEmpty();
            assertThat(rehearsal.queries().customer(Identity.userId("nobody"))).isEmpty();
        }

        var plain = Preview.of(thanks, Map.of("language", "de"), Map.of("total", 9_000));
        assertThat(plain.on(SMS).content()).isEqualTo(new TextContent("Danke: 9.000 VND"));
    }

    @Test
    void previewFillsInSamplesOfAnswersAndProducts() {
        var offer = Message.transactional("offer", shop)
                .on(SMS, text("{{ product.name }}, {{ call.stock.left }} left: {{ event.total }}"));
        var mai = Identity.userId("mai");

        try (var rehearsal = Rehearsal.of(sending(thanks()))) {
            rehearsal.customer("mai", m -> m.phone("+84900000001"));
            // spotless:off
            var preview = rehearsal.preview(offer, mai, Sample.event(Map.of("total", 9))
                    .answer("stock", Map.of("left", 3))
                    .product("TEA-6", Product.named("Tea")));
            // spotless:on

            assertThat(preview.on(SMS).content()).isEqualTo(new TextContent("Tea, 3 left: 9"));
            assertThat(rehearsal.preview(offer, mai, Map.of("total", 9)).on(SMS).outcome())
                    .isEqualTo("FAILED(RENDER_FAILED)");
        }
        assertThat(Preview.of(
                                offer,
                                Map.of(),
                                Sample.event(Map.of("total", 9))
                                        .answer("stock", Map.of("left", 3))
                                        .product("TEA-6", Product.named("Tea")))
                        .on(SMS)
                        .content())
                .isEqualTo(new TextContent("Tea, 3 left: 9"));
    }

    @Test
    void sendsAProofToAMailboxAndAPhoneOfTheShop() {
        var shop = this.shop.sender(EMAIL, "news@shop.example");
        var thanks = Message.marketing("thanks", shop)
                .on(SMS, text("Cam on ban da mua hang: {{ event.total | number }}d"))
                .on(EMAIL, mail("Cảm ơn", "<p>Cảm ơn {{ customer.firstName }}</p>"));
        var mai = Identity.email("mai@example.com");

        try (var smtp = SmtpServer.on(InstantSource.system()).start();
                var smsc = SmscServer.on(InstantSource.system()).start();
                var throughline = Throughline.open(t -> registered(t.store(new MemoryStore())
                                .environment("test")
                                .delivery(Delivery.LIVE)
                                .channel(SmtpEmail.at("127.0.0.1", smtp.port()).tls(Tls.NONE))
                                .channel(SmppSms.at("127.0.0.1", smsc.port()).credentials("shop", "shop"))
                                .policy(Policy.base())
                                .campaign(sending(thanks)))
                        .requireApproval())) {
            throughline.identify(mai, Map.of("email", "mai@example.com", "firstName", "Mai"));

            // spotless:off
            var proof = throughline.proof(thanks, mai, Sample.event(Map.of("total", 1_250_000)))
                    .to(Address.email("ann@shop.example"), "ann@shop.example", "how it looks on a phone");
            System.out.println(proof.outcome());
            // spotless:on
            var text = throughline
                    .proof(thanks, mai, Sample.event(Map.of("total", 9)))
                    .to(Address.phone("+84 911 111 111"), "ann@shop.example", "how it looks on a phone");

            assertThat(proof.outcome()).isEqualTo("SENT");
            assertThat(text.outcome()).isEqualTo("SENT");
            assertThat(smtp.received()).singleElement().satisfies(mail -> {
                assertThat(mail.recipients()).containsExactly("ann@shop.example");
                assertThat(mail.subject()).isEqualTo("[BẢN THỬ] Cảm ơn");
                assertThat(mail.messageId()).isEqualTo("<" + proof.id() + "@shop.example>");
            });
            assertThat(smsc.submissions()).singleElement().satisfies(submission -> {
                assertThat(submission.destination()).isEqualTo("84911111111");
                assertThat(submission.text()).isEqualTo("[BAN THU] Cam on ban da mua hang: 9d");
            });
            assertThat(throughline.queries().decisions(mai)).isEmpty();
        }
    }

    private static Setup registered(Setup t) {
        // spotless:off
        t.proofs(Address.email("ann@shop.example"), Address.phone("+84 911 111 111"));
        // spotless:on
        return t;
    }

    @Test
    void approvesAMessageAsItIs() {
        var thanks = thanks();
        try (var throughline = Throughline.open(t -> t.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.RECORD)
                .channel(new RecordingChannel(SMS, InstantSource.system()))
                .policy(Policy.base())
                .requireApproval()
                .campaign(sending(thanks)))) {
            assertThat(throughline.approval(thanks)).isEmpty();

            throughline.approve(thanks, "ann@shop.example", "checked prices and spelling");
            throughline.approve(thanks, "ben@shop.example", "me, too");

            assertThat(throughline.approval(thanks)).map(Approval::who).contains("ann@shop.example");
            assertThat(throughline.approval(thanks.on(SMS, text("Thanks")))).isEmpty();

            throughline.withdrawApproval(thanks, "ben@shop.example", "wrong price");

            assertThat(throughline.approval(thanks)).isEmpty();
        }
    }

    @Test
    void publishesAnotherWordingWithoutARelease() {
        // spotless:off
        var thanks = Message.transactional("thanks", shop)
                .on(SMS, text("Thank you for your order of VND {{ event.total | number }}"))
                .followsContent();
        // spotless:on
        try (var throughline = Throughline.open(t -> t.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.RECORD)
                .channel(new RecordingChannel(SMS, InstantSource.system()))
                .policy(Policy.base())
                .campaign(sending(thanks)))) {
            throughline.publish(
                    thanks.on(SMS, text("Thank you! VND {{ event.total | number }}")), "ann@shop.example", "shorter");

            assertThat(throughline.queries().contents().get("thanks").who()).isEqualTo("ann@shop.example");
            assertThat(throughline
                            .publish(thanks, "ben@shop.example", "as it was")
                            .isOfCode())
                    .isTrue();
        }
    }

    private static Message news() {
        // spotless:off
        var look = Kit.of("#0a5c36")
                .logo("https://shop.example/logo.png")
                .font("Arial, sans-serif")
                .line("Shop JSC, 1 Tràng Tiền, Hà Nội")
                .layout(Layout.html("standard", """
                        <html lang="{{ language }}"><body style="font-family: {{ brand.font }}">
                        <img src="{{ brand.logo }}" alt="{{ brand.name }}">
                        {{ content }}
                        {% for line in brand.lines %}<p>{{ line }}</p>{% endfor %}
                        </body></html>"""));

        var shop = Brand.named("Shop").country("VN").kit(look)
                .optOutBySms("TC", "8088").optOutByCall("1900 0000").optOutByEmail("tuchoi@shop.example");

        var news = Message.marketing("news", shop).on(EMAIL, mail("Trà mới", "<p>Trà sen Tây Hồ</p>"));
        // spotless:on
        return news;
    }

    private static Campaign sending(Message message) {
        return Campaign.named("after").journey(j -> j.startOn(event("Order Completed"))
                .send(message, first(message.channels().iterator().next())));
    }

    @Test
    void showsWhatStandsHere() throws IOException {
        GUIDE.isCutFrom(10, MessagesGuideTest.class);
    }
}
