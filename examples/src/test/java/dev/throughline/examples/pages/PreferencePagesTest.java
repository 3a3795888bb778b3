// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.pages;

import static dev.throughline.Words.notice;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.examples.pages.Browser.Key.DOWN;
import static dev.throughline.examples.pages.Browser.Key.ENTER;
import static dev.throughline.examples.pages.Browser.Key.SPACE;
import static dev.throughline.examples.pages.Browser.Key.TAB;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Preferences;
import dev.throughline.Throughline;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Wish;
import dev.throughline.identity.Identity;
import dev.throughline.link.Link;
import dev.throughline.preference.PreferenceCentre;
import dev.throughline.preference.PreferenceCentre.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a real browser, which runs no script and has no pointer. Skipped where there is no Chromium. */
class PreferencePagesTest {

    /** Where to put pictures for the guide; without it they are taken and looked at only for their size. */
    private static final String PICTURES = System.getProperty("throughline.pictures", "");

    private static final Identity MAI = userId("mai");

    @TempDir
    private static Path profile;

    private static Browser browser;

    private volatile Instant now = Instant.parse("2026-11-23T02:00:00Z");
    private Throughline throughline;
    private PreferencePages pages;
    private String page;

    @BeforeAll
    static void openBrowser() throws Exception {
        browser = Browser.open(profile);
        browser.withoutScripts();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        throughline = PreferencePages.shop(() -> now);
        pages = PreferencePages.open(throughline, 0);
        throughline.identify(MAI, Map.of("email", "mai@example.com", "phone", "+84900000001"));
        String token = throughline.preferences(PreferencePages.MENU).link(MAI, Preferences.VALIDITY);
        page = pages.address() + "/preferences/" + token;
        browser.width(1_000);
    }

    @AfterEach
    void close() {
        pages.close();
        throughline.close();
    }

    @Test
    void isUsedWithTheKeyboardAlone() throws Exception {
        browser.show(page + "?lang=en");

        tabTo("Send me advertising by email");
        assertThat(browser.focused().isTicked()).isFalse();
        browser.press(SPACE);
        assertThat(browser.focused().isTicked()).isTrue();
        tabTo("New teas");
        browser.press(SPACE);
        tabTo("Offers");
        browser.press(SPACE);
        tabTo("How often");
        browser.press(DOWN, DOWN);
        tabTo("Save");
        browser.press(ENTER);

        isSaid("[role=status]", "Saved. Your choices count from now on.");
        var email = chosen().channels().get(0);
        assertThat(email.state()).isEqualTo(State.ON);
        assertThat(email.wish()).isEqualTo(Wish.NONE.atMost(1, Duration.ofDays(7)));
        assertThat(email.topics())
                .extracting(PreferenceCentre.TopicChoice::chosen)
                .containsExactly(true, false, true);
        assertThat(chosen().channels().get(1).state()).isEqualTo(State.OFF);
    }

    @Test
    void stopsEverythingWithOnePress() throws Exception {
        throughline.consent(MAI).record(Grant.of(ADVERTISING).on(EMAIL, SMS).shown(notice("checkout", 3)));
        now = now.plus(Duration.ofDays(1));
        browser.show(page + "?lang=vi");

        tabTo("Ngừng mọi quảng cáo");
        browser.press(SPACE);

        isSaid("[role=status]", "Đã lưu. Lựa chọn của bạn có hiệu lực từ bây giờ.");
        assertThat(chosen().channels())
                .extracting(PreferenceCentre.ChannelChoice::state)
                .containsOnly(State.OFF);
    }

    @Test
    void unsubscribesByOneButtonAndNotBefore() throws Exception {
        browser.show(unsubscribing() + "?lang=en");
        assertThat(lastAct()).isEqualTo(ConsentEvent.Type.GRANTED);

        tabTo("Unsubscribe");
        browser.press(ENTER);

        isSaid("h1", "You are unsubscribed");
        assertThat(lastAct()).isEqualTo(ConsentEvent.Type.WITHDRAWN);
    }

