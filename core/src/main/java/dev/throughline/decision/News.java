// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Scope;
import dev.throughline.consent.Actor;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentScope;
import dev.throughline.consent.Evidence;
import dev.throughline.consent.Occasion;
import dev.throughline.consent.OptOutWords.Meaning;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Suppression;
import dev.throughline.customer.Linked;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Open.Phase;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people and providers say of an address: consents, replies and receipts. Lives for one step. */
final class News {

    private final Desk desk;
    private final DecisionRules rules;
    private final Checks checks;
    private final Instant now;
    private final Effects out;

    News(Desk desk, DecisionRules rules, Checks checks) {
        this.desk = desk;
        this.rules = rules;
        this.checks = checks;
        this.now = desk.now();
        this.out = desk.out();
    }

    void consent(ConsentEvent event) {
        if (!desk.fold(event)) {
            return;
        }
        desk.enter(event, rules.salts());
        if (event.isOwnYes() && desk.consent().isErased()) {
            var occasion = new Occasion("back/" + event.id(), event.holder(), "", event.occurredAt(), now);
            consent(ConsentEvent.lifted(occasion, ConsentScope.EVERYTHING, Suppression.ERASURE, event.actor()));
        }
        if (event.suppression() == Suppression.REVIEW) {
            index();
        }
        recheck();
    }

    /** Whether somebody has to look at the address. What ends a pause by itself is found out by whoever looks. */
    private void index() {
        var controllers =
                rules.brands().values().stream().map(Brand::controller).toList();
        if (Unread.of(desk.consent(), desk.address(), desk.holders(), controllers, now)
                .isEmpty()) {
            out.leave(ContactPointAggregate.REVIEWS);
        } else {
            out.enter(ContactPointAggregate.REVIEWS);
        }
    }

    /** Whoever holds the address now; what was granted by who is absorbed, and what is on its way to her, is the survivor's. */
    void linked(Linked linked) {
        desk.linked(linked.customer(), linked.epoch());
        CustomerId absorbed = linked.insteadOf();
        if (absorbed == null || isSettled(absorbed, linked)) {
            return;
        }
        desk.handedOver(absorbed, linked.customer());
        if (linked.splitFrom() != null) {
            desk.handedOver(linked.splitFrom(), linked.customer());
        }
        var occasion = new Occasion("merge/" + absorbed + "/" + linked.customer(), linked.customer(), "", now, now);
        consent(ConsentEvent.merged(occasion, absorbed));
    }

    /** Whose she is by now was said before, or she has been split off since. */
    private boolean isSettled(CustomerId absorbed, Linked linked) {
        return linked.splitFrom() == null && !desk.consent().survivor(absorbed).equals(absorbed);
    }

    /** What is no longer allowed is stopped at once; messages that have not come so far find out by themselves. */
    private void recheck() {
        for (Open message : desk.open()) {
            if (message.phase() == Phase.ENQUEUED || message.phase() == Phase.DEFERRED) {
                Findings findings = checks.denies(message, desk);
                if (findings.verdict() != null && message.fate() == null) {
                    desk.stop(message.checked(findings.list(), rules.policy()), findings.verdict());
                }
            }
        }
    }

    void replied(Inbound inbound) {
        if (!desk.hear("inbound/" + inbound.id())) {
            return;
        }
        var replies = replies();
        Meaning meaning = replies.meaning(inbound);
        heard(replies, inbound, meaning);
        if (rules.classified() && (meaning == Meaning.UNCLEAR_REFUSAL || meaning == Meaning.NONE)) {
            out.ask(ReplyQuestion.PORT, new ReplyQuestion(inbound));
        }
        for (CustomerId holder : desk.holders()) {
            out.tell(Key.of(holder), replies.touchpoint(inbound, holder));
        }
    }

