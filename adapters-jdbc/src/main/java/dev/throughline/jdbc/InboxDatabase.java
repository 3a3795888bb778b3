// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * The two tables of an inbox, in whatever database they are. Thread-safe.
 *
 * @param source the host's connections
 * @param table the table of the touchpoints
 */
record InboxDatabase(DataSource source, String table) {

    static final int LONGEST_REASON = 1000;

    private static final String COLUMNS = "id, body, reason";
    private static final String POLLER_COLUMNS = "id, owner, beats";

    /** What is done with a connection in auto-commit mode. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** The table of one row that says who leads. */
    String poller() {
        return table + "_poller";
    }

    String where() {
        return "inbox " + table;
    }

    String ddl() {
        return String.join(";\n", statements()) + ";\n";
    }

    void create() {
        List<String> statements = statements();
        make(table, COLUMNS, statements.get(0));
        make(poller(), POLLER_COLUMNS, statements.get(1));
    }

    void requireThere() {
        requireThere(table, COLUMNS);
        requireThere(poller(), POLLER_COLUMNS);
    }

    private void requireThere(String name, String columns) {
        if (!has(name, "count(*)")) {
            throw new StoreException(
                    where() + ": there is no table " + name
                            + ", expected create() to be called, or what ddl() says to be run, before it is opened",
                    false,
                    null);
        }
        requireOurs(name, columns);
    }

    /** A table of this name may be somebody else's. */
    private void requireOurs(String name, String columns) {
        if (!has(name, columns)) {
            throw new StoreException(
                    where() + ": table " + name + " is another one, since it lacks some of the columns " + columns
                            + ": expected that of an inbox, or another name by table(..)",
                    false,
                    null);
        }
    }

    <T> T call(String what, Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(true);
            try {
                return work.with(connection);
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException fault) {
            throw fault(what, fault);
        }
    }

    /** Rows stay where they are whatever fails, so that trying again never harms. */
    StoreException fault(String what, SQLException fault) {
        return new StoreException(where() + ": could not " + what + ": " + Faults.firstLine(fault), true, fault);
    }

    private List<String> statements() {
        return statements(call(
                "ask which database it is",
                connection -> connection.getMetaData().getDatabaseProductName()));
    }

    List<String> statements(String product) {
        return List.of(
                "create table " + table + " (id varchar(40) not null primary key, body " + bytes(product)
                        + ", reason varchar(" + LONGEST_REASON + "))",
                "create table " + poller()
                        + " (id integer not null primary key, owner varchar(40) not null, beats decimal(19) not null)");
    }

    /** What takes 256 Ki bytes; the one word on which databases do not agree. */
    private static String bytes(String product) {
        String name = product.toLowerCase(Locale.ROOT);
        if (name.contains("mysql") || name.contains("mariadb")) {
            return "longblob";
        }
        if (name.contains("microsoft")) {
            return "varbinary(max)";
        }
        return name.contains("postgresql") ? "bytea" : "blob";
    }

    private void make(String name, String columns, String statement) {
        if (has(name, "count(*)")) {
            requireOurs(name, columns);
            return;
        }
        try {
            call("create the table " + name, connection -> {
                try (var create = connection.createStatement()) {
                    return create.execute(statement);
                }
            });
        } catch (StoreException fault) {
            if (!has(name, columns)) { // else another host was faster
                throw fault;
            }
        }
    }

    /** Looks in the only way in which all databases can be asked alike. */
    private boolean has(String name, String columns) {
        return call("connect", connection -> {
            try (var query = connection.prepareStatement("select " + columns + " from " + name + " where 1 = 0")) {
                query.executeQuery().close();
                return true;
            } catch (SQLException missing) {
                return false;
            }
        });
    }
}
