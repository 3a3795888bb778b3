// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a brand looks like in mails: colours, logo, font, address lines, and the layouts around its messages. Messages and layouts fill
 * it in as {@code {{ brand.colour }}} and the like. Immutable; each method returns a changed copy.
 *
 * @param colours by name, such as {@code accent}; the main one is {@link #MAIN}
 * @param logo the https address of a picture; empty if there is none
 * @param font a list of fonts as in CSS, without quotes, such as {@code Arial, sans-serif}; empty if none is said
 * @param lines what stands at the foot, such as the postal address, a line each
 * @param layouts the layouts, by name
 * @param layout the name of the layout for messages that name none; empty if these have none
 */
public record Kit(
        Map<String, String> colours,
        String logo,
        String font,
        List<String> lines,
        Map<String, Layout> layouts,
        String layout) {

    /** The name of the main colour, {@code {{ brand.colour }}}. */
    public static final String MAIN = "colour";

    /** What {@code brand} has in templates. */
    public static final Set<String> NAMES = Set.of("name", "address", "colour", "colours", "logo", "font", "lines");

    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,39}");
    private static final Pattern FONT = Pattern.compile("[\\p{IsLatin}0-9 ,_-]{0,200}");
    private static final Pattern URL = Pattern.compile("https://[^/\\s\"'<>]+(/[^\\s\"'<>]*)?");
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_LINE = 200;
    private static final int MOST = 20;

    /** Nothing. */
    public static final Kit NONE = new Kit(Map.of(), "", "", List.of(), Map.of(), "");

    /**
     * Checks the values and copies the collections.
     *
     * @throws ThroughlineException naming the value and what was expected
     */
    public Kit {
        colours = Collections.unmodifiableMap(new TreeMap<>(colours));
        layouts = Collections.unmodifiableMap(new TreeMap<>(layouts));
        lines = List.copyOf(lines);
        colours.forEach((name, colour) -> {
            require(NAME.matcher(name).matches(), "colour name '" + Shown.of(name), "letters and digits");
            require(COLOUR.matcher(colour).matches(), name + " '" + Shown.of(colour), "#rrggbb such as #0a5c36");
        });
        boolean loads = logo.isEmpty()
                || (logo.length() <= LONGEST_URL && URL.matcher(logo).matches());
        require(loads, "logo '" + Shown.of(logo), "an https address of at most " + LONGEST_URL + " characters");
        require(FONT.matcher(font).matches(), "font '" + Shown.of(font), "names of fonts such as Arial, sans-serif");
        lines.forEach(line -> require(
                Identity.isLine(line) && line.length() <= LONGEST_LINE,
                "line '" + Shown.of(line),
                "one line of at most " + LONGEST_LINE + " characters"));
        boolean few = colours.size() <= MOST && lines.size() <= MOST && layouts.size() <= MOST;
        require(few, "size '" + Math.max(colours.size(), Math.max(lines.size(), layouts.size())), "at most " + MOST);
        String known = layouts.isEmpty() ? "a layout, but none is defined" : "one of " + layouts.keySet();
        require(layout.isEmpty() || layouts.containsKey(layout), "layout '" + layout, known);
    }

    private static void require(boolean right, String found, String expected) {
        if (!right) {
            throw new ThroughlineException("brand kit, " + found + "': expected " + expected);
        }
    }

    /**
     * A kit with a main colour.
     *
     * @param hex such as {@code #0a5c36}
     * @return the kit
     */
    public static Kit of(String hex) {
        Given.required("brand kit", "hex", hex);
        return NONE.colour(MAIN, hex);
    }

    /**
     * With a colour.
     *
     * @param name how templates call it: {@code {{ brand.colours.accent }}}
     * @param hex such as {@code #c8102e}
     * @return the changed kit
     */
    public Kit colour(String name, String hex) {
        Given.required("brand kit colour", "name", name);
        Given.required("brand kit colour", "hex", hex);
        var more = new TreeMap<>(colours);
        more.put(name, hex);
        return new Kit(more, logo, font, lines, layouts, layout);
    }

    /**
     * With a logo.
     *
     * @param url an https address, which mail programs load
     * @return the changed kit
     */
    public Kit logo(String url) {
        Given.required("brand kit", "logo", url);
        return new Kit(colours, url, font, lines, layouts, layout);
    }

    /**
     * With fonts.
     *
     * @param names as in CSS, without quotes
     * @return the changed kit
     */
    public Kit font(String names) {
        Given.required("brand kit", "font", names);
        return new Kit(colours, logo, names, lines, layouts, layout);
    }

    /**
     * With one more line at the foot.
     *
     * @param text the line
     * @return the changed kit
     */
    public Kit line(String text) {
        Given.required("brand kit", "line", text);
        var more = new ArrayList<>(lines);
        more.add(text);
        return new Kit(colours, logo, font, more, layouts, layout);
    }

    /**
     * With a layout, which is for all mails of the brand that name none if it is the first one.
     *
     * @param more the layout
     * @return the changed kit
     */
    public Kit layout(Layout more) {
        Given.required("brand kit", "layout", more);
        var all = new TreeMap<>(layouts);
        all.put(more.name(), more);
        return new Kit(colours, logo, font, lines, all, layout.isEmpty() ? more.name() : layout);
    }

    /**
     * With another layout for the mails that name none.
     *
     * @param name one of its layouts, or {@link Layout#NONE}
     * @return the changed kit
     */
    public Kit usually(String name) {
        Given.required("brand kit", "usually", name);
        return new Kit(colours, logo, font, lines, layouts, name.equals(Layout.NONE) ? "" : name);
    }

    /**
     * A layout.
     *
     * @param name its name
     * @return the layout, or empty if there is none of this name
     */
    public Optional<Layout> findLayout(String name) {
        return Optional.ofNullable(layouts.get(name));
    }
}
