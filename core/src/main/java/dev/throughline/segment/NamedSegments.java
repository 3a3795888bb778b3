// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.json.Named;
import dev.throughline.json.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Segments that documents define, so that conditions can name them. Not thread-safe. */
public final class NamedSegments {

    private final Named<Segment> defined = new Named<>("segment", Segment::isSame);

    /** Also those that conditions bring along, which no other condition may name. */
    private final Named<Segment> all = new Named<>("segment", Segment::isSame);

    /** None yet. */
    public NamedSegments() {}

    /**
     * Reads definitions, which may name each other.
     *
     * @param parts the definitions
     */
    public void define(Collection<Node> parts) {
        var left = new ArrayList<>(parts);
        while (!left.isEmpty()) {
            var names = left.stream().map(NamedSegments::name).collect(Collectors.toSet());
            var ready = left.stream()
                    .filter(part -> Collections.disjoint(names, asked(part)))
                    .toList();
            if (ready.isEmpty()) {
                left.forEach(this::circular);
                return;
            }
            ready.forEach(this::read);
            left.removeAll(ready);
        }
    }

    private void circular(Node part) {
        part.fault("segment", name(part), "one that does not follow from itself, by way of " + asked(part), "");
        defined.add(part, "segment", null);
    }

    private void read(Node part) {
        Segment segment = part.whole(NamedSegments::segment);
        defined.add(part, "segment", segment);
        if (segment != null) {
            all.add(part, "segment", defined.find(part, "segment"));
        }
    }

    private static @Nullable Segment segment(Node node) {
        String name = node.word("segment");
        Condition where = node.part("where").whole(ConditionJson::read);
        String description = node.text("description", "");
        return where == null
                ? null
                : node.made("segment", ThroughlineException.class, () -> new Segment(name, where, description));
    }

    private static String name(Node part) {
        return part.members().get("segment") instanceof String name ? name : "";
    }

    private static Set<String> asked(Node part) {
        var names = new TreeSet<String>();
        ask(part.members().get("where"), names);
        return names;
    }

    private static void ask(@Nullable Object value, Set<String> names) {
        if (value instanceof List<?> items) {
            items.forEach(item -> ask(item, names));
        } else if (value instanceof Map<?, ?> members) {
            members.values().forEach(member -> ask(member, names));
            for (String kind : List.of("in", "passing")) {
                if (members.get(kind) instanceof String name && !members.containsKey("where")) {
                    names.add(name);
                }
            }
        }
    }

    /**
     * The segments that are defined and right.
     *
     * @return in the order of their names
     */
    public List<Segment> all() {
        return defined.all();
    }

    /** One that a condition names; {@code null} if nobody defines it, which is a fault, or if it is wrong. */
    @Nullable
    Segment find(Node node, String member) {
        return defined.find(node, member);
    }

    /** One that a condition brings along, which must not say something else than others of its name. */
    void brought(Node node, String member, Segment segment) {
        all.add(node, member, segment);
    }
}
