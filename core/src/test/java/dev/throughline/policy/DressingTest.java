// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static dev.throughline.channel.MessageClass.MARKETING;
import static dev.throughline.identity.Channel.CALL;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.policy.Shop.BRAND;
import static dev.throughline.policy.Shop.VIETNAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.EmailContent;
import dev.throughline.channel.TemplateContent;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Brand;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DressingTest {

    private final Shop shop = Shop.withConsent();
    private final Facts sms = shop.ad("2026-11-23T09:00");
    private final Facts mail = shop.facts(MARKETING, EMAIL, "2026-11-23T09:00");

    @Test
    void putsLabelAndHowToRefuseIntoAText() {
        var done = VIETNAM.content(sms, new TextContent("Tra sen giam 20%"));

        assertThat(done.content())
                .isEqualTo(new TextContent("[QC] Tra sen giam 20%\nTC gui 8088, goi 1900 0000 de tu choi"));
        assertThat(done.findings()).extracting(Finding::reason).containsExactly("FOOTER_ADDED", "LABEL_ADDED");
    }

    @Test
    void speaksEnglishToWhoeverDoes() {
        var done = VIETNAM.content(sms.language("en-GB"), new TextContent("Lotus tea"));

        assertThat(done.content().headline()).isEqualTo("[QC] Lotus tea\nTo refuse: text TC to 8088, call 1900 0000");
    }

    @Test
    void howToRefuseStandsInTheBodyOfAPageAndNeverInAComment() {
        var page = new EmailContent("Tea", "<html><body><p>Tea</p></BODY ><!-- </body> --></html><!-- </body> -->", "");

        var dressed = (EmailContent) VIETNAM.content(mail, page).content();

        assertThat(plain(dressed))
                .startsWith("<html><body><p>Tea</p><p>")
                .endsWith("</p></BODY ><!-- </body> --></html><!-- </body> -->");
    }

    @Test
    void changesNothingTheSecondTime() {
        var text = VIETNAM.content(sms, new TextContent("Tra sen [QC]")).content();
        var letter = VIETNAM.content(mail, new EmailContent("Tea", "<p>Tea</p>", "Tea"))
                .content();

        assertThat(VIETNAM.content(sms, text).content()).isEqualTo(text);
        assertThat(VIETNAM.content(sms, text).findings())
                .extracting(Finding::reason)
                .containsExactly("FOOTER_PRESENT", "LABEL_PRESENT");
        assertThat(VIETNAM.content(mail, letter).content()).isEqualTo(letter);
    }

    @Test
    void seesThroughBlanksAndInvisibleCharactersBeforeTheText() {
        assertThat(VIETNAM.content(sms, new TextContent(" \u200b\n [AD] Tea"))
                        .content()
                        .headline())
                .startsWith("[QC] Tea\n");
        assertThat(VIETNAM.content(sms, new TextContent("[QC] Tea [qc] now"))
                        .content()
                        .headline())
                .startsWith("[QC] Tea now\n");
    }

    @Test
    void putsTheLabelIntoASubjectAndTheFooterBeforeTheEndOfTheBody() {
        var done =
                VIETNAM.content(this.mail, new EmailContent("Trà sen", "<html><body><p>Trà</p></BODY></html>", "Trà"));

        var mail = (EmailContent) done.content();
        assertThat(mail.subject()).isEqualTo("[QC] Trà sen");
        assertThat(plain(mail))
                .isEqualTo("<html><body><p>Trà</p><p>Để từ chối nhận quảng cáo: gọi 1900 0000.</p></BODY></html>");
        assertThat(mail.text()).isEqualTo("Trà\n\nĐể từ chối nhận quảng cáo: gọi 1900 0000.");
        assertThat(done.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.NOTE)
                .extracting(finding -> finding.values().get("means"))
                .containsExactly("WEB", "EMAIL");
    }

    @Test
    void deniesAMailThatCouldHideItsFooter() {
        var done = VIETNAM.content(mail, new EmailContent("Tea", "<p>Tea</p><div style='display:none'>", ""));

        assertThat(Shop.denials(done.findings())).singleElement().satisfies(finding -> {
            assertThat(finding.is(Reason.FOOTER_UNSEEN)).isTrue();
            assertThat(finding.values()).containsEntry("element", "<div>");
        });
    }

    @Test
    void hiddenCopyOfTheFooterCountsForNothing() {
        String footer = "<p>Để từ chối nhận quảng cáo: gọi 1900 0000.</p>";
        String hidden = "<div style='display:none'>" + footer + "</div><p>Buy</p>";

        var done = VIETNAM.content(mail, new EmailContent("Tea", hidden, ""));

        assertThat(plain((EmailContent) done.content())).isEqualTo(hidden + footer);
        assertThat(done.findings()).extracting(Finding::reason).contains("FOOTER_ADDED");
    }

    @Test
    void paragraphThatAStyleSheetCouldHideIsNoFooter() {
        String own = "<style>p{display:none}</style><p>Để từ chối nhận quảng cáo: gọi 1900 0000.</p>";

        var done = VIETNAM.content(mail, new EmailContent("Tea", own, ""));

        assertThat(done.findings()).extracting(Finding::reason).contains("FOOTER_ADDED");
    }

    @Test
    void nothingThatAStyleSheetSaysOfTheFooterCounts() {
        var facts = Facts.of(MARKETING, Shop.MAIL, BRAND.optOutByWeb("https://shop.example/u/"), mail.standing());

        var html = ((EmailContent) VIETNAM.content(facts, new EmailContent("Tea", "<p>Tea</p>", ""))
                        .content())
                .html();

        var styles = Pattern.compile("<(p|a) style=\"display:(block|inline);([^\"]*)\"")
                .matcher(html)
                .results()
                .toList();
        assertThat(styles).extracting(style -> style.group(1)).containsExactly("p", "a");
        assertThat(styles).allSatisfy(style -> assertThat(List.of(style.group(3).split(";", -1)))
                .allMatch(declaration -> declaration.endsWith(" !important"))
                .contains(
                        "all:initial !important",
                        "display:" + style.group(2) + " !important",
                        "visibility:visible !important",
                        "opacity:1 !important"));
    }

    @Test
    void deniesAMailWhosePageIsHidden() {
        var done = VIETNAM.content(mail, new EmailContent("Tea", "<html hidden><body><p>Tea</p></body></html>", ""));

        assertThat(Shop.denials(done.findings())).singleElement().satisfies(finding -> {
            assertThat(finding.is(Reason.FOOTER_UNSEEN)).isTrue();
            assertThat(finding.values()).containsEntry("element", "<html hidden>");
        });
    }

    @Test
    void linksTheMessagesOwnPage() {
        var brand = BRAND.optOutByWeb("https://shop.example/u/").optOutByEmail("stop@shop.example");
        var facts = Facts.of(MARKETING, Shop.MAIL, brand, mail.standing())
                .language("en")
                .unsubscribe("https://shop.example/u/t0k3n?a=1&b=2");

        var done = (EmailContent) VIETNAM.content(facts, new EmailContent("Tea", "<p>Tea</p>", ""))
                .content();

        assertThat(plain(done))
                .isEqualTo("<p>Tea</p><p>To stop receiving advertising: visit <a"
                        + " href=\"https://shop.example/u/t0k3n?a=1&amp;b=2\">https://shop.example/u/t0k3n?a=1&amp;b=2</a>,"
                        + " write to stop@shop.example, call 1900 0000.</p>");
        assertThat(done.text()).isEmpty();
    }

    @Test
    void deniesWhereTheBrandNamesNoWayThatTheLawWants() {
        var brand = Brand.named("Shop").country("VN").optOutBySms("TC", "8088");

        var done = VIETNAM.content(Facts.of(MARKETING, Shop.PHONE, brand, sms.standing()), new TextContent("Tea"));

        assertThat(Shop.denials(done.findings())).singleElement().satisfies(finding -> {
            assertThat(finding.is(Reason.OPT_OUT_MEANS_MISSING)).isTrue();
            assertThat(finding.values()).containsEntry("means", "CALL");
        });
    }

    @Test
    void deniesAChargedMessageWithoutItsPrice() {
        var charged = sms.flags(Set.of(Facts.CHARGED));
        var priced = sms.flags(Set.of(Facts.CHARGED, Facts.PRICE_STATED));

        assertThat(Shop.denials(VIETNAM.content(charged, new TextContent("Tea")).findings()))
                .extracting(Finding::reason)
                .containsExactly("PRICE_MISSING");
        assertThat(Shop.denials(
                        VIETNAM.content(priced, new TextContent("Tea: 5.000d")).findings()))
                .isEmpty();
    }

    @Test
    void opensACallWithNameAndAddress() {
        var call = shop.facts(MARKETING, CALL, "2026-11-23T09:00");

        assertThat(VIETNAM.content(call, new TextContent("Chao chi Mai"))
                        .content()
                        .headline())
                .isEqualTo("Shop, 1 Le Loi, Quan 1. Chao chi Mai");
    }

    @Test
    void deniesAProvidersTemplateWhereALabelIsWanted() {
        var done = VIETNAM.content(sms, new TemplateContent("t-1", "vi", Map.of()));

        assertThat(Shop.denials(done.findings())).extracting(Finding::reason).containsExactly("LABEL_IMPOSSIBLE");
    }

    @Test
    void wantsAPageForUnsubscribingWhereAMailboxProviderDoes() {
        var gmail = VIETNAM.with("""
                {"policy": {"id": "inbox"}, "rules": [{"id": "inbox.headers", "when": {"class": "MARKETING", "channel": "email"},
                  "headers": {"requires": ["LIST_UNSUBSCRIBE_HTTPS", "LIST_UNSUBSCRIBE_POST", "LIST_ID"], "dkimCovers": true}}]}
                """);
        var content = new EmailContent("Tea", "<p>Tea</p>", "");

        assertThat(Shop.denials(gmail.content(mail, content).findings()))
                .extracting(Finding::reason)
                .containsExactly("UNSUBSCRIBE_MISSING");
        assertThat(Shop.denials(gmail.content(mail.unsubscribe("https://shop.example/u/1"), content)
                        .findings()))
                .isEmpty();
    }

    /** Without what makes the footer seen. */
    private static String plain(EmailContent mail) {
        return mail.html().replaceAll(" style=\"display:[^\"]*!important\"", "");
    }
}
