// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a value is written into each place of HTML that can hold one. */
final class HtmlEscapes {
    private static final Pattern STYLE = Pattern.compile("[\\p{IsLatin}0-9 #.,%_-]*");
    /** Browsers leave these out before they look at an address. */
    private static final Pattern UNSEEN = Pattern.compile("[\\x00-\\x20\\x7f-\\xa0]");

    private static final Pattern SCHEME = Pattern.compile("([^:/?#\\\\]*):");

    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel", "sms", "cid");

    private HtmlEscapes() {}

    static String text(String value, int line) {
        String text = Characters.printable(value);
        StringBuilder escaped = null;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            String entity = entity(text.charAt(i));
            if (entity != null) {
                escaped = escaped == null ? new StringBuilder(text.length() + 16) : escaped;
                escaped.append(text, from, i).append(entity);
                from = i + 1;
            }
        }
        return escaped == null
                ? text
                : escaped.append(text, from, text.length()).toString();
    }

    private static @Nullable String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
        };
    }

    static String address(String value, int line) {
        Matcher scheme = SCHEME.matcher(UNSEEN.matcher(value).replaceAll(""));
        if (scheme.lookingAt() && !SCHEMES.contains(scheme.group(1).toLowerCase(Locale.ROOT))) {
            throw new Refusal(
                    line, "an address begins with a scheme from the model, expected one of " + new TreeSet<>(SCHEMES));
        }
        return text(value, line);
    }

    static String style(String value, int line) {
        if (!STYLE.matcher(value).matches()) {
            throw new Refusal(
                    line, "a value in a style is more than a word or a number, expected one such as #ff0000 or 12px");
        }
        return text(value, line);
    }
}
