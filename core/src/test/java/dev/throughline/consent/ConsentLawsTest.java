// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import static dev.throughline.consent.Ledger.LAN;
import static dev.throughline.consent.Ledger.MAI;
import static dev.throughline.consent.Ledger.PHONE;
import static dev.throughline.consent.Ledger.SHOP;
import static dev.throughline.consent.Ledger.minute;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.consent.Purpose.TRACKING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every ledger; random ones, whose seed is told when they fail. */
class ConsentLawsTest {

    private static final int CASES = 400;
    private static final List<Channel> CHANNELS = List.of(Channel.SMS, Channel.CALL, Channel.ZALO);

    @Test
    void theOrderOfArrivalDoesNotMatterEvenWithinTheSkewBand() {
        for (long seed = 0; seed < CASES; seed++) {
            var random = new Random(seed);
            var events = events(random);
            var expected = folded(events);
            var shuffled = new ArrayList<>(events);
            shuffled.addAll(events.subList(0, events.size() / 2));
            Collections.shuffle(shuffled, random);

            assertThat(ConsentState.CODEC.encode(folded(shuffled)))
                    .as("seed %d", seed)
                    .isEqualTo(ConsentState.CODEC.encode(expected));
        }
    }

    @Test
    void foldingStoredStatesGivesTheSameAsFoldingInMemory() {
        for (long seed = 0; seed < CASES; seed++) {
            var events = events(new Random(seed));
            var stored = ConsentState.NONE;
            for (ConsentEvent event : events) {
                stored = ConsentState.CODEC.decode(ConsentState.CODEC.encode(stored.apply(event)));
            }

            assertThat(stored).as("seed %d", seed).isEqualTo(folded(events));
        }
    }

    @Test
    void noDenyIsLostUntilTheSubjectActsAgain() {
        for (long seed = 0; seed < CASES; seed++) {
            var events = events(new Random(seed));
            var state = folded(events);
            for (ConsentEvent deny : events) {
                var question = question(deny, MAI);
                boolean denies = deny.type().denies() && deny.agreements().isEmpty();
                if (denies
                        && deny.scope().covers(question.scope())
                        && events.stream().noneMatch(e -> mayEnd(e, deny))) {
                    assertThat(state.standing(question).denials())
                            .as("seed %d, %s", seed, deny)
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void noMergeWidensAGrant() {
        for (long seed = 0; seed < CASES; seed++) {
            var events = events(new Random(seed)).stream()
                    .filter(event ->
                            event.type() != ConsentEvent.Type.MERGED && event.type() != ConsentEvent.Type.SPLIT)
                    .toList();
            var apart = folded(events);
            var merged = apart.apply(
                    ConsentEvent.merged(new Occasion("merge", MAI, SHOP, minute(100_000), minute(100_000)), LAN));
            for (Channel channel : CHANNELS) {
                var question = new Question(MAI, SHOP, channel, ADVERTISING, minute(100_001));
                var others = new Question(LAN, SHOP, channel, ADVERTISING, minute(100_001));
                if (lawful(merged.standing(question))) {
                    assertThat(lawful(apart.standing(question)) || lawful(apart.standing(others)))
                            .as("seed %d, %s", seed, channel)
                            .isTrue();
                }
            }
        }
    }

    private static boolean lawful(Standing standing) {
        return !standing.inForce().isEmpty() && standing.denials().isEmpty();
    }

    /** A grant of the same holder that is later by more than the band and a fresh act. */
    private static boolean mayEnd(ConsentEvent event, ConsentEvent deny) {
        return event.type().grants()
                && Slot.fresh(event)
                && event.occurredAt().isAfter(deny.occurredAt().plus(Slot.SKEW));
    }

    private static Question question(ConsentEvent deny, CustomerId holder) {
        Channel channel = deny.scope().channel().isEmpty()
                ? Channel.SMS
                : Channel.named(deny.scope().channel());
        return new Question(holder, SHOP, channel, ADVERTISING, minute(100_000));
    }

    private static ConsentState folded(List<ConsentEvent> events) {
        var state = ConsentState.NONE;
        for (ConsentEvent event : events) {
            state = state.apply(event);
        }
        return state;
    }

    private static List<ConsentEvent> events(Random random) {
        var events = new ArrayList<ConsentEvent>();
        int count = 3 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            Instant when = minute(random.nextInt(60));
            var holder = random.nextBoolean() ? MAI : LAN;
            events.addAll(acts(random, new Occasion("act-" + i, holder, SHOP, when, minute(100))));
        }
        return events;
    }

    private static List<ConsentEvent> acts(Random random, Occasion occasion) {
        var channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
        var purpose = random.nextInt(4) == 0 ? TRACKING : ADVERTISING;
        var scope = new ConsentScope(SHOP, "", channel.name(), purpose.name(), "");
        return switch (random.nextInt(14)) {
            case 0, 1 -> Grant.of(purpose).on(channel).shown(notice("n", 1)).eventsAt(PHONE, occasion);
            case 2 -> Grant.of(purpose).shown(notice("n", 1)).alsoOutsideHours().eventsAt(PHONE, occasion);
            case 3 -> Grant.of(purpose).actor(Actor.IMPORT).eventsAt(PHONE, occasion);
            case 4 ->
                Grant.of(purpose)
                        .actor(Actor.AGENT)
                        .on(channel)
                        .endingBroaderRefusals()
                        .eventsAt(PHONE, occasion);
            case 5 -> Grant.of(purpose).validFrom(minute(random.nextInt(200))).eventsAt(PHONE, occasion);
            case 6, 7 -> Withdrawal.of(purpose).on(channel).eventsAt(PHONE, occasion);
            case 8 -> Withdrawal.ofEverything().eventsAt(PHONE, occasion);
            case 9 -> Withdrawal.of(purpose).only(Agreement.TIME_CONSENT).eventsAt(PHONE, occasion);
            case 10 -> List.of(ConsentEvent.requested(occasion, scope, Evidence.NONE));
            case 11 ->
                List.of(ConsentEvent.suppressed(
                        occasion,
                        ConsentScope.EVERYTHING,
                        List.of(Suppression.values()).get(random.nextInt(6)),
                        Actor.SYSTEM));
            case 12 ->
                List.of(ConsentEvent.plain(
                        occasion,
                        random.nextBoolean() ? ConsentEvent.Type.ERASED : ConsentEvent.Type.ADDRESS_RELEASED,
                        ConsentScope.EVERYTHING,
                        Actor.SUBJECT));
            default ->
                List.of(random.nextBoolean() ? ConsentEvent.merged(occasion, LAN) : ConsentEvent.split(occasion, LAN));
        };
    }
}
