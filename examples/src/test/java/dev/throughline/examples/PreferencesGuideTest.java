// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.event;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Preferences;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.link.Form;
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
    void guideIsCutFromTheseAndFromTheExample() throws IOException {
        String source = bare(Files.readString(
                        Path.of("src/main/java/dev/throughline/examples/pages/PreferencePages.java"), UTF_8)
                + Files.readString(Path.of("src/test/java/dev/throughline/examples/PreferencesGuideTest.java"), UTF_8));
        String guide = Files.readString(Path.of("../docs/preferences.md"), UTF_8);

        assertThat(Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                        .matcher(guide)
                        .results()
                        .map(found -> bare(found.group(1))))
                .hasSize(3)
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
