// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.Content;
import dev.throughline.channel.MessageId;
import dev.throughline.decision.ContactPointAggregate;
import dev.throughline.decision.Decision;
import dev.throughline.decision.MessageOrigin;
import dev.throughline.decision.Plan;
import dev.throughline.engine.Preview.Sheet;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.message.Rendition;
import dev.throughline.policy.ProofMark;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Sends messages to people of the shop before customers get them. A proof goes the way of every message, through decision and outbox, on
 * its own: no customer and no journey stands behind it. Only registered addresses get any, so that it is no way round the law. Thread-safe.
 */
public final class ProofDesk {

    /** Whom nothing has reached after an hour has stopped to wait for it. */
    private static final Duration VALIDITY = Duration.ofHours(1);

    private static final Duration LOOK = Duration.ofMillis(20);

    private final Model model;
    private final Store store;
    private final Previewer previewer;
    private final Way way;

    /**
     * How proofs get on their way.
     *
     * @param registered the only addresses that get any
     * @param clock business time
     * @param ids names each of them
     * @param ring takes the input, and comes back when it is applied
     * @param patience how long is waited for what becomes of it
     */
    public record Way(
            Set<Address> registered,
            InstantSource clock,
            Supplier<MessageId> ids,
            Consumer<Envelope> ring,
            Duration patience) {

        /** Copies the set. */
        public Way {
            registered = registered.stream().map(ProofDesk::normal).collect(Collectors.toUnmodifiableSet());
        }
    }

    /**
     * A desk.
     *
     * @param model what the host has said
     * @param store where the customers are
     * @param way how proofs get on their way
     */
    public ProofDesk(Model model, Store store, Way way) {
        this.model = model;
        this.store = store;
        this.previewer = new Previewer(model, store, false);
        this.way = way;
    }

    /**
     * What somebody would get.
     *
     * @param message the message; no campaign needs to send it, but one of its brand; one of a campaign that follows contents says what was
     *     published last
     * @param reader a customer; of one who is not known only the sample counts
     * @param sample what would start the journey and be found in it
     * @return the draft, of which nothing is sent yet
     */
    public ProofDraft draft(Message message, Identity reader, Sample sample) {
        return new ProofDraft(this, previewer.said(message), reader, sample);
    }

    private static Address normal(Address address) {
        return Address.of(address.kind(), address.value());
    }

    Proof send(ProofDraft draft, Address address, String who, String why) {
        Address to = normal(address);
        var asked = new Plan.Proof(who, why);
        Message message = draft.message();
        String what = "proof of message '" + message.name() + "' to " + to + ": ";
        if (!way.registered.contains(to)) {
            throw new ThroughlineException(what
                    + (way.registered.isEmpty()
                            ? "nobody is registered for proofs, expected proofs(..) with the set-up"
                            : "expected one of " + new TreeSet<>(way.registered)
                                    + ", which are registered for proofs"));
        }
        if (!model.brands().containsKey(message.brand().name())) {
            throw new ThroughlineException(what + "brand '" + message.brand().name()
                    + "' is none of the campaigns', which are " + model.brands().keySet());
        }
        Sheet sheet = sheet(draft, to, what);
        var said = new Plan.Said(sheet.language(), message.hash(), asked, message.topic());
        return sent(plan(draft, sheet, content(sheet, message, what), said, to), to);
    }

    private Sheet sheet(ProofDraft draft, Address to, String what) {
        Message message = draft.message();
        Channel channel = channel(draft, to, what);
        var sheets = previewer.wordings(message, draft.reader(), draft.sample(), way.clock.instant()).sheets().stream()
                .filter(sheet -> sheet.channel().equals(channel))
                .toList();
        String wanted = draft.language();
        return sheets.stream()
                .filter(sheet -> wanted == null || sheet.language().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ThroughlineException(what + "no wording in '" + wanted + "' for " + channel
                        + ", expected one of "
                        + sheets.stream().map(Sheet::language).collect(Collectors.toCollection(TreeSet::new))));
    }

    private Channel channel(ProofDraft draft, Address to, String what) {
        Channel wanted = draft.channel();
        List<Channel> fitting = draft.message().channels().stream()
                .filter(channel -> channel.addressKind().equals(to.kind()))
                .filter(channel -> wanted == null || channel.equals(wanted))
                .toList();
        if (fitting.isEmpty()) {
            throw new ThroughlineException(what + "no wording for " + (wanted == null ? "such an address" : wanted)
                    + ", expected one of " + draft.message().channels());
        }
        if (fitting.size() > 1) {
            throw new ThroughlineException(what + "expected on(..) to name one of " + fitting);
        }
        Channel channel = fitting.get(0);
        var carried = model.adapters().stream()
                .map(adapter -> adapter.channel().name())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!carried.contains(channel.name())) {
            throw new ThroughlineException(what + "no adapter for " + channel + ", have " + carried);
        }
        return channel;
    }

    private static Content content(Sheet sheet, Message message, String what) {
        if (sheet.rendition() instanceof Rendition.Ready ready) {
            String language = sheet.language().isEmpty() ? message.brand().language() : sheet.language();
            return ProofMark.on(ready.content(), language)
                    .orElseThrow(() -> new ThroughlineException(what + "what is said on " + sheet.channel()
                            + " is kept by the provider and cannot be marked as a proof, expected a mail or a text"));
        }
        if (sheet.rendition() instanceof Rendition.Failed failed) {
            throw new ThroughlineException(what + "it cannot be filled in: " + failed.error());
        }
        throw new ThroughlineException(what + "it says nothing: " + ((Rendition.Aborted) sheet.rendition()).reason());
    }

    private Plan plan(ProofDraft draft, Sheet sheet, Content content, Plan.Said said, Address to) {
        Message message = draft.message();
        Instant now = way.clock.instant();
        return new Plan(
                way.ids.get(),
                0,
                new MessageOrigin("", "", "", 0, message.name()),
                message.messageClass(),
                message.brand().name(),
                sheet.channel(),
                content,
                previewer.person(draft, Key.of(to), now),
                now.plus(VALIDITY),
                false,
                List.of(),
                said);
    }

    private Proof sent(Plan plan, Address to) {
        var proof =
                new Proof(plan.id(), plan.origin().message(), plan.said().hash(), plan.channel(), to, null, List.of());
        way.ring.accept(new Envelope(Key.of(to), new Input.Received("proof/" + plan.id(), plan), "", 0));
        long end = System.nanoTime() + way.patience.toNanos();
        Optional<Proof> known = known(proof);
        while (known.isEmpty()
                && System.nanoTime() - end < 0
                && !Thread.currentThread().isInterrupted()) {
            Threads.pause(LOOK);
            known = known(proof);
        }
        return known.orElse(proof);
    }

    /** With its verdict, or waiting for its next attempt; empty as long as it is neither. */
    private Optional<Proof> known(Proof proof) {
        Key key = Key.of(proof.to());
        for (Entry entry : store.entries(Entry.Log.DECISIONS, key.id())) {
            if (entry.body() instanceof Decision decision && decision.message().equals(proof.id())) {
                return Optional.of(proof.with(decision.verdict(), decision.findings()));
            }
        }
        return ContactPointAggregate.deferred(store.peek(key), proof.id()).map(proof::waiting);
    }
}
