// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.ring.Envelope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What a transport may do to the messages of a round; for tests of what must hold all the same. */
public interface Disorder {

    /** Delivers everything once, as sent. */
    Disorder NONE = round -> new Arranged(round, List.of());

    /**
     * What became of a round.
     *
     * @param now what is delivered in this round, in any order, repeated or not
     * @param later what is delivered in a later round
     */
    record Arranged(List<Envelope> now, List<Envelope> later) {}

    /**
     * Arranges a round.
     *
     * @param round what was sent
     * @return what is delivered when
     */
    Arranged arrange(List<Envelope> round);

    /**
     * Repeats and permutes within each round: nothing that is observable may change.
     *
     * @param seed fixes what happens
     * @return the disorder
     */
    static Disorder scrambled(long seed) {
        var random = random(seed);
        return round -> {
            var arranged = new ArrayList<>(round);
            round.stream().filter(envelope -> random.nextInt(3) == 0).forEach(arranged::add);
            Collections.shuffle(arranged, new java.util.Random(random.nextLong()));
            return new Arranged(arranged, List.of());
        };
    }

    /**
     * Delays some messages over rounds and repeats some in later ones: order is lost, and only the laws hold.
     *
     * @param seed fixes what happens
     * @return the disorder
     */
    static Disorder delayed(long seed) {
        var random = random(seed);
        return round -> {
            var now = new ArrayList<Envelope>();
            var later = new ArrayList<Envelope>();
            for (Envelope envelope : round) {
                int lot = random.nextInt(8);
                if (lot != 0) {
                    now.add(envelope);
                }
                if (lot <= 1) {
                    later.add(envelope);
                }
            }
            return new Arranged(now, later);
        };
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
