// SPDX-License-Identifier: Apache-2.0
package dev.throughline.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactMapTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 16, 127, 128, 1_000})
    void isTheSortedMapOfItsEntries(int size) {
        var random = new Random(size);
        Map<String, @Nullable Object> given = new HashMap<>();
        while (given.size() < size) {
            given.put("k" + random.nextInt(10_000), random.nextInt(5) == 0 ? null : random.nextInt());
        }

        var copy = CompactMap.copyOf(given);

        assertThat(copy).isEqualTo(given);
        assertThat(List.copyOf(copy.keySet())).isEqualTo(List.copyOf(new TreeMap<>(given).keySet()));
        for (int i = 0; i < 10_000; i++) {
            assertThat(copy.containsKey("k" + i)).isEqualTo(given.containsKey("k" + i));
            assertThat(copy.get("k" + i)).isEqualTo(given.get("k" + i));
        }
        assertThat(CompactMap.copyOf(copy)).isSameAs(copy);
    }

    /** Their hashes are equal. */
    @Test
    void tellsKeysOfOneHashApart() {
        Map<String, Integer> one = CompactMap.copyOf(Map.of("Aa", 1));
        Map<String, Integer> other = CompactMap.copyOf(Map.of("BB", 2));

        assertThat(one).containsExactly(Map.entry("Aa", 1));
        assertThat(other).containsExactly(Map.entry("BB", 2));
        assertThat(CompactMap.copyOf(Map.of("Aa", 3))).containsExactly(Map.entry("Aa", 3));
    }
}