    /** What a classifier has made of a reply. Its answer to one reply ends no pause that another one has made. */
    void read(ReplyRead read) {
        Inbound inbound = read.replied().inbound();
        Meaning meaning = read.meaning();
        if (meaning == null || !desk.hear("read/" + inbound.id())) {
            return;
        }
        var replies = replies().readBy(read.who());
        if (meaning == Meaning.OPT_OUT || meaning == Meaning.UNCLEAR_REFUSAL) {
            heard(replies, inbound, meaning);
        } else {
            ConsentEvent pause = replies.unclear(inbound);
            if (desk.consent().events().stream().anyMatch(event -> event.id().equals(pause.id()))) {
                consent(replies.cleared(inbound, pause));
            }
        }
    }

    private void heard(Replies replies, Inbound inbound, Meaning meaning) {
        for (ConsentEvent event : replies.events(inbound, meaning, desk.consent())) {
            consent(event);
        }
        if (meaning == Meaning.OPT_OUT) {
            desk.holders().forEach(holder -> tell(holder, replies.refused(inbound, holder)));
        }
        replies.confirmation(inbound, meaning, desk.consent()).ifPresent(plan -> {
            consent(replies.acknowledged(inbound));
            new Passage(desk, rules, checks).planned(plan);
        });
    }

    private void tell(CustomerId holder, List<Observed> refusals) {
        refusals.forEach(refusal -> out.tell(Key.of(holder), refusal));
    }

    private Replies replies() {
        return new Replies(rules, desk.address(), desk.holders(), desk.closed(), now);
    }

    /** Requests for consent that have gone out in this step: they are counted for ever, whatever is forgotten of the messages. */
    void requested() {
        desk.requested().forEach(plan -> consent(request(plan)));
    }

    private ConsentEvent request(Plan plan) {
        Brand brand = rules.brands().get(plan.brand());
        String controller = brand == null ? plan.brand() : brand.controller();
        Key customer = plan.person().customer();
        var holder = customer.kind() == Key.Kind.CUSTOMER ? CustomerId.parse(customer.id()) : null;
        return ConsentEvent.requested(
                new Occasion("request/" + plan.id(), holder, controller, now, now),
                new ConsentScope(
                        controller,
                        "",
                        plan.channel().name(),
                        Purpose.of(plan.messageClass()).name(),
                        ""),
                new Evidence(
                        "", 0, plan.content().headline(), "", "", "", plan.id().value(), ""));
    }

    void reported(Receipt receipt, String id) {
        Closed message = reportedOn(receipt);
        Open tried = tried(receipt);
        if (message != null && message.customer() != null && desk.hear(id)) {
            note(message.message(), message.customer(), receipt);
            if (message.isUnknown()) {
                corrected(message, verdict(receipt, message.verdict()), confirmed(receipt));
            }
            learned(receipt, message.message(), message.at());
            refused(receipt, id, message.channel());
        } else if (message == null && tried != null && desk.hear(id)) {
            note(tried.plan().id(), tried.plan().person().customer(), receipt);
            proven(tried, receipt);
            learned(receipt, tried.plan().id(), now);
            refused(receipt, id, tried.plan().channel());
        } else if (saysNo(receipt) && (message == null ? tried == null : message.customer() == null) && desk.hear(id)) {
            refused(receipt, id, null);
        }
    }

    private static boolean saysNo(Receipt receipt) {
        return receipt.status() == Receipt.Status.COMPLAINED || receipt.status() == Receipt.Status.UNSUBSCRIBED;
    }

    /** A reader's no binds the address also if the message is forgotten; then nobody knows of which channel it was. */
    private void refused(Receipt receipt, String id, @Nullable Channel channel) {
        if (receipt.status() == Receipt.Status.COMPLAINED) {
            suppress(Suppression.COMPLAINT, id, now);
        } else if (receipt.status() == Receipt.Status.UNSUBSCRIBED) {
            var replies = replies();
            replies.unsubscribed(id, channel).forEach(this::consent);
            if (channel != null) {
                desk.holders().forEach(holder -> tell(holder, replies.refused(id, channel, holder)));
            }
        }
    }

