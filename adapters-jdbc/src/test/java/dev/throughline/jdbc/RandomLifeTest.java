// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.CampaignStatus.Mode;
import dev.throughline.campaign.JourneyNote;
import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Disorder;
import dev.throughline.jdbc.RandomLife.Told;
import dev.throughline.store.memory.MemoryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of journeys on every store, while campaigns are paused, closed, stopped and started at random. */
class RandomLifeTest {

    /** More of them: {@code -Dthroughline.worlds=1000}; a tenth of these on the durable stores. */
    private static final int WORLDS = Integer.getInteger("throughline.worlds", 20);

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
    void everyInstanceEndsOnceOrIsParked(int seed) {
        Told told = inMemory(new RandomLife(seed, true), Disorder.NONE, true);
        var last = new HashMap<String, JourneyNote>();
        var ends = new HashMap<String, Integer>();
        var started = told.notes().stream()
                .filter(note -> note.change() == Change.STARTED)
                .map(JourneyNote::instance)
                .toList();
        told.notes().forEach(note -> {
            if (note.change() == Change.PARKED || note.change() == Change.RESUMED) {
                last.put(note.instance(), note);
            } else if (ENDS.contains(note.change())) {
                ends.merge(note.instance(), 1, Integer::sum);
            }
        });

        assertThat(started).as(life(seed)).doesNotHaveDuplicates();
        assertThat(ends.values()).as(life(seed)).allMatch(number -> number == 1);
        assertThat(started).as(life(seed)).containsAll(ends.keySet());
        assertThat(started.stream().filter(instance -> !ends.containsKey(instance)))
                .as(life(seed))
                .allSatisfy(instance -> {
                    assertThat(last.get(instance).change()).isEqualTo(Change.PARKED);
                    assertThat(told.modes().get(last.get(instance).campaign())).isEqualTo(Mode.HELD);
                });
    }

    @ParameterizedTest
    @MethodSource("lives")
    void noStepRunsTwiceForOneEntry(int seed) {
        Told told = inMemory(new RandomLife(seed, true), Disorder.NONE, true);

        assertThat(told.traits()).as(life(seed)).doesNotHaveDuplicates();
        assertThat(told.decisions().stream()
                        .filter(decision ->
                                !decision.correction() && !decision.verdict().equals(TAKEN_BACK))
                        .map(RandomLifeTest::leg))
                .as(life(seed))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("lives")
    void pausingAndResumingChangesNothingButTime(int seed) {
        var life = new RandomLife(seed, false);

        assertThat(deeds(inMemory(life, Disorder.NONE, true)))
                .as(life(seed))
                .isEqualTo(deeds(inMemory(life, Disorder.NONE, false)));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void repetitionsAndPermutationsWithinARoundMeanNothing(int seed) {
        var life = new RandomLife(seed, true);

        assertThat(inMemory(life, Disorder.scrambled(seed), true).bytes())
                .as(life(seed))
                .isEqualTo(inMemory(life, Disorder.NONE, true).bytes());
    }

    @ParameterizedTest
    @MethodSource("durableLives")
    void sqliteDecidesTheSame(int seed) {
        var life = new RandomLife(seed, true);
        var store = JdbcStore.sqlite(directory.resolve("life-" + seed + ".db"));

        assertThat(life.played(store, Disorder.NONE, true).bytes())
                .as(life(seed))
                .isEqualTo(inMemory(life, Disorder.NONE, true).bytes());
    }

    @ParameterizedTest
    @MethodSource("durableLives")
    void postgresqlDecidesTheSame(int seed) {
        var life = new RandomLife(seed, true);
        var store = JdbcStore.url(Postgresql.freshSchema());

        assertThat(life.played(store, Disorder.NONE, true).bytes())
                .as(life(seed))
                .isEqualTo(inMemory(life, Disorder.NONE, true).bytes());
    }

    @ParameterizedTest
    @MethodSource("lives")
    void aCheckFindsNothing(int seed) {
        var store = JdbcStore.sqlite(directory.resolve("life-" + seed + ".db"));

        new RandomLife(seed, seed % 4 > 0).played(store, Disorder.NONE, true, rehearsal -> {
            var found = new ArrayList<Damage>();
            store.check(found::add, rehearsal.clock().instant());
            assertThat(found).as(life(seed)).isEmpty();
        });
    }

    @Test
    void livesHoldAllThatAPauseCanDo() {
        var found = new EnumMap<Change, Integer>(Change.class);
        var refusals = new TreeMap<String, Integer>();
        int back = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            Told told = inMemory(new RandomLife(seed, true), Disorder.NONE, true);
            told.notes().forEach(note -> {
                found.merge(note.change(), 1, Integer::sum);
                refusals.merge(note.change() + " " + note.detail(), 1, Integer::sum);
            });
            back += (int) told.decisions().stream()
                    .filter(decision -> decision.verdict().equals(TAKEN_BACK))
                    .count();
        }

        assertThat(found).containsKeys(Change.PARKED, Change.RESUMED);
        assertThat(refusals)
                .containsKeys("REFUSED PAUSED", "REFUSED CLOSED", "REFUSED STOPPED", "EXITED PAUSED", "EXITED STOPPED");
        assertThat(back).isPositive();
    }

    /** What was done for each instance, whenever it was. */
    private static Map<String, String> deeds(Told told) {
        var deeds = new TreeMap<String, String>();
        told.decisions().stream()
                .filter(decision -> !decision.verdict().equals(TAKEN_BACK))
                .forEach(decision -> deeds.put(leg(decision), decision.verdict().toString()));
        told.traits().forEach(id -> deeds.put(id, "set"));
        told.notes().stream()
                .filter(note -> ENDS.contains(note.change()) || note.change() == Change.STARTED)
                .forEach(note -> deeds.put(note.instance() + "/" + note.change(), note.detail()));
        return deeds;
    }

    private static String leg(Decision decision) {
        return decision.origin().instance() + "/" + decision.origin().step() + "/"
                + decision.origin().leg();
    }

    private static Told inMemory(RandomLife life, Disorder disorder, boolean pauses) {
        return life.played(new MemoryStore(), disorder, pauses);
    }

    private static String life(int seed) {
        return "life of seed " + seed;
    }
}
