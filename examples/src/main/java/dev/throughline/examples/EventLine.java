// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.SegmentJson;
import dev.throughline.touchpoint.Touchpoint;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A line of an events file: one call in the form of the Segment spec, received when it says so, or else when it was sent. */
final class EventLine {

    private static final List<String> TIMES = List.of("receivedAt", "sentAt", "timestamp", "originalTimestamp");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private EventLine() {}

    static Touchpoint read(String json, int line) {
        return SegmentJson.parse(json, receivedAt(json));
    }

    /** Unreadable lines and times are told by the parser itself. */
    private static Instant receivedAt(String json) {
        try {
            JsonNode call = JSON.readTree(json);
            for (String time : TIMES) {
                if (call.path(time).isString()) {
                    return OffsetDateTime.parse(call.path(time).asString()).toInstant();
                }
            }
        } catch (JacksonException | DateTimeException unreadable) {
            return Touchpoint.EARLIEST;
        }
        throw new ThroughlineException("Segment call without a time: expected one of " + TIMES);
    }
}
