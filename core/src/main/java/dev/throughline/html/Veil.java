// SPDX-License-Identifier: Apache-2.0
package dev.throughline.html;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a page says of itself as a whole that could hide what is put at its end, whatever that says of itself: an attribute of its {@code
 * html} or {@code body}, or a rule about these, also by a class that they have. In doubt it hides. Used by one thread.
 */
final class Veil {

    private static final Set<String> PAGE = Set.of("html", "body");
    private static final Pattern COMBINED = Pattern.compile("[\\s>+~]+");

    /** A selector's step that names the page; or that names no element. */
    private static final Pattern NAMED = Pattern.compile("(html|body|:root)(?![\\w-]).*");

    private static final Pattern NAMELESS = Pattern.compile("\\*?([.#\\[:].*)?");
    private static final Pattern BY_ATTRIBUTE = Pattern.compile("[.#]([\\w-]|[^\\x00-\\x7f])+|\\[[\\w-]+");

    private final StringBuilder value = new StringBuilder();
    private final Set<String> traits = new HashSet<>();
    private final List<String> hiding = new ArrayList<>();
    private Optional<String> found = Optional.empty();

    Optional<String> found() {
        return found.isEmpty() && hiding.stream().anyMatch(this::isOfPage) ? Optional.of("<style>") : found;
    }

    /** A character, with where the reader was before it: what it ends is looked at. */
    void see(char c, Place place, String element, String attribute, Place next) {
        boolean page = PAGE.contains(element);
        if (page && place == Place.ATTRIBUTE && next != place) {
            traits.add("[" + attribute);
            if (attribute.equals("hidden")) {
                find("<" + element + " hidden>");
            }
        }
        boolean quoted = place == Place.SINGLE_QUOTES || place == Place.DOUBLE_QUOTES || place == Place.UNQUOTED;
        if ((page && quoted) || (place == Place.RAW && element.equals("style"))) {
            value.append(c);
            if (next != place) {
                said(page ? element : "", attribute);
            }
        } else if (page && place == Place.EQUALS && next == Place.UNQUOTED) {
            value.append(c);
        }
    }

    private void said(String element, String attribute) {
        String text = value.toString();
        value.setLength(0);
        if (element.isEmpty()) {
            hiding.addAll(StyleSheet.hiding(text.replaceFirst("(?i)</style$", "")));
            return;
        }
        String plain = text.substring(0, text.length() - 1);
        if (attribute.equals("style") && StyleSheet.hides(plain)) {
            find("<" + element + " style>");
        } else if (attribute.equals("class") || attribute.equals("id")) {
            for (String name : plain.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
                traits.add((attribute.equals("id") ? "#" : ".") + name);
            }
        }
    }

    /** A rule about no element by name is about the page too if it has what is asked for, and so have all around it. */
    private boolean isOfPage(String selector) {
        String[] steps = COMBINED.split(selector, -1);
        for (int i = steps.length - 1; i >= 0; i--) {
            if (NAMED.matcher(steps[i]).matches()) {
                return true;
            }
            boolean may = NAMELESS.matcher(steps[i]).matches()
                    && BY_ATTRIBUTE.matcher(steps[i]).results().allMatch(one -> traits.contains(one.group()));
            if (!may) {
                return false;
            }
        }
        return true;
    }

    private void find(String what) {
        found = found.or(() -> Optional.of(what));
    }
}
