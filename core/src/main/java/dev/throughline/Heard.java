// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** When each source was last heard of. Thread-safe; bounded, because a source may be named by whoever calls. */
final class Heard {

    private static final int MOST = 1_000;

    private final Map<String, Instant> last = new ConcurrentHashMap<>();

    void of(Touchpoint touchpoint, Instant now) {
        if (last.size() < MOST || last.containsKey(touchpoint.source())) {
            last.put(touchpoint.source(), now);
        }
    }

    Map<String, Instant> bySource() {
        return new TreeMap<>(last);
    }
}
