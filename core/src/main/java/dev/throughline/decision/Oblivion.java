// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.consent.Actor;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentScope;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.LedgerHead;
import dev.throughline.consent.Occasion;
import dev.throughline.customer.Forget;
import dev.throughline.customer.LetGo;
import dev.throughline.identity.Pepper;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import java.time.Instant;
import java.util.List;

/**
 * How an address is forgotten whose holder was erased: everything on its way to it ends, and what protects her goes to what stands for the
 * address from then on. Lives for one step.
 */
final class Oblivion {

    private static final String REASON = "ERASED";

    /** Begins the name under which a chain of the ledger goes on, which its last line's hash tells from all others. */
    private static final String CHAIN = Pepper.KIND + "ledger:";

    private final Desk desk;
    private final DecisionRules rules;
    private final Pepper pepper;
    private final Instant now;
    private final Effects out;

    Oblivion(Desk desk, DecisionRules rules, Pepper pepper) {
        this.desk = desk;
        this.rules = rules;
        this.pepper = pepper;
        this.now = desk.now();
        this.out = desk.out();
    }

    /** Until what stands for it has heard of it, the address itself knows what may not leave. */
    void forget(Forget forget) {
        if (isForgotten()) {
            out.tell(standIn(), new Remnant(desk.consent(), LedgerHead.NONE));
            return;
        }
        List.copyOf(desk.open()).forEach(this::end);
        out.leave(ContactPointAggregate.REVIEWS);
        var occasion = new Occasion("erasure/" + forget.at(), null, "", forget.at(), now);
        var erased = ConsentEvent.plain(occasion, ConsentEvent.Type.ERASED, ConsentScope.EVERYTHING, Actor.SUBJECT);
        ConsentState left = desk.consent().apply(erased).withoutPerson();
        desk.enter(erased, rules.salts());
        LedgerHead ledger = desk.ledger();
        desk.empty(left);
        out.erase(CHAIN + ledger.id(), false);
        out.leave(ContactPointAggregate.REVIEWS);
        out.tell(point(CHAIN + ledger.id()), new Remnant(ConsentState.NONE, ledger));
        out.tell(standIn(), new Remnant(left, LedgerHead.NONE));
    }

    private Key standIn() {
        return point(pepper.standIn(desk.address().toString()));
    }

    private static Key point(String id) {
        return new Key(Key.Kind.CONTACT_POINT, id);
    }

    /** Of what stands for an address, or for its ledger. */
    void remember(Remnant remnant, Key address) {
        remnant.consent().events().forEach(desk::fold);
        if (remnant.ledger().lines() > 0) {
            desk.keep(remnant.ledger());
        } else {
            out.tell(address, new LetGo());
        }
    }

    /** What lies in the outbox may be under way, so that what it has drawn on counts as used. */
    private void end(Open message) {
        boolean underway = message.phase() == Open.Phase.ENQUEUED || message.isDoubtful();
        var pools = message.phase() == Open.Phase.HOLDING ? message.plan().pools() : message.held();
        pools.forEach(pool -> desk.settlePool(pool, message, underway));
        Plan plan = message.plan();
        Key customer = plan.person().customer();
        if (customer.kind() == Key.Kind.CUSTOMER) {
            var verdict = underway ? Verdict.unknown(REASON) : Verdict.cancelled(REASON);
            var bare = new Decision(
                    plan.id(),
                    now,
                    customer,
                    plan.origin(),
                    plan.messageClass(),
                    plan.channel(),
                    verdict,
                    List.of(),
                    false,
                    message.policy());
            out.append(Entry.of(Entry.Log.DECISIONS, customer.id(), now, bare));
            desk.tellCustomer(customer, new Settled(plan.id(), verdict, now));
        }
    }

    /** Nobody has come by the address meanwhile: it may go. */
    void remembered() {
        if (isForgotten()) {
            out.erase("", true);
        }
    }

    private boolean isForgotten() {
        return desk.holders().isEmpty()
                && desk.open().isEmpty()
                && desk.consent().isErased()
                && desk.consent().equals(desk.consent().withoutPerson());
    }
}
