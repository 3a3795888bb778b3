// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.identity.ThroughlineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON to plain maps, lists, texts, numbers and flags, and prints it in canonical form. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    static Map<String, Object> object(String json) {
        try {
            if (plain(MAPPER.readTree(json)) instanceof Map<?, ?> map) {
                return sorted(map);
            }
            throw new ThroughlineException("policy: expected a JSON object");
        } catch (JacksonException malformed) {
            var location = malformed.getLocation();
            String place = location == null ? "policy" : "policy, line " + location.getLineNr();
            throw new ThroughlineException(place + ": " + malformed.getOriginalMessage(), malformed);
        }
    }

    static String resource(String name) {
        try (InputStream in = Json.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new ThroughlineException("there is no resource " + name + " in dev.throughline.policy");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("resource " + name + " cannot be read", unreadable);
        }
    }

    /** Members sorted by name, no blanks. */
    static String canonical(Map<String, Object> object) {
        return MAPPER.writeValueAsString(object);
    }

    private static Object plain(JsonNode node) {
        if (node.isObject()) {
            var map = new TreeMap<String, Object>();
            node.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue())));
            return map;
        }
        if (node.isArray()) {
            return node.values().stream().map(Json::plain).toList();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isInt() ? (Object) node.intValue() : node.asString();
    }

    private static Map<String, Object> sorted(Map<?, ?> map) {
        var sorted = new TreeMap<String, Object>();
        map.forEach((name, value) -> sorted.put((String) name, value));
        return sorted;
    }
}
