// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.store.Changes.Attempt;
import dev.throughline.store.Store;
import dev.throughline.store.Timer;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.testkit.FaultPlay.Played;
import dev.throughline.testkit.FaultPlay.Stage;
import dev.throughline.testkit.FaultPlay.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What a store and the engine on it must be when the process ends in the midst of it: a small story of a shop, which uses everything that
 * writes, is played once without faults, and then again and again with an end at each place where one is possible. A new process goes on
 * with what the store has kept, and the host hands in again what was not acknowledged. In the end each touchpoint is on the timeline once,
 * each timer has fired once, no provider has seen a message twice, and every byte that is kept is what memory keeps without a fault; only
 * of messages that were being sent the verdict is UNKNOWN, and a code was sent again. How many places were tried goes to the log.
 *
 * <p>Extend it for a store of your own, beside {@link StoreConformance}, and put the places around the store:
 *
 * <pre>{@code
 * protected Store createSuccessor(FaultPoints points) {
 *     return FaultyStore.of(new MyStore(ground), points);
 * }
 * }</pre>
 *
 * <p>A store that is itself made of calls which may fail, of statements say, is tested more closely with places around those.
 */
public abstract class FaultConformance {

    private static final System.Logger LOG = System.getLogger(FaultConformance.class.getName());

    /** Fewer would say that the story is not played any more. */
    private static final int FEWEST = 200;

    private static final int SEEDS = 2;
    private static final int ONE_IN = 20;
    private static final int FEWEST_PASSING = 10;

    private final FaultStory story = new FaultStory();
    private final Map<Map<Attempt, Boolean>, Played> undisturbed = new LinkedHashMap<>();

    /** For subclasses. */
    protected FaultConformance() {}

    /**
     * Makes an empty store on new ground.
     *
     * @param points where it may fail
     * @return a store, not opened
     */
    protected abstract Store createStore(FaultPoints points);

    /**
     * Makes the store of the next process on the ground of the last {@link #createStore}. The process before was ended at one of the
     * places, and its store was closed after that to free what the operating system would have freed.
     *
     * @param points where it may fail
     * @return a store, not opened
     */
    protected abstract Store createSuccessor(FaultPoints points);

    @Test
    final void keepsTheSameBytesAsMemory() {
        try (var play = new FaultPlay(story, stage(new FaultPoints(), Way.VIRTUAL), Map.of())) {
            play.begin();
            FaultStory.ACTS.forEach(play::play);

            assertThat(kinds(play.played()))
                    .as("verdicts of the story")
                    .containsExactly(
                            "CANCELLED(JOURNEY_EXITED)",
                            "SENT",
                            "SKIPPED(CAP_REACHED)",
                            "SKIPPED(NO_ADDRESS)",
                            "SKIPPED(WITHDRAWN)");
            check("without a fault", play);
        }
    }

    /** In each play every act is broken off once, so that as many plays are needed as the longest act has places. */
    @Test
    final void losesAndDoublesNothingWhereverTheProcessEnds() {
        var places = places();
        int most = places.stream().mapToInt(Integer::intValue).max().orElse(0);
        int tried = 0;
        for (int number = 1; number <= most; number++) {
            var points = new FaultPoints();
            try (var play = new FaultPlay(story, stage(points, Way.VIRTUAL), Map.of())) {
                points.crashAt(number);
                play.begin();
                for (FaultStory.Act act : FaultStory.ACTS) {
                    points.crashAt(number);
                    play.play(act);
                }
                points.crashAt(0);
                check("an end at place " + number + " of each act", play);
            }
            tried += points.tried();
        }
        report(tried, "ends of the process");
        assertThat(tried).isGreaterThanOrEqualTo(FEWEST);
    }

    /** In each play the process ends but once. */
    final void losesAndDoublesNothingWhereverTheProcessEndsAlone() {
        var places = places();
        int tried = 0;
        for (int act = 0; act < places.size(); act++) {
            for (int number = 1; number <= places.get(act); number++) {
                tried += playedWithOneEnd(act, number);
            }
        }
        report(tried, "ends of the process, each alone");
        assertThat(tried).isGreaterThanOrEqualTo(FEWEST);
    }

