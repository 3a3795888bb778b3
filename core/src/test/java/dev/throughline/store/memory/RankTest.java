// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.identity.Ids;
import dev.throughline.ring.Key;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankTest {

    private static final String LETTERS = "!/0189:AZ`abfgz~\u00e9\u4e00";

    @Test
    void neverContradictsTheOrderOfKeys() {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            Key one = key(random);
            Key other = key(random);

            int byRank = Long.compare(Rank.of(one), Rank.of(other));

            assertThat(byRank == 0 || Integer.signum(one.compareTo(other)) == byRank)
                    .as("%s and %s", one, other)
                    .isTrue();
        }
    }

    @Test
    void tellsCustomersApart() {
        long ranks = IntStream.range(0, 1_000)
                .mapToLong(i -> Rank.of(new Key(Key.Kind.CUSTOMER, Ids.hash(i))))
                .distinct()
                .count();

        assertThat(ranks).isEqualTo(1_000);
    }

    private static Key key(Random random) {
        var text = new StringBuilder();
        for (int length = random.nextInt(5); length > 0; length--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        var kinds = Key.Kind.values();
        return new Key(kinds[random.nextInt(kinds.length)], text.toString());
    }
}
