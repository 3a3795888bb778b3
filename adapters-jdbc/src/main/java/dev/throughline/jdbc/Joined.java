// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Remembers which transaction of the host a thread has joined to a SQLite file, whose one write lock it then holds: a unit of the
 * same thread would wait for it for ever.
 */
final class Joined {

    private final Map<Thread, WeakReference<Connection>> joined = Collections.synchronizedMap(new WeakHashMap<>());

    void add(Connection connection) {
        joined.put(Thread.currentThread(), new WeakReference<>(connection));
    }

    /**
     * Checks that this thread's transaction has ended.
     *
     * @throws IllegalStateException if it has not
     */
    void requireEnded(Session writer) {
        WeakReference<Connection> reference = joined.get(Thread.currentThread());
        if (reference == null) {
            return;
        }
        Connection connection = reference.get();
        if (connection != null && isOpen(connection) && isLocked(writer)) {
            throw new IllegalStateException("this thread's own transaction holds the write lock of " + writer.where
                    + " since an input was recorded in it: expected it to commit or roll back before the next call");
        }
        joined.remove(Thread.currentThread());
    }

    private static boolean isOpen(Connection connection) {
        try {
            return !connection.isClosed() && !connection.getAutoCommit();
        } catch (SQLException unknown) {
            return false;
        }
    }

    /** Tries the write lock without waiting. */
    private static boolean isLocked(Session writer) {
        try (Statement statement = writer.connection.createStatement()) {
            statement.execute("pragma busy_timeout = 0");
            try {
                statement.execute("begin immediate");
                statement.execute("rollback");
                return false;
            } catch (SQLException locked) {
                return true;
            } finally {
                statement.execute("pragma busy_timeout = 10000");
            }
        } catch (SQLException fault) {
            throw writer.fault("try the write lock", fault);
        }
    }
}
