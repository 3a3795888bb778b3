// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.consent.ConsentEvent;
import dev.throughline.customer.Linked;
import dev.throughline.identity.Address;
import dev.throughline.pool.HoldAnswer;
import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Withdrawn;
import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * The step of a contact point: decides each message that wants to leave for its address, and gives it its one verdict. Immutable
 * and thread-safe.
 */
public final class ContactPointAggregate implements Aggregate<Object> {

    private final DecisionRules rules;
    private final Checks checks;

    /**
     * Decides by some rules.
     *
     * @param rules the rules
     */
    public ContactPointAggregate(DecisionRules rules) {
        this.rules = rules;
        this.checks = new Checks(rules);
    }

    @Override
    public Object initial(Key key) {
        return ContactPoint.of(Address.parse(key.id()));
    }

    @Override
    public Object apply(Object state, Input input, Instant now, Effects out) {
        var desk = new Desk((ContactPoint) state, rules, checks, now, out);
        if (input instanceof Input.Due due) {
            desk.due(due);
        } else if (input instanceof Input.Told told) {
            told(desk, told.payload());
        } else if (input instanceof Input.Answered answered && answered.payload() instanceof RegistryCheck check) {
            desk.answered(check);
        } else if (input instanceof Input.Received received) {
            received(desk, received.payload(), received.id());
        }
        return desk.result();
    }

    @Override
    @SuppressWarnings("unchecked") // this aggregate's state is always a ContactPoint
    public Codec<Object> codec() {
        return (Codec<Object>) (Codec<?>) ContactPoint.CODEC;
    }

    private static void told(Desk desk, Payload payload) {
        if (payload instanceof Plan plan) {
            desk.planned(plan);
        } else if (payload instanceof Cancel cancel) {
            desk.cancelled(cancel);
        } else if (payload instanceof HoldAnswer answer) {
            desk.held(answer);
        } else if (payload instanceof Linked linked) {
            desk.linked(linked.customer());
        } else if (payload instanceof ConsentEvent event) {
            desk.consent(event);
        }
    }

    private static void received(Desk desk, Payload payload, String id) {
        if (payload instanceof Attempted attempted) {
            desk.attempted(attempted);
        } else if (payload instanceof Withdrawn withdrawn) {
            desk.withdrawn(withdrawn.message());
        } else if (payload instanceof Recalled recalled) {
            desk.recalled(recalled);
        } else if (payload instanceof Replied replied) {
            desk.replied(replied.inbound());
        } else if (payload instanceof Reported reported) {
            desk.reported(reported.receipt(), id);
        }
    }
}
