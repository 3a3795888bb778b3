// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import dev.throughline.ring.Entry;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is kept. Units of work change it; the other methods read what has committed. Thread-safe.
 *
 * <p>All methods throw {@link StoreException} if the store cannot be used.
 */
public interface Store extends AutoCloseable {

    /** The setting that names the environment of the hosts whose store this is. */
    String ENVIRONMENT = "environment";

    /** The setting that tells of a copy of a store when it was made, until somebody has said how it goes on. */
    String COPIED = "copied";

    /**
     * Makes the store ready: creates its tables where there are none, and nothing else. Called once, before anything else.
     *
     * @param codecs how to store what it will be given
     */
    void open(Codecs codecs);

    /**
     * Begins a unit of work.
     *
     * @return the unit, to be closed
     */
    Unit begin();

    /**
     * A committed state, without claiming its key.
     *
     * @param key whose
     * @return the state, or empty if there is none
     */
    Optional<Object> peek(Key key);

    /**
     * The lines of one subject in a log, oldest first, lines of one instant by id.
     *
     * @param log which log
     * @param subject whose
     * @return the lines
     */
    List<Entry> entries(Entry.Log log, String subject);

    /**
     * All lines of a log, in the order of {@link #entries}, whatever their subject; streamed.
     *
     * @param log which log
     * @param each takes one line
     */
    void scan(Entry.Log log, Consumer<Entry> each);

    /**
     * A page of the lines of a log that are older than an instant, subject by subject, each one's oldest first.
     *
     * @param log which log
     * @param before lines of before this instant are meant
     * @param after begins behind this place; {@code null} begins with the first
     * @param limit how many at most; a store on the heap looks at all its lines for each page, so large pages are cheaper
     * @return the lines in the order of their places; fewer than {@code limit} if there are no more
     */
    List<Entry> older(Entry.Log log, Instant before, @Nullable LinePlace after, int limit);

    /**
     * A page of the keys that have a state.
     *
     * @param kind of which kind
     * @param after begins behind this key; {@code null} begins with the first
     * @param limit how many at most; a store on the heap looks at all its keys for each page, so large pages are cheaper
     * @return the keys in the order of their ids; fewer than {@code limit} if there are no more
     */
    List<Key> keys(Key.Kind kind, @Nullable Key after, int limit);

    /**
     * A page of the keys in a named set.
     *
     * @param set the set's name
     * @param after begins behind this key; {@code null} begins with the first
     * @param limit how many at most
     * @return the keys in the order of their text; fewer than {@code limit} if there are no more
     */
    List<Key> members(String set, @Nullable Key after, int limit);

    /**
     * What has been published.
     *
     * @return the definitions in the order of publication, those of one instant by kind, name and version
     */
    List<Definition> definitions();

    /**
     * Who hears of a reference.
     *
     * @param reference a provider's id or a message id
     * @return the contact point's key, or empty if the reference is not known
     */
    Optional<Key> route(String reference);

    /**
     * When the next timer is due.
     *
     * @return the earliest, or empty if no timer is set
     */
    Optional<Instant> nextDue();

    /**
     * The clock by which the leases of several hosts are reckoned.
     *
     * @return its time; by default empty, because the store is one host's
     */
    default Optional<Instant> time() {
        return Optional.empty();
    }

    /**
     * The settings.
     *
     * @return all of them
     */
    Map<String, String> settings();

    /**
     * What could not be stepped, page by page.
     *
     * @param after only those with a greater id; 0 for the first page
     * @param limit how many at most
     * @return the dead letters, in the order of their ids
     */
    List<DeadLetter> deadLetters(long after, int limit);

    /**
     * How much waits.
     *
     * @return rows in the outbox, in the inbox, told but not stepped, and dead letters with rows that cannot be read, under these names:
     *     {@code outbox}, {@code sending}, {@code inbox}, {@code told}, {@code timers}, {@code dead}
     */
    Map<String, Long> backlog();

    /**
     * What waits in the outbox, and for how long.
     *
     * @return the queues that have rows, in the order of the channels' names, urgent ones first; what is being sent is in none
     */
    List<Queue> queues();

    /**
     * Records an input within a transaction of the host's, without committing it. It is stepped after the host's commit, and until
     * then holds back every message to the customer who owns it.
     *
     * @param connection the host's connection to the same database, in a transaction
     * @param envelope the input and its receiver
     * @param owner the customer's key, read from the receiver's state ({@code null} if it has none); may return {@code null}
     * @throws StoreException if this store has no transactions that a host could join
     */
    default void join(Connection connection, Envelope envelope, Function<@Nullable Object, @Nullable Key> owner) {
        throw new StoreException(
                getClass().getSimpleName() + " has no transaction to join: expected a store on the host's own database",
                false,
                null);
    }

    /**
     * Whether several hosts may have it open at once.
     *
     * @return false unless said otherwise
     */
    default boolean isShared() {
        return false;
    }

    /**
     * Keeps inputs durably, all of them or none, for whichever host steps them. Until then each holds back every message to the customer or
     * contact point whose key it is for, and to the customer who owns the identity that it is for.
     *
     * @param envelopes the inputs and their receivers, in their order
     * @param owner the customer's key, read from the receiver's state ({@code null} if it has none); may return {@code null}
     * @throws StoreException if they could not be kept, or this store is for one host
     */
    default void record(List<Envelope> envelopes, Function<@Nullable Object, @Nullable Key> owner) {
        throw new StoreException(
                getClass().getSimpleName() + " is for one host: expected inputs to be stepped by whoever hands them in",
                false,
                null);
    }

    /**
     * Checks that the calling thread may wait for a commit of this store: where a {@link #join joined} transaction that is still open
     * holds what a commit needs, the thread would wait for itself.
     *
     * @throws dev.throughline.identity.ThroughlineException if it would
     */
    default void requireFree() {}

    /** Releases everything; may be called twice. */
    @Override
    void close();
}
