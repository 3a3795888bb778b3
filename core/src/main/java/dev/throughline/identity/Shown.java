// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

/** What somebody wrote, on one line and not too long for a message. */
final class Shown {

    private static final int LONGEST = 60;

    private Shown() {}

    static String of(String written) {
        String beginning = written.length() > LONGEST ? written.substring(0, LONGEST) + "…" : written;
        return beginning.replace("\r", "\\r").replace("\n", "\\n").replaceAll("\\p{Cntrl}", "?");
    }
}
