// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.LedgerHead;
import dev.throughline.customer.Forget;
import dev.throughline.customer.LetGo;
import dev.throughline.customer.Linked;
import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Pepper;
import dev.throughline.policy.CheckResult;
import dev.throughline.policy.Finding;
import dev.throughline.pool.HoldAnswer;
import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outstanding;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Redrive;
import dev.throughline.ring.Withdrawn;
import dev.throughline.wire.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The step of a contact point: decides each message that wants to leave for its address, and gives it its one verdict. Immutable
 * and thread-safe.
 */
public final class ContactPointAggregate implements Aggregate<Object> {

    /** The set of addresses of which a reply may wait to be read. */
    public static final String REVIEWS = "reviews";

    private final DecisionRules rules;
    private final Checks checks;
    private final Duration counting;
    private final Pepper pepper;

    /**
     * Decides by some rules.
     *
     * @param rules the rules
     */
    public ContactPointAggregate(DecisionRules rules) {
        this(rules, Pepper.NONE);
    }

    /**
     * Decides by some rules, and recognises addresses whose holders were erased.
     *
     * @param rules the rules
     * @param pepper by which secrets
     */
    public ContactPointAggregate(DecisionRules rules, Pepper pepper) {
        this.pepper = pepper;
        this.rules = rules;
        this.checks = new Checks(rules);
        this.counting = rules.policy().longestCap();
    }

    @Override
    public Object initial(Key key) {
        return ContactPoint.of(key);
    }

    @Override
    public List<Key> standIns(Key key) {
        return pepper.standIns(key.id()).stream()
                .map(id -> new Key(Key.Kind.CONTACT_POINT, id))
                .toList();
    }

    @Override
    public Object returned(Key key, List<Object> standIns) {
        var point = ContactPoint.of(key);
        for (Object standIn : standIns) {
            var desk = new Desk(point, counting, Instant.EPOCH, new Effects());
            ((ContactPoint) standIn).consent().events().forEach(desk::fold);
            point = desk.result();
        }
        return point;
    }

    /**
     * Whether the holder of an address was erased, and nobody has come back by it since.
     *
     * @param state the contact point's state
     * @return whether only what the host sends directly may leave for it
     */
    public static boolean isErased(Object state) {
        return ((ContactPoint) state).consent().isErased();
    }

    @Override
    public Object apply(Object state, Input input, Instant now, Effects out) {
        var desk = new Desk((ContactPoint) state, counting, now, out);
        if (input instanceof Input.Due due && Inquiry.isTimer(due.timer())) {
            new Inquiry(desk, rules).due(due.timer());
        } else if (input instanceof Input.Due due) {
            passage(desk).due(due);
        } else if (input instanceof Input.Told told) {
            told(told, desk);
        } else if (input instanceof Input.Answered answered && answered.payload() instanceof RegistryCheck check) {
            passage(desk).answered(check);
        } else if (input instanceof Input.Answered answered && answered.payload() instanceof LookedUp looked) {
            new Doubt(desk, news(desk)).lookedUp(looked);
        } else if (input instanceof Input.Answered answered && answered.payload() instanceof ReplyRead read) {
            news(desk).read(read);
        } else if (input instanceof Input.Received received) {
            received(received, desk);
        }
        if (!desk.requested().isEmpty()) {
            news(desk).requested();
        }
        return desk.result();
    }

    /**
     * What would become of a plan if it were told now. Changes nothing; asks the do-not-call lists, but no pool.
     *
     * @param state the contact point's state; empty if it has none yet
     * @param plan what somebody would want to say
     * @param address the contact point's address
     * @param now the instant
     * @return what the checks make of it
     */
    public Outlook outlook(Optional<?> state, Plan plan, Address address, Instant now) {
        Object known = state.isPresent() ? state.get() : initial(Key.of(address));
        var desk = new Desk((ContactPoint) known, counting, now, new Effects());
        var facts = checks.facts(plan, desk);
        var answers = new TreeMap<String, CheckResult>();
        for (String id : checks.registries(facts)) {
            var list = rules.policy().registry(id);
            answers.put(
                    id, list.map(each -> each.check(address, plan.channel())).orElse(CheckResult.unavailable()));
        }
        return checks.run(Open.of(plan).asked(answers), facts, desk.slots()).outlook();
    }

    @Override
    public Outstanding outstanding(Object state, Instant now) {
        var point = (ContactPoint) state;
        var waits = new ArrayList<Outstanding.Wait>();
        var enqueued = new HashSet<MessageId>();
        for (Open message : point.open()) {
            boolean sending = message.phase() == Open.Phase.ENQUEUED;
            String or = sending ? Passage.lost(message) : message.timer();
            waits.add(new Outstanding.Wait(message.timer(), message.until(), or));
            if (sending) {
                enqueued.add(message.plan().id());
            }
        }
        point.closed().stream()
                .map(Closed::until)
                .min(Comparator.naturalOrder())
                .ifPresent(until -> waits.add(new Outstanding.Wait(Desk.FORGETTING, until, Desk.FORGETTING)));
        point.inquiries().forEach(one -> waits.add(new Outstanding.Wait(one.timer(), one.next(), one.timer())));
        return new Outstanding(waits, enqueued, point.holders());
    }

