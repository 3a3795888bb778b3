// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import dev.throughline.customer.IdentityRules;
import dev.throughline.customer.Observed;
import dev.throughline.engine.Machine;
import dev.throughline.engine.Model;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.policy.Policy;
import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The step of a customer alone, with the slices and campaigns of the recipe: identities, profile, windows, journeys entered and left. No
 * timer comes, so nobody leaves by waiting. Beside the step of the loop by hand.
 */
final class LayoutRow {

    private static final int ROUNDS = 5;

    private LayoutRow() {}

    static Row measure(int events) {
        List<Happening> happenings = new Recipe().next(events);
        List<Input> inputs = happenings.stream().map(LayoutRow::input).toList();
        var ours = new ArrayList<Double>();
        var byHand = new ArrayList<Double>();
        for (int round = 0; round <= ROUNDS; round++) {
            double step = stepped(happenings, inputs);
            double hand = steppedByHand(happenings);
            if (round > 0) {
                ours.add(step);
                byHand.add(hand);
            }
        }
        return new Row(
                "step of a customer, three slices",
                Meter.median(ours),
                Meter.median(byHand),
                "events/s",
                "effects are made and dropped; per second of processor time");
    }

    private static Input input(Happening happening) {
        Key from = Key.of(Identity.userId(happening.user()));
        return new Input.Told(happening.id() + ".0", from, new Observed(EngineRing.touchpoint(happening)));
    }

    private static double stepped(List<Happening> happenings, List<Input> inputs) {
        Machine machine = new Model(
                        EngineRing.campaigns(),
                        Policy.base(),
                        List.of(),
                        List.of(new Sink()),
                        IdentityRules.standard(),
                        Set.of(),
                        false)
                .machine();
        Aggregate<Object> step = Objects.requireNonNull(machine.steps().get(Key.Kind.CUSTOMER));
        Map<String, Object> states = new HashMap<>();
        var meter = new Meter();
        meter.start();
        for (int i = 0; i < inputs.size(); i++) {
            Happening happening = happenings.get(i);
            Object state = states.get(happening.user());
            if (state == null) {
                state = step.initial(Key.of(CustomerId.of(happening.at(), happening.id())));
            }
            states.put(happening.user(), step.apply(state, inputs.get(i), happening.at(), new Effects()));
        }
        meter.stop();
        return meter.perCpuSecond(inputs.size());
    }

    private static double steppedByHand(List<Happening> happenings) {
        var hand = new HandRing();
        Map<String, HandRing.Customer> customers = new HashMap<>();
        var meter = new Meter();
        meter.start();
        for (Happening happening : happenings) {
            hand.step(customers.computeIfAbsent(happening.user(), HandRing.Customer::new), happening);
        }
        meter.stop();
        return meter.perCpuSecond(happenings.size());
    }
}
