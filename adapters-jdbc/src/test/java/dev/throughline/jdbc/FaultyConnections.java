// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.testkit.FaultPoints;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;

/**
 * The connections of one process, which fail before each statement that writes, and before and after each commit. When the process ends, all of them
 * are dead: the database undoes what has not committed.
 */
final class FaultyConnections {

    /** What PostgreSQL says when it could not put things in order, has chosen a victim of a deadlock, or is not there any more. */
    private static final List<String> PASSING = List.of("40001", "40P01", "08006");

    /** What SQLite says when somebody else is writing. */
    private static final int BUSY = 5;

    private final FaultPoints points;
    private volatile boolean dead;
    private int raised;

    FaultyConnections(FaultPoints points) {
        this.points = points;
        points.onCrash(() -> dead = true);
    }

    /** Connections of a driver, which are kept for the next that asks; those of a dead process are closed instead. */
    DataSource source(String url, Deque<Connection> idle) {
        return proxy(DataSource.class, (method, arguments) -> {
            Connection kept = idle.pollFirst();
            Connection real = kept == null ? DriverManager.getConnection(url) : kept;
            return around(real, "commit", () -> {
                if (!dead && !real.isClosed()) {
                    idle.addFirst(real);
                } else {
                    real.close();
                }
            });
        });
    }

    /** A connection of SQLite, whose units commit by leaving the transaction. */
    Connection around(Connection real) {
        return around(real, "setAutoCommit", real::close);
    }

    private interface Close {
        void now() throws SQLException;
    }

    private Connection around(Connection real, String commit, Close close) {
        return proxy(Connection.class, (method, arguments) -> {
            String name = method.getName();
            if (name.equals("close")) {
                close.now();
                return null;
            }
            if (name.equals("isClosed")) {
                return called(real, method, arguments);
            }
            requireAlive(real);
            if (name.equals(commit) && isCommit(real, arguments)) {
                fail("commit", real, points.reach("commit"));
                Object done = called(real, method, arguments);
                fail("commit", real, points.reachCommitted("commit"));
                return done;
            }
            Object result = called(real, method, arguments);
            return result instanceof Statement statement
                    ? around(statement, method.getReturnType(), real, arguments)
                    : result;
        });
    }

    private static boolean isCommit(Connection real, Object[] arguments) throws SQLException {
        return arguments == null || (Boolean.TRUE.equals(arguments[0]) && !real.getAutoCommit());
    }

    private Object around(Statement statement, Class<?> type, Connection real, Object[] prepared) {
        return proxy(type, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                requireAlive(real);
                Object sql = arguments != null ? arguments[0] : prepared[0];
                if (isWrite(sql)) {
                    fail("execute", real, points.reach(sql.toString()));
                }
            }
            return called(statement, method, arguments);
        });
    }

    /** To end before a read is the same as to end before the next write. */
    private static boolean isWrite(Object sql) {
        return !sql.toString().startsWith("select ") && !sql.toString().startsWith("set ");
    }

    private void requireAlive(Connection real) throws SQLException {
        if (dead) {
            real.close();
            throw new SQLException("the process is gone", "08006");
        }
    }

    private synchronized void fail(String what, Connection real, boolean failing) throws SQLException {
        if (failing) {
            String state = PASSING.get(raised++ % PASSING.size());
            if (state.startsWith("08") && real.getMetaData().getURL().startsWith("jdbc:postgresql")) {
                real.close();
            }
            throw new SQLException("made to fail: " + what, state, BUSY);
        }
    }

    private interface Answer {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                FaultyConnections.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method, arguments)));
    }

    private static Object called(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
