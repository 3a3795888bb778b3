// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How rows come into a table, many at a time. The statement of each dialect is spelled once.
 *
 * @param table the table's name behind the prefix
 * @param columns its columns, in the order of the values
 * @param conflict what to do with a row that is there
 */
record Insert(String table, List<Column> columns, String conflict) {

    record Column(String name, Type type) {}

    enum Type {
        TEXT("text"),
        LONG("int8"),
        BYTES("bytea");

        final String postgresql;

        Type(String postgresql) {
            this.postgresql = postgresql;
        }
    }

    static Insert into(String table, String conflict, Column... columns) {
        return new Insert(table, List.of(columns), conflict);
    }

    static Column text(String name) {
        return new Column(name, Type.TEXT);
    }

    static Column number(String name) {
        return new Column(name, Type.LONG);
    }

    static Column bytes(String name) {
        return new Column(name, Type.BYTES);
    }

    /** One row per execution. */
    String values() {
        return head() + " values (" + list(column -> "?") + ") " + conflict;
    }

    /** All rows at once, one array per column. */
    String arrays() {
        return head() + " select * from unnest(" + list(column -> "?::" + column.type.postgresql + "[]") + ") "
                + conflict;
    }

    private String head() {
        return "insert into @" + table + " (" + list(Column::name) + ")";
    }

    private String list(Function<Column, String> each) {
        return columns.stream().map(each).collect(Collectors.joining(", "));
    }
}
