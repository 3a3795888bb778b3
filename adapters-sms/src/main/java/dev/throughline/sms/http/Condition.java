// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Which values must stand where, all of them; {@code *} stands for any value that is not empty. */
record Condition(Map<JsonPointer, List<String>> values) {

    static Condition read(Part part) {
        var values = new LinkedHashMap<JsonPointer, List<String>>();
        if (!part.node().isObject() || part.node().isEmpty()) {
            part.fault("an object of JSON pointers and values, such as {\"/code\": \"0\"}");
        }
        part.members()
                .forEach((pointer, wanted) ->
                        values.put(wanted.pointer(pointer), wanted.texts("a value or a list of values")));
        return new Condition(values);
    }

    boolean holds(JsonNode node) {
        return values.entrySet().stream().allMatch(wanted -> {
            String found = text(node, wanted.getKey());
            return wanted.getValue().contains(found) || (wanted.getValue().contains("*") && !found.isEmpty());
        });
    }

    /** A number, boolean or text as text; empty for anything else. */
    static String text(JsonNode node, JsonPointer pointer) {
        JsonNode found = node.at(pointer);
        return found.isValueNode() && !found.isNull() ? found.asString() : "";
    }
}
