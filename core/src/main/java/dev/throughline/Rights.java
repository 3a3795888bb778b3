// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.consent.Actor;
import dev.throughline.consent.Suppression;
import dev.throughline.consent.Withdrawal;
import dev.throughline.customer.Customer;
import dev.throughline.customer.CustomerState;
import dev.throughline.customer.Erase;
import dev.throughline.customer.Forget;
import dev.throughline.customer.IdentifierState;
import dev.throughline.customer.ViewNote;
import dev.throughline.decision.Decision;
import dev.throughline.engine.AccessReport;
import dev.throughline.engine.Ack;
import dev.throughline.engine.PersonRequest;
import dev.throughline.engine.RequestDesk;
import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.identity.Pepper;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person may ask of whoever holds data of hers. Thread-safe.
 */
public final class Rights {

    private static final Logger LOG = LoggerFactory.getLogger(Rights.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SHORTEST_TOLD = 4;
    private static final int LAST_DIGITS = 8;
    private static final int LONGEST_LINE = 1_000;

    private final Throughline throughline;
    private final Store store;
    private final Pepper pepper;
    private final RequestDesk requests;

    private final List<ErasureListener> listeners;

    Rights(Throughline throughline, Store store, Pepper pepper, RequestDesk requests, List<ErasureListener> listeners) {
        this.listeners = List.copyOf(listeners);
        this.requests = requests;
        this.throughline = throughline;
        this.store = store;
        this.pepper = pepper;
    }

    /**
     * Erases somebody: profile, names, timeline, journeys, timers, what waits for her in the outbox and elsewhere, the ledger's evidence and
     * her addresses, with all that she had absorbed. What waits is cancelled; what an adapter has been given may still arrive. Of each name
     * only its HMAC under the host's {@link Setup#pepper} is left, with channel, scope, reason and date of what must not be sent there, so
     * that {@link Throughline#load} brings nobody back; of decisions only what left when on which grounds, under an id that leads to nobody;
     * of her timeline one line with who and why. If she comes by herself later she is somebody new, to whom nothing is sent but what the host sends
     * directly, until she agrees to something by an act of her own.
     *
     * <p>The host's own tables and its processors are told first, by {@link Setup#onErasure}. Backups, replicas and a server's log keep what they
     * had; the host follows there. Interrupted, it is finished once a host runs again.
     *
     * @param person one of her identities; an address that nobody holds can be erased as well
     * @param who who does it, such as an e-mail address of the shop's
     * @param why for what reason, without personal data of hers
     * @return {@link Ack#APPLIED} once nothing is left, {@link Ack#RECORDED} if another host still has her in its hands and the rest goes on by itself
     * @throws ThroughlineException if no secret is set, nobody is known by that name, or who or why are not one line each or name her, or a
     *     listener has failed
     */
    public Ack erase(Identity person, String who, String why) {
        Given.required("erase", "person", person);
        requirePepper();
        requireLines(who, why);
        throughline.requireUsable();
        var known = throughline.queries().known(person);
        var names = known.map(this::names).orElseGet(() -> Set.of(person));
        requireNameless(names, who + " " + why);
        elsewhere(names);
        var keys = keys(known, names);
        discardLetters(keys, names, who, why);
        known.ifPresentOrElse(
                state -> settle(state.customer().key(), new Erase(who, why, List.copyOf(names))), () -> unheld(person));
        Ack ack = awaitGone(keys);
        discardLetters(keys, names, who, why);
        LOG.atInfo()
                .addKeyValue(
                        "customer",
                        known.map(state -> state.customer().id().toString()).orElse(""))
                .addKeyValue("who", who)
                .log("a customer was erased");
        return ack;
    }

    private void elsewhere(Set<Identity> names) {
        for (ErasureListener listener : listeners) {
            try {
                listener.erase(Set.copyOf(names), throughline.processors());
            } catch (Exception failed) { // whatever the host's code throws
                if (failed instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                throw new ThroughlineException(
                        "erase: a listener of erasures has failed with "
                                + failed.getClass().getName()
                                + ", and nothing was erased here: expected it to erase her, or to be called again",
                        failed);
            }
        }
    }

    /**
     * Everything that is held of somebody, to be handed to her; who looks at it stands on her timeline from now on, and {@link
     * dev.throughline.engine.Queries#views} tells it. What can be made anew of her timeline, such as counters, is not in it.
     *
     * @param person one of her identities
     * @param who who asks for it: an employee, or {@code herself} for a page that she has signed in to
     * @param why for what reason, such as the id of her request
     * @return the report, which is written as JSON or as a page in English or Vietnamese
     * @throws ThroughlineException if nobody is known by that name, or who or why are not one line each
     */
    public AccessReport access(Identity person, String who, String why) {
        Given.required("access", "person", person);
        requireLines(who, why);
        throughline.requireUsable();
        var queries = throughline.queries();
        var known = queries.known(person)
                .orElseThrow(() -> new ThroughlineException(
                        "access: nobody is known by this " + person.type() + ", expected an identity of a customer"));
        var stamp = throughline.stamp();
        requests.note(known.customer().id(), new ViewNote(stamp.id(), who, why));
        return new AccessReport(queries, store, known, throughline.processors(), stamp.receivedAt());
    }

    /**
     * Takes a request and starts its legal clock. What the person wants to end ends at once, whatever time the law gives: a {@link
     * PersonRequest.Kind#WITHDRAWAL} takes all her consents back, an {@link PersonRequest.Kind#OBJECTION} refuses every use that somebody can refuse, and a
     * {@link PersonRequest.Kind#RESTRICTION} lets nothing leave for any address of hers but what the law demands, until {@link Throughline#lift} ends
     * it; what waits in the outbox is stopped. For the others the host acts: {@link #erase}, {@link Throughline#identify} with the right traits.
     *
     * @param person one of her identities
     * @param kind what she asks for
     * @param receivedAt when it came, which may be some days ago
     * @param who who takes it
     * @param how how it came, such as {@code email of 5 February}; without personal data
     * @return the request, with its terms under the strictest law that applies to her
     * @throws ThroughlineException if nobody is known by that name, it came in the future, or who or how are not one line each
     */
    public PersonRequest received(
            Identity person, PersonRequest.Kind kind, Instant receivedAt, String who, String how) {
        Given.required("received", "person", person);
        Given.required("received", "kind", kind);
        requireLines(who, how);
        throughline.requireUsable();
        var stamp = throughline.stamp();
        if (Given.required("received", "receivedAt", receivedAt).isAfter(stamp.receivedAt())) {
            throw new ThroughlineException("received: at " + receivedAt + ", expected no later than now");
        }
        var known = throughline
                .queries()
                .known(person)
                .orElseThrow(() -> new ThroughlineException(
                        "received: nobody is known by this " + person.type() + ", expected an identity of a customer"));
        requireNameless(Set.copyOf(known.customer().identities()), who + " " + how);
        var request = new PersonRequest(
                Ids.hash("request", stamp.id()),
                known.customer().id(),
                kind,
                receivedAt,
                throughline
                        .queries()
                        .requestTerms(
                                person, receivedAt, !throughline.processors().isEmpty()),
                null,
                false);
        requests.take(request, who, how);
        stop(person, known.customer(), request, who, how);
        return request;
    }

    private void stop(Identity person, Customer customer, PersonRequest request, String who, String how) {
        var no = Withdrawal.ofEverything().actor(Actor.SUBJECT).method(how);
        switch (request.kind()) {
            case WITHDRAWAL -> throughline.consent(person).record(no);
            case OBJECTION -> throughline.consent(person).record(no.objecting());
            case RESTRICTION ->
                customer.addresses()
                        .forEach(address ->
                                throughline.suppress(address, Suppression.RESTRICTION, who, "request " + request.id()));
            case ACCESS, PORTABILITY, CORRECTION, ERASURE -> {}
        }
    }

    /**
     * Notes that she was told that her request was received.
     *
     * @param request the request's id
     * @param who who has told her
     * @throws ThroughlineException if it is not open
     */
    public void acknowledged(String request, String who) {
        requireLines(who, "told");
        requests.acknowledge(request, who);
    }

    /**
     * Puts a request off, once; she has to be told why.
     *
     * @param request the request's id
     * @param who who puts it off
     * @param why the reason
     * @throws ThroughlineException if it is not open, no law allows that, or it was put off before
     */
    public void putOff(String request, String who, String why) {
        requireLines(who, why);
        requireNameless(request, who + " " + why);
        requests.putOff(request, who, why);
    }

    /**
     * Notes that a request is done, or turned down.
     *
     * @param request the request's id
     * @param who who has done it
     * @param how what was done
     * @throws ThroughlineException if it is not open
     */
    public void done(String request, String who, String how) {
        requireLines(who, how);
        requireNameless(request, who + " " + how);
        requests.complete(request, who, how);
    }

    /**
     * The requests that are not done.
     *
     * @return what is due first comes first
     */
    public List<PersonRequest> open() {
        return requests.open();
    }

    private void requirePepper() {
        if (!pepper.isKnown()) {
            throw new ThroughlineException("erase: no secret is set, so that nobody could be recognised who was erased:"
                    + " expected pepper(Pepper.of(1, secret)) where Throughline is opened, on every host, with 32"
                    + " random bytes from where the host keeps its secrets");
        }
    }

    private static void requireLines(String who, String why) {
        for (String said : List.of(Given.required("request", "who", who), Given.required("request", "why", why))) {
            if (!Identity.isLine(said) || said.length() > LONGEST_LINE) {
                throw new ThroughlineException("request: '" + Shown.of(said) + "', expected one line of at most "
                        + LONGEST_LINE + " characters each that says who and why");
            }
        }
    }

    /** Neither in another case nor with a number as it is written at home. */
    private static void requireNameless(Set<Identity> names, String said) {
        String plain = said.toLowerCase(Locale.ROOT);
        String digits = plain.replaceAll("[^0-9]", "");
        boolean named = names.stream().anyMatch(name -> {
            String value = name.value().toLowerCase(Locale.ROOT);
            boolean phone = name.type().equals("phone") && value.length() > LAST_DIGITS;
            return (value.length() >= SHORTEST_TOLD && plain.contains(value))
                    || (phone && digits.contains(value.substring(value.length() - LAST_DIGITS)));
        });
        if (named) {
            throw new ThroughlineException("request: what is said names the person, and is kept when she is erased:"
                    + " expected such as the number of her request");
        }
    }

    /** What is said of a request that is under way. */
    private void requireNameless(String request, String said) {
        requests.open().stream()
                .filter(each -> each.id().equals(request))
                .flatMap(each -> throughline.queries().customer(each.customer()).stream())
                .forEach(customer -> requireNameless(Set.copyOf(customer.identities()), said));
    }

    private void settle(Key key, Payload payload) {
        String id = "erase/" + throughline.stamp().id();
        throughline.settled(new Envelope(key, new Input.Received(id, payload), "", 0));
    }

    /** An address that nobody holds may still have been refused, listed or written to. */
    private void unheld(Identity name) {
        if (Customer.address(name)
                .flatMap(address -> store.peek(Key.of(address)))
                .isEmpty()) {
            throw new ThroughlineException(
                    "erase: nobody is known by this " + name.type() + ", expected an identity of a customer");
        }
        settle(Key.of(name), new Forget(name, List.of(), throughline.stamp().receivedAt()));
    }

    /** All under which she was seen, and addresses that the host's address book gave for her and nobody else has. */
    private Set<Identity> names(CustomerState state) {
        var names = new LinkedHashSet<Identity>();
        state.names().forEach(name -> names.add(name.identity()));
        ids(state)
                .flatMap(id -> store.entries(Entry.Log.DECISIONS, id.toString()).stream())
                .flatMap(line ->
                        line.body() instanceof Decision decision ? Stream.of(decision) : Stream.<Decision>empty())
                .flatMap(decision -> store.route(decision.message().value()).stream())
                .filter(key -> key.kind() == Key.Kind.CONTACT_POINT)
                .map(key -> Address.parse(key.id()))
                .map(address -> new Identity(address.kind(), address.value()))
                .filter(name -> owner(name).isEmpty())
                .forEach(names::add);
        return names;
    }

    private static Stream<CustomerId> ids(CustomerState state) {
        return Stream.concat(
                state.absorbed().stream(), Stream.of(state.customer().id()));
    }

    private Optional<Key> owner(Identity name) {
        return store.peek(Key.of(name)).map(IdentifierState::ownerOf);
    }

    /** Where something of hers is kept, but for what is another's. */
    private Set<Key> keys(Optional<CustomerState> known, Set<Identity> names) {
        var keys = new LinkedHashSet<Key>();
        known.ifPresent(state -> ids(state).forEach(id -> keys.add(Key.of(id))));
        for (Identity name : names) {
            if (owner(name).filter(owner -> !keys.contains(owner)).isEmpty()) {
                keys.add(Key.of(name));
                Customer.address(name).ifPresent(address -> keys.add(Key.of(address)));
            }
        }
        return keys;
    }

    /** A letter that could not be stepped may say anything, and nobody could tell later whose it was. */
    private void discardLetters(Set<Key> keys, Set<Identity> names, String who, String why) {
        var letters = throughline.deadLetters();
        List<Long> hers;
        try (Stream<DeadLetter> all = letters.all()) {
            hers = all.filter(letter -> isHers(letter, keys, names))
                    .map(DeadLetter::id)
                    .toList();
        }
        hers.forEach(id -> letters.discard(id, who, why));
    }

    private static boolean isHers(DeadLetter letter, Set<Key> keys, Set<Identity> names) {
        Input input = letter.envelope().input();
        if (keys.contains(letter.envelope().to()) || (input instanceof Input.Told told && keys.contains(told.from()))) {
            return true;
        }
        String said = String.valueOf(input);
        return names.stream().anyMatch(name -> said.contains(name.toString()) || isTold(name, said));
    }

    private static boolean isTold(Identity name, String said) {
        return Customer.address(name).isPresent() && said.contains(name.value());
    }

    private Ack awaitGone(Set<Key> keys) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        var left = new ArrayList<>(keys);
        while (true) {
            throughline.requireUsable();
            left.removeIf(key -> isGone(key, keys));
            if (left.isEmpty()) {
                return Ack.APPLIED;
            }
            if (System.nanoTime() - end > 0) {
                return Ack.RECORDED;
            }
            pause();
        }
    }

    /** Or somebody's who has come since. */
    private boolean isGone(Key key, Set<Key> hers) {
        Object state = store.peek(key).orElse(null);
        if (state == null || (state instanceof CustomerState customer && customer.isErased())) {
            return true;
        }
        return key.kind() != Key.Kind.CUSTOMER
                && owner(name(key)).filter(owner -> !hers.contains(owner)).isPresent();
    }

    /** The identity that a name's or a contact point's key is of. */
    private static Identity name(Key key) {
        var address = Address.parse(key.id());
        return new Identity(address.kind(), address.value());
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new ThroughlineException("erase: interrupted; it is finished by itself");
        }
    }
}
