// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.jdbc.Insert.bytes;
import static dev.throughline.jdbc.Insert.number;
import static dev.throughline.jdbc.Insert.text;

import dev.throughline.jdbc.Insert.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table as another store gets it. What is of one database only is left out: shards, leases, the numbers of rows.
 *
 * @param name the table's name behind the prefix
 * @param columns its columns
 * @param order what its rows are ordered by, the same on both databases
 * @param sharded whether its rows bear the shard of their key where there are shards
 */
record Table(String name, List<Column> columns, String order, boolean sharded) {

    /** All that a store keeps. */
    static final List<Table> ALL = List.of(
            of("states", "key", text("key"), bytes("body")),
            new Table("timers", List.of(text("key"), text("name"), number("due")), "key, name", true),
            of(
                    "outbox",
                    "id",
                    text("id"),
                    number("attempt"),
                    number("status"),
                    number("urgent"),
                    text("channel"),
                    text("class"),
                    text("sender"),
                    text("campaign"),
                    text("contact_point"),
                    text("customer"),
                    number("since"),
                    number("send_before"),
                    bytes("body")),
            new Table("told", List.of(text("key"), number("unread"), bytes("body")), "id", true),
            new Table("inbox", List.of(text("key"), text("owner"), number("unread"), bytes("body")), "id", true),
            log("timeline"),
            log("decisions"),
            log("ledger"),
            of("routes", "reference", text("reference"), text("key")),
            of("dead_letters", "id", number("at"), text("error"), bytes("body")),
            of("settings", "name", text("name"), text("value")),
            of("members", "name, key", text("name"), text("key")),
            of(
                    "definitions",
                    "kind, name, version",
                    text("kind"),
                    text("name"),
                    text("version"),
                    text("json"),
                    number("at"),
                    text("who")));

    private static final Set<String> KEYS = Set.of("key", "owner", "contact_point", "customer");
    private static final Map<String, Long> HIGHEST =
            Map.of("attempt", (long) Integer.MAX_VALUE, "status", 2L, "urgent", 1L, "unread", 1L);

    private static Table of(String name, String order, Column... columns) {
        return new Table(name, List.of(columns), order, false);
    }

    private static Table log(String name) {
        return of(name, "id", text("id"), text("subject"), number("at"), bytes("body"));
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** Whether a column holds a key's text. */
    boolean isKey(Column column) {
        return KEYS.contains(column.name());
    }

    /** Only an input for an identity may have an owner, and need not. */
    boolean mayBeNull(Column column) {
        return name.equals("inbox") && column.name().equals("owner");
    }

    /** The highest number that may stand in a column, from 0; {@link Long#MAX_VALUE} if any number may. */
    long highest(Column column) {
        return HIGHEST.getOrDefault(column.name(), Long.MAX_VALUE);
    }

    /** What the tables say of themselves is not read: another store's are of another version. */
    String select() {
        return "select " + columns.stream().map(Column::name).collect(Collectors.joining(", ")) + " from @" + name
                + (name.equals("settings") ? " where name not like 'schema.%'" : "") + " order by " + order;
    }

    /** A row that is there already is a fault. */
    Insert insert(boolean withShard) {
        var all = new ArrayList<>(columns);
        if (withShard) {
            all.add(number("shard"));
        }
        return new Insert(name, all, "");
    }
}
