// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes all that a store keeps as JSON, one object on a line: a header, a line per row, and a last one which tells how many rows each
 * table has and the hash of all lines before it. Used once.
 */
final class Export {

    static final String FORMAT = "throughline-export";
    static final int VERSION = 1;
    static final JsonMapper JSON = JsonMapper.shared();

    private final String where;
    private final OutputStream out;
    private final MessageDigest hash = sha256();
    private final TreeMap<String, Long> rows = new TreeMap<>();

    Export(String where, OutputStream out) {
        this.where = where;
        this.out = out;
    }

    /** How many rows there were. */
    long write(Session session, int schema, Instant at) {
        line(JSON.createObjectNode()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("schema", schema)
                .put("at", at.toString()));
        for (Table table : Table.ALL) {
            rows.put(table.name(), 0L);
            if (table.name().equals("settings")) {
                settings(session, table, at);
                continue;
            }
            session.each("export " + table.name(), table.select(), row -> object(table, row), this::row);
        }
        end();
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whoever opens it elsewhere is to know that it is a copy; a copy of a copy is as old as that. */
    private void settings(Session session, Table table, Instant at) {
        var settings = new TreeMap<String, String>(Map.of(Store.COPIED, at.toString()));
        session.each(
                "export settings",
                table.select(),
                row -> settings.put(row.getString(1), row.getString(2)) != null,
                known -> {});
        settings.forEach((name, value) -> row(JSON.createObjectNode()
                .put("table", table.name())
                .put("name", name)
                .put("value", value)));
    }

    private void row(ObjectNode row) {
        rows.merge(row.get("table").stringValue(), 1L, Long::sum);
        line(row);
    }

    private static ObjectNode object(Table table, ResultSet row) throws SQLException {
        ObjectNode object = JSON.createObjectNode().put("table", table.name());
        int place = 0;
        for (Insert.Column column : table.columns()) {
            place++;
            switch (column.type()) {
                case TEXT -> object.put(column.name(), row.getString(place));
                case LONG -> object.put(column.name(), row.getLong(place));
                case BYTES -> object.put(column.name(), row.getBytes(place));
            }
        }
        return object;
    }

    private void end() {
        String sum = HexFormat.of().formatHex(hash.digest());
        ObjectNode end = JSON.createObjectNode();
        ObjectNode counts = end.putObject("end");
        rows.forEach(counts::put);
        line(end.put("sha256", sum));
        try {
            out.flush();
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    private void line(ObjectNode object) {
        byte[] json = JSON.writeValueAsBytes(object);
        hash.update(json);
        hash.update((byte) '\n');
        try {
            out.write(json);
            out.write('\n');
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    private ThroughlineException unwritable(IOException failed) {
        return new ThroughlineException(
                where + ": export: the stream cannot be written: " + failed.getMessage()
                        + "; what was written is not whole",
                failed);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }
}