    /**
     * What the checks have said of a message that waits for a better time.
     *
     * @param state the contact point's state; empty if it has none yet
     * @param message which message
     * @return their findings; empty if it is not waiting
     */
    public static Optional<List<Finding>> deferred(Optional<?> state, MessageId message) {
        return state.map(ContactPoint.class::cast)
                .flatMap(point -> Optional.ofNullable(point.open().get(message)))
                .filter(open -> open.phase() == Open.Phase.DEFERRED)
                .map(Open::findings);
    }

    /**
     * What was granted and refused on the address.
     *
     * @param state the contact point's state
     * @return the projection of its ledger
     */
    public static ConsentState consent(Object state) {
        return ((ContactPoint) state).consent();
    }

    /**
     * Where the chain of the address's ledger lines ends.
     *
     * @param state the contact point's state
     * @return the head of its chain
     */
    public static LedgerHead ledger(Object state) {
        return ((ContactPoint) state).ledger();
    }

    /**
     * The messages that have no verdict yet.
     *
     * @param state the contact point's state; empty if it has none yet
     * @return them, by their ids; proofs are not among them
     */
    public static List<Pending> pending(Optional<?> state) {
        return state.map(ContactPoint.class::cast).stream()
                .flatMap(point -> point.open().stream())
                .filter(open -> !open.plan().isProof())
                .map(Pending::of)
                .toList();
    }

    /**
     * The replies that wait to be read by somebody.
     *
     * @param state the contact point's state; empty if it has none yet
     * @param controllers to whom advertising may be refused
     * @param now the present
     * @return the events that have paused sending towards any of these, without the words
     */
    public static List<ConsentEvent> unread(Optional<?> state, Collection<String> controllers, Instant now) {
        return state.map(ContactPoint.class::cast).stream()
                .flatMap(point ->
                        Unread.of(point.consent(), point.address(), point.holders(), controllers, now).stream())
                .toList();
    }

    /**
     * Who holds the address.
     *
     * @param state the contact point's state; empty if it has none yet
     * @return the customers, in the order in which they came by it
     */
    public static List<CustomerId> holders(Optional<?> state) {
        return state.map(ContactPoint.class::cast).map(ContactPoint::holders).orElse(List.of());
    }

    @Override
    @SuppressWarnings("unchecked") // this aggregate's state is always a ContactPoint
    public Codec<Object> codec() {
        return (Codec<Object>) (Codec<?>) ContactPoint.CODEC;
    }

    private void told(Input.Told told, Desk desk) {
        Payload payload = told.payload();
        if (payload instanceof Remnant remnant) {
            new Oblivion(desk, rules, pepper).remember(remnant, told.from());
        } else if (payload instanceof Plan plan) {
            passage(desk).planned(plan);
        } else if (payload instanceof Cancel cancel) {
            passage(desk).cancelled(cancel);
        } else if (payload instanceof HoldAnswer answer) {
            passage(desk).held(answer);
        } else if (payload instanceof Linked linked) {
            news(desk).linked(linked);
        } else if (payload instanceof ConsentEvent event) {
            news(desk).consent(event);
        } else if (payload instanceof Forget forget) {
            new Oblivion(desk, rules, pepper).forget(forget);
        } else if (payload instanceof LetGo) {
            new Oblivion(desk, rules, pepper).remembered();
        } else if (payload instanceof Redrive) {
            outstanding(desk.result(), desk.now()).waits().forEach(wait -> desk.out()
                    .setTimer(wait.timer(), wait.due()));
        }
    }

    private void received(Input.Received input, Desk desk) {
        Payload payload = input.payload();
        if (payload instanceof Attempted attempted) {
            outcomes(desk).attempted(attempted);
        } else if (payload instanceof Withdrawn withdrawn) {
            outcomes(desk).withdrawn(withdrawn.message());
        } else if (payload instanceof Recalled recalled) {
            outcomes(desk).recalled(recalled);
        } else if (payload instanceof Replied replied) {
            news(desk).replied(replied.inbound());
        } else if (payload instanceof Reported reported) {
            news(desk).reported(reported.receipt(), input.id());
        } else if (payload instanceof Resolved resolved) {
            new Doubt(desk, news(desk)).resolved(resolved);
        } else if (payload instanceof ConsentEvent decision) {
            news(desk).consent(decision);
        } else if (payload instanceof Plan proof) {
            passage(desk).planned(proof);
        } else if (payload instanceof ReplyRead read) {
            news(desk).read(read);
        }
    }

    private Passage passage(Desk desk) {
        return new Passage(desk, rules, checks);
    }

    private News news(Desk desk) {
        return new News(desk, rules, checks);
    }

    private Outcomes outcomes(Desk desk) {
        return new Outcomes(desk, rules, checks);
    }
}
