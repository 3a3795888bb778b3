// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import java.util.Map;
import java.util.TreeMap;

/**
 * How far the customers who were known before are brought to what the host's campaigns need now.
 *
 * @param done whether all of them are
 * @param customers how many have been looked at
 * @param after behind which of them it goes on, by id; empty at the beginning
 */
public record Progress(boolean done, long customers, String after) {

    static final Progress DONE = new Progress(true, 0, "");

    static final String PREFIX = "rebuild/";

    /** Of one generation, by the store's settings. */
    static Progress of(Map<String, String> settings, long generation) {
        String[] said = settings.getOrDefault(PREFIX + generation, "").split(" ", -1);
        if (said.length < 2) {
            return new Progress(false, 0, "");
        }
        return new Progress(said[1].equals("done"), Long.parseLong(said[0]), said[1].equals("done") ? "" : said[1]);
    }

    Progress further(int more, String last) {
        return new Progress(false, customers + more, last);
    }

    Progress ended() {
        return new Progress(true, customers, "");
    }

    Map<String, String> settings(long generation) {
        return Map.of(PREFIX + generation, customers + " " + (done ? "done" : after));
    }

    /** A host that begins may step customers for its own needs only: all others have to look again. */
    static Map<String, String> opened(Map<String, String> settings, long generation) {
        var over = new TreeMap<String, String>();
        settings.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !name.equals(PREFIX + generation))
                .forEach(name -> over.put(name, ""));
        return over;
    }
}
