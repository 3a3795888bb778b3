// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonsTest {

    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi-VN");

    @ParameterizedTest
    @EnumSource(Reason.class)
    void hasATextOfItsOwnInBothLanguages(Reason reason) {
        var finding = Finding.of("check", "", Outcome.NOTE, reason);

        assertThat(Reasons.has(reason, Locale.ENGLISH)).isTrue();
        assertThat(Reasons.has(reason, VIETNAMESE)).isTrue();
        assertThat(Reasons.text(finding, VIETNAMESE))
                .isNotEqualTo(Reasons.text(finding, Locale.ENGLISH))
                .doesNotContain("{", "}", "<", ">");
    }

    @Test
    void fillsInWhatTheFindingIsAbout() {
        var finding = Finding.of("consent", "vn.consent", Outcome.DENY, Reason.WITHDRAWN)
                .with("event", "e$1\\")
                .with("since", "2026-11-23T02:00:00Z");

        assertThat(Reasons.text(finding, Locale.ENGLISH))
                .isEqualTo("consent withdrawn 2026-11-23T02:00:00Z (e$1\\) [vn.consent]");
        assertThat(Reasons.text(finding, VIETNAMESE))
                .isEqualTo("đã rút lại sự đồng ý lúc 2026-11-23T02:00:00Z (e$1\\) [vn.consent]");
    }

    @Test
    void tellsALineForPeople() {
        var finding = Finding.of("caps", "vn.sms.cap", Outcome.DEFER, Reason.CAP_REACHED)
                .with("count", 3)
                .with("max", 3)
                .with("window", "PT24H")
                .with("until", "2026-11-23T02:00:00.123456789Z");
        var zone = ZoneId.of("Asia/Ho_Chi_Minh");

        assertThat(Reasons.line(finding, Locale.ENGLISH, zone))
                .isEqualTo("cap: 3 of 3 within 24 h; waits until 2026-11-23 09:00 [vn.sms.cap]");
        assertThat(Reasons.line(finding, VIETNAMESE, zone))
                .isEqualTo("tần suất: đã gửi 3 trên 3 trong 24 giờ; chờ đến 2026-11-23 09:00 [vn.sms.cap]");
        assertThat(Reasons.line(finding.with("window", "PT168H"), Locale.ENGLISH, zone))
                .contains("within 7 days;");
        assertThat(Reasons.line(finding.with("window", "PT90M"), VIETNAMESE, zone))
                .contains("trong 90 phút;");
        assertThat(Reasons.line(finding.with("window", "PT0.3S"), VIETNAMESE, zone))
                .contains("trong PT0.3S;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "age",
                "caps",
                "channel",
                "class",
                "consent",
                "content",
                "dispatch",
                "journey",
                "plan",
                "pool",
                "receipt",
                "registry",
                "sender",
                "suppression",
                "tracking",
                "window"
            })
    void hasANameForEachCheckInBothLanguages(String check) {
        var finding = Finding.of(check, "", Outcome.NOTE, Reason.NO_RULE);
        String name = check.equals("window") ? "hours" : check.equals("caps") ? "cap" : check;

        assertThat(Reasons.line(finding, Locale.ENGLISH, ZoneOffset.UTC)).isEqualTo(name + ": no rule restricts this");
        assertThat(Reasons.line(finding, VIETNAMESE, ZoneOffset.UTC))
                .endsWith(": không có quy tắc nào hạn chế")
                .doesNotStartWith(name);
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        var refused = Finding.of("dispatch", "", Outcome.DENY, Reason.REJECTED);

        assertThat(Reasons.text(refused, Locale.ENGLISH)).isEqualTo("refused by the provider");
        assertThat(Reasons.text(refused.with("cause", "BALANCE").with("detail", ""), Locale.ENGLISH))
                .isEqualTo("refused by the provider: BALANCE");
        assertThat(Reasons.text(refused.with("cause", "BALANCE").with("detail", "code 103"), VIETNAMESE))
                .isEqualTo("nhà cung cấp từ chối: BALANCE (code 103)");
    }

    @Test
    void speaksEnglishToOthersWhateverTheDefaultLocale() {
        var finding = Finding.of("consent", "", Outcome.DENY, Reason.NO_CONSENT);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(VIETNAMESE);

            assertThat(Reasons.text(finding, Locale.GERMAN)).isEqualTo("no consent");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void showsACodeOfALaterVersionAsItIs() {
        var finding = new Finding("x", "", Outcome.NOTE, "NOT_KNOWN_YET", Map.of("a", "1"));

        assertThat(Reasons.text(finding, VIETNAMESE)).isEqualTo("NOT_KNOWN_YET {a=1}");
    }

    @Test
    void readsAFindingBackFromItsBytes() {
        var finding = Finding.of("window", "vn.sms.window", Outcome.DEFER, Reason.WINDOW_GUARD)
                .with("until", "2026-11-24T00:00:00Z")
                .with("local", "21:58");

        assertThat(Finding.CODEC.decode(Finding.CODEC.encode(finding))).isEqualTo(finding);
        assertThat(finding.until()).isEqualTo("2026-11-24T00:00:00Z");
    }

    @Test
    void hasNoInstantToWaitForUnlessItDefers() {
        var finding = Finding.of("age", "", Outcome.ALLOW, Reason.AGE_OK);

        assertThatThrownBy(finding::until)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "finding Finding[check=age, rule=, outcome=ALLOW, reason=AGE_OK, values={}] defers nothing");
    }
}