    @Test
    void tellsWhenALinkHasExpiredOrIsCut() throws Exception {
        browser.show(page.substring(0, page.length() - 1) + "?lang=en");
        isSaid("h1", "This link does not work");

        now = now.plus(Preferences.VALIDITY);
        browser.show(page + "?lang=vi");
        isSaid("h1", "Liên kết này đã hết hạn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "vi"})
    void saysTheNameOfEverythingToWhoDoesNotSee(String language) throws Exception {
        browser.show(page + "?lang=" + language);

        for (var control : browser.all("input:not([type=hidden]), select, button, fieldset, [role=group], nav")) {
            assertThat(control.label()).as(control.tag()).isNotBlank();
        }
        assertThat(browser.find("html").orElseThrow().attribute("lang")).isEqualTo(language);
        assertThat(browser.all("h1")).hasSize(1);
        assertThat(browser.all("script")).isEmpty();
    }

    @Test
    void showsWhereTheFocusIs() throws Exception {
        browser.show(page);

        for (int i = 0; i < 12; i++) {
            browser.press(TAB);
            assertThat(browser.focused().style("outline-style")).isEqualTo("solid");
        }
    }

    @ParameterizedTest
    @CsvSource({"en, 1000", "vi, 1000", "en, 360", "vi, 360"})
    void fitsTheScreen(String language, int width) throws Exception {
        throughline.consent(MAI).record(Grant.of(ADVERTISING).on(EMAIL).shown(notice("checkout", 3)));
        now = now.plus(Duration.ofDays(1));
        browser.width(width);
        browser.show(page + "?lang=" + language);
        fits(width);
        picture("preferences-" + language + "-" + width);

        browser.show(unsubscribing() + "?lang=" + language);
        fits(width);
        picture("unsubscribe-" + language + "-" + width);
    }

    /** Nothing stands out to the side, and what is pressed is large enough for a finger (WCAG 2.2, 2.5.8). */
    private static void fits(int width) throws Exception {
        for (var element : browser.all("main, main *:not(option), header")) {
            List<Double> box = element.box();
            assertThat(box.get(0)).as(element.tag()).isNotNegative();
            assertThat(box.get(0) + box.get(2)).as(element.tag()).isLessThanOrEqualTo(width);
        }
        for (var pressed : browser.all("button, select, label.check, nav a")) {
            assertThat(pressed.box().get(3)).as(pressed.tag()).isGreaterThanOrEqualTo(24);
        }
    }

    private static void picture(String name) throws Exception {
        byte[] picture = browser.picture();
        assertThat(picture).hasSizeGreaterThan(2_000);
        if (!PICTURES.isEmpty()) {
            Files.write(Path.of(PICTURES).resolve(name + ".png"), picture);
        }
    }

    private static void isSaid(String selector, String text) throws Exception {
        assertThat(browser.awaited(selector, text)).isEqualTo(text);
    }

    private static void tabTo(String label) throws Exception {
        for (int i = 0; i < 60; i++) {
            browser.press(TAB);
            if (browser.focused().label().equals(label)) {
                return;
            }
        }
        throw new AssertionError("nothing with the label '" + label + "' is reached by Tab");
    }

    private String unsubscribing() throws Exception {
        if (lastAct() == null) {
            throughline.consent(MAI).record(Grant.of(ADVERTISING).on(EMAIL).shown(notice("checkout", 3)));
        }
        throughline.track(MAI, "Sale Announced", Map.of());
        for (int i = 0; i < 1_000 && throughline.queries().decisions(MAI).isEmpty(); i++) {
            Thread.sleep(5); // until the mail has left
        }
        now = now.plus(Duration.ofHours(1));
        String message = throughline.queries().decisions(MAI).get(0).message().value();
        return pages.address() + "/unsubscribe/"
                + PreferencePages.KEYS.sign(new Link(Link.Purpose.UNSUBSCRIBE, message, null));
    }

    private ConsentEvent.Type lastAct() {
        var lines = throughline.queries().consents(MAI).values().stream()
                .flatMap(List::stream)
                .toList();
        return lines.isEmpty() ? null : lines.get(lines.size() - 1).type();
    }

    private PreferenceCentre chosen() {
        return throughline.preferences(PreferencePages.MENU).show(MAI).orElseThrow();
    }
}
