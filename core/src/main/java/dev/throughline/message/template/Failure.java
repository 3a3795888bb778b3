// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.error.AttributeNotFoundException;
import io.pebbletemplates.pebble.error.PebbleException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts into words why a rendering failed, without a value of the model. */
record Failure(String template, List<Read> reads, Map<String, ?> model) {
    static String located(String template, int line, String reason) {
        return "template \"" + template + "\"" + (line > 0 ? ", line " + line : "") + ": " + reason;
    }

    String explain(Throwable thrown) {
        // Pebble wraps what a condition throws; the innermost one that we know tells most.
        String explained = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String better = known(cause);
            explained = better != null ? better : explained;
        }
        String unknown = "it cannot be rendered (" + thrown.getClass().getSimpleName() + ")";
        return explained != null ? explained : located(template, 0, unknown);
    }

    private @Nullable String known(Throwable cause) {
        if (cause instanceof Refusal refusal) {
            return located(template, refusal.line(), refusal.reason());
        }
        if (cause instanceof AttributeNotFoundException missing) {
            return missing(missing.getAttributeName(), missing.getLineNumber());
        }
        return cause instanceof PebbleException e ? located(template, e.getLineNumber(), reworded(e)) : null;
    }

    /** Of Pebble's own messages, those that the dialect can still cause name types and no values. */
    private static String reworded(PebbleException e) {
        return e.getPebbleMessage().startsWith("Unsupported value type")
                ? "a list or a map is a condition, expected true, false, a number or a text"
                : e.getPebbleMessage();
    }

    private String missing(String attribute, int line) {
        String path = reads.stream()
                .filter(read -> read.line() == line && read.lacks(attribute, model))
                .findFirst()
                .map(read -> read.pathTo(attribute))
                // A name that the template computes may be a value of the model.
                .orElse("a variable");
        return located(
                template,
                line,
                path + " is missing, expected it in the model or a filter such as default(\"..\") behind it");
    }
}
