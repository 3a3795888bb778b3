// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.TextContent;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Occasion;
import dev.throughline.customer.IdentityRules;
import dev.throughline.decision.MessageOrigin;
import dev.throughline.decision.Plan;
import dev.throughline.decision.RegistryCheck;
import dev.throughline.engine.Model;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Sender;
import dev.throughline.message.Message;
import dev.throughline.policy.CheckResult;
import dev.throughline.policy.Policy;
import dev.throughline.policy.Registry;
import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What it costs to decide that a Vietnamese advertisement by SMS may leave, with all checks and their findings, from the plan to the row
 * for the outbox: beside the same checks by hand.
 */
final class DecisionRow {

    private static final int ROUNDS = 7;
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final Address PHONE = Address.phone("+84 90 000 0001");
    private static final CustomerId MAI = CustomerId.of(NOW, "mai");
    private static final String WORDS = "Tra sen moi ve, giam 20% den het thang";
    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(SMS, Sender.of("SHOP").registeredUntil(NOW.plus(Duration.ofDays(700))))
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    private DecisionRow() {}

    static List<Row> measure(int decisions) {
        var vietnam = new ArrayList<Double>();
        var everywhere = new ArrayList<Double>();
        var byHand = new ArrayList<Double>();
        for (int round = 0; round <= ROUNDS; round++) {
            double one = decided(Policy.vietnam(v -> v.doNotCall(Registry.none(NOW))), decisions);
            double all = decided(everywhere(), decisions);
            double hand = byHand(decisions);
            if (round > 0) {
                vietnam.add(one);
                everywhere.add(all);
                byHand.add(hand);
            }
        }
        return List.of(
                new Row(
                        "a decision under Vietnam's rules",
                        Meter.median(vietnam),
                        Meter.median(byHand),
                        "ns",
                        "12 findings; by hand the same checks with a finding each"),
                new Row(
                        "the same with all drafts beside them",
                        Meter.median(everywhere),
                        Meter.median(byHand),
                        "ns",
                        "drafts of other countries and of mailbox providers, none of which applies to her"));
    }

    private static Policy everywhere() {
        Policy all = Policy.vietnam(v -> v.doNotCall(Registry.none(NOW)));
        for (String name : Policy.drafts()) {
            all = all.and(Policy.draft(name));
        }
        return all;
    }

    private static double decided(Policy policy, int decisions) {
        Aggregate<Object> step = step(policy);
        Object agreed = agreed(step);
        var meter = new Meter();
        meter.start();
        for (int number = 0; number < decisions; number++) {
            var asked = new Effects();
            Object waiting =
                    step.apply(agreed, new Input.Told("plan-" + number, Key.of(MAI), plan(number)), NOW, asked);
            var allowed = new Effects();
            step.apply(waiting, new Input.Answered("clear-" + number, clear(asked)), NOW, allowed);
            if (allowed.list().stream().noneMatch(Effect.Enqueue.class::isInstance)) {
                throw new IllegalStateException("decision " + number + " allows nothing: " + allowed.list());
            }
        }
        meter.stop();
        return 1e9 / meter.perSecond(decisions);
    }

    private static Aggregate<Object> step(Policy policy) {
        var offer = Message.marketing("offer", SHOP).on(SMS, text(WORDS));
        var campaign =
                Campaign.named("offer").journey(j -> j.startOn(event("Offered")).send(offer, first(SMS)));
        var model = new Model(
                List.of(campaign), policy, List.of(), List.of(new Sink()), IdentityRules.standard(), Set.of(), false);
        return Objects.requireNonNull(model.machine().steps().get(Key.Kind.CONTACT_POINT));
    }

    private static Object agreed(Aggregate<Object> step) {
        Object state = step.initial(Key.of(PHONE));
        var yes = Grant.of(ADVERTISING).on(SMS).shown(notice("checkout", 3));
        Instant before = NOW.minus(Duration.ofDays(9));
        int number = 0;
        for (var granted : yes.eventsAt(PHONE, new Occasion("act", MAI, SHOP.controller(), before, before))) {
            state = step.apply(state, new Input.Told("grant-" + number++, Key.of(MAI), granted), before, new Effects());
        }
        return state;
    }

    private static Plan plan(int number) {
        return new Plan(
                new MessageId(String.format(Locale.ROOT, "%032x", number)),
                0,
                new MessageOrigin("offer", "instance", "send", 0, "offer"),
                MessageClass.MARKETING,
                SHOP.name(),
                SMS,
                new TextContent(WORDS),
                new Plan.Person(Key.of(MAI), "Asia/Ho_Chi_Minh", "vi", "VN", ""),
                NOW.plus(Duration.ofDays(1)),
                false,
                List.of(),
                Plan.Said.PLAIN);
    }

    private static RegistryCheck clear(Effects asked) {
        return asked.list().stream()
                .filter(Effect.Ask.class::isInstance)
                .map(effect -> (RegistryCheck) ((Effect.Ask) effect).question())
                .findFirst()
                .orElseThrow()
                .answered(Map.of("vn-dnc", CheckResult.clear(NOW)));
    }

    private static double byHand(int decisions) {
        var gate = new HandGate(PHONE.value(), NOW.minus(Duration.ofDays(9)));
        var meter = new Meter();
        meter.start();
        for (int number = 0; number < decisions; number++) {
            if (gate.decided(PHONE.value(), WORDS, NOW) == null) {
                throw new IllegalStateException("by hand decision " + number + " allows nothing");
            }
        }
        meter.stop();
        return 1e9 / meter.perSecond(decisions);
    }
}
