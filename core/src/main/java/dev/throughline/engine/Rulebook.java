// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Statuses;
import dev.throughline.decision.Approvals;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The machine that a store's settings ask for; made anew only when they say something else of campaigns or messages. Used by one thread. */
final class Rulebook {

    private final Rules rules;
    private @Nullable Map<String, String> settings;
    private Statuses statuses = Statuses.NONE;
    private Approvals approvals = Approvals.NOT_REQUIRED;
    private @Nullable Machine machine;

    Rulebook(Rules rules) {
        this.rules = rules;
    }

    /** For a unit whose settings these are, read after it has taken its inputs: what a change of status tells is stepped under it. */
    Machine machine(Map<String, String> now) {
        Machine made = machine;
        if (made != null && now.equals(settings)) {
            return made;
        }
        var wanted = Statuses.of(now);
        var approved = Approvals.of(now);
        if (made == null || !wanted.equals(statuses) || !approved.equals(approvals)) {
            made = rules.machine(wanted, approved);
        }
        settings = now;
        statuses = wanted;
        approvals = approved;
        machine = made;
        return made;
    }
}
