// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.customer.Profile;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Touchpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of touchpoints, one JSON object a line. What cannot be read is left out and told; the rest goes on.
 *
 * @param name the file's name
 * @param lines how many lines are not blank
 */
record JsonLines(String name, int lines, List<Touchpoint> touchpoints, List<Bad> bad) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Makes a touchpoint of a line. */
    interface Format {

        /** The touchpoint of a line, whose id may be made of the line's number. */
        Touchpoint read(String json, int line);
    }

    /** A line that is left out. */
    record Bad(String file, int line, String reason) {
        String json() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("file", file);
            fields.put("line", line);
            fields.put("reason", reason);
            return JSON.writeValueAsString(fields);
        }

        /** For people. */
        @Override
        public String toString() {
            return file + ", line " + line + ": " + reason;
        }
    }

    static JsonLines read(Path file, Format format) throws IOException {
        var read = new JsonLines(String.valueOf(file.getFileName()), 0, new ArrayList<>(), new ArrayList<>());
        int number = 0;
        int blank = 0;
        try (var lines = new BufferedReader(new InputStreamReader(Outputs.file(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    blank++;
                } else {
                    read.add(line, number, format);
                }
            }
        }
        return new JsonLines(read.name, number - blank, read.touchpoints, read.bad);
    }

    private void add(String json, int line, Format format) {
        try {
            Touchpoint touchpoint = format.read(json, line);
            Profile.check(touchpoint);
            touchpoints.add(touchpoint);
        } catch (ThroughlineException unusable) {
            bad.add(new Bad(name, line, String.valueOf(unusable.getMessage())));
        }
    }
}
