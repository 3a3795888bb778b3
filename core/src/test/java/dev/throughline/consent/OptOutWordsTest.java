// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import static dev.throughline.consent.OptOutWords.Meaning.HELP;
import static dev.throughline.consent.OptOutWords.Meaning.NONE;
import static dev.throughline.consent.OptOutWords.Meaning.OPT_IN;
import static dev.throughline.consent.OptOutWords.Meaning.OPT_OUT;
import static dev.throughline.consent.OptOutWords.Meaning.UNCLEAR_REFUSAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.consent.OptOutWords.Meaning;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptOutWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP", "stop", " Stop. ", "STOP!!", "unsubscribe", "opt-out", "Opt  out", "TC", "tc", "Từ chối",
                "TỪ CHỐI", "tu choi", "TC QC", "hủy qc", "khong nhan", "không nhận", "arrêt", "수신거부", "停止", "ยกเลิก"
            })
    void takesTheWordsOfTheTablesForRefusals(String text) {
        assertThat(meaning(text, false)).isEqualTo(OPT_OUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "huy dang ky",
                "Hủy đăng ký",
                "huy tin",
                "bo dang ky",
                "BO DK",
                "ngung gui",
                "ko nhan",
                "k nhan tin nua",
                "TCQC",
                "T.C",
                "t c",
                "S T O P",
                "ＳＴＯＰ",
                "ST\u200bOP",
                "\ufeffSTOP",
                "UNSUBSCRİBE",
                "unsubscrıbe",
                "tat qc",
                "dung nhan tin",
                "ST0P"
            })
    void takesTheFormsInWhichPeopleWriteThemForRefusals(String text) {
        assertThat(meaning(text, false)).isEqualTo(OPT_OUT);
    }

    @Test
    void findsARefusalBehindMuchNothing() {
        assertThat(meaning(" ".repeat(3_000) + "STOP", false)).isEqualTo(OPT_OUT);
    }

    @Test
    void scenario15MatchesUnderATurkishDefaultLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));

            assertThat(meaning("unsubscribe", false)).isEqualTo(OPT_OUT);
            assertThat(meaning("quit", false)).isEqualTo(OPT_OUT);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dừng", "Dừng", "NGỪNG", "hủy", "huỷ", "thôi."})
    void takesVietnameseWordsWithTheirMarksForRefusals(String text) {
        assertThat(meaning(text, false)).isEqualTo(OPT_OUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dung", "HUY", "thoi", "Ngung", "dung lai", "chan"})
    void takesThemWithoutMarksForRefusalsOnlyAsTheAnswerToAnAdvertisement(String text) {
        assertThat(meaning(text, true)).isEqualTo(OPT_OUT);
        assertThat(meaning(text, false)).isEqualTo(UNCLEAR_REFUSAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"đúng", "Đúng", "thời", "dùng"})
    void doesNotConfuseThemWithWordsThatDifferByTheirMarks(String text) {
        assertThat(meaning(text, true)).isEqualTo(NONE);
    }

    @Test
    void readsDecomposedCharactersLikeComposedOnes() {
        assertThat(meaning("du\u031b\u0300ng", false)).isEqualTo(OPT_OUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "please leave me alone",
                "Stop sending me this",
                "don't text me",
                "Đừng gửi nữa",
                "dung nhan cho toi nua",
                "tôi không muốn nhận tin này",
                "khong nhan nua",
                "TC 8088",
                "TC1",
                "ngung gui tin",
                "toi muon huy dang ky",
                "Ðừng gửi nữa",
                "xoa so toi",
                "phien qua",
                "stop it",
                "dung gui nua",
                "Can you cancel my order",
                "NO"
            })
    void leavesToAPersonWhatMayBeARefusal(String text) {
        assertThat(meaning(text, true)).isEqualTo(UNCLEAR_REFUSAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "thanks",
                "Cảm ơn shop",
                "ok",
                "Đơn của tôi đâu?",
                "stopover in Hue",
                "👍",
                "giao cho no nhe",
                "no problem, thanks",
                "I have no time today",
                "at the end of the street",
                "OK vậy thôi nhé",
                "toi khong nhan duoc hang",
                "la calidad es baja",
                "phi ship 30k nhan luc nao"
            })
    void leavesOtherWordsAlone(String text) {
        assertThat(meaning(text, true)).isEqualTo(NONE);
    }

    @Test
    void knowsWhoAgreesAndWhoAsks() {
        assertThat(meaning("START", false)).isEqualTo(OPT_IN);
        assertThat(meaning("Đồng ý", false)).isEqualTo(OPT_IN);
        assertThat(meaning("help", false)).isEqualTo(HELP);
    }

    @Test
    void knowsTheWordThatABrandTellsPeopleToWrite() {
        var words = OptOutWords.standard().with(Brand.named("Shop").optOutBySms("HUY SHOP", "8088"));

        assertThat(words.read("huy shop", false).meaning()).isEqualTo(OPT_OUT);
        assertThat(meaning("huy shop", false)).isEqualTo(NONE);
    }

    @Test
    void scenario22CreatesNoConsentFromACallForHelp() {
        assertThat(OptOutWords.standard().read("HELP", false).acts(Channel.SMS)).isEmpty();
        assertThat(OptOutWords.standard().read("YES", false).acts(Channel.SMS)).isEmpty();
    }

    @Test
    void saysWhichWordOfWhichLanguageDecided() {
        var reading = OptOutWords.standard().read("từ chối", false);

        assertThat(reading.language()).isEqualTo("vi");
        assertThat(reading.word()).isEqualTo("TU CHOI");
        assertThat(reading.acts(Channel.SMS)).singleElement().satisfies(act -> assertThat(act.properties())
                .containsEntry("text", "từ chối")
                .containsEntry("method", "sms keyword"));
    }

    private static Meaning meaning(String text, boolean answersAdvertising) {
        return OptOutWords.standard().read(text, answersAdvertising).meaning();
    }
}
