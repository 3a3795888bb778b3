// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.segment.Condition;
import org.jspecify.annotations.Nullable;

/**
 * An event that a journey listens to.
 *
 * @param event its name, such as {@code Order Completed}
 * @param condition what must hold besides, judged after the event has been applied; {@code null} if nothing
 */
public record EventRule(String event, @Nullable Condition condition) implements EntryRule {

    /**
     * Checks the name.
     *
     * @throws ThroughlineException if it is blank
     */
    public EventRule {
        Given.required("event", "event", event);
        if (event.isBlank()) {
            throw new ThroughlineException("event '" + event + "': expected a name such as Order Completed");
        }
    }

    /**
     * Only where a condition holds.
     *
     * @param more the condition, besides what was demanded before
     * @return the narrower rule
     */
    public EventRule where(Condition more) {
        Given.required("event", "where", more);
        return new EventRule(event, condition == null ? more : condition.and(more));
    }

    boolean matches(String name, Condition.Facts facts) {
        return name.equals(event) && (condition == null || condition.test(facts));
    }

    /** The canonical text. */
    @Override
    public String toString() {
        return "'" + event + "'" + (condition == null ? "" : " where " + condition);
    }
}
