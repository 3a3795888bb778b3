// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.JourneyNote;
import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Disorder;
import dev.throughline.jdbc.RandomLife.Told;
import dev.throughline.store.memory.MemoryStore;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of journeys on every store, while customers are moved from version to version at random. */
class RandomMovesTest {

    /** More of them: {@code -Dthroughline.worlds=1000}; a tenth of these on the durable stores. */
    private static final int WORLDS = Integer.getInteger("throughline.worlds", 10);

    private static final Set<Change> ENDS = EnumSet.of(Change.ENDED, Change.EXITED, Change.MERGED);
    private static final Verdict TAKEN_BACK = Verdict.cancelled("JOURNEY_PAUSED");

    @TempDir
    Path directory;

    static IntStream lives() {
        return IntStream.range(0, WORLDS);
    }

    static IntStream durableLives() {
        return IntStream.range(0, Math.max(1, WORLDS / 10));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void everyInstanceEndsOnce(int seed) {
        Told told = inMemory(seed, Disorder.NONE);

        assertThat(instances(told, EnumSet.of(Change.STARTED)))
                .as(life(seed))
                .containsExactlyInAnyOrderElementsOf(instances(told, ENDS));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void nobodyDoesTwiceForOneEntryWhatSheHasBehindHer(int seed) {
        Told told = inMemory(seed, Disorder.NONE);

        assertThat(told.decisions().stream()
                        .filter(decision ->
                                !decision.correction() && !decision.verdict().equals(TAKEN_BACK))
                        .map(decision -> decision.origin().instance() + " "
                                + decision.origin().message() + " "
                                + decision.origin().leg()))
                .as(life(seed))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("lives")
    void repetitionsAndPermutationsWithinARoundMeanNothing(int seed) {
        assertThat(inMemory(seed, Disorder.scrambled(seed)).bytes())
                .as(life(seed))
                .isEqualTo(inMemory(seed, Disorder.NONE).bytes());
    }

    @ParameterizedTest
    @MethodSource("durableLives")
    void sqliteDecidesTheSame(int seed) {
        var store = JdbcStore.sqlite(directory.resolve("life-" + seed + ".db"));

        assertThat(new RandomMoves(seed).played(store, Disorder.NONE).bytes())
                .as(life(seed))
                .isEqualTo(inMemory(seed, Disorder.NONE).bytes());
    }

    @ParameterizedTest
    @MethodSource("durableLives")
    void postgresqlDecidesTheSame(int seed) {
        var store = JdbcStore.url(Postgresql.freshSchema());

        assertThat(new RandomMoves(seed).played(store, Disorder.NONE).bytes())
                .as(life(seed))
                .isEqualTo(inMemory(seed, Disorder.NONE).bytes());
    }

    @Test
    void livesHoldAllThatAMigrationCanDo() {
        var found = new TreeMap<String, Integer>();
        for (int seed = 0; seed < WORLDS; seed++) {
            inMemory(seed, Disorder.NONE)
                    .notes()
                    .forEach(note -> found.merge(
                            note.change() + (note.change() == Change.EXITED ? " " + note.detail() : ""),
                            1,
                            Integer::sum));
        }

        assertThat(found)
                .containsKeys("MIGRATED", "PINNED", "PARKED", "CALLED", "EXITED STEP_MISSING", "EXITED STOPPED");
        assertThat(found.get("MIGRATED")).isGreaterThan(found.get("STARTED") / 4);
    }

    private static List<String> instances(Told told, Set<Change> changes) {
        return told.notes().stream()
                .filter(note -> changes.contains(note.change()))
                .map(JourneyNote::instance)
                .toList();
    }

    private static Told inMemory(int seed, Disorder disorder) {
        return new RandomMoves(seed).played(new MemoryStore(), disorder);
    }

    private static String life(int seed) {
        return "life of seed " + seed;
    }
}
