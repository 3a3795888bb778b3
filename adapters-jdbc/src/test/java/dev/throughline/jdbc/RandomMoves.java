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

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.CampaignStatus.Mode;
import dev.throughline.campaign.JourneyBuilder;
import dev.throughline.campaign.Migration;
import dev.throughline.campaign.OnMissing;
import dev.throughline.campaign.Pause;
import dev.throughline.campaign.Route;
import dev.throughline.engine.CampaignControl;
import dev.throughline.engine.Disorder;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Two random campaigns in three versions each, and four customers who are moved from version to version at random, also while campaigns
 * are paused and stopped. All versions of a campaign act in the same order, each message and trait once; they wait differently. The same
 * seed is the same life.
 *
 * @param seed the seed
 */
record RandomMoves(int seed) {

    private static final List<String> NAMES = List.of("one", "two");
    private static final List<String> EVENTS = List.of("Product Added", "Order Completed", "Checkout Started");
    private static final List<OnMissing> MISSING = List.of(OnMissing.EXIT, OnMissing.NEXT, OnMissing.HOLD);
    private static final Instant START = Instant.parse("2026-10-20T02:00:00Z");
    private static final int CUSTOMERS = 4;
    private static final int TURNS = 50;
    private static final int VERSIONS = 3;

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    /** Plays it on a store, which is closed in the end. */
    RandomLife.Told played(Store store, Disorder disorder) {
        var lot = new Random(seed);
        var campaigns = NAMES.stream().map(name -> version(name, 0)).toArray(Campaign[]::new);
        var rehearsal = Rehearsal.of(campaigns)
                .under(Policy.vietnam())
                .startingAt(START)
                .on(store)
                .disordered(disorder)
                .function("count", call -> {
                    if (call.attempt() == 1) {
                        throw new IllegalStateException("busy");
                    }
                    return Map.of("all", 3);
                });
        try (rehearsal) {
            for (int i = 0; i < CUSTOMERS; i++) {
                String mail = "c" + i + "@example.com";
                String phone = "+8457100000" + i;
                rehearsal.customer("c" + i, m -> m.email(mail).phone(phone).grants(ADVERTISING, EMAIL, SMS));
            }
            for (int i = 0; i < TURNS; i++) {
                rehearsal.advance(minutes(lot.nextInt(700)));
                happens(rehearsal, lot);
            }
            NAMES.forEach(name -> rehearsal.campaign(name).start("ann", "enough"));
            rehearsal.advance(Duration.ofDays(120));
            return RandomLife.told(rehearsal, store, NAMES);
        }
    }

    private void happens(Rehearsal rehearsal, Random lot) {
        int what = lot.nextInt(10);
        String name = NAMES.get(lot.nextInt(NAMES.size()));
        String event = EVENTS.get(lot.nextInt(EVENTS.size()));
        int who = lot.nextInt(CUSTOMERS);
        int order = lot.nextInt(5);
        var control = rehearsal.campaign(name);
        if (what < 4) {
            migrated(name, control, lot);
        } else if (what < 5) {
            steered(control, lot.nextInt(5));
        } else {
            rehearsal.customer("c" + who, m -> m.does(event, Map.of("order_id", "A-" + order)));
        }
    }

    /** With a step map that may be wrong, and is left out then. */
    private void migrated(String name, CampaignControl control, Random lot) {
        int from = lot.nextInt(VERSIONS);
        var plain =
                Migration.to(version(name, lot.nextInt(VERSIONS))).onMissing(MISSING.get(lot.nextInt(MISSING.size())));
        var mapped = plain.from(version(name, from).version())
                .step(String.valueOf(lot.nextInt(9)), String.valueOf(lot.nextInt(9)));
        boolean useful = lot.nextBoolean() && control.tryOut(mapped).faults().isEmpty();
        var migration = useful ? mapped : plain;
        if (control.tryOut(migration).faults().isEmpty()) {
            control.migrate(migration, "ann", "version " + lot.nextInt(100));
        }
    }

    private static void steered(CampaignControl control, int how) {
        Mode mode = control.status().mode();
        switch (how) {
            case 0, 1 -> {
                if (mode != Mode.STOPPED) {
                    control.pause(Pause.HOLD, "ann", "wait");
                }
            }
            case 2 -> control.stop("ann", "out");
            default -> control.start("ann", "go on");
        }
    }

    // Campaigns.

    /** What acts and forks is drawn from one lot for all versions, what waits from one for each. */
    Campaign version(String name, int version) {
        var acts = new Acts(name, new Random(seed * 31L + NAMES.indexOf(name)), new Random(seed * 97L + version));
        return Campaign.named(name).journey(j -> {
            j.zone("Asia/Ho_Chi_Minh").startOn(event(EVENTS.get(acts.lot.nextInt(EVENTS.size()))));
            if (acts.lot.nextBoolean()) {
                j.keyedBy("order_id");
            }
            j.delay(hours(1 + acts.waits.nextInt(30)));
            for (int i = 0; i < 3; i++) {
                acts.step(j, 1);
            }
            acts.send(j);
        });
    }

    private static final class Acts {
        private final String name;
        private final Random lot;
        private final Random waits;
        private int number;

        Acts(String name, Random lot, Random waits) {
            this.name = name;
            this.lot = lot;
            this.waits = waits;
        }

        void step(JourneyBuilder j, int depth) {
            wait(j);
            switch (lot.nextInt(depth > 0 ? 7 : 4)) {
                case 0 -> j.setTrait(name + ++number, true);
                case 1, 2 -> send(j);
                case 3 -> j.call("count", call -> call.as(name + ++number));
                case 4, 5 ->
                    j.branch(
                            count("Product Added").atLeast(1 + lot.nextInt(3)),
                            yes -> step(yes, depth - 1),
                            no -> step(no, depth - 1));
                default ->
                    j.experiment("x", v -> v.variant("a", 50, one -> step(one, depth - 1))
                            .variant("b", 50, two -> step(two, depth - 1)));
            }
            wait(j);
        }

        void send(JourneyBuilder j) {
            var message = Message.marketing(name + ++number, SHOP)
                    .on(EMAIL, mail("Tea", "<p>Tea</p>"))
                    .on(SMS, text("Tra"))
                    .validFor(hours(48));
            Route route = lot.nextBoolean() ? first(EMAIL) : first(SMS);
            j.send(message, lot.nextBoolean() ? route.thenIfNoResponse(hours(1 + waits.nextInt(40)), EMAIL) : route);
        }

        private void wait(JourneyBuilder j) {
            for (int i = waits.nextInt(3); i > 0; i--) {
                switch (waits.nextInt(4)) {
                    case 0 -> j.delay(minutes(1 + waits.nextInt(3_000)));
                    case 1 -> j.delayUntil(LocalTime.of(waits.nextInt(24), 0));
                    case 2 ->
                        j.waitUntil(
                                event(EVENTS.get(waits.nextInt(EVENTS.size()))),
                                hours(1 + waits.nextInt(60)),
                                yes -> yes.delay(hours(1)),
                                no -> {});
                    default ->
                        j.waitUntil(
                                count("Order Completed").atLeast(1 + waits.nextInt(9)),
                                hours(1 + waits.nextInt(60)),
                                yes -> {},
                                no -> no.delay(hours(1)));
                }
            }
        }
    }
}
