// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.eventDate;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.minutes;
import static dev.throughline.Words.text;
import static dev.throughline.Words.traitDate;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.property;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.DateRule;
import dev.throughline.campaign.Definitions;
import dev.throughline.campaign.EventRule;
import dev.throughline.campaign.FunctionCall;
import dev.throughline.campaign.IfPast;
import dev.throughline.campaign.JourneyBuilder;
import dev.throughline.campaign.JourneyNote;
import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.campaign.Route;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Decision;
import dev.throughline.engine.Disorder;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.ring.Entry;
import dev.throughline.segment.Condition;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of journeys: random campaigns of all kinds of steps, played with random customers. */
class RandomCampaignsTest {

    private static final int WORLDS = Integer.getInteger("throughline.worlds", 12);
    private static final Instant START = Instant.parse("2026-10-20T02:00:00Z");
    private static final List<String> EVENTS =
            List.of("Product Added", "Product Viewed", "Order Completed", "Checkout Started");
    private static final List<IfPast> IF_PAST = List.of(IfPast.values());
    private static final Set<Change> ENDS = EnumSet.of(Change.ENDED, Change.EXITED, Change.MERGED);
    private static final List<String> ZONES = List.of("Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York");

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    static IntStream worlds() {
        return IntStream.range(0, WORLDS);
    }

    /** What was told of journeys and decided about messages. */
    private record Played(List<JourneyNote> notes, List<Decision> decisions, List<String> set, List<String> bytes) {}

    @ParameterizedTest
    @MethodSource("worlds")
    void everyInstanceThatStartsEndsOnce(int seed) {
        assertEndsOnce(seed, play(seed, Disorder.NONE));
        assertEndsOnce(seed, play(seed, Disorder.delayed(seed)));
    }

    private static void assertEndsOnce(int seed, Played played) {
        var started = instances(played, change -> change == Change.STARTED);
        var ended = instances(played, ENDS::contains);

        assertThat(started).as(world(seed)).doesNotHaveDuplicates();
        assertThat(ended).as(world(seed)).containsExactlyInAnyOrderElementsOf(started);
    }

