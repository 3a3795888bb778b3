// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** SQLite's way: a list is one JSON array, rows are a batch of one prepared statement. */
final class SqliteSession extends Session {

    private final Map<String, PreparedStatement> statements = new HashMap<>();

    SqliteSession(Connection connection, String where, String prefix) {
        super(connection, where, prefix);
    }

    @Override
    String among(String column) {
        return column + " in (select value from json_each(?))";
    }

    @Override
    String notAmong(String column) {
        return column + " not in (select value from json_each(?))";
    }

    @Override
    Object texts(Collection<String> values) {
        var json = new StringBuilder(values.size() * 40).append('[');
        for (String value : values) {
            json.append(json.length() == 1 ? "" : ",");
            quote(value, json);
        }
        return json.append(']').toString();
    }

    @Override
    void insert(Insert insert, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try {
            insert(prepare(insert.values()), rows);
        } catch (SQLException fault) {
            throw fault("write to " + insert.table(), fault);
        }
    }

    /** The statement is used again: what a failed unit has left in it must not come with the next one. */
    private static void insert(PreparedStatement statement, List<Object[]> rows) throws SQLException {
        try {
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    statement.setObject(i + 1, row[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        } finally {
            statement.clearBatch();
        }
    }

    @Override
    StoreException fault(String what, SQLException fault) {
        return Faults.sqlite(where, what, fault);
    }

    @Override
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(spelled(sql));
            statements.put(sql, statement);
        }
        return statement;
    }

    @Override
    void release(PreparedStatement statement) {
        // kept for the next time; closed with the connection
    }

    void closeStatements() {
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException fault) {
                throw fault("close a statement", fault);
            }
        }
        statements.clear();
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
