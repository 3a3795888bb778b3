// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the two databases do each in its own way. Thread-safe. */
interface Database extends AutoCloseable {

    /** How messages name it: never with a password. */
    String where();

    /** Checks the tables, or creates them where there are none. */
    void open();

    /** Its tables as this release knows them. */
    Schema schema(Session session);

    /** The tables and indexes that there are, and {@code table.column} for each column. */
    Set<String> names(Session session);

    /** What the database finds wrong with itself, where it can look. */
    List<String> damages(Session session);

    /** Makes an upgrade of the tables final. */
    void finishUpgrade();

    Unit begin(Forms forms);

    /** Reads what has committed, on a connection that is given back. */
    <T> T read(Function<Session, T> read);

    /** Its clock's time, if hosts share it. */
    default Optional<Instant> time() {
        return Optional.empty();
    }

    /** Reads many rows of one moment on a connection of its own, so that the reader may ask for more meanwhile. */
    void stream(Consumer<Session> read);

    /** Fills tables in one transaction, while no unit of work steps anything. */
    long fill(Filling work);

    /** What is written into empty tables. */
    interface Filling {

        /** With the shard of each key, {@code null} where there are none; how many rows there were. */
        long into(Session session, @Nullable Function<Key, Integer> shards);
    }

    /** Checks that there is something to open which nobody has to make first. */
    void requireThere();

    /** Copies all of it into a file that is not there yet, while units go on. */
    void backup(Path target);

    Connection connection();

    void join(Connection connection, Forms forms, Envelope envelope, Function<@Nullable Object, @Nullable Key> owner);

    /** Whether several hosts may have it open at once. */
    default boolean isShared() {
        return false;
    }

    /** Keeps inputs for whichever host steps them. */
    default void record(Forms forms, List<Envelope> envelopes, Function<@Nullable Object, @Nullable Key> owner) {
        throw new StoreException(
                where() + " is for one host: expected inputs to be stepped by whoever hands them in", false, null);
    }

    /** Checks that the calling thread holds nothing that a commit would wait for. */
    default void requireFree() {}

    @Override
    void close();
}
