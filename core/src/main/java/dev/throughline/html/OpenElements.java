// SPDX-License-Identifier: Apache-2.0
package dev.throughline.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is open at a place in HTML, from the outermost on, as a browser's tree builder has it as far as it matters for what follows. In
 * doubt an element counts as open. Immutable.
 */
public final class OpenElements {
    /** Nothing is open. */
    public static final OpenElements NONE = new OpenElements(List.of(), true);

    static final String CONDITION = "!--[if";

    private static final Set<String> VOID = words("area base basefont bgsound br col embed frame hr image img input"
            + " keygen link meta param source track wbr");
    private static final Set<String> DOCUMENT = words("html head body");
    private static final Set<String> CELLS = words("tr td th thead tbody tfoot colgroup");
    private static final Set<String> ITEMS = words("li dt dd");
    private static final Set<String> FORMATTING = words("a b big code em font i nobr s small strike strong tt u");
    /** What ends within one of these ends nothing around it. */
    private static final Set<String> WALLS =
            words("applet caption table td th marquee object template select svg math button " + CONDITION);

    private static final Set<String> TABLE_ENDS = words("table caption tr td th thead tbody tfoot colgroup");
    private static final Set<String> TABLE_WALLS = words("template select svg math " + CONDITION);
    private static final Set<String> BLOCKS = words("address article aside blockquote center details dialog dir div dl"
            + " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr listing main menu nav ol p pre"
            + " search section summary table ul");
    private static final Set<String> SPECIAL = words("dd dt li iframe noscript noembed tr thead tbody tfoot frameset");

    private final List<String> names;
    private final boolean sure;

    private OpenElements(List<String> names, boolean sure) {
        this.names = names;
        this.sure = sure;
    }

    private static Set<String> words(String words) {
        return Set.of(words.split(" "));
    }

    OpenElements begin(String name) {
        if (!sure || DOCUMENT.contains(name)) {
            return this;
        }
        OpenElements before = BLOCKS.contains(name) ? end("p") : this;
        if (VOID.contains(name)) {
            return before;
        }
        var more = new ArrayList<>(before.names);
        more.add(name);
        return new OpenElements(List.copyOf(more), true);
    }

    /** After a tag that ends in {@code />}, which only closes what is not of HTML itself. */
    OpenElements whole(String name) {
        boolean foreign = name.equals("svg") || name.equals("math") || name.contains(":");
        return foreign || names.contains("svg") || names.contains("math") ? this : begin(name);
    }

    OpenElements end(String name) {
        int at = begun(name);
        if (at < 0) {
            return this;
        }
        var left = new ArrayList<>(names.subList(0, at));
        left.addAll(survivors(name, names.subList(at + 1, names.size())));
        return new OpenElements(List.copyOf(left), true);
    }

    private int begun(String name) {
        for (int i = names.size() - 1; i >= 0; i--) {
            if (names.get(i).equals(name)) {
                return i;
            }
            if (isWall(names.get(i), name)) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isWall(String between, String name) {
        if (name.equals(CONDITION) || name.equals("template")) {
            return false;
        }
        if (TABLE_ENDS.contains(name)) {
            return TABLE_WALLS.contains(between) || (between.equals("table") && !name.equals("table"));
        }
        boolean block = BLOCKS.contains(name) || WALLS.contains(name) || SPECIAL.contains(name);
        boolean inline = !block && !FORMATTING.contains(name);
        return WALLS.contains(between) || (inline && (BLOCKS.contains(between) || SPECIAL.contains(between)));
    }

    /** A browser opens {@code <font>} and the like again behind the element they were left open in, but not behind a cell. */
    private static List<String> survivors(String ended, List<String> within) {
        if (FORMATTING.contains(ended)) {
            return within;
        }
        var kept = new ArrayList<String>();
        for (String name : WALLS.contains(ended) ? List.<String>of() : within) {
            if (WALLS.contains(name)) {
                break;
            }
            if (FORMATTING.contains(name)) {
                kept.add(name);
            }
        }
        return kept;
    }

    /**
     * What may be open where one of two ways was taken.
     *
     * @param other what is open behind the other way
     * @return this where both are alike; else something that tells nothing, for only the whole text can
     */
    public OpenElements or(OpenElements other) {
        return sure && other.sure && names.equals(other.names) ? this : new OpenElements(List.of(), false);
    }

    /**
     * What a piece of HTML leaves open that could hide what follows; an item of a list may be left to the list around the piece.
     *
     * @return such as {@code <div>}; empty also where only the whole text can tell
     */
    public Optional<String> ofPiece() {
        return sure ? first(ITEMS) : Optional.empty();
    }

    Optional<String> ofPage() {
        return first(Set.of());
    }

    private Optional<String> first(Set<String> more) {
        return names.stream()
                .filter(name -> !name.equals("p") && !CELLS.contains(name) && !more.contains(name))
                .findFirst()
                .map(name -> "<" + name + ">");
    }
}
