// SPDX-License-Identifier: Apache-2.0
package dev.throughline.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.Address;
import dev.throughline.identity.Money;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A pool of ten pieces: what is held and spent together never exceeds them, whatever comes late, twice or never. */
class PoolAggregateTest {

    private static final Instant START = Instant.parse("2026-11-23T03:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Key ASKER = Key.of(Address.phone("+84900000001"));

    private final PoolAggregate aggregate = new PoolAggregate(Map.of("offers", Pool.pieces("offers", 10)));
    private PoolState state = aggregate.initial(Key.pool("offers"));
    private List<Effect> effects = List.of();
    private Instant now = START;

    @Test
    void setsAsideWhatIsAskedForUntilItIsGone() {
        assertThat(hold("a", 4)).isEqualTo(held("a"));
        assertThat(hold("b", 6)).isEqualTo(held("b"));
        assertThat(hold("c", 1)).isEqualTo(refused("c", START.plus(PATIENCE)));
        assertThat(state.held()).isEqualTo(10);
    }

    @Test
    void repeatedHoldIsAnsweredAgainAndTakesNothingMore() {
        hold("a", 4);

        assertThat(hold("a", 4)).isEqualTo(held("a"));
        assertThat(state.held()).isEqualTo(4);
    }

    @Test
    void whatIsSpentNeverComesBackByItself() {
        hold("a", 10);
        settle("a", true);
        now = now.plus(Duration.ofDays(30));

        assertThat(hold("b", 1)).isEqualTo(refused("b", null));
        assertThat(state.spentInAll()).isEqualTo(10);
    }

    @Test
    void whatIsReleasedCanBeHeldAgain() {
        hold("a", 10);
        settle("a", false);

        assertThat(hold("b", 10)).isEqualTo(held("b"));
    }

    @Test
    void whatWasSpentCanBeGivenBackOnce() {
        hold("a", 10);
        settle("a", true);
        settle("a", false);
        settle("a", false);
        settle("a", true);

        assertThat(state.spentInAll()).isZero();
        assertThat(hold("b", 10)).isEqualTo(held("b"));
    }

    @Test
    void endOfAHoldThatIsNotKnownMeansNothing() {
        settle("a", true);

        assertThat(state.spentInAll()).isZero();
        assertThat(effects).isEmpty();
    }

    @Test
    void holdThatComesAfterItsEndIsRefused() {
        hold("a", 4);
        settle("a", false);

        assertThat(hold("a", 4)).isEqualTo(refused("a", null));
        assertThat(state.held()).isZero();
    }

    @Test
    void holdThatComesAfterItsTimeIsNotAnswered() {
        now = START.plus(PATIENCE);
        tell(new Hold("a", 1, START.plus(PATIENCE)));

        assertThat(effects).isEmpty();
        assertThat(state.held()).isZero();
    }

    @Test
    void moreThanThereEverWasIsRefusedForGood() {
        assertThat(hold("a", 11)).isEqualTo(refused("a", null));
    }

    @Test
    void nothingCanBeHeldOfAPoolThatIsNotListed() {
        state = aggregate.initial(Key.pool("unknown"));

        assertThat(hold("a", 1)).isEqualTo(new HoldAnswer("a", "unknown", false, null));
    }

    @Test
    void holdWhoseTimeIsOverIsRemindedOfAndKept() {
        hold("a", 10);
        now = START.plus(PATIENCE);
        due();

        assertThat(answers()).containsExactly(held("a"));
        assertThat(state.held()).isEqualTo(10);
        assertThat(timer()).isEqualTo(now.plus(PATIENCE));
    }

    @Test
    void forgetsEndedHoldsWhenTheirTimeIsOverAndKeepsTheSum() {
        hold("a", 4);
        settle("a", true);
        hold("b", 4);
        settle("b", false);
        now = START.plus(Duration.ofDays(7));
        due();

        assertThat(state.draws()).isEmpty();
        assertThat(state.spentInAll()).isEqualTo(4);
        assertThat(hold("c", 7)).isEqualTo(refused("c", null));
        assertThat(hold("d", 6)).isEqualTo(held("d"));
    }

    @Test
    void tellsOthersWhenTheFirstHoldMayFallBack() {
        hold("a", 5);
        now = START.plus(Duration.ofMinutes(3));
        hold("b", 5);

        assertThat(hold("c", 1)).isEqualTo(refused("c", START.plus(PATIENCE)));
    }

    @Test
    void neverGivesMoreThanThereIs() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            state = aggregate.initial(Key.pool("offers"));
            now = START;
            for (int step = 0; step < 200; step++) {
                random(random);
                assertThat(state.held() + state.spentInAll())
                        .as("seed %s, step %s", seed, step)
                        .isBetween(0L, 10L);
            }
            survives();
        }
    }

    @Test
    void refusesALimitBelowNothing() {
        assertThatThrownBy(() -> Pool.pieces("offers", -1))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("pool 'offers': limit -1, expected 0 or more");
    }

    @Test
    void refusesANameThatIsNotOneLine() {
        assertThatThrownBy(() -> Pool.pieces("offers\0", 1))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("pool name 'offers?': expected one line of text");
    }

    @Test
    void budgetIsCountedInMillionths() {
        assertThat(Pool.budget("sms", Money.of("0.5", "USD"))).isEqualTo(new Pool("sms", 500_000, "USD"));
    }

    private void random(Random random) {
        String hold = "hold-" + random.nextInt(30);
        switch (random.nextInt(5)) {
            case 0, 1 -> hold(hold, 1 + random.nextInt(4));
            case 2 -> settle(hold, true);
            case 3 -> settle(hold, false);
            default -> {
                now = now.plus(Duration.ofMinutes(random.nextInt(10_000)));
                due();
            }
        }
    }

    private void survives() {
        PoolState back = PoolState.CODEC.decode(PoolState.CODEC.encode(state));

        assertThat(back).usingRecursiveComparison().isEqualTo(state);
    }

    private HoldAnswer hold(String id, long amount) {
        tell(new Hold(id, amount, now.plus(PATIENCE)));
        return answers().isEmpty() ? null : answers().get(0);
    }

    private void settle(String id, boolean spent) {
        tell(new Settle(id, spent, now.plus(Duration.ofDays(7))));
    }

    private void due() {
        apply(new Input.Due("due", "sweep", now));
    }

    private void tell(Payload payload) {
        apply(new Input.Told("told", ASKER, payload));
    }

    private void apply(Input input) {
        var out = new Effects();
        state = aggregate.apply(state, input, now, out);
        effects = out.list();
    }

    private List<HoldAnswer> answers() {
        return effects.stream()
                .filter(Effect.Tell.class::isInstance)
                .map(effect -> (HoldAnswer) ((Effect.Tell) effect).payload())
                .toList();
    }

    private Instant timer() {
        return effects.stream()
                .filter(Effect.SetTimer.class::isInstance)
                .map(effect -> ((Effect.SetTimer) effect).due())
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private static HoldAnswer held(String id) {
        return new HoldAnswer(id, "offers", true, null);
    }

    private static HoldAnswer refused(String id, Instant retryAt) {
        return new HoldAnswer(id, "offers", false, retryAt);
    }
}
