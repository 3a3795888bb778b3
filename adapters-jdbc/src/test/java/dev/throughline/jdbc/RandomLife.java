// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.minutes;
import static dev.throughline.Words.text;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.property;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.CampaignStatus.Mode;
import dev.throughline.campaign.JourneyBuilder;
import dev.throughline.campaign.JourneyNote;
import dev.throughline.campaign.Pause;
import dev.throughline.campaign.Route;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Decision;
import dev.throughline.engine.Disorder;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.ring.Entry;
import dev.throughline.segment.Condition;
import dev.throughline.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Three random campaigns and what happens to four customers in them, also while somebody pauses, closes, stops and starts campaigns. The
 * same seed is the same life.
 *
 * @param seed the seed
 * @param eventful whether events come all the time; if not, all come before anything is paused, which then is only held and resumed
 */
record RandomLife(int seed, boolean eventful) {

    private static final List<String> NAMES = List.of("one", "two", "three");
    private static final List<String> EVENTS = List.of("Product Added", "Order Completed", "Checkout Started");
    private static final Instant START = Instant.parse("2026-10-20T02:00:00Z");
    private static final int CUSTOMERS = 4;
    private static final int TURNS = 40;

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    /**
     * What came of it.
     *
     * @param notes of journeys, in the order of their instants
     * @param decisions about messages
     * @param traits ids of the touchpoints that journeys have made
     * @param modes what each campaign does in the end
     * @param bytes every note and decision as it is stored, by its id
     */
    record Told(
            List<JourneyNote> notes,
            List<Decision> decisions,
            List<String> traits,
            Map<String, Mode> modes,
            Map<String, String> bytes) {}

    /** Plays it on a store, which is closed in the end. */
    Told played(Store store, Disorder disorder, boolean pauses) {
        return played(store, disorder, pauses, rehearsal -> {});
    }

    /** The same, looked at after each turn. */
    Told played(Store store, Disorder disorder, boolean pauses, Consumer<Rehearsal> look) {
        var lot = new Random(seed);
        var campaigns = NAMES.stream().map(name -> campaign(name, lot)).toArray(Campaign[]::new);
        var rehearsal = Rehearsal.of(campaigns)
                .under(Policy.vietnam())
                .startingAt(START)
                .on(store)
                .disordered(disorder);
        if (!eventful) {
            rehearsal.withoutCheck(
                    "cap"); // what goes on at once after a pause may meet a cap that it would not have met
        }
        try (rehearsal) {
            for (int i = 0; i < CUSTOMERS; i++) {
                String mail = "c" + i + "@example.com";
                String phone = "+8457100000" + i;
                boolean reachable = lot.nextInt(4) > 0;
                rehearsal.customer("c" + i, m -> {
                    if (reachable) {
                        m.email(mail).phone(phone).grants(ADVERTISING, EMAIL, SMS);
                    }
                });
            }
            for (int i = 0; i < TURNS; i++) {
                rehearsal.advance(minutes(eventful ? lot.nextInt(1_000) : lot.nextInt(20)));
                happens(rehearsal, lot);
                look.accept(rehearsal);
            }
            // What is paused, and when, has a lot of its own, so that the same happens without.
            var steering = new Random(seed + 1_000_000L);
            for (int i = 0; i < TURNS / 2 && pauses && !eventful; i++) {
                rehearsal.advance(minutes(steering.nextInt(2_000)));
                held(rehearsal, steering);
            }
            if (!eventful) {
                NAMES.forEach(name -> rehearsal.campaign(name).resume("ann", "enough"));
            }
            rehearsal.advance(Duration.ofDays(120));
            look.accept(rehearsal);
            return told(rehearsal, store, NAMES);
        }
    }

    private void happens(Rehearsal rehearsal, Random lot) {
        int what = lot.nextInt(10);
        String name = NAMES.get(lot.nextInt(NAMES.size()));
        String event = EVENTS.get(lot.nextInt(EVENTS.size()));
        int who = lot.nextInt(CUSTOMERS);
        Map<String, Object> properties = Map.of("total", lot.nextInt(200), "order_id", "A-" + lot.nextInt(5));
        if (eventful && what < 4) {
            steered(rehearsal, name, lot.nextInt(7));
        } else {
            rehearsal.customer("c" + who, m -> m.does(event, properties));
        }
    }

