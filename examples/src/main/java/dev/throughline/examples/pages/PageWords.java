// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** What the pages say in one language, with everything escaped for HTML. */
final class PageWords {

    private final String language;
    private final Properties words = new Properties();

    private PageWords(String language) {
        this.language = language;
    }

    static PageWords in(String language) {
        var words = new PageWords(language);
        try (var in = Objects.requireNonNull(
                PageWords.class.getResourceAsStream("words_" + language + ".properties"), language)) {
            words.words.load(new InputStreamReader(in, UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return words;
    }

    String language() {
        return language;
    }

    /** With {@code {0}} filled in. */
    String say(String key, Object value) {
        return say(key).replace("{0}", escaped(String.valueOf(value)));
    }

    String say(String key) {
        return escaped(Objects.requireNonNull(words.getProperty(key), key));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
