// SPDX-License-Identifier: Apache-2.0
package dev.throughline.html;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What of a style sheet, or of one style, could hide whatever it is said of. In doubt it hides. */
final class StyleSheet {

    /** Comments, which may lack their end, and strings, which may say anything. */
    private static final Pattern SAID =
            Pattern.compile("(/\\*.*?(?:\\*/|\\z))|\"(?:\\\\.|[^\"\\\\])*+\"?|'(?:\\\\.|[^'\\\\])*+'?", Pattern.DOTALL);

    private static final Pattern ESCAPED = Pattern.compile("\\\\([0-9a-fA-F]{1,6})\\s?");

    private static final Pattern HIDING = Pattern.compile("[\\\\&]|(^|;)(display:(none|var)"
            + "|visibility:(hidden|collapse|var)|opacity:(?!(1|100%)(!|;|$))|zoom:[0.]"
            + "|overflow(-y|-block)?:(hidden|clip|var)|content-visibility:(hidden|var)|position:(absolute|fixed|var)"
            + "|(top|left|right|bottom|inset[a-z-]*|margin[a-z-]*):[^;]*-([0-9]{3}|[0-9.]+(r?em|v[a-z]+|%|in|cm))"
            + "|(-webkit-)?(clip|clip-path|mask[a-z-]*|transform|translate|scale|rotate|filter|animation(-name)?)"
            + ":(?!none))");

    private StyleSheet() {}

    /** The selectors of the rules that hide, each by itself; of a rule within others what it comes to. */
    static Set<String> hiding(String css) {
        var hiding = new LinkedHashSet<String>();
        var around = new ArrayDeque<String>();
        String text = SAID.matcher(css).replaceAll(said -> said.group(1) == null ? "''" : " ") + ";";
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '{' && c != '}' && c != ';') {
                continue;
            }
            String part = text.substring(from, i).strip();
            from = i + 1;
            if (c == '{') {
                String outer = around.isEmpty() ? "" : around.peek();
                around.push(part.startsWith("@") ? outer : part.replace("&", outer));
            } else {
                if (!around.isEmpty() && hides(part)) {
                    split(around.peek()).forEach(hiding::add);
                }
                if (c == '}' && !around.isEmpty()) {
                    around.pop();
                }
            }
        }
        return hiding;
    }

    private static Stream<String> split(String selectors) {
        String plain = ESCAPED.matcher(selectors)
                .replaceAll(escaped -> String.format(Locale.ROOT, "%c", Integer.parseInt(escaped.group(1), 16) & 0x7f));
        for (String before = ""; !before.equals(plain); ) {
            before = plain;
            plain = plain.replaceAll("\\([^()]*\\)", "");
        }
        return Stream.of(plain.split(",", -1))
                .map(one -> one.strip().toLowerCase(Locale.ROOT))
                .filter(one -> !one.isEmpty());
    }

    /** Whether declarations hide. */
    static boolean hides(String declarations) {
        String plain = SAID.matcher(declarations.replace("&quot;", "'"))
                .replaceAll(said -> said.group(1) == null ? "''" : " ")
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", "");
        return HIDING.matcher(plain).find();
    }
}
