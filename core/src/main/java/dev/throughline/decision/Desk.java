// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.LedgerHead;
import dev.throughline.consent.LedgerLine;
import dev.throughline.consent.Salts;
import dev.throughline.decision.ContactPoint.Inquired;
import dev.throughline.decision.ContactPoint.Slot;
import dev.throughline.decision.Open.Phase;
import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.pool.Settle;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The working copy of one contact point during one step; what was changed makes a new {@link ContactPoint}. */
final class Desk {

    /** How long an answer may take until it is asked for again. */
    static final Duration SILENCE = Duration.ofHours(1);

    static final Duration REMEMBERED = Duration.ofDays(7);

    /** How far ahead a host's clock may have been, and be set back, without a message being forgotten that still counts. */
    private static final Duration AHEAD = Duration.ofDays(1);

    static final String FORGETTING = "forget";
    private static final int MOST_HEARD = 32;

    private final ContactPoint before;
    private final Duration counting;
    private final Instant now;
    private final Effects out;

    private List<Plan> requested = List.of();
    private Underway open;
    private Remembered closed;
    private List<CustomerId> holders;
    private int epoch;
    private ConsentState consent;
    private List<Slot> slots;
    private List<String> heard;
    private List<Inquired> inquiries;
    private LedgerHead ledger;
    private boolean changed;

    /** One on which a message counts towards the caps for so long. */
    Desk(ContactPoint point, Duration counting, Instant now, Effects out) {
        this.before = point;
        this.counting = counting;
        this.now = now;
        this.out = out;
        this.open = point.open();
        this.closed = point.closed();
        this.holders = point.holders();
        this.epoch = point.epoch();
        this.consent = point.consent();
        this.slots = point.slots();
        this.heard = point.heard();
        this.inquiries = point.inquiries();
        this.ledger = point.ledger();
    }

    Instant now() {
        return now;
    }

    Effects out() {
        return out;
    }

    Key key() {
        return before.key();
    }

    Address address() {
        return before.address();
    }

    List<CustomerId> holders() {
        return holders;
    }

    /** Whom a key means; null if it is no customer's. */
    @Nullable
    CustomerId holder(Key customer) {
        if (customer.kind() != Key.Kind.CUSTOMER) {
            return null;
        }
        for (CustomerId holder : holders) {
            if (holder.toString().equals(customer.id())) {
                return holder;
            }
        }
        return CustomerId.parse(customer.id());
    }

    ConsentState consent() {
        return consent;
    }

    List<Slot> slots() {
        return slots;
    }

    @Nullable
    Open open(MessageId id) {
        return open.get(id);
    }

    Collection<Open> open() {
        return open;
    }

    @Nullable
    Closed closed(MessageId id) {
        return closed.get(id);
    }

    Collection<Closed> closed() {
        return closed;
    }

    @Nullable
    Inquired inquired(MessageId message) {
        return inquiries.stream()
                .filter(one -> one.message().equals(message))
                .findFirst()
                .orElse(null);
    }

    /** In the place of what was inquired of the message before; {@code null} for nothing any more. */
    void inquire(MessageId message, @Nullable Inquired next) {
        var others =
                inquiries.stream().filter(one -> !one.message().equals(message)).toList();
        inquiries = next == null ? others : more(others, next);
        changed = true;
    }

    /** Requests for consent that have gone out in this step. */
    List<Plan> requested() {
        return requested;
    }

    /** Whether the consents have changed by it. */
    boolean fold(ConsentEvent event) {
        ConsentState folded = consent.apply(event);
        if (folded.equals(consent)) {
            return false;
        }
        consent = folded;
        changed = true;
        return true;
    }

    /** Writes down what has changed the consents. */
    void enter(ConsentEvent event, Salts salts) {
        String subject = address().toString();
        var line = LedgerLine.next(event, ledger, subject, salts);
        ledger = ledger.after(line, subject, event.recordedAt());
        out.append(new Entry(Entry.Log.LEDGER, subject, ledger.id(), event.recordedAt(), line));
        changed = true;
    }

    /** Takes a place under each cap; caps of one scope count together. */
    void count(MessageId message, List<String> scopes, Instant at) {
        if (scopes.isEmpty()) {
            return;
        }
        var known = slots;
        var added = scopes.stream()
                .distinct()
                .filter(scope -> known.stream()
                        .noneMatch(place ->
                                place.message().equals(message) && place.scope().equals(scope)))
                .map(scope -> new Slot(message, scope, at));
        slots = Stream.concat(known.stream(), added).toList();
    }

