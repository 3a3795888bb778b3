// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.decision.Approval;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Takes and finds approvals of messages in a store. Thread-safe. */
public final class ApprovalDesk {

    private static final int LONGEST = 200;

    private final Store store;
    private final InstantSource clock;

    /**
     * The approvals of a store.
     *
     * @param store the store
     * @param clock stamps them
     */
    public ApprovalDesk(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Approves a message as it is. Who has approved it first remains.
     *
     * @param message the message
     * @param who who approves it
     * @param why for what reason
     * @return the approval that counts
     * @throws ThroughlineException if who or why are not one line of at most 200 characters each
     */
    public Approval approve(Message message, String who, String why) {
        if (who.length() > LONGEST || why.length() > LONGEST) {
            throw new ThroughlineException("approval of message '" + message.name()
                    + "': expected at most 200 characters that say who and at most 200 that say why");
        }
        var approval = new Approval(message.hash(), message.name(), who, why, clock.instant());
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(Key.pool("approval/" + message.hash())), true);
            var before = Approval.find(unit.settings(), message.hash());
            if (before.isPresent()) {
                return before.get();
            }
            Changes changes = Changes.none();
            changes.settings().putAll(approval.settings());
            unit.commit(changes);
        }
        return approval;
    }

    /**
     * The approval of a message as it is.
     *
     * @param message the message
     * @return who has approved it, when and why; empty if it is a draft
     */
    public Optional<Approval> find(Message message) {
        return Approval.find(store.settings(), message.hash());
    }
}