    private int playedWithOneEnd(int broken, int number) {
        var points = new FaultPoints();
        try (var play = new FaultPlay(story, stage(points, Way.VIRTUAL), Map.of())) {
            points.crashAt(broken == 0 ? number : 0);
            play.begin();
            for (int act = 1; act <= FaultStory.ACTS.size(); act++) {
                points.crashAt(broken == act ? number : 0);
                play.play(FaultStory.ACTS.get(act - 1));
            }
            points.crashAt(0);
            check("an end in act " + broken + " at " + number + ", which is " + points.last(), play);
        }
        return points.tried();
    }

    /** Faults that pass, at random places of all threads: each is waited out, and nothing is started anew. */
    @Test
    final void waitsOutWhatPasses() {
        int tried = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            tried += playedLive(seed);
        }
        report(tried, "faults that pass");
        assertThat(tried).isGreaterThanOrEqualTo(SEEDS * FEWEST_PASSING);
    }

    private int playedLive(int seed) {
        var points = new FaultPoints();
        try (var play = new FaultPlay(story, stage(points, Way.LIVE), Map.of())) {
            play.begin();
            points.failAtRandom(new Random(seed), ONE_IN);
            FaultStory.ACTS.forEach(play::play);
            points.failAtRandom(null, ONE_IN);
            Played played = play.played();
            checkLaws("faults of seed " + seed, played, undisturbed(played.lost()));
        }
        return points.tried();
    }

    /** How many places the beginning and each act have. */
    private List<Integer> places() {
        var places = new ArrayList<Integer>();
        var points = new FaultPoints();
        try (var play = new FaultPlay(story, stage(points, Way.VIRTUAL), Map.of())) {
            play.begin();
            places.add(points.reached());
            for (FaultStory.Act act : FaultStory.ACTS) {
                points.crashAt(0);
                play.play(act);
                places.add(points.reached());
            }
        }
        return places;
    }

    private static Set<String> kinds(Played played) {
        return played.verdicts().stream()
                .map(verdict -> verdict.substring(0, verdict.indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void check(String where, FaultPlay play) {
        Played played = play.played();
        Played expected = undisturbed(played.lost());

        checkLaws(where, played, expected);
        assertThat(FaultPlay.differences(played.trace(), expected.trace()))
                .as("what is kept after %s, with lost answers to %s", where, played.lost())
                .isEmpty();
        assertThat(FaultPlay.differences(names(played.fired()), names(expected.fired())))
                .as("timers that fired, with %s", where)
                .isEmpty();
    }

    private static void checkLaws(String where, Played played, Played expected) {
        assertThat(FaultPlay.differences(played.verdicts(), expected.verdicts()))
                .as("verdicts after %s, with lost answers to %s", where, played.lost())
                .isEmpty();
        assertThat(played.repeated()).as("sent twice, with %s", where).isEmpty();
        assertThat(played.missing())
                .as("touchpoints that are not on the timeline once, with %s", where)
                .isEmpty();
    }

    private static List<String> names(List<Timer> timers) {
        return timers.stream().map(Timer::toString).toList();
    }

    private void report(int tried, String what) {
        LOG.log(System.Logger.Level.INFO, getClass().getSimpleName() + ": " + tried + " " + what + " tried");
    }

    /** The story in memory, where no process ends but some answers of providers are lost. */
    private Played undisturbed(Map<Attempt, Boolean> lost) {
        Played known = undisturbed.get(lost);
        if (known == null) {
            try (var play = new FaultPlay(
                    story, new Stage(points -> new MemoryStore(), new FaultPoints(), Way.VIRTUAL), lost)) {
                play.begin();
                FaultStory.ACTS.forEach(play::play);
                known = play.played();
            }
            undisturbed.put(lost, known);
        }
        return known;
    }

    private Stage stage(FaultPoints points, Way way) {
        var ground = new FaultPlay.Ground() {
            @Override
            public Store create(FaultPoints there) {
                return createStore(there);
            }

            @Override
            public Store succeed(FaultPoints there) {
                return createSuccessor(there);
            }
        };
        return new Stage(ground, points, way);
    }
}