    private static void steered(Rehearsal rehearsal, String name, int how) {
        var control = rehearsal.campaign(name);
        Mode mode = control.status().mode();
        boolean over = mode == Mode.CLOSED || mode == Mode.STOPPED;
        switch (how) {
            case 0, 1 -> {
                if (!over) {
                    control.pause(Pause.HOLD, "ann", "wait");
                }
            }
            case 2 -> {
                if (!over) {
                    control.pause(Pause.DROP, "ann", "leave");
                }
            }
            case 3 -> {
                if (mode != Mode.STOPPED) {
                    control.close("ann", "no more");
                }
            }
            case 4 -> control.stop("ann", "out");
            default -> control.start("ann", "go on");
        }
    }

    private static void held(Rehearsal rehearsal, Random lot) {
        var control = rehearsal.campaign(NAMES.get(lot.nextInt(NAMES.size())));
        if (control.status().mode() == Mode.HELD) {
            control.resume("ann", "go on");
        } else {
            control.pause(Pause.HOLD, "ann", "wait");
        }
    }

    /** What came of some campaigns. */
    static Told told(Rehearsal rehearsal, Store store, List<String> campaigns) {
        var modes = new TreeMap<String, Mode>();
        campaigns.forEach(
                name -> modes.put(name, rehearsal.campaign(name).status().mode()));
        var told = new Told(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), modes, new TreeMap<>());
        store.scan(Entry.Log.TIMELINE, entry -> {
            if (entry.body() instanceof JourneyNote note) {
                told.notes.add(note);
                told.bytes.put(entry.id(), HexFormat.of().formatHex(JourneyNote.CODEC.encode(note)) + entry.at());
            } else if (entry.body() instanceof Observed observed
                    && observed.touchpoint().name().equals("Trait Set")) {
                told.traits.add(observed.touchpoint().id());
            }
        });
        store.scan(Entry.Log.DECISIONS, entry -> {
            var decision = (Decision) entry.body();
            told.decisions.add(decision);
            told.bytes.put(entry.id(), HexFormat.of().formatHex(Decision.CODEC.encode(decision)) + entry.at());
        });
        return told;
    }

    // Campaigns.

    private Campaign campaign(String name, Random lot) {
        return Campaign.named(name).journey(j -> {
            j.zone("Asia/Ho_Chi_Minh").startOn(event(EVENTS.get(lot.nextInt(EVENTS.size()))));
            if (lot.nextBoolean()) {
                j.keyedBy("order_id");
            }
            if (eventful && lot.nextBoolean()) {
                j.exitOn(event(EVENTS.get(lot.nextInt(EVENTS.size())))
                        .where(property("total").atLeast(150)));
            }
            block(j, lot, 2);
            j.send(message(name), route(lot));
        });
    }

    private void block(JourneyBuilder j, Random lot, int depth) {
        for (int i = lot.nextInt(3); i >= 0; i--) {
            step(j, lot, depth);
        }
    }

    private void step(JourneyBuilder j, Random lot, int depth) {
        switch (lot.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> j.delay(minutes(1 + lot.nextInt(3_000)));
            case 1 -> j.delayUntil(LocalTime.of(lot.nextInt(24), 0));
            case 2 -> j.setTrait("stage", lot.nextInt(3));
            case 3, 4 -> j.send(message("m" + lot.nextInt(3)), route(lot));
            case 5 -> j.branch(condition(lot), yes -> block(yes, lot, depth - 1), no -> block(no, lot, depth - 1));
            case 6 -> {
                int percent = 1 + lot.nextInt(98);
                j.experiment("x", v -> v.variant("a", percent, one -> block(one, lot, depth - 1))
                        .variant("b", 100 - percent, two -> block(two, lot, depth - 1)));
            }
            default ->
                j.waitUntil(
                        event(eventful ? EVENTS.get(lot.nextInt(EVENTS.size())) : "Never"),
                        hours(1 + lot.nextInt(60)),
                        yes -> block(yes, lot, depth - 1),
                        no -> block(no, lot, depth - 1));
        }
    }

    /** Where nothing but time is to change, conditions look at nothing that time changes. */
    private Condition condition(Random lot) {
        var total = property("total").atLeast(lot.nextInt(200));
        return eventful && lot.nextBoolean()
                ? count("Product Added").within(hours(72)).atLeast(2)
                : total;
    }

    private static Message message(String name) {
        return Message.marketing(name, SHOP)
                .on(EMAIL, mail("Tea", "<p>{{ event.total }}</p>"))
                .on(SMS, text("Tra {{ event.total }}"))
                .validFor(hours(48));
    }

    private static Route route(Random lot) {
        Route route = lot.nextBoolean() ? first(EMAIL) : first(SMS);
        return switch (lot.nextInt(3)) {
            case 0 -> route.thenIfUndeliverable(SMS);
            case 1 -> route.thenIfNoResponse(hours(1 + lot.nextInt(9)), EMAIL);
            default -> route;
        };
    }
}
