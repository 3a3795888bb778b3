// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import dev.throughline.json.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The look of a brand as JSON. */
final class KitJson {

    private KitJson() {}

    static Map<String, Object> written(Kit kit) {
        var object = new LinkedHashMap<String, Object>();
        put(object, "colours", kit.colours());
        put(object, "logo", kit.logo());
        put(object, "font", kit.font());
        if (!kit.lines().isEmpty()) {
            object.put("lines", kit.lines());
        }
        var layouts = new LinkedHashMap<String, Object>();
        kit.layouts().forEach((name, layout) -> {
            var written = new LinkedHashMap<String, Object>();
            written.put("html", layout.html());
            put(written, "text", layout.text());
            layouts.put(name, written);
        });
        put(object, "layouts", layouts);
        if (!kit.layouts().isEmpty()) {
            object.put("layout", kit.layout().isEmpty() ? Layout.NONE : kit.layout());
        }
        return object;
    }

    private static void put(Map<String, Object> object, String name, String value) {
        if (!value.isEmpty()) {
            object.put(name, value);
        }
    }

    private static void put(Map<String, Object> object, String name, Map<String, ?> value) {
        if (!value.isEmpty()) {
            object.put(name, value);
        }
    }

    static Kit read(Node node) {
        Kit kit = Kit.NONE;
        Node colours = node.part("colours");
        for (String name : colours.members().keySet()) {
            String hex = colours.text(name);
            kit = changed(colours, name, kit, before -> before.colour(name, hex));
        }
        kit = set(node, "logo", kit, (value, before) -> before.logo(value));
        kit = set(node, "font", kit, (value, before) -> before.font(value));
        for (String line : node.texts("lines")) {
            kit = changed(node, "lines", kit, before -> before.line(line));
        }
        Node layouts = node.part("layouts");
        for (String name : layouts.members().keySet()) {
            Node part = layouts.part(name);
            String html = part.text("html");
            String text = part.text("text", "");
            part.finish();
            kit = changed(layouts, name, kit, before -> before.layout(new Layout(name, html, text)));
        }
        return set(node, "layout", kit, (value, before) -> before.usually(value));
    }

    private interface Change {
        Kit apply(String value, Kit before);
    }

    private static Kit set(Node node, String member, Kit kit, Change change) {
        if (!node.has(member)) {
            node.skip(member);
            return kit;
        }
        String value = node.text(member);
        return changed(node, member, kit, before -> change.apply(value, before));
    }

    private static Kit changed(Node node, String member, Kit kit, UnaryOperator<Kit> change) {
        Kit changed = node.made(member, ThroughlineException.class, () -> change.apply(kit));
        return changed == null ? kit : changed;
    }
}
