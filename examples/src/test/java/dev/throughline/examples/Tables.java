// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** What stands in a database, read past the store. */
final class Tables {

    private Tables() {}

    static List<String> names(String url) throws SQLException {
        return column(
                url,
                url.startsWith("jdbc:sqlite:")
                        ? "select name from sqlite_master where type = 'table' order by name"
                        : "select table_name from information_schema.tables where table_schema = current_schema()"
                                + " order by table_name");
    }

    /** The rows of a table, sorted. */
    static List<String> rows(String url, String table) throws SQLException {
        var rows = column(url, "select * from " + table);
        Collections.sort(rows);
        return rows;
    }

    private static List<String> column(String url, String query) throws SQLException {
        var rows = new ArrayList<String>();
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.add(row(result));
            }
        }
        return rows;
    }

    private static String row(ResultSet result) throws SQLException {
        var cells = new ArrayList<String>();
        for (int index = 1; index <= result.getMetaData().getColumnCount(); index++) {
            Object cell = result.getObject(index);
            cells.add(cell instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(cell));
        }
        return String.join(" ", cells);
    }
}
