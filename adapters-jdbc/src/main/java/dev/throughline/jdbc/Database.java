// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import dev.throughline.store.Unit;
import java.sql.Connection;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the two databases do each in its own way. Thread-safe. */
interface Database extends AutoCloseable {

    /** How messages name it: never with a password. */
    String where();

    /** Checks the tables, or creates them where there are none. */
    void open();

    /** Makes an upgrade of the tables final. */
    void finishUpgrade();

    Unit begin(Forms forms);

    /** Reads what has committed, on a connection that is given back. */
    <T> T read(Function<Session, T> read);

    /** Reads many rows on a connection of its own, so that the reader may ask for more meanwhile. */
    void stream(Consumer<Session> read);

    Connection connection();

    void join(Connection connection, Forms forms, Envelope envelope, Function<@Nullable Object, @Nullable Key> owner);

    /** Checks that the calling thread holds nothing that a commit would wait for. */
    default void requireFree() {}

    @Override
    void close();
}
