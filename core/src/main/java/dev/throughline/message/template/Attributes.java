// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.attributes.AttributeResolver;
import io.pebbletemplates.pebble.attributes.ResolvedAttribute;
import io.pebbletemplates.pebble.node.ArgumentsNode;
import io.pebbletemplates.pebble.node.ForNode.LoopVariables;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code a.b} and {@code a[b]}: keys of maps, places of lists, the state of a loop, and nothing else. Never by reflection. */
final class Attributes implements AttributeResolver {
    @Override
    public ResolvedAttribute resolve(
            Object owner,
            Object name,
            Object @Nullable [] values,
            @Nullable ArgumentsNode arguments,
            EvaluationContextImpl context,
            String template,
            int line) {
        Object value = arguments == null ? read(owner, name, line) : null;
        if (value == null) {
            throw new Missing(Values.text(name, line), line);
        }
        return new ResolvedAttribute(value);
    }

    private static @Nullable Object read(Object owner, Object name, int line) {
        if (owner instanceof Map<?, ?> map) {
            return map.get(Values.text(name, line));
        }
        if (owner instanceof List<?> list) {
            return place(list, name, line);
        }
        if (owner instanceof LoopVariables loop) {
            return loop(loop, name);
        }
        if (owner instanceof Map.Entry<?, ?> entry) {
            return name.equals("key") ? entry.getKey() : name.equals("value") ? entry.getValue() : null;
        }
        throw new Refusal(line, "an attribute is read from " + Values.kind(owner) + ", expected a map");
    }

    private static @Nullable Object place(List<?> list, Object name, int line) {
        if (!(name instanceof Number)) {
            throw new Refusal(
                    line, "a list is read by " + Values.kind(name) + ", expected the number of a place in it");
        }
        int index = Values.whole(name, line);
        return index >= 0 && index < list.size() ? list.get(index) : null;
    }

    private static @Nullable Object loop(LoopVariables loop, Object name) {
        return switch (name.toString()) {
            case "index" -> loop.getIndex();
            case "first" -> loop.isFirst();
            case "last" -> loop.isLast();
            case "length" -> loop.getLength().intValue();
            case "revindex" -> loop.getRevindex().intValue();
            default -> null;
        };
    }
}
