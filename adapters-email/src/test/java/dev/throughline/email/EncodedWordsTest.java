// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EncodedWordsTest {

    @Test
    void leavesAsciiAlone() {
        assertThat(EncodedWords.of("Your basket, Mai: 20 % off?")).isEqualTo("Your basket, Mai: 20 % off?");
    }

    @Test
    void encodesWhatIsNotAsciiOrWouldBeDecoded() {
        assertThat(EncodedWords.of("Trà")).isEqualTo("=?UTF-8?B?VHLDoA==?=");
        assertThat(EncodedWords.of("=?UTF-8?B?VHLDoA==?=")).isEqualTo("=?UTF-8?B?PT9VVEYtOD9CP1ZITERvQT09Pz0=?=");
    }

    @Test
    void isReadBackByAngusInWordsOfAtMost75Characters() throws Exception {
        for (int seed = 0; seed < 2_000; seed++) {
            String text = randomText(seed);

            String encoded = EncodedWords.of(text);

            assertThat(MimeUtility.decodeText(encoded)).as("seed %s", seed).isEqualTo(text);
            assertThat(encoded.split("\r\n ")).as("seed %s", seed).allSatisfy(word -> assertThat(word)
                    .hasSizeLessThanOrEqualTo(75));
        }
    }

    private static String randomText(int seed) {
        var random = new SplittableRandom(seed);
        int[] alphabet = "aB 9ếạđơ漢字😀🍵é€".codePoints().toArray();
        var text = new StringBuilder("ế");
        for (int length = random.nextInt(120); length > 0; length--) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }
}
