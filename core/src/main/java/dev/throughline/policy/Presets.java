// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The policies that come with this room, one file each. */
final class Presets {

    private static final List<String> STATES =
            List.of("us-ct", "us-fl", "us-md", "us-ms", "us-nj", "us-ok", "us-ri", "us-tx", "us-wa");

    static final Set<String> DRAFTS = sorted(List.of(
            "au",
            "br",
            "ca",
            "de",
            "eu",
            "fr",
            "gmail",
            "in",
            "jp",
            "kr",
            "sg",
            "th",
            "uk",
            "us",
            "us-revoke-all",
            "yahoo"));

    /** Whatever a document may extend. */
    static final Set<String> NAMES = names();

    private Presets() {}

    static Policy of(String name) {
        Policy preset = read(name);
        if (name.equals("us")) {
            for (String state : STATES) {
                preset = preset.and(Policy.sheet(Resources.text(state + ".json")));
            }
        }
        return preset;
    }

    private static Policy read(String name) {
        String json = Resources.text(name + ".json");
        return name.equals("base") ? Policy.sheet(json) : Policy.parse(json);
    }

    private static Set<String> names() {
        var names = new TreeSet<>(DRAFTS);
        names.addAll(List.of("base", "vn"));
        return Collections.unmodifiableSet(names);
    }

    private static Set<String> sorted(List<String> names) {
        return Collections.unmodifiableSet(new TreeSet<>(names));
    }
}
