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
import java.util.Map;
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
        var approval = signed(message, who, why);
        try (Unit unit = store.begin()) {
            claim(unit, message);
            var before = Approval.find(unit.settings(), message.hash());
            if (before.isPresent()) {
                return before.get();
            }
            write(approval.settings(), unit);
        }
        return approval;
    }

    /**
     * Takes the approval of a message back, which is a draft from then on.
     *
     * @param message the message
     * @param who who takes it back
     * @param why for what reason
     * @return the approval that counted
     * @throws ThroughlineException if nobody has approved it as it is, or who or why are not one line of at most 200 characters each
     */
    public Approval withdraw(Message message, String who, String why) {
        var withdrawal = signed(message, who, why);
        try (Unit unit = store.begin()) {
            claim(unit, message);
            Approval before = Approval.find(unit.settings(), message.hash())
                    .orElseThrow(() -> new ThroughlineException("approval of message '" + message.name()
                            + "': nobody has approved " + message.hash() + ", expected an approval to withdraw"));
            write(withdrawal.withdrawal(), unit);
            return before;
        }
    }

    private Approval signed(Message message, String who, String why) {
        if (who.length() > LONGEST || why.length() > LONGEST) {
            throw new ThroughlineException("approval of message '" + message.name()
                    + "': expected at most 200 characters that say who and at most 200 that say why");
        }
        return new Approval(message.hash(), message.name(), who, why, clock.instant());
    }

    /** One at a time for each content, on all hosts. */
    private static void claim(Unit unit, Message message) {
        unit.claim(Set.of(Key.pool("approval/" + message.hash())), true);
    }

    private static void write(Map<String, String> settings, Unit unit) {
        Changes changes = Changes.none();
        changes.settings().putAll(settings);
        unit.commit(changes);
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
