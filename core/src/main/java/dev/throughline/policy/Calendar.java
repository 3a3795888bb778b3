// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The public holidays that rules may close on, and that are no working days. Their days stand in a file of this room, for some years ahead. */
record Calendar(String name, Set<LocalDate> days) {

    private static final Map<String, Set<LocalDate>> ALL = read();

    /** What a rule may name. */
    static final Set<String> NAMES = new TreeSet<>(ALL.keySet());

    static Optional<Calendar> find(String name) {
        return Optional.ofNullable(ALL.get(name)).map(days -> new Calendar(name, days));
    }

    private static Map<String, Set<LocalDate>> read() {
        var all = new TreeMap<String, Set<LocalDate>>();
        Resources.text("holidays.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" ", -1))
                .forEach(words -> {
                    var days = all.computeIfAbsent(words[0], name -> new TreeSet<>());
                    for (int i = 1; i < words.length; i++) {
                        days.add(LocalDate.parse(words[i]));
                    }
                });
        return all;
    }
}
