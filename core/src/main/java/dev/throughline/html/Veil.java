// SPDX-License-Identifier: Apache-2.0
package dev.throughline.html;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a page says of itself as a whole that could hide what is put at its end, whatever that says of itself: an attribute of its {@code
 * html} or {@code body}, or a rule about these. In doubt it hides. Used by one thread.
 */
final class Veil {

    private static final Set<String> PAGE = Set.of("html", "body");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern OF_PAGE = Pattern.compile(
            "(^|[\\s,>+~;])(html|body|:root)[^\\s,>+~]*\\s*(,|$)|(^|,)\\s*\\*\\s*(,|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HIDING =
            Pattern.compile("[\\\\&]|(^|;)(display:none|visibility:(hidden|collapse)|opacity:[0.]"
                    + "|overflow(-y)?:(hidden|clip)|content-visibility:hidden|position:(absolute|fixed)|zoom:[0.]"
                    + "|(-webkit-)?(clip|clip-path|mask[a-z-]*|transform|translate|scale|filter):(?!none))");

    private final StringBuilder value = new StringBuilder();
    private Optional<String> found = Optional.empty();

    Optional<String> found() {
        return found;
    }

    /** A character, with where the reader was before it: what it ends is looked at. */
    void see(char c, Place place, String element, String attribute, Place next) {
        boolean page = PAGE.contains(element);
        if (page && place == Place.ATTRIBUTE && next != place && attribute.equals("hidden")) {
            find("<" + element + " hidden>");
        }
        boolean quoted = place == Place.SINGLE_QUOTES || place == Place.DOUBLE_QUOTES || place == Place.UNQUOTED;
        if ((page && quoted && attribute.equals("style")) || (place == Place.RAW && element.equals("style"))) {
            value.append(c);
            if (next != place) {
                said(page ? "<" + element + " style>" : "<style>", page);
            }
        } else if (page && attribute.equals("style") && place == Place.EQUALS && next == Place.UNQUOTED) {
            value.append(c);
        }
    }

    private void said(String where, boolean page) {
        String css = COMMENT.matcher(value).replaceAll(" ");
        value.setLength(0);
        if (page ? isHiding(css.substring(0, css.length() - 1)) : isSheetHiding(css)) {
            find(where);
        }
    }

    /** Rules within others, such as those for a medium, are looked at as well. */
    private static boolean isSheetHiding(String css) {
        int from = 0;
        for (int end = css.indexOf('}'); end >= 0; end = css.indexOf('}', from)) {
            String rule = css.substring(from, end);
            int begin = rule.lastIndexOf('{');
            String selectors = begin < 0 ? "" : rule.substring(rule.lastIndexOf('{', begin - 1) + 1, begin);
            if (OF_PAGE.matcher(selectors).find() && isHiding(rule.substring(begin + 1))) {
                return true;
            }
            from = end + 1;
        }
        return false;
    }

    private static boolean isHiding(String declarations) {
        String plain =
                declarations.toLowerCase(Locale.ROOT).replace("&quot;", "'").replaceAll("\\s+", "");
        return HIDING.matcher(plain).find();
    }

    private void find(String what) {
        found = found.or(() -> Optional.of(what));
    }
}
