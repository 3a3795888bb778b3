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
import java.time.Duration;
import java.time.Instant;

/**
 * The step of a contact point: decides each message that wants to leave for its address, and gives it its one verdict. Immutable
 * and thread-safe.
 */
public final class ContactPointAggregate implements Aggregate<Object> {

    private final DecisionRules rules;
    private final Checks checks;
    private final Duration counting;

    /**
     * Decides by some rules.
     *
     * @param rules the rules
     */
    public ContactPointAggregate(DecisionRules rules) {
        this.rules = rules;
        this.checks = new Checks(rules);
        this.counting = rules.policy().longestCap();
    }

    @Override
    public Object initial(Key key) {
        return ContactPoint.of(Address.parse(key.id()));
    }

    @Override
    public Object apply(Object state, Input input, Instant now, Effects out) {
        var desk = new Desk((ContactPoint) state, counting, now, out);
        var passage = new Passage(desk, rules, checks);
        var news = new News(desk, passage, rules, checks);
        if (input instanceof Input.Due due) {
            passage.due(due);
        } else if (input instanceof Input.Told told) {
            told(told.payload(), desk, passage, news);
        } else if (input instanceof Input.Answered answered && answered.payload() instanceof RegistryCheck check) {
            passage.answered(check);
        } else if (input instanceof Input.Received received) {
            received(received, new Outcomes(desk, news), news);
        }
        news.requested();
        return desk.result();
    }

    @Override
    @SuppressWarnings("unchecked") // this aggregate's state is always a ContactPoint
    public Codec<Object> codec() {
        return (Codec<Object>) (Codec<?>) ContactPoint.CODEC;
    }

    private static void told(Payload payload, Desk desk, Passage passage, News news) {
        if (payload instanceof Plan plan) {
            passage.planned(plan);
        } else if (payload instanceof Cancel cancel) {
            passage.cancelled(cancel);
        } else if (payload instanceof HoldAnswer answer) {
            passage.held(answer);
        } else if (payload instanceof Linked linked) {
            desk.linked(linked.customer());
        } else if (payload instanceof ConsentEvent event) {
            news.consent(event);
        }
    }

    private static void received(Input.Received input, Outcomes outcomes, News news) {
        Payload payload = input.payload();
        if (payload instanceof Attempted attempted) {
            outcomes.attempted(attempted);
        } else if (payload instanceof Withdrawn withdrawn) {
            outcomes.withdrawn(withdrawn.message());
        } else if (payload instanceof Recalled recalled) {
            outcomes.recalled(recalled);
        } else if (payload instanceof Replied replied) {
            news.replied(replied.inbound());
        } else if (payload instanceof Reported reported) {
            news.reported(reported.receipt(), input.id());
        } else if (payload instanceof ConsentEvent decision) {
            news.consent(decision);
        }
    }
}