    private static List<String> instances(Played played, Predicate<Change> change) {
        return played.notes.stream()
                .filter(note -> change.test(note.change()))
                .map(JourneyNote::instance)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void noStepRunsTwiceForOneEntry(int seed) {
        Played played = play(seed, Disorder.NONE);

        assertThat(played.decisions.stream().filter(decision -> !decision.correction()))
                .as(world(seed))
                .extracting(Decision::message)
                .doesNotHaveDuplicates();
        assertThat(played.decisions.stream().filter(decision -> !decision.correction()))
                .as(world(seed))
                .extracting(decision -> decision.origin().instance()
                        + decision.origin().step() + "/" + decision.origin().leg())
                .doesNotHaveDuplicates();
        assertThat(played.set).as(world(seed)).doesNotHaveDuplicates();
        assertThat(played.notes.stream().filter(note -> note.change() != Change.RESPONDED))
                .as(world(seed))
                .extracting(note -> note.id(Instant.EPOCH))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void repetitionsAndPermutationsWithinARoundMeanNothing(int seed) {
        assertThat(play(seed, Disorder.scrambled(seed)).bytes)
                .as(world(seed))
                .isEqualTo(play(seed, Disorder.NONE).bytes);
    }

    @Test
    void worldsHoldAllThatCanHappen() {
        var found = new EnumMap<Change, Integer>(Change.class);
        for (int seed = 0; seed < 30; seed++) {
            play(seed, Disorder.NONE).notes.forEach(note -> found.merge(note.change(), 1, Integer::sum));
        }

        var untouched = EnumSet.complementOf(EnumSet.of(Change.PARKED, Change.RESUMED, Change.MIGRATED, Change.PINNED));
        assertThat(found).containsOnlyKeys(untouched.toArray(Change[]::new));
    }

    private static String world(int seed) {
        return "world of seed " + seed;
    }

    private static Played play(int seed, Disorder disorder) {
        var random = new Random(seed);
        var campaigns = new Campaign[] {campaign("one", random), campaign("two", random), campaign("three", random)};
        var store = new MemoryStore();
        try (var rehearsal = Rehearsal.of(campaigns)
                .under(Policy.vietnam())
                .startingAt(START)
                .function("flaky", RandomCampaignsTest::flaky)
                .on(store)
                .disordered(disorder)) {
            for (int number = 0; number < 5; number++) {
                String name = "c" + number;
                String phone = "+8457100000" + number;
                boolean reachable = random.nextInt(4) > 0;
                rehearsal.customer(name, m -> {
                    if (reachable) {
                        m.email(name + "@example.com").phone(phone).grants(ADVERTISING, EMAIL, SMS);
                    }
                    m.trait(
                            "birthday",
                            LocalDate.of(1990, 10, 21)
                                    .plusDays(random.nextInt(30))
                                    .toString());
                });
            }
            for (int i = 0; i < 60; i++) {
                rehearsal.advance(minutes(random.nextInt(1_000)));
                happens(rehearsal, i, random);
            }
            rehearsal.advance(Duration.ofDays(120));
            assertThat(store.deadLetters(0, 10)).as(world(seed)).isEmpty();
            return played(store);
        }
    }

    /** A customer does something under her name, or unknown in her browser; now and then it turns out that both are one. */
    private static void happens(Rehearsal rehearsal, int number, Random random) {
        int who = random.nextInt(5);
        switch (random.nextInt(8)) {
            case 0, 1 ->
                rehearsal.happens(browsing(number, who, rehearsal.clock().instant(), random));
            case 2 -> rehearsal.customer("c" + who, m -> m.identity(Identity.anonymousId("a" + who)));
            default -> rehearsal.customer("c" + who, acting(random));
        }
    }

    private static Touchpoint browsing(int number, int who, Instant now, Random random) {
        return new Touchpoint(
                "browsing-" + number,
                Touchpoint.Call.TRACK,
                EVENTS.get(random.nextInt(EVENTS.size())),
                List.of(Identity.anonymousId("a" + who)),
                now,
                now,
                Map.of("total", random.nextInt(200), "order_id", "B-" + number),
                "web",
                Origin.LIVE);
    }

    private static Played played(MemoryStore store) {
        var played = new Played(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        var lines = new TreeMap<String, String>();
        Consumer<Entry> read = entry -> {
            if (entry.body() instanceof JourneyNote note) {
                played.notes.add(note);
                lines.put(entry.id(), HexFormat.of().formatHex(JourneyNote.CODEC.encode(note)) + entry.at());
            } else if (entry.body() instanceof Decision decision) {
                played.decisions.add(decision);
                lines.put(entry.id(), HexFormat.of().formatHex(Decision.CODEC.encode(decision)));
            } else if (entry.body() instanceof Observed observed
                    && observed.touchpoint().name().equals("Trait Set")) {
                played.set.add(observed.touchpoint().id());
            }
        };
        store.scan(Entry.Log.TIMELINE, read);
        store.scan(Entry.Log.DECISIONS, read);
        lines.forEach((id, bytes) -> played.bytes.add(id + " " + bytes));
        return played;
    }

    // Random customers.

    private static Consumer<Actor> acting(Random random) {
        int lot = random.nextInt(12);
        String trip = LocalDate.of(2026, 10, 20).plusDays(random.nextInt(30)).toString();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("total", random.nextInt(200));
        properties.put("product", "Tea");
        if (random.nextInt(5) > 0) {
            properties.put("order_id", "A-" + random.nextInt(6));
            properties.put("trip", trip);
        }
        String event = EVENTS.get(random.nextInt(EVENTS.size()));
        String zone = ZONES.get(random.nextInt(ZONES.size()));
        boolean gold = random.nextBoolean();
        return switch (lot) {
            case 0 -> actor -> actor.trait("gold", gold);
            case 1 -> actor -> actor.trait("timezone", zone);
            case 2 -> actor -> actor.trait("renewal", trip);
            case 3 -> actor -> actor.started("three", properties);
            case 4 -> actor -> actor.withdraws(ADVERTISING, SMS);
            default -> actor -> actor.does(event, properties);
        };
    }

    // Random campaigns.

    /** Drawn until each step can be reached. */
    private static Campaign campaign(String name, Random random) {
        Campaign drawn = drawn(name, random);
        while (!Definitions.faults(List.of(drawn)).isEmpty()) {
            drawn = drawn(name, random);
        }
        return drawn;
    }

    private static Campaign drawn(String name, Random random) {
        return Campaign.named(name).journey(j -> {
            j.zone("Asia/Ho_Chi_Minh");
            int entry = random.nextInt(name.equals("three") ? 2 : 6);
            switch (entry) {
                case 0 -> j.startOnCall();
                case 1 -> j.startYearlyOn(traitDate("birthday").at(LocalTime.of(random.nextInt(24), 0)));
                default -> j.startOn(rule(random));
            }
            if (random.nextInt(3) == 0) {
                j.holdout(1 + random.nextInt(60));
            }
            if (entry != 1 && random.nextInt(3) == 0) {
                j.keyedBy("order_id");
            }
            switch (random.nextInt(4)) {
                case 0 -> j.once();
                case 1 -> j.reenterAfter(hours(1 + random.nextInt(72)));
                default -> {}
            }
            if (random.nextBoolean()) {
                j.exitOn(rule(random));
            }
            if (random.nextBoolean()) {
                j.goal(rule(random));
            }
            block(j, random, 2);
        });
    }

    private static void block(JourneyBuilder j, Random random, int depth) {
        int steps = 1 + random.nextInt(4);
        for (int i = 0; i < steps; i++) {
            step(j, random, depth);
        }
    }

    private static void step(JourneyBuilder j, Random random, int depth) {
        switch (random.nextInt(depth > 0 ? 12 : 6)) {
            case 0 -> j.delay(minutes(1 + random.nextInt(3_000)));
            case 1 -> calendar(j, random);
            case 2 -> j.delayUntil(date(random), IF_PAST.get(random.nextInt(3))).delay(minutes(5));
            case 3 -> j.setTrait("stage", random.nextInt(3));
            case 4 -> j.send(message(random), route(random));
            case 5 -> {
                if (random.nextInt(6) == 0) {
                    j.end("ENOUGH");
                } else {
                    j.send(message(random), route(random));
                }
            }
            case 6 ->
                j.waitUntil(
                        rule(random),
                        hours(1 + random.nextInt(60)),
                        yes -> block(yes, random, depth - 1),
                        no -> block(no, random, depth - 1));
            case 7 ->
                j.waitUntil(
                        state(random),
                        hours(1 + random.nextInt(60)),
                        yes -> block(yes, random, depth - 1),
                        no -> block(no, random, depth - 1));
            case 8 ->
                j.branch(condition(random), yes -> block(yes, random, depth - 1), no -> block(no, random, depth - 1));
            case 9 ->
                j.branch(b -> {
                    b.when(condition(random), one -> block(one, random, depth - 1))
                            .when(condition(random), two -> block(two, random, depth - 1));
                    if (random.nextBoolean()) {
                        b.otherwise(none -> block(none, random, depth - 1));
                    }
                });
            case 10 -> call(j, random, depth);
            default -> {
                int percent = 1 + random.nextInt(98);
                j.experiment("x" + random.nextInt(2), v -> v.variant("a", percent, one -> block(one, random, depth - 1))
                        .variant("b", 100 - percent, two -> block(two, random, depth - 1)));
            }
        }
    }

    private static void call(JourneyBuilder j, Random random, int depth) {
        j.call("flaky", call -> {
            call.take("product", "event.product").attempts(1 + random.nextInt(3));
            if (random.nextBoolean()) {
                call.ifFails(failed -> block(failed, random, depth - 1));
            }
        });
    }

    /** Fails half of the time, but the same attempts in every run. */
    private static Map<String, Object> flaky(FunctionCall call) throws IOException {
        if ((call.key().hashCode() + call.attempt()) % 2 == 0) {
            throw new IOException("out of order");
        }
        return Map.of("ok", true);
    }

    private static void calendar(JourneyBuilder j, Random random) {
        var at = LocalTime.of(random.nextInt(24), random.nextInt(60));
        switch (random.nextInt(4)) {
            case 0 -> j.delayDays(1 + random.nextInt(3));
            case 1 -> j.delayDays(1 + random.nextInt(3), at);
            case 2 -> j.delayUntil(at);
            default -> j.delayUntil(DayOfWeek.of(1 + random.nextInt(7)), at);
        }
    }

    private static DateRule date(Random random) {
        var date = random.nextBoolean() ? traitDate("renewal") : eventDate("trip");
        return date.daysBefore(random.nextInt(3)).at(LocalTime.of(random.nextInt(24), 0));
    }

    private static EventRule rule(Random random) {
        var rule = event(EVENTS.get(random.nextInt(EVENTS.size())));
        return random.nextBoolean() ? rule : rule.where(condition(random));
    }

    private static Condition condition(Random random) {
        return random.nextInt(3) == 0 ? property("total").atLeast(random.nextInt(200)) : state(random);
    }

    private static Condition state(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> trait("gold").is(true);
            case 1 -> trait("stage").is(random.nextInt(3));
            case 2 ->
                count(EVENTS.get(random.nextInt(EVENTS.size())))
                        .within(hours(1 + random.nextInt(100)))
                        .below(1 + random.nextInt(3));
            default -> count(EVENTS.get(random.nextInt(EVENTS.size()))).atLeast(1 + random.nextInt(4));
        };
    }

    private static Message message(Random random) {
        String name = "m" + random.nextInt(3);
        var message = name.equals("m0") ? Message.transactional(name, SHOP) : Message.marketing(name, SHOP);
        return message.on(EMAIL, mail("News", "<p>{{ customer.stage | default('none') }}</p>"))
                .on(SMS, text("{{ event.product | default('Tea') }}"));
    }

    private static Route route(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> first(EMAIL).thenIfNoResponse(hours(1 + random.nextInt(20)), SMS);
            case 1 -> first(SMS).thenIfUndeliverable(EMAIL);
            case 2 -> first(EMAIL).thenIfUndeliverable(SMS).thenIfNoResponse(hours(1), EMAIL);
            default -> first(SMS);
        };
    }
}
