// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of touchpoints in a database of the host's that is not the store's. The host writes a row in a transaction of its own; an engine
 * takes rows over, and removes each once it is applied or durably kept. A row may be handed over twice, and counts once, because
 * touchpoints bear ids. Of several hosts with the same table one at a time, its leader, hands over, so that rows go in their order. Used
 * by one thread of each host, but for {@link #name} and {@link #pause}.
 *
 * <p>What fails is told as a {@link StoreException}; the rows are then where they were.
 */
public interface HostInbox {

    /**
     * Names it in figures and logs.
     *
     * @return one line without personal data, such as the table's name
     */
    String name();

    /**
     * How long its leader rests after it has found no more.
     *
     * @return a positive time
     */
    Duration pause();

    /**
     * Checks that it is there.
     *
     * @throws StoreException if it is not; says what was expected
     */
    void open();

    /**
     * Takes the lead if nobody has it, or whoever had it has shown no sign of life for too long; else shows a sign of life if it is this
     * host's. A host that loses the lead while it hands over may hand over what another does, too.
     *
     * @return whether this host leads
     */
    boolean lead();

    /** Gives the lead up, so that another host takes it at once; nothing happens to whoever does not have it. */
    void resign();

    /**
     * The rows that wait, without those set aside.
     *
     * @param limit how many at most
     * @return the rows in the order in which they were recorded; they stay
     */
    List<Row> waiting(int limit);

    /**
     * Ends rows, all at once.
     *
     * @param done the ids of those that go
     * @param setAside those that stay, but wait no more, with the reason
     */
    void end(Collection<String> done, Map<String, String> setAside);

    /**
     * How much is in it.
     *
     * @return as of now
     */
    Depth depth();

    /**
     * A row.
     *
     * @param id names it
     * @param touchpoint the touchpoint, as its codec writes it
     */
    record Row(String id, byte[] touchpoint) {}

    /**
     * How much is in an inbox.
     *
     * @param waiting rows that are not handed over yet
     * @param oldest when the first of them was recorded, by the clock of the host that did; {@code null} if none waits
     * @param setAside rows that could not be taken, and wait for somebody to look at them
     * @param fault why the inbox could not be read or handed over when that was tried last; empty if it could
     */
    record Depth(long waiting, @Nullable Instant oldest, long setAside, String fault) {

        /** Nothing known yet. */
        public static final Depth NONE = new Depth(0, null, 0, "");

        /**
         * The same, with a fault.
         *
         * @param reason why it could not be used
         * @return what was known last, and that
         */
        public Depth failing(String reason) {
            return new Depth(waiting, oldest, setAside, reason);
        }
    }
}
