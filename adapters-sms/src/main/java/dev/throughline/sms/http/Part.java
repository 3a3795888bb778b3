// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A place in a description that is being read. What is wrong there is noted and reading goes on with a stand-in, so that all
 * faults come out at once.
 */
record Part(String where, JsonNode node, List<String> faults) {

    static Part root(JsonNode node) {
        return new Part("", node, new ArrayList<>());
    }

    boolean present() {
        return !node.isMissingNode() && !node.isNull();
    }

    Part child(String name) {
        return new Part(where + "/" + name, node.path(name), faults);
    }

    /** The members of an object, of which only some names are known. */
    Part only(String... names) {
        if (!node.isObject()) {
            fault("an object of " + String.join(", ", names));
        }
        members().forEach((name, member) -> {
            if (!Arrays.asList(names).contains(name)) {
                faults.add(member.where + " is unknown; expected one of " + String.join(", ", names));
            }
        });
        return this;
    }

    Map<String, Part> members() {
        var members = new LinkedHashMap<String, Part>();
        node.properties().forEach(member -> members.put(member.getKey(), child(member.getKey())));
        return members;
    }

    List<Part> items() {
        var items = new ArrayList<Part>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new Part(where + "/" + i, node.path(i), faults));
        }
        return items;
    }

    /** A list of texts, or one text alone. */
    List<String> texts(String expected) {
        return node.isArray()
                ? items().stream().map(item -> item.text(expected)).toList()
                : List.of(text(expected));
    }

    String text(String expected) {
        if (node.isString() || node.isNumber() || node.isBoolean()) {
            return node.asString();
        }
        fault(expected);
        return "";
    }

    String textOr(String fallback) {
        return present() ? text("a text") : fallback;
    }

    int intOr(int fallback, String expected) {
        if (present() && !node.isInt()) {
            fault(expected);
        }
        return node.isInt() ? node.asInt() : fallback;
    }

    <E extends Enum<E>> E oneOf(Class<E> type, E fallback) {
        if (!present()) {
            return fallback;
        }
        String name = node.isString() ? node.asString() : "";
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    fault(names(type));
                    return fallback;
                });
    }

    JsonPointer pointer() {
        String text = text("a JSON pointer such as /code");
        return pointer(text);
    }

    JsonPointer pointer(String text) {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException notAPointer) {
            faults.add(where + " is '" + text + "'; expected a JSON pointer such as /code");
            return JsonPointer.empty();
        }
    }

    /** Notes that what stands here is not what was expected. */
    void fault(String expected) {
        String found =
                present() ? "is " + (node.isString() ? "'" + node.asString() + "'" : node.toString()) : "is missing";
        faults.add((where.isEmpty() ? "/" : where) + " " + found + "; expected " + expected);
    }

    static String names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
