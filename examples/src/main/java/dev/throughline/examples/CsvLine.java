// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one line of a CSV file as RFC 4180 quotes it: a field may stand in double quotes and holds a double quote as two.
 *
 * <p>A quoted field ends on its line. The RFC would let it go on, but then one forgotten quote would swallow the rest of
 * the file.
 */
final class CsvLine {

    private CsvLine() {}

    static List<String> split(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                boolean escaped = c == '"' && line.startsWith("\"\"", i);
                quoted = c != '"' || escaped;
                if (quoted) {
                    field.append(c);
                }
                if (escaped) {
                    i++;
                }
            } else if (c == '"' && field.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                fields.add(take(field));
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quoted field does not end on its line");
        }
        fields.add(take(field));
        return fields;
    }

    private static String take(StringBuilder field) {
        var text = field.toString();
        field.setLength(0);
        return text;
    }
}
