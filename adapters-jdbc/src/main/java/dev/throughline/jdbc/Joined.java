// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in which transaction of the host a thread has recorded an input. On SQLite that transaction holds the file's one write
 * lock, and a thread that waited for a commit would wait for itself.
 */
final class Joined {

    private final Map<Thread, Transaction> joined = Collections.synchronizedMap(new WeakHashMap<>());

    private record Transaction(WeakReference<Connection> connection, long row) {}

    void add(Connection connection, long row) {
        joined.put(Thread.currentThread(), new Transaction(new WeakReference<>(connection), row));
    }

    /** The input that this thread has recorded last in a transaction that may not have ended yet, or null. */
    @Nullable
    Long row() {
        Transaction transaction = joined.get(Thread.currentThread());
        if (transaction == null) {
            return null;
        }
        if (!isOpen(transaction.connection.get())) {
            ended();
            return null;
        }
        return transaction.row;
    }

    /** This thread's transaction has ended. */
    void ended() {
        joined.remove(Thread.currentThread());
    }

    private static boolean isOpen(@Nullable Connection connection) {
        try {
            return connection != null && !connection.isClosed() && !connection.getAutoCommit();
        } catch (SQLException unknown) {
            return false;
        }
    }
}
