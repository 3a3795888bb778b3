// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection and the way its database spells what the dialects spell differently. Statements are prepared once and used again;
 * in their text an at sign stands for the prefix of the tables' names. Not thread-safe.
 */
abstract class Session {

    final Connection connection;
    final String where;
    private final String prefix;

    Session(Connection connection, String where, String prefix) {
        this.connection = connection;
        this.where = where;
        this.prefix = prefix;
    }

    /** Part of a condition: the column is among the texts of one parameter, made by {@link #texts}. */
    abstract String among(String column);

    /** Part of a condition: the column is none of the texts of one parameter, made by {@link #texts}. */
    abstract String notAmong(String column);

    /** A parameter that holds many texts. */
    abstract Object texts(Collection<String> values);

    /** Inserts many rows at once. */
    abstract void insert(Insert insert, List<Object[]> rows);

    abstract StoreException fault(String what, SQLException fault);

    abstract PreparedStatement prepare(String sql) throws SQLException;

    abstract void release(PreparedStatement statement) throws SQLException;

    final <T> List<T> query(String what, String sql, Row<T> row, @Nullable Object... parameters) {
        var found = new ArrayList<T>();
        each(what, sql, row, found::add, parameters);
        return found;
    }

    final <T> Optional<T> first(String what, String sql, Row<T> row, @Nullable Object... parameters) {
        List<T> found = query(what, sql, row, parameters);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    final <T> void each(String what, String sql, Row<T> row, Consumer<T> taker, @Nullable Object... parameters) {
        try {
            PreparedStatement statement = bound(sql, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taker.accept(row.read(rows));
                }
            } finally {
                release(statement);
            }
        } catch (SQLException fault) {
            throw fault(what, fault);
        }
    }

    final int update(String what, String sql, @Nullable Object... parameters) {
        try {
            PreparedStatement statement = bound(sql, parameters);
            try {
                return statement.executeUpdate();
            } finally {
                release(statement);
            }
        } catch (SQLException fault) {
            throw fault(what, fault);
        }
    }

    final String spelled(String sql) {
        return sql.replace("@", prefix);
    }

    private PreparedStatement bound(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = prepare(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
