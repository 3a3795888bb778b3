// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Where a time stands and how it is written: {@code iso}, {@code seconds}, {@code millis}, or a pattern read in a zone. */
record TimeField(JsonPointer pointer, String format, ZoneId zone) {

    static @Nullable TimeField read(Part part) {
        if (!part.present()) {
            return null;
        }
        part.only("path", "format", "zone");
        String format = part.child("format").textOr("iso");
        if (!format.matches("iso|seconds|millis") && pattern(format) == null) {
            part.child("format").fault("iso, seconds, millis or a pattern such as yyyy-MM-dd HH:mm:ss");
        }
        return new TimeField(part.child("path").pointer(), format, zone(part.child("zone")));
    }

    /** When it was; the fallback if nothing readable stands there. */
    Instant in(JsonNode fields, Instant fallback) {
        String written = Condition.text(fields, pointer);
        try {
            return switch (format) {
                case "iso" -> DateTimeFormatter.ISO_DATE_TIME.parse(written, Instant::from);
                case "seconds" -> Instant.ofEpochSecond(Long.parseLong(written));
                case "millis" -> Instant.ofEpochMilli(Long.parseLong(written));
                default -> local(written, fallback);
            };
        } catch (DateTimeException | NumberFormatException unreadable) {
            return fallback;
        }
    }

    private Instant local(String written, Instant fallback) {
        var pattern = pattern(format);
        return pattern == null
                ? fallback
                : LocalDateTime.parse(written, pattern).atZone(zone).toInstant();
    }

    private static @Nullable DateTimeFormatter pattern(String pattern) {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        } catch (IllegalArgumentException notAPattern) {
            return null;
        }
    }

    private static ZoneId zone(Part part) {
        try {
            return ZoneId.of(part.textOr("Z"));
        } catch (DateTimeException noZone) {
            part.fault("a zone such as Asia/Ho_Chi_Minh");
            return ZoneOffset.UTC;
        }
    }
}