    /** The end of the ledger so far. */
    LedgerHead ledger() {
        return ledger;
    }

    /** What stands for an address that was erased keeps the end of its ledger. */
    void keep(LedgerHead end) {
        ledger = end;
        changed = true;
    }

    /** Nothing is left but this. */
    void empty(ConsentState left) {
        ledger = LedgerHead.NONE;
        open = Underway.NOTHING;
        closed = Remembered.NOTHING;
        holders = List.of();
        slots = List.of();
        heard = List.of();
        inquiries = List.of();
        consent = left;
        changed = true;
    }

    void replace(Closed message) {
        closed = closed.with(message);
        changed = true;
    }

    /** The contact point after the step. */
    ContactPoint result() {
        if (!changed) {
            return before;
        }
        return new ContactPoint(
                before.key(),
                before.address(),
                holders,
                epoch,
                consent,
                counted(),
                open,
                closed,
                heard,
                inquiries,
                ledger,
                before.unknown());
    }

    private List<Slot> counted() {
        if (slots.isEmpty()) {
            return slots;
        }
        Duration wished = consent.longestWish();
        Duration kept = wished.compareTo(counting) > 0 ? wished : counting;
        return slots.stream()
                .filter(slot -> slot.at().plus(kept).plus(AHEAD).isAfter(now))
                .toList();
    }

    /** What is heard late, after a split, gives it back to nobody. */
    void linked(CustomerId customer, int since) {
        if (since < epoch) {
            return;
        }
        if (since > epoch) {
            holders = List.of();
            epoch = since;
        }
        CustomerId holder = consent.survivor(customer);
        if (!holders.contains(holder)) {
            holders = more(holders, holder);
            changed = true;
        }
    }

    /**
     * Another customer holds the address instead. What lies in the outbox comes back and is decided again, because what holds a
     * message back there is asked for by its customer.
     */
    void handedOver(CustomerId absorbed, CustomerId survivor) {
        holders = holders.stream()
                .map(holder -> holder.equals(absorbed) ? survivor : holder)
                .distinct()
                .toList();
        changed = true;
        Key before = Key.of(absorbed);
        for (Open message : List.copyOf(open)) {
            if (message.plan().person().customer().equals(before)) {
                put(message.of(Key.of(survivor)));
                if (message.phase() == Phase.ENQUEUED && message.fate() == null) {
                    out.cancel(message.plan().id());
                }
            }
        }
    }

    void defer(Open message, Instant until, String reason) {
        Instant capped = until.isBefore(message.plan().validUntil())
                ? until
                : message.plan().validUntil();
        Open deferred = message.in(Phase.DEFERRED, capped);
        put(deferred);
        out.setTimer(deferred.timer(), capped);
        out.tell(message.plan().person().customer(), new Deferred(message.plan().id(), capped, reason));
    }

    /** Ends a message wherever it stands: out of the outbox if it is still there, at once if it never was. */
    void stop(Open message, Verdict verdict) {
        if (message.phase() == Phase.ENQUEUED) {
            put(message.doomed(verdict));
            out.cancel(message.plan().id());
        } else {
            release(message, message.phase() == Phase.HOLDING ? message.plan().pools() : message.held());
            settle(message, verdict, List.of());
        }
    }

    /** Surely not sent: its place under the caps and what it took from pools are free again. */
    void giveBack(Open message) {
        if (message.isDoubtful()) {
            return;
        }
        uncount(message.plan().id());
        message.held().forEach(pool -> settlePool(pool, message, false));
    }

    /** The same, of a message whose outcome was unknown. */
    void giveBack(Closed message) {
        uncount(message.message());
        for (String hold : message.trace().spent()) {
            message.trace().pools().forEach(pool -> out.tell(Key.pool(pool), new Settle(hold, false, message.until())));
        }
    }

    private void uncount(MessageId message) {
        slots = slots.stream().filter(slot -> !slot.message().equals(message)).toList();
        changed = true;
    }

    /** From now on its place under the caps counts from this instant. */
    void sent(Open message) {
        if (slots.isEmpty()) {
            return;
        }
        slots = slots.stream()
                .map(slot ->
                        slot.message().equals(message.plan().id()) ? new Slot(slot.message(), slot.scope(), now) : slot)
                .toList();
    }

