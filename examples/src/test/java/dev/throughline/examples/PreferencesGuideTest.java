// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.link.Link.Purpose.CONFIRMATION;
import static dev.throughline.link.Link.Purpose.PREFERENCES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Links;
import dev.throughline.Preferences;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.MessageClass;
import dev.throughline.consent.Grant;
import dev.throughline.decision.Verdict;
import dev.throughline.email.SmtpEmail;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.link.Form;
import dev.throughline.link.LinkKeys;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.preference.PreferenceCentre;
import dev.throughline.preference.PreferenceChoice;
import dev.throughline.preference.PreferenceFields;
import dev.throughline.preference.PreferenceMenu;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/preferences.md shows, beside what the example's pages do. */
class PreferencesGuideTest {

    private static final PreferenceMenu MENU = PreferenceMenu.of(Brand.named("Shop"), EMAIL, SMS)
            .inLanguage("en", notice("preferences", 1).saying("I agree."));

    @Test
    void showsAndTakesWhatSomebodyChooses() {
        try (var throughline = Throughline.open(t -> t.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .campaign(Campaign.named("quiet")
                        .journey(j -> j.startOn(event("Nothing")).delay(hours(1)))))) {
            var mai = userId("mai");
            throughline.identify(mai, Map.of("language", "en"));
            var form = new Form(Map.of(
                    PreferenceFields.LANGUAGE,
                    List.of("en"),
                    PreferenceFields.VERSION,
                    List.of(throughline
                            .preferences(MENU)
                            .show(mai)
                            .orElseThrow()
                            .version())));

            // spotless:off
            Preferences preferences = throughline.preferences(MENU);
            PreferenceCentre centre = preferences.show(mai).orElseThrow();
            PreferenceChoice choice = preferences.choose(mai, form);
            // spotless:on

            assertThat(centre.channels()).isEmpty();
            assertThat(choice.outcome()).isEqualTo(PreferenceChoice.Outcome.UNCHANGED);
        }
    }

    @Test
    void confirmsByALink() {
        String secret = "a secret of thirty-two characters or more";
        var shop = Brand.named("Shop")
                .country("DE")
                .sender(EMAIL, "news@shop.example")
                .postalAddress("1 Street, Berlin")
                .optOutByWeb("https://shop.example/u/");
        // spotless:off
        var request = Message.of("please-confirm", MessageClass.CONSENT_REQUEST, shop)
                .on(EMAIL, mail("Please confirm", "<p><a href=\"{{ links.confirm }}\">Yes, send me news</a></p>"));
        var signUp = Campaign.named("sign-up").journey(j -> j.startOn(event("Newsletter Signed Up")).send(request, first(EMAIL)));
        var late = Campaign.named("sign-up-again").journey(j -> j.startOn(event(Links.CONFIRMATION_REQUESTED)).send(request, first(EMAIL)));
        // spotless:on
        try (var throughline = Throughline.open(t -> {
            t.store(new MemoryStore()).environment("test").delivery(Delivery.RECORD);
            t.policy(Policy.draft("de")).campaign(signUp).campaign(late).channel(SmtpEmail.at("127.0.0.1", 9));
            // spotless:off
            t.links(LinkKeys.signing(1, secret)
                    .page(CONFIRMATION, "https://shop.example/confirm/")
                    .page(PREFERENCES, "https://shop.example/preferences/"));
            // spotless:on
        })) {
            var ana = userId("ana");
            throughline.identify(ana, Map.of("email", "ana@example.com"));
            // spotless:off
            throughline.consent(ana).record(Grant.of(ADVERTISING).on(EMAIL).shown(notice("newsletter", 1)).awaitingConfirmation());
            throughline.track(ana, "Newsletter Signed Up", Map.of());
            // spotless:on

            Hosts.await("it is asked for", () -> throughline.queries().decisions(ana).stream()
                    .anyMatch(decision -> decision.verdict().equals(Verdict.SENT)));
        }
    }

    @Test
    void guideIsCutFromTheseAndFromTheExample() throws IOException {
        String source = bare(Files.readString(
                        Path.of("src/main/java/dev/throughline/examples/pages/PreferencePages.java"), UTF_8)
                + Files.readString(Path.of("src/test/java/dev/throughline/examples/PreferencesGuideTest.java"), UTF_8));
        String guide = Files.readString(Path.of("../docs/preferences.md"), UTF_8);

        assertThat(Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                        .matcher(guide)
                        .results()
                        .map(found -> bare(found.group(1))))
                .hasSize(6)
                .allSatisfy(snippet -> assertThat(source).contains(snippet));
        assertThat(Pattern.compile("images/([\\w-]+\\.png)")
                        .matcher(guide)
                        .results()
                        .map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(
                        image -> assertThat(Path.of("../docs/images", image)).isNotEmptyFile());
    }

    private static String bare(String code) {
        return code.replaceAll("\\s+", "");
    }
}
