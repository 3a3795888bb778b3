// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** PostgreSQL's way: a list is an array, rows are one array per column. The driver keeps prepared statements by their text. */
final class PostgresqlSession extends Session {

    private int fetchSize;

    PostgresqlSession(Connection connection, String where, String prefix) {
        super(connection, where, prefix);
    }

    /** Within a transaction, results come in portions of this many rows. */
    void fetchSize(int rows) {
        fetchSize = rows;
    }

    @Override
    String among(String column) {
        return column + " = any(?)";
    }

    @Override
    String notAmong(String column) {
        return column + " <> all(?)";
    }

    @Override
    Object texts(Collection<String> values) {
        return array("text", values.toArray(String[]::new));
    }

    Object numbers(Collection<Integer> values) {
        return array("int4", values.toArray(Integer[]::new));
    }

    Object longs(Collection<Long> values) {
        return array("int8", values.toArray(Long[]::new));
    }

    @Override
    void insert(Insert insert, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var columns = new Object[insert.columns().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(insert.columns().get(i).type(), rows, i);
        }
        update("write to " + insert.table(), insert.arrays(), columns);
    }

    @Override
    StoreException fault(String what, SQLException fault) {
        return Faults.postgresql(where, what, fault);
    }

    @Override
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(spelled(sql));
        statement.setFetchSize(fetchSize);
        return statement;
    }

    @Override
    void release(PreparedStatement statement) throws SQLException {
        statement.close();
    }

    private Object column(Insert.Type type, List<Object[]> rows, int column) {
        Object[] values =
                switch (type) {
                    case TEXT -> new String[rows.size()];
                    case LONG -> new Long[rows.size()];
                    case BYTES -> new byte[rows.size()][];
                };
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(i)[column];
        }
        return array(type.postgresql, values);
    }

    private Object array(String type, Object[] values) {
        try {
            return connection.createArrayOf(type, values);
        } catch (SQLException fault) {
            throw fault("prepare " + values.length + " values", fault);
        }
    }
}
