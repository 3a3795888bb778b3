// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.customer.Customer;
import dev.throughline.customer.CustomerState;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Redrive;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator mends by hand: one customer who has got stuck, and a store that is a copy. Who has done it and why is kept. Thread-safe.
 */
public final class Repair {

    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);

    private final Throughline throughline;
    private final Store store;

    Repair(Throughline throughline, Store store) {
        this.throughline = throughline;
        this.store = store;
    }

    /**
     * What was done for a customer.
     *
     * @param customer her id
     * @param deadLetters the ids of her dead letters, which are stepped again in the background; what fails again is a new letter
     */
    public record Redriven(CustomerId customer, List<Long> deadLetters) {

        /** Copies the list. */
        public Redriven {
            deadLetters = List.copyOf(deadLetters);
        }
    }

    /**
     * Lets somebody go on who has got stuck: sets her timers and those of her addresses anew, of what her journeys and messages wait for;
     * has her windows, baskets, segments and dates made anew of her timeline, as far back as that is kept; and steps her dead letters
     * again. What is overdue happens at once. Nothing is sent twice, no journey starts anew, and doing it again changes nothing. Her
     * timeline and {@code explain} tell of it.
     *
     * @param customer how she is known here
     * @param who who does it, such as an e-mail address
     * @param why for what reason
     * @return what was done, once her timers are set
     * @throws ThroughlineException if nobody is known by that name, or who or why are not one line each
     */
    public Redriven redrive(Identity customer, String who, String why) {
        Given.required("redrive", "customer", customer);
        lines("redrive", who, why);
        return redrive(
                throughline
                        .queries()
                        .customer(customer)
                        .orElseThrow(() -> new ThroughlineException("redrive: nobody is known by this "
                                + customer.type() + ", expected an identity of a customer")),
                who,
                why);
    }

    /**
     * {@link #redrive(Identity, String, String)} of somebody whose id is known, because a check of the store has named it, say.
     *
     * @param customer her id
     * @param who who does it, such as an e-mail address
     * @param why for what reason
     * @return what was done, once her timers are set
     * @throws ThroughlineException if nobody has this id, or who or why are not one line each
     */
    public Redriven redrive(CustomerId customer, String who, String why) {
        Given.required("redrive", "customer", customer);
        lines("redrive", who, why);
        return redrive(
                throughline
                        .queries()
                        .customer(customer)
                        .orElseThrow(() -> new ThroughlineException(
                                "redrive: there is no customer " + customer + ", expected the id of one")),
                who,
                why);
    }

    private Redriven redrive(Customer known, String who, String why) {
        String id = "redrive/" + throughline.stamp().id();
        throughline.settled(new Envelope(known.key(), new Input.Received(id, new Redrive(who, why)), "", 0));
        Set<Key> keys = keys(known.key());
        var letters = throughline.deadLetters();
        var hers = letters.all()
                .filter(letter -> keys.contains(letter.envelope().to()))
                .map(DeadLetter::id)
                .toList();
        hers.forEach(letters::retry);
        LOG.atInfo()
                .addKeyValue("customer", known.id())
                .addKeyValue("deadLetters", hers.size())
                .addKeyValue("who", who)
                .addKeyValue("why", why)
                .log("a customer was redriven");
        return new Redriven(known.id(), hers);
    }

    private Set<Key> keys(Key customer) {
        var keys = new HashSet<Key>(Set.of(customer));
        store.peek(customer).ifPresent(state -> {
            if (state instanceof CustomerState known) {
                known.absorbed().forEach(absorbed -> keys.add(Key.of(absorbed)));
                known.names().forEach(name -> {
                    keys.add(Key.of(name.identity()));
                    Customer.address(name.identity()).ifPresent(address -> keys.add(Key.of(address)));
                });
            }
        });
        return keys;
    }

    /**
     * Lets a store go on that was restored from a copy older than what providers have sent. It is held until then. First it lives through
     * the time since the copy was made, without sending: what waited in the outbox and what was due in that time may have been sent
     * already, so that it gets the verdict UNKNOWN, and is sent again only where its class or its message allows that. Then everything
     * goes on. What happened in that time and the copy does not know is for the host to bring in with {@link Throughline#load}, which
     * starts no journey. Functions of the host that journeys called in that time are called again, with the same keys. Blocks until the
     * store has caught up, which for a copy of yesterday takes as long as its timers; one that broke off is begun again by calling this
     * again. Of several hosts one calls it, and the others go on within a second or two after that. A host that dies meanwhile keeps others
     * from beginning again for a minute.
     *
     * @param who who has decided it
     * @param why for what reason
     * @throws ThroughlineException if the store is no copy that waits for this, also because another host has resumed it or is at it, or who
     *     or why are not one line each
     */
    public void resumeRestored(String who, String why) {
        lines("resumeRestored", who, why);
        throughline.resume(who, why, true);
    }

    /**
     * Lets a copy go on as the store itself: it was moved, and nothing has worked on the original since the copy was made. What waits is
     * sent, and what is due happens. Of several hosts one calls it, and the others go on within a second or two.
     *
     * @param who who has decided it
     * @param why for what reason
     * @throws ThroughlineException if the store is no copy that waits for this, also because another host has resumed it, or who or why
     *     are not one line each
     */
    public void resumeMoved(String who, String why) {
        lines("resumeMoved", who, why);
        throughline.resume(who, why, false);
    }

    private static void lines(String call, String who, String why) {
        if (!Identity.isLine(Given.required(call, "who", who)) || !Identity.isLine(Given.required(call, "why", why))) {
            throw new ThroughlineException(
                    call + " by '" + who + "' because '" + why + "': expected one line each that is not empty");
        }
    }
}
