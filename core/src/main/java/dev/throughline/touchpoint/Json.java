// SPDX-License-Identifier: Apache-2.0
package dev.throughline.touchpoint;

import dev.throughline.identity.ThroughlineException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON objects as plain maps, lists, texts, exact numbers and flags, and back. */
final class Json {

    private static final int LONGEST = 1 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What the parser says of the place where an object began that does not end. */
    private static final String START = " \\(start marker at \\[[^]]*]\\)";

    private Json() {}

    /** The members of an object, to be taken out one by one. */
    static Map<String, @Nullable Object> object(String json) {
        Object read = read(json);
        if (read instanceof Map<?, ?> map) {
            var members = new TreeMap<String, @Nullable Object>();
            map.forEach((name, value) -> members.put((String) name, value));
            return members;
        }
        throw new ThroughlineException("Segment call: expected one JSON object");
    }

    static @Nullable Object read(String json) {
        if (json.length() > LONGEST) {
            throw new ThroughlineException(
                    "Segment call of " + json.length() + " characters, expected at most " + LONGEST);
        }
        try {
            return MAPPER.readValue(json, Object.class);
        } catch (JacksonException malformed) {
            var at = malformed.getLocation();
            String place = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
            String what = malformed.getOriginalMessage().replaceAll(START, "");
            throw new ThroughlineException(
                    "Segment call" + place + ": " + what + ", expected one JSON object", malformed);
        }
    }

    /** In the order of the map, without blanks. */
    static String print(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
