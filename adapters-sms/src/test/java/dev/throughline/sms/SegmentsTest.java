// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.sms.Segments.Encoding;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class SegmentsTest {

    @Test
    void countsAsTwoIndependentCountersDo() {
        var vectors = json("/segments/vectors.json");

        assertThat(vectors.size()).isEqualTo(245);
        assertThat(vectors).allSatisfy(vector -> {
            var segments = Segments.of(vector.path("text").asString());
            assertThat(segments.encoding()).isEqualTo(encoding(vector.path("twilio")));
            assertThat(segments.count())
                    .isEqualTo(vector.path("twilio").path("segments").asInt());
        });
    }

    @Test
    void countsTheLimitsOfASegment() {
        assertThat(json("/segments/twilio-testdata.json")).isNotEmpty().allSatisfy(vector -> {
            var segments = Segments.of(vector.path("body").asString());
            assertThat(segments.encoding()).isEqualTo(encoding(vector));
            assertThat(segments.count()).isEqualTo(vector.path("segments").asInt());
        });
    }

    @Test
    void neverSplitsAnEscapedCharacter() {
        var segments = Segments.of("a".repeat(152) + "€" + "b".repeat(100));

        assertThat(segments.parts().get(0)).isEqualTo("a".repeat(152));
        assertThat(segments.parts().get(1)).isEqualTo("€" + "b".repeat(100));
        assertThat(segments.units()).isEqualTo(254);
    }

    @Test
    void neverSplitsASurrogatePair() {
        var segments = Segments.of("ế".repeat(66) + "🎉" + "ế".repeat(10));

        assertThat(segments.parts().get(0)).isEqualTo("ế".repeat(66));
        assertThat(segments.parts().get(1)).startsWith("🎉");
    }

    @Test
    void writesUcs2WithoutByteOrderMark() {
        assertThat(HexFormat.of().formatHex(Segments.of("đ🎉").userData(0, 7))).isEqualTo("0111d83cdf89");
    }

    @Test
    void putsAConcatenationHeaderBeforeEachOfSeveralParts() {
        var segments = Segments.of("a".repeat(200));

        assertThat(HexFormat.of().formatHex(segments.userData(1, 0x1ab), 0, 7)).isEqualTo("050003ab020261");
        assertThat(segments.userData(0, 1)).hasSize(6 + 153);
    }

    @Test
    void keepsHalfASurrogatePairAsItIs() {
        assertThat(HexFormat.of().formatHex(Segments.of("\ud83c").userData(0, 0)))
                .isEqualTo("d83c");
    }

    @Test
    void losesNothingAndOverfillsNothing() {
        for (long seed = 0; seed < 500; seed++) {
            String text = randomText(new Random(seed));
            var segments = Segments.of(text);
            int room = segments.encoding() == Encoding.GSM_7 ? 160 : 140;

            assertThat(String.join("", segments.parts())).as("seed %s", seed).isEqualTo(text);
            for (int part = 0; part < segments.count(); part++) {
                assertThat(segments.userData(part, 0).length)
                        .as("seed %s part %s", seed, part)
                        .isLessThanOrEqualTo(room);
            }
        }
    }

    static String randomText(Random random) {
        String characters = random.nextBoolean() ? "ab €{}à" : "ab €ếđ🎉";
        int[] points = characters.codePoints().toArray();
        var text = new StringBuilder();
        random.ints(random.nextInt(400), 0, points.length).forEach(i -> text.appendCodePoint(points[i]));
        return text.toString();
    }

    private static Encoding encoding(JsonNode vector) {
        return vector.path("encoding").asString().equals("GSM-7") ? Encoding.GSM_7 : Encoding.UCS_2;
    }

    private static JsonNode json(String path) {
        return new ObjectMapper().readTree(Gsm0338Test.resource(path));
    }
}
