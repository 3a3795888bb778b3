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
        make(table, statements.get(0));
        make(poller(), statements.get(1));
    }

    void requireThere() {
        for (String name : List.of(table, poller())) {
            if (!isThere(name)) {
                throw new StoreException(
                        where() + ": there is no table " + name
                                + ", expected create() to be called, or what ddl() says to be run, before it is opened",
                        false,
                        null);
            }
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

    private void make(String name, String statement) {
        if (isThere(name)) {
            return;
        }
        try {
            call("create the table " + name, connection -> {
                try (var create = connection.createStatement()) {
                    return create.execute(statement);
                }
            });
        } catch (StoreException fault) {
            if (!isThere(name)) { // else another host was faster
                throw fault;
            }
        }
    }

    /** Looks in the only way in which all databases can be asked alike. */
    private boolean isThere(String name) {
        return call("connect", connection -> {
            try (var query = connection.prepareStatement("select count(*) from " + name + " where 1 = 0")) {
                query.executeQuery().close();
                return true;
            } catch (SQLException missing) {
                return false;
            }
        });
    }
}