    /** The message that the news is of, if its outcome is still to come or was unknown before. */
    private @Nullable Open tried(Receipt receipt) {
        MessageId id = receipt.message();
        Open message = id == null ? null : desk.open(id);
        return message != null && (message.phase() == Phase.ENQUEUED || message.isDoubtful()) ? message : null;
    }

    /** News that overtakes the outcome is proof: the message was sent whatever the outcome says, and is not sent again. */
    private void proven(Open message, Receipt receipt) {
        if (!Verdict.SENT.equals(verdict(receipt, Verdict.unknown(""))) || Verdict.SENT.equals(message.fate())) {
            return;
        }
        Open noted = message.noted(confirmed(receipt));
        if (message.isDoubtful()) {
            desk.stop(noted, Verdict.SENT);
        } else {
            desk.put(noted.doomed(Verdict.SENT));
        }
    }

    private void note(MessageId message, Key customer, Receipt receipt) {
        var note = new DeliveryNote(message, receipt.status(), receipt.occurredAt(), receipt.detail());
        out.append(new Entry(Entry.Log.DECISIONS, customer.id(), message + "/" + receipt.status(), now, note));
        desk.tellCustomer(customer, note);
    }

    /** What the news says of the address. */
    private void learned(Receipt receipt, MessageId message, Instant at) {
        FailureCause cause = receipt.cause();
        if (cause != null && receipt.status() == Receipt.Status.BOUNCED) {
            suppress(cause, Scope.ADDRESS, message, at);
        }
    }

    /** A message of unknown outcome turns out sent or failed; that happens once. */
    void corrected(Closed message, Verdict verdict, Finding why) {
        MessageOrigin origin = message.origin();
        if (verdict.equals(message.verdict())
                || message.customer() == null
                || origin == null
                || message.channel() == null) {
            return;
        }
        desk.replace(message.corrected(verdict));
        out.append(new Decision(
                        message.message(),
                        now,
                        message.customer(),
                        origin,
                        message.messageClass(),
                        message.channel(),
                        verdict,
                        List.of(why),
                        true,
                        "")
                .entry());
        desk.tellCustomer(message.customer(), new Settled(message.message(), verdict, message.at()));
    }

    private static Finding confirmed(Receipt receipt) {
        var status = Map.of("status", receipt.status().name());
        return new Finding("receipt", "", Outcome.NOTE, "CONFIRMED_LATER", status);
    }

    /** What a message of unknown outcome turns out to be by some news. */
    private static Verdict verdict(Receipt receipt, Verdict before) {
        FailureCause cause = receipt.cause() == null ? FailureCause.UNCLASSIFIED : receipt.cause();
        return switch (receipt.status()) {
            case ACCEPTED, DELIVERED, CLICKED, COMPLAINED, UNSUBSCRIBED -> Verdict.SENT;
            case BOUNCED -> Verdict.failed(cause.name());
            case DELAYED, SOFT_BOUNCED -> before;
        };
    }

    private @Nullable Closed reportedOn(Receipt receipt) {
        MessageId id = receipt.message();
        if (id != null) {
            return desk.closed(id);
        }
        return desk.closed().stream()
                .filter(message -> message.trace().references().contains(receipt.reference()))
                .findFirst()
                .orElse(null);
    }

    /** An address that cannot or must not be written to is kept from all further messages. */
    void suppress(FailureCause cause, Scope scope, MessageId message, Instant at) {
        Suppression why =
                switch (cause) {
                    case BAD_ADDRESS -> Suppression.HARD_BOUNCE;
                    case COMPLAINT -> Suppression.COMPLAINT;
                    case OPTED_OUT -> Suppression.MANUAL;
                    default -> null;
                };
        if (why != null && scope == Scope.ADDRESS) {
            suppress(why, message.value(), at);
        }
    }

    private void suppress(Suppression why, String cause, Instant at) {
        var occasion = new Occasion("suppressed/" + cause, null, "", at, now);
        consent(ConsentEvent.suppressed(occasion, ConsentScope.EVERYTHING, why, Actor.SYSTEM));
    }
}