    /** Lets what was only set aside fall back; a message in doubt may have used it up. */
    void release(Open message, List<String> pools) {
        if (!message.isDoubtful()) {
            pools.forEach(pool -> settlePool(pool, message, false));
        }
    }

    void settlePool(String pool, Open message, boolean spent) {
        out.tell(
                Key.pool(pool),
                new Settle(message.hold(), spent, message.plan().validUntil().plus(REMEMBERED)));
    }

    void settle(Open message, Verdict reached, List<String> references) {
        Plan plan = message.plan();
        Instant over = plan.validUntil().isAfter(now) ? plan.validUntil() : now;
        boolean doubt = message.isDoubtful() && reached.outcome() != Verdict.Outcome.SENT;
        Verdict verdict = doubt ? Verdict.unknown(reached.reason()) : reached;
        Key customer = closed.shared(plan.person().customer());
        open = open.without(plan.id());
        remember(new Closed(
                Digits.high(plan.id().value()),
                Digits.low(plan.id().value()),
                verdict,
                now,
                over.plus(REMEMBERED),
                customer,
                Digits.of(plan.origin().instance()),
                Leg.of(plan),
                trace(message, verdict, references)));
        if (plan.asksForConsent() && verdict.mayHaveArrived()) {
            requested = more(requested, plan);
        }
        out.cancelTimer(message.timer());
        out.append(decision(message, customer, verdict).entry());
        tellCustomer(customer, new Settled(plan.id(), verdict, now));
    }

    private static Trace trace(Open message, Verdict verdict, List<String> references) {
        boolean spent = verdict.mayHaveArrived() && !message.held().isEmpty();
        boolean unknown = verdict.outcome() == Verdict.Outcome.UNKNOWN;
        return Trace.of(
                references,
                spent ? List.of(message.hold()) : List.of(),
                unknown ? message.held() : List.of(),
                unknown ? message.doubtful() : List.of());
    }

    void remember(Closed message) {
        if (closed.isEmpty()) {
            out.setTimer(FORGETTING, message.until());
        }
        replace(message);
    }

    /** A timer that comes late has slept through an outage, together with messages that need what it would forget. */
    void forget(Instant due) {
        if (due.plus(SILENCE).isBefore(now)) {
            out.setTimer(FORGETTING, now.plus(REMEMBERED));
            return;
        }
        Predicate<Closed> over = message -> !message.until().isAfter(now);
        if (closed.stream().anyMatch(over)) {
            closed = closed.without(over);
            changed = true;
        }
        closed.stream()
                .map(Closed::until)
                .min(Comparator.naturalOrder())
                .ifPresent(until -> out.setTimer(FORGETTING, until));
    }

    private Decision decision(Open message, Key customer, Verdict verdict) {
        Plan plan = message.plan();
        return new Decision(
                plan.id(),
                now,
                customer,
                plan.origin(),
                plan.messageClass(),
                plan.channel(),
                verdict,
                message.findings(),
                false,
                message.policy());
    }

    void tellCustomer(Key customer, Payload payload) {
        if (customer.kind() == Key.Kind.CUSTOMER) {
            out.tell(customer, payload);
        }
    }

    /** The message whose present attempt is meant; the news of an earlier one comes too late. */
    @Nullable
    Open enqueued(MessageId id, int attempt) {
        Open message = open.get(id);
        boolean present = message != null
                && message.phase() == Phase.ENQUEUED
                && message.plan().round() + 1 == attempt;
        return present ? message : null;
    }

    @Nullable
    Open find(String hold) {
        return open.stream()
                .filter(message -> message.hold().equals(hold))
                .findFirst()
                .orElse(null);
    }

    void put(Open message) {
        open = open.with(message);
        changed = true;
    }

    boolean hear(String id) {
        if (heard.contains(id)) {
            return false;
        }
        var more = new ArrayList<>(heard);
        more.add(id);
        heard = List.copyOf(more.subList(Math.max(0, more.size() - MOST_HEARD), more.size()));
        changed = true;
        return true;
    }

    private static <T> List<T> more(List<T> known, T one) {
        return known.isEmpty()
                ? List.of(one)
                : Stream.concat(known.stream(), Stream.of(one)).toList();
    }
}
