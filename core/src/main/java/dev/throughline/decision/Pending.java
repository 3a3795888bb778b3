// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.identity.Channel;
import dev.throughline.policy.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message that has no verdict yet.
 *
 * @param message which one
 * @param origin where it comes from
 * @param channel over which channel
 * @param deferred until when it waits for a better time; empty if it is being decided or sent
 * @param findings what the checks have said when it was deferred; empty if it was not
 */
public record Pending(
        MessageId message, MessageOrigin origin, Channel channel, Optional<Instant> deferred, List<Finding> findings) {

    /** Copies the list. */
    public Pending {
        findings = List.copyOf(findings);
    }

    static Pending of(Open open) {
        boolean waits = open.phase() == Open.Phase.DEFERRED;
        Plan plan = open.plan();
        return new Pending(
                plan.id(),
                plan.origin(),
                plan.channel(),
                waits ? Optional.of(open.until()) : Optional.empty(),
                waits ? open.findings() : List.of());
    }
}
