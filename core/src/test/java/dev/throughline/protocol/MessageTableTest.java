// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The message table of ADR 1 under random delays, repetitions, reorderings and crashes. The system property
 * {@code throughline.schedules} sets how many schedules are tried, 2,000 by default.
 */
class MessageTableTest {
    private static final int SCHEDULES = Integer.getInteger("throughline.schedules", 2_000);
    private static final int SCHEDULES_PER_MUTATION = 5_000;
    private static final int SHOWN = 40;

    @Test
    void keepsEveryLawInEverySchedule() {
        Tally tally = runAll(SCHEDULES, false);

        System.out.println("Message table, nothing lost: " + tally);
        assertThat(tally.of("runs")).isEqualTo(SCHEDULES);
        assertThat(Input.class.getPermittedSubclasses())
                .allSatisfy(input -> assertThat(tally.of("delivered " + input.getSimpleName()))
                        .as(input.getSimpleName())
                        .isPositive());
        assertThat(Answer.values())
                .allSatisfy(answer -> assertThat(tally.of("answers " + answer)).isPositive());
        assertThat(Verdict.values()).allSatisfy(verdict -> assertThat(tally.of("verdict " + verdict))
                .isPositive());
    }

    @Test
    void healsWhatIsLostForGood() {
        Tally tally = runAll(SCHEDULES / 4, true);

        System.out.println("Message table, up to six messages of a run lost for good: " + tally);
        assertThat(tally.of("messages lost for good")).isGreaterThan(SCHEDULES / 4);
    }

    @Test
    void replaysARunFromItsSeed() {
        assertThat(run(7, false)).isEqualTo(run(7, false)).isNotEqualTo(run(8, false));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void breaksALawWithout(Mutation rule) {
        Optional<String> caught = LongStream.range(0, SCHEDULES_PER_MUTATION)
                .mapToObj(seed -> brokenLaw(seed, rule))
                .flatMap(Optional::stream)
                .findFirst();

        System.out.println(rule + " " + caught.orElse("is not caught"));
        assertThat(caught).isPresent();
    }

    private static Tally runAll(int schedules, boolean lossy) {
        Tally tally = new Tally();
        LongStream.range(0, schedules).forEach(seed -> tally.add(run(seed, lossy)));
        return tally;
    }

    private static Tally run(long seed, boolean lossy) {
        Deque<Simulator.Step> steps = new ArrayDeque<>();
        try {
            return new Simulator(seed, Mutation.NONE, lossy, step -> keepLast(steps, step)).run();
        } catch (LawBroken broken) {
            String shown = steps.stream().map(Simulator.Step::toString).collect(Collectors.joining("\n"));
            throw new AssertionError("seed " + seed + ": " + broken.getMessage() + "\n" + shown, broken);
        }
    }

    private static void keepLast(Deque<Simulator.Step> steps, Simulator.Step step) {
        steps.addLast(step);
        if (steps.size() > SHOWN) {
            steps.removeFirst();
        }
    }

    private static Optional<String> brokenLaw(long seed, Mutation rule) {
        try {
            new Simulator(seed, rule, rule.lossy, step -> {}).run();
            return Optional.empty();
        } catch (LawBroken broken) {
            String law = broken.getMessage().split(":", 2)[0];
            return Optional.of(String.format(Locale.ROOT, "breaks at seed %d: %s", seed, law));
        }
    }
}
