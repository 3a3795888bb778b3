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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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

    /** Acts reach us in another order, and so at other instants; only a stamp that is ahead of its reception counts as of that. */
    @Test
    void theOrderInWhichActsReachUsChangesNoStanding() {
        for (long seed = 0; seed < CASES; seed++) {
            var random = new Random(seed);
            var events = events(random);
            var order = new ArrayList<>(events);
            Collections.shuffle(order, random);
            var one = folded(received(events));
            var other = folded(received(order));
            for (Question question : questions()) {
                assertThat(one.standing(question))
                        .as("seed %d, %s", seed, question)
                        .isEqualTo(other.standing(question));
            }
        }
    }

    /** The band of clocks that differ, and only that: a no that is at most five minutes older than a yes outweighs it. */
    @Test
    void withinTheBandOfClocksThatDifferTheNoWinsAndOutsideOfItTheLaterOne() {
        for (long seed = 0; seed < CASES; seed++) {
            var random = new Random(seed);
            var no = minute(60);
            var yes = no.plusMillis(random.nextInt(1_200_000) - 600_000);
            var acts = new ArrayList<ConsentEvent>();
            acts.addAll(Grant.of(ADVERTISING)
                    .on(Channel.SMS)
                    .shown(notice("n", 1))
                    .eventsAt(PHONE, new Occasion("yes", MAI, SHOP, yes, minute(100))));
            acts.addAll(Withdrawal.of(ADVERTISING)
                    .on(Channel.SMS)
                    .eventsAt(PHONE, new Occasion("no", MAI, SHOP, no, minute(100))));
            Collections.shuffle(acts, random);

            var standing = folded(acts).standing(new Question(MAI, SHOP, Channel.SMS, ADVERTISING, minute(200)));
            assertThat(lawful(standing))
                    .as("seed %d, the yes %s after the no", seed, Duration.between(no, yes))
                    .isEqualTo(yes.isAfter(no.plus(Slot.SKEW)));
        }
    }

    @Test
    void noDenyIsLostUntilTheSubjectActsAgain() {
        int held = 0;
        for (long seed = 0; seed < CASES; seed++) {
            var events = events(new Random(seed));
            var state = folded(events);
            for (ConsentEvent deny : events) {
                if (!deny.type().denies() || !deny.agreements().isEmpty()) {
                    continue;
                }
                for (Question question : questions()) {
                    if (deny.scope().covers(question.scope())
                            && events.stream().noneMatch(e -> mayEnd(e, deny, question))) {
                        held++;
                        assertThat(state.standing(question).denials())
                                .as("seed %d, %s, %s", seed, deny, question)
                                .isNotEmpty();
                    }
                }
            }
        }
        assertThat(held).isGreaterThan(CASES);
    }

    @Test
    void noSuppressionIsLostByWhateverElseHappens() {
        for (long seed = 0; seed < CASES; seed++) {
            var events = events(new Random(seed));
            var state = folded(events);
            for (ConsentEvent entry : events) {
                boolean lasts = entry.type() == ConsentEvent.Type.ERASED
                        || (entry.type() == ConsentEvent.Type.SUPPRESSED && entry.suppression() != Suppression.REVIEW);
                if (lasts) {
                    var why = entry.suppression() == null ? Suppression.ERASURE : entry.suppression();
                    for (Question question : questions()) {
                        assertThat(state.standing(question).suppressions())
                                .as("seed %d, %s", seed, entry)
                                .anyMatch(found -> found.reason() == why);
                    }
                }
            }
        }
    }

    @Test
    void noGrantCountsForSomebodyElseUnlessTheTwoBecameOne() {
        for (long seed = 0; seed < CASES; seed++) {
            var events = events(new Random(seed));
            boolean one = events.stream().anyMatch(event -> event.type() == ConsentEvent.Type.MERGED);
            var state = folded(events);
            for (Question question : questions()) {
                var hers = events.stream()
                        .filter(event -> event.scope().covers(question.scope()))
                        .filter(event -> one || Objects.equals(event.holder(), question.holder()))
                        .map(ConsentEvent::id)
                        .toList();
                assertThat(state.standing(question).grounds())
                        .as("seed %d, %s", seed, question)
                        .extracting(Standing.Ground::event)
                        .isSubsetOf(hers);
            }
        }
    }

    @Test
    void noMergeWidensAGrant() {
        int lawful = 0;
        for (long seed = 0; seed < CASES; seed++) {
            var random = new Random(seed);
            var events = events(random).stream()
                    .filter(event ->
                            event.type() != ConsentEvent.Type.MERGED && event.type() != ConsentEvent.Type.SPLIT)
                    .toList();
            var apart = folded(events);
            var all = new ArrayList<>(events);
            all.add(ConsentEvent.merged(new Occasion("merge", MAI, SHOP, minute(90), minute(90)), LAN));
            Collections.shuffle(all, random);
            var merged = folded(all);
            for (Question question : questions()) {
                if (lawful(merged.standing(question))) {
                    lawful++;
                    assertThat(lawful(apart.standing(of(question, MAI))) || lawful(apart.standing(of(question, LAN))))
                            .as("seed %d, %s", seed, question)
                            .isTrue();
                }
            }
        }
        assertThat(lawful).isGreaterThan(CASES);
    }

    @Test
    void aMergeThatIsUndoneGivesEachOneWhatSheHadAndNoMore() {
        for (long seed = 0; seed < CASES; seed++) {
            var events = events(new Random(seed)).stream()
                    .filter(event ->
                            event.type() != ConsentEvent.Type.MERGED && event.type() != ConsentEvent.Type.SPLIT)
                    .toList();
            var apart = folded(events);
            var parted = apart.apply(ConsentEvent.merged(new Occasion("merge", MAI, SHOP, minute(90), minute(90)), LAN))
                    .apply(ConsentEvent.split(new Occasion("split", MAI, SHOP, minute(110), minute(110)), LAN));
            for (Question question : questions()) {
                assertThat(parted.standing(question))
                        .as("seed %d, %s", seed, question)
                        .isEqualTo(apart.standing(question));
            }
        }
    }

    private static boolean lawful(Standing standing) {
        return !standing.inForce().isEmpty() && standing.denials().isEmpty();
    }

    /** A fresh act of hers that is later by more than the band, and reaches as far or says that it ends what reaches further. */
    private static boolean mayEnd(ConsentEvent event, ConsentEvent deny, Question question) {
        return event.type().grants()
                && Slot.fresh(event)
                && event.scope().covers(question.scope())
                && (event.marks().contains(ConsentEvent.Mark.ENDS_BROADER_REFUSALS)
                        || event.scope().covers(deny.scope().towards(question.controller())))
                && event.occurredAt().isAfter(deny.occurredAt().plus(Slot.SKEW));
    }

    private static Question of(Question question, CustomerId holder) {
        return new Question(
                holder,
                question.controller(),
                question.brand(),
                question.channel(),
                question.purpose(),
                question.topic(),
                question.now());
    }

    private static List<Question> questions() {
        var questions = new ArrayList<Question>();
        for (CustomerId holder : List.of(MAI, LAN)) {
            for (String controller : List.of(SHOP, "Other Ltd")) {
                for (Channel channel : CHANNELS) {
                    for (Purpose purpose : List.of(ADVERTISING, TRACKING)) {
                        for (String narrow : List.of("", "tea")) {
                            questions.add(new Question(
                                    holder, controller, narrow, channel, purpose, narrow, minute(100_001)));
                        }
                    }
                }
            }
        }
        return questions;
    }

    /** In this order, a minute after each other. */
    private static List<ConsentEvent> received(List<ConsentEvent> events) {
        var received = new ArrayList<ConsentEvent>();
        for (ConsentEvent event : events) {
            received.add(new ConsentEvent(
                    event.id(),
                    event.type(),
                    event.holder(),
                    event.scope(),
                    event.basis(),
                    event.actor(),
                    event.occurredAt(),
                    minute(200 + received.size()),
                    event.effectiveAt(),
                    event.validUntil(),
                    event.agreements(),
                    event.marks(),
                    event.evidence(),
                    event.suppression(),
                    event.absorbed(),
                    event.wish()));
        }
        return received;
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
        return switch (random.nextInt(15)) {
            case 0 -> Grant.of(purpose).on(channel).shown(notice("n", 1)).eventsAt(PHONE, occasion);
            case 1 ->
                narrowed(random, Grant.of(purpose).on(channel).shown(notice("n", 1)))
                        .eventsAt(PHONE, occasion);
            case 2 -> Grant.of(purpose).shown(notice("n", 1)).alsoOutsideHours().eventsAt(PHONE, occasion);
            case 3 -> Grant.of(purpose).actor(Actor.IMPORT).eventsAt(PHONE, occasion);
            case 4 ->
                Grant.of(purpose)
                        .actor(Actor.AGENT)
                        .on(channel)
                        .endingBroaderRefusals()
                        .eventsAt(PHONE, occasion);
            case 5 -> Grant.of(purpose).validFrom(minute(random.nextInt(200))).eventsAt(PHONE, occasion);
            case 6 -> Withdrawal.of(purpose).on(channel).eventsAt(PHONE, occasion);
            case 7 -> narrowed(random, Withdrawal.of(purpose).on(channel)).eventsAt(PHONE, occasion);
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
            case 13 ->
                Preference.of(purpose, Wish.NONE.atMost(1 + random.nextInt(5), Duration.ofDays(7)))
                        .on(channel)
                        .eventsAt(PHONE, occasion);
            default ->
                List.of(random.nextBoolean() ? ConsentEvent.merged(occasion, LAN) : ConsentEvent.split(occasion, LAN));
        };
    }

    private static Grant narrowed(Random random, Grant grant) {
        return switch (random.nextInt(3)) {
            case 0 -> grant.controller("Other Ltd");
            case 1 -> grant.topic("tea");
            default -> grant.brand("tea");
        };
    }

    private static Withdrawal narrowed(Random random, Withdrawal withdrawal) {
        return switch (random.nextInt(3)) {
            case 0 -> withdrawal.controller("Other Ltd");
            case 1 -> withdrawal.topic("tea");
            default -> withdrawal.brand("tea");
        };
    }
}
