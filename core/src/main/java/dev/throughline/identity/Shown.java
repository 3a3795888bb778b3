// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What somebody wrote, as refusals show it: on one line and not too long. Public for the rooms above. */
public final class Shown {

    private static final int LONGEST = 60;

    private Shown() {}

    /**
     * A text for a message.
     *
     * @param written the text; what is missing is shown as nothing
     * @return at most 60 characters and an ellipsis, without control characters
     */
    public static String of(@Nullable String written) {
        if (written == null) {
            return "";
        }
        String beginning = written.length() > LONGEST ? written.substring(0, LONGEST) + "…" : written;
        return beginning.replace("\r", "\\r").replace("\n", "\\n").replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * What would have been right.
     *
     * @param known all that could have been said
     * @return {@code expected one of [a, b]}, or that there is none
     */
    public static String oneOf(Collection<?> known) {
        return known.isEmpty() ? "there is none" : "expected one of " + known;
    }
}
