// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.Preparation;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Money;
import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

class SmsTextTest {

    private static final String LONG =
            "Ưu đãi cực sốc: giảm 50% toàn bộ đơn hàng từ 500.000₫, chỉ hôm nay tại cửa hàng.";

    @Test
    void stripsComposedAndDecomposedVietnameseAlike() {
        String written = "Đặng Thị Ngọc Ánh: 500.000₫, Ưu đãi";
        String expected = "Dang Thi Ngoc Anh: 500.000d, Uu dai";

        assertThat(text(prepare(Diacritics.STRIP, written))).isEqualTo(expected);
        assertThat(text(prepare(Diacritics.STRIP, Normalizer.normalize(written, Normalizer.Form.NFD))))
                .isEqualTo(expected);
    }

    @Test
    void leavesMarksOfOtherScripts() {
        assertThat(Diacritics.strip("がй naïve")).isEqualTo("がй naive");
    }

    @Test
    void keepsDiacriticsAndSaysWhatTheyCost() {
        var prepared = prepare(Diacritics.KEEP, LONG);

        assertThat(text(prepared)).isEqualTo(LONG);
        assertThat(prepared.segments()).isEqualTo(2);
        assertThat(prepared.warnings())
                .containsExactly("14 characters beyond GSM (Ư đ ã ự ố ...): 2 segments instead of 1 without them");
    }

    @Test
    void stripsOnlyWhereThatSavesASegment() {
        assertThat(text(prepare(Diacritics.STRIP_IF_SAVES, "Ưu đãi"))).isEqualTo("Ưu đãi");
        assertThat(prepare(Diacritics.STRIP_IF_SAVES, LONG).warnings())
                .containsExactly("diacritics stripped: 1 segments instead of 2");
    }

    @Test
    void refusesDiacriticsWhereToldTo() {
        assertThat(prepare(Diacritics.REJECT, "Ưu đãi").refusal())
                .isEqualTo("3 characters beyond GSM (Ư đ ã): expected a text without diacritics");
        assertThat(prepare(Diacritics.REJECT, "Uu dai 🎉").refusal()).isNull();
        assertThat(prepare(Diacritics.REJECT, "Grüße").refusal()).isNull();
    }

    @Test
    void bringsTypographicCharactersToPlainOnesBeforeCounting() {
        var prepared = prepare(Diacritics.KEEP, "“It’s” – 5\u00a0000…\u200b\r\nＡ！");

        assertThat(text(prepared)).isEqualTo("\"It's\" - 5 000...\nA!");
        assertThat(Segments.of(text(prepared)).encoding()).isEqualTo(Segments.Encoding.GSM_7);
    }

    @Test
    void agreesWithAnotherMapWhereBothMapACharacter() {
        var map = new ObjectMapper().readTree(Gsm0338Test.resource("/segments/twilio-smart-encoding-map.json"));

        assertThat(map.properties()).hasSize(271).allSatisfy(entry -> {
            String ours = PlainCharacters.of(entry.getKey());
            assertThat(ours.strip())
                    .isIn(entry.getKey().strip(), entry.getValue().asString().strip(), nfc(entry.getKey()));
        });
    }

    @Test
    void refusesTextThatIsEmptyOrTooLong() {
        assertThat(prepare(Diacritics.KEEP, "\u200b ").refusal())
                .isEqualTo("the text is empty: expected at least one character");
        assertThat(prepare(Diacritics.KEEP, "a".repeat(2000)).refusal())
                .isEqualTo("the text has 14 segments: expected at most 10");
    }

    @Test
    void pricesEachSegment() {
        var text = new SmsText(Diacritics.KEEP, 10, Money.of(850, "VND"));

        assertThat(text.prepare(new TextContent(LONG)).cost()).isEqualTo(Money.of(1700, "VND"));
        assertThat(prepare(Diacritics.KEEP, LONG).cost()).isNull();
    }

    @Test
    void changesNothingWhenAppliedAgain() {
        for (long seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            var policy = List.of(Diacritics.values()).get(random.nextInt(4));
            var once = prepare(policy, randomText(random));
            if (once.refusal() == null) {
                var twice = prepare(policy, text(once));
                assertThat(twice.content()).as("seed %s", seed).isEqualTo(once.content());
                assertThat(twice.segments()).as("seed %s", seed).isEqualTo(once.segments());
            }
        }
    }

    private static String randomText(Random random) {
        var text = new StringBuilder();
        random.ints(random.nextInt(120), 0, 0x2100).forEach(text::appendCodePoint);
        return text.toString();
    }

    private static String nfc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static Preparation prepare(Diacritics diacritics, String text) {
        return new SmsText(diacritics, 10, null).prepare(new TextContent(text));
    }

    private static String text(Preparation prepared) {
        return ((TextContent) prepared.content()).text();
    }
}
