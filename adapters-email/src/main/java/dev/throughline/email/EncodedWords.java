// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Text of a header in ASCII (RFC 2047). Angus can do it too, but looks its encoder up on the class path for each word, which takes
 * longer than sending the mail.
 */
final class EncodedWords {

    private static final int OCTETS = 45; // 60 characters in base64, 72 with what is around them: section 2 allows 75
    private static final String LOOKS_ENCODED = "=?";

    private EncodedWords() {}

    /** The text itself if it is ASCII, else encoded words of whole characters on lines of their own. */
    static String of(String text) {
        if (text.chars().allMatch(c -> c < 0x7F) && !text.contains(LOOKS_ENCODED)) {
            return text;
        }
        List<String> words = new ArrayList<>();
        var word = new StringBuilder();
        int octets = 0;
        for (int c : text.codePoints().toArray()) {
            int more = Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (octets + more > OCTETS) {
                words.add(encoded(word.toString()));
                word.setLength(0);
                octets = 0;
            }
            word.appendCodePoint(c);
            octets += more;
        }
        words.add(encoded(word.toString()));
        return String.join("\r\n ", words);
    }

    private static String encoded(String word) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(word.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
