// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import dev.throughline.channel.MessageId;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One unit of work. What it takes or withdraws is gone, and what it changes is there, only if it {@link #commit commits}; {@link
 * #close} without a commit undoes everything. Used by one thread.
 *
 * <p>All methods throw {@link StoreException} if the store cannot be used; the unit is then to be closed and tried again.
 */
public interface Unit extends AutoCloseable {

    /**
     * Waits for this unit's turn at things that all hosts share and that no key has, such as a rate: until the end of the unit no other
     * one has its turn at them. Asked for before anything else, and once in a unit, so that units never wait for each other in a circle.
     *
     * @param things names, in their order
     * @param here the present by this host
     * @return the present by whatever clock all hosts of the store have: the database's where they are several, else {@code here}
     */
    default Instant turnAt(List<String> things, Instant here) {
        return here;
    }

    /**
     * Claims keys: until the end of this unit nobody else steps them.
     *
     * @param keys which
     * @param wait whether to wait for keys that another unit has; allowed only for a unit's first claim, so that units never wait
     *     for each other in a circle
     * @return those that another unit has; empty if all are this unit's now
     */
    Set<Key> claim(Collection<Key> keys, boolean wait);

    /**
     * The states of claimed keys.
     *
     * @param keys which, each once
     * @return the states in the order of keys, {@code null} where there is none, and an {@link Unreadable} where there is one that cannot be
     *     read; may be read only
     */
    List<@Nullable Object> load(List<Key> keys);

    /**
     * States as of this unit, without claiming their keys.
     *
     * @param keys which, each once
     * @return those that there are; may be read only
     */
    Map<Key, Object> peek(Collection<Key> keys);

    /**
     * Which touchpoints are on the timeline already.
     *
     * @param touchpoints their ids
     * @param since only those received at or after this count
     * @return the ids that are known
     */
    Set<String> seen(Collection<String> touchpoints, Instant since);

    /**
     * Takes touchpoints that were recorded in the host's own transactions, oldest first, claiming their keys without waiting.
     *
     * @param limit how many at most
     * @return them
     */
    List<Envelope> takeInbox(int limit);

    /**
     * Takes what earlier units told to keys that they could not claim, oldest first, claiming those keys without waiting.
     *
     * @param limit how many at most
     * @return them
     */
    List<Envelope> takeTold(int limit);

    /**
     * Takes a dead letter away, waiting for another unit that has its hand on it.
     *
     * @param id the letter's id
     * @return the letter; empty if it is not there, or not any more
     */
    Optional<DeadLetter> takeDeadLetter(long id);

    /**
     * Takes timers that are due, earliest first, claiming their keys without waiting.
     *
     * @param now those due at or before this
     * @param limit how many at most
     * @return them
     */
    List<Timer> takeDue(Instant now, int limit);

    /**
     * Takes messages out of the outbox if nobody is sending them.
     *
     * @param messages which
     * @return those that were there and are now withdrawn
     */
    Set<MessageId> withdraw(Collection<MessageId> messages);

    /**
     * Rows of the outbox that nobody is sending and that are covered by an exclusion or past their {@code sendBefore}, in the order
     * of message ids.
     *
     * @param now rows whose {@code sendBefore} is not after this are meant
     * @param exclusions rows that one of these covers are meant
     * @param limit how many at most
     * @return the rows, which stay
     */
    List<Outgoing> stale(Instant now, List<Exclusion> exclusions, int limit);

    /**
     * Rows that somebody began to send and whose lease has run out by the store's own clock: their outcome is unknown. Empty on a
     * store that no crash outlives.
     *
     * @param limit how many at most
     * @return the rows, which stay
     */
    List<Outgoing> lapsed(int limit);

    /**
     * Marks rows as being sent and hands them out: urgent ones first, then by message id. Takes no row whose customer has a
     * touchpoint in the inbox, nor one whose contact point or customer has been told something that is not stepped.
     *
     * @param dispatch what may be taken
     * @return the rows
     */
    List<Outgoing> take(Dispatch dispatch);

    /**
     * The lines of one subject in a log, as they were before this unit, in the order of {@link Store#entries}.
     *
     * @param log which log
     * @param subject whose
     * @return the lines
     */
    List<Entry> entries(Entry.Log log, String subject);

    /**
     * The settings, as of this unit.
     *
     * @return all of them
     */
    Map<String, String> settings();

    /**
     * Makes everything true at once and durable. The unit can then only be closed.
     *
     * @param changes what changes besides what was taken
     */
    void commit(Changes changes);

    /** Ends the unit; without a commit everything is as before. */
    @Override
    void close();
}
