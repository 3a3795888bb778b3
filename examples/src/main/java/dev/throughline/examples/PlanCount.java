// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.decision.Plan;
import dev.throughline.engine.Disorder;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts the plans on their way, so that a message that never got a verdict would be missed. */
final class PlanCount implements Disorder {
    private final Disorder disorder;
    private final Set<String> seen = new HashSet<>();

    PlanCount(Disorder disorder) {
        this.disorder = disorder;
    }

    @Override
    public Arranged arrange(List<Envelope> round) {
        for (Envelope envelope : round) {
            if (envelope.input() instanceof Input.Told told && told.payload() instanceof Plan plan) {
                seen.add(plan.id().value());
            }
        }
        return disorder.arrange(round);
    }

    /** A message that has no address or nothing to say is refused where it is planned and goes on no way. */
    long planned(List<ShopDecision> decisions) {
        var refused = decisions.stream()
                .map(ShopDecision::message)
                .filter(id -> !seen.contains(id))
                .count();
        return seen.size() + refused;
    }
}
