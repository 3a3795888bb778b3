// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.Instant;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/** The one value {@code at}, whose text is made when it is read: nearly every message keeps one, and few are looked at. */
final class At extends AbstractMap<String, String> {

    private static final String NAME = "at";

    private final Instant instant;

    At(Instant instant) {
        this.instant = instant;
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return Set.of(Map.entry(NAME, instant.toString()));
    }
}
