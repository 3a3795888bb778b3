// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BriefTest {

    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

    static Stream<Policy> presets() {
        return Stream.concat(
                Stream.of(Policy.vietnam()), Policy.drafts().stream().map(Policy::draft));
    }

    @Test
    void tellsHoursLawAndHowWellItWasRead() {
        assertThat(Policy.vietnam().explain(Locale.ENGLISH)).contains("""
                        vn.sms.window: advertising, SMS
                          Only at 07:00-22:00, by the clock of the recipient; 10 min before the end nothing leaves any more; unless the \
                        person agreed: to messages at other times.
                          Source: 91/2020/ND-CP, 13; read in the text of the law, 2026-11-21. the guard is a project choice.
                        """);
        assertThat(Policy.vietnam().explain(VIETNAMESE))
                .contains("vn.sms.window: quảng cáo, tin nhắn SMS")
                .contains("Chỉ trong khung 07:00-22:00, theo giờ của người nhận");
    }

    @Test
    void tellsAlternativesAndWeekdays() {
        assertThat(Policy.draft("fr").explain(Locale.ENGLISH))
                .contains("Only at MON-FRI 10:00-13:00, MON-FRI 14:00-20:00,")
                .contains(
                        "Only with: express consent, the words that were shown are kept, its time is kept, its way is kept or a"
                                + " running contract.");
    }

    @ParameterizedTest
    @MethodSource("presets")
    void hasWordsForEveryRuleInBothLanguages(Policy policy) {
        for (Locale locale : new Locale[] {Locale.ENGLISH, VIETNAMESE}) {
            String told = policy.explain(locale);

            assertThat(policy.rules()).allSatisfy(rule -> assertThat(told).contains("\n" + rule.id() + ": "));
            assertThat(told).doesNotContain("–", "{", "word.", "evidence.", "confidence.", "from.");
            assertThat(policy.rules())
                    .allSatisfy(rule -> assertThat(told).contains(rule.ref().note(locale)));
            assertThat(codes(told)).isSubsetOf("CUSTOMER_CARE"); // a word of Zalo's
        }
    }

    @ParameterizedTest
    @MethodSource("presets")
    void hasItsNotesInBothLanguages(Policy policy) {
        assertThat(policy.rules())
                .allSatisfy(rule -> assertThat(rule.ref().noteVietnamese().isEmpty())
                        .as(rule.id())
                        .isEqualTo(rule.ref().note().isEmpty()));
        assertThat(policy.explain(VIETNAMESE)).doesNotContain(" is a project choice");
    }

    /** Words in capitals with a line below are names in the data, not in a language. */
    private static Set<String> codes(String told) {
        return Stream.of(told.split("[^A-Z_]+"))
                .filter(word -> word.contains("_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
