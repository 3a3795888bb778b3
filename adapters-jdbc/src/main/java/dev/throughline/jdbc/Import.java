// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Key;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * Reads what {@link Export} has written into tables that are empty, within a transaction of the caller's. What is not whole, or not what
 * was written, is refused with its line. Used once.
 */
final class Import {

    private static final int ROWS_AT_ONCE = 500;
    private static final int BYTES_AT_ONCE = 1 << 20;

    private static final ObjectReader JSON = Export.JSON.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private final String where;
    private final Lines lines;
    private final MessageDigest hash = Export.sha256();
    private final Map<String, Table> tables =
            Table.ALL.stream().collect(Collectors.toMap(Table::name, Function.identity()));
    private final Map<String, Long> rows = new TreeMap<>();
    private final List<Object[]> batch = new ArrayList<>();
    private long size;
    private long firstOfBatch;
    private long lastOfBatch;
    private Instant at = Instant.EPOCH;
    private String setting = "";
    private @Nullable Table filling;

    /** Into which shard a row of a key goes; {@code null} where there are none. */
    private final @Nullable Function<Key, Integer> shards;

    Import(String where, InputStream in, @Nullable Function<Key, Integer> shards) {
        this.where = where;
        this.lines = new Lines(in);
        this.shards = shards;
        Table.ALL.forEach(table -> rows.put(table.name(), 0L));
    }

    /** Refuses a store that has anything in it. */
    static void requireEmpty(Session session) {
        for (Table table : Table.ALL) {
            if (session.first(
                            "look for rows",
                            "select 1 from (" + table.select() + " limit 1) as found",
                            row -> row.getInt(1))
                    .isPresent()) {
                throw new ThroughlineException(session.where + ": import: there are rows in " + table.name()
                        + ", expected a store with nothing in it, which no host has opened");
            }
        }
    }

    /** How many rows there were. */
    long read(Session session, int schema) {
        byte[] first = next();
        hash(first);
        header(object(first), schema);
        while (true) {
            byte[] line = next();
            JsonNode object = object(line);
            if (object.has("end")) {
                end(object, session);
                session.insert(Writes.COPIED, List.<Object[]>of(new Object[] {Store.COPIED, at.toString()}));
                return rows.values().stream().mapToLong(Long::longValue).sum();
            }
            hash(line);
            row(object, session);
        }
    }

    private void header(JsonNode header, int schema) {
        if (!header.path("format").asString("").equals(Export.FORMAT)) {
            throw fault("expected the header of a " + Export.FORMAT);
        }
        int version = header.path("version").asInt(0);
        if (version != Export.VERSION) {
            throw fault("it is of version " + version + ", expected " + Export.VERSION);
        }
        int tables = header.path("schema").asInt(0);
        if (tables < 1 || tables > schema) {
            throw fault("it is of tables of version " + tables
                    + ", and this release of Throughline knows versions up to " + schema);
        }
        at = instant("at", header.path("at").asString(""));
    }

    private void row(JsonNode object, Session session) {
        Table table = tables.get(object.path("table").asString(""));
        if (table == null) {
            throw fault("expected a row of one of " + new TreeSet<>(tables.keySet()));
        }
        if (!table.equals(filling) || batch.size() >= ROWS_AT_ONCE || size >= BYTES_AT_ONCE) {
            flush(session);
            filling = table;
        }
        if (batch.isEmpty()) {
            firstOfBatch = lines.number();
        }
        batch.add(values(table, object));
        lastOfBatch = lines.number();
        rows.merge(table.name(), 1L, Long::sum);
    }

    private void flush(Session session) {
        if (filling != null) {
            insert(filling.insert(shards != null && filling.sharded()), session);
        }
        batch.clear();
        size = 0;
    }

    private void insert(Insert insert, Session session) {
        try {
            session.insert(insert, batch);
        } catch (StoreException refused) {
            if (!Faults.isRefusal(refused)) {
                throw refused;
            }
            throw new ThroughlineException(
                    where + ": import: one of the lines " + firstOfBatch + " to " + lastOfBatch
                            + " was refused by the database: " + Faults.reason(refused) + "; nothing was imported",
                    refused);
        }
    }

    private Object[] values(Table table, JsonNode object) {
        var values = new ArrayList<@Nullable Object>();
        for (Insert.Column column : table.columns()) {
            values.add(value(table, column, object.get(column.name())));
        }
        if (shards != null && table.sharded()) {
            values.add((long) shards.apply(Key.parse(String.valueOf(values.get(0)))));
        }
        return values.toArray();
    }

    private @Nullable Object value(Table table, Insert.Column column, @Nullable JsonNode value) {
        if (value != null && value.isNull() && table.mayBeNull(column)) {
            return null;
        }
        try {
            switch (column.type()) {
                case TEXT -> {
                    if (value != null && value.isString()) {
                        return text(table, column, value.stringValue());
                    }
                }
                case LONG -> {
                    if (value != null && value.isIntegralNumber() && value.canConvertToLong()) {
                        return number(table, column, value.longValue());
                    }
                }
                case BYTES -> {
                    if (value != null && value.isString()) {
                        byte[] body = value.binaryValue();
                        size += body.length;
                        return body;
                    }
                }
            }
        } catch (JacksonException noBytes) {
            // told below, like any other value of the wrong kind
        }
        throw fault("its " + column.name() + " is missing or no " + column.type() + ", expected a row of "
                + table.name() + " with " + table.names());
    }

    private String text(Table table, Insert.Column column, String text) {
        if (!isWhole(text)) {
            throw fault("its " + column.name() + " has a NUL or half a surrogate pair, which no text has");
        }
        size += text.length();
        if (table.isKey(column)) {
            requireKey(column.name(), text);
        }
        return table.name().equals("settings") ? setting(column.name(), text) : text;
    }

    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(each -> each == 0 || Character.getType(each) == Character.SURROGATE);
    }

    /** Settings of the tables are of the store that is filled; a copy is as old as the oldest one that it was made of. */
    private String setting(String column, String text) {
        if (column.equals("name")) {
            if (text.startsWith("schema.")) {
                throw fault("its name begins with 'schema.', expected no setting of the tables");
            }
            setting = text;
        } else if (setting.equals(Store.COPIED)) {
            Instant copied = instant("value", text);
            return copied.isAfter(at) ? at.toString() : text;
        }
        return text;
    }

    private long number(Table table, Insert.Column column, long number) {
        long highest = table.highest(column);
        if (highest < Long.MAX_VALUE && (number < 0 || number > highest)) {
            throw fault("its " + column.name() + " is " + number + ", expected 0 to " + highest);
        }
        return number;
    }

    private Instant instant(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw fault("its " + name + " is no instant, expected one such as 2026-11-23T02:00:00Z");
        }
    }

    private void requireKey(String name, String text) {
        try {
            Key.parse(text);
        } catch (ThroughlineException unreadable) {
            throw fault("its " + name + " is no key, expected kind/id");
        }
    }

    private void end(JsonNode end, Session session) {
        flush(session);
        if (!end.path("sha256").asString("").equals(HexFormat.of().formatHex(hash.digest()))) {
            throw fault("the lines before it are not those that were written, for their hash is another one");
        }
        for (Map.Entry<String, Long> found : rows.entrySet()) {
            long expected = end.path("end").path(found.getKey()).asLong(0);
            if (expected != found.getValue()) {
                throw fault("there are " + found.getValue() + " rows of " + found.getKey() + ", expected " + expected);
            }
        }
        if (read() != null || lines.isCut()) {
            throw fault("expected nothing after the last line");
        }
    }

    private byte[] next() {
        byte[] line = read();
        if (line == null) {
            throw fault("it ends here, expected a last line with a hash: it is cut short");
        }
        return line;
    }

    private byte @Nullable [] read() {
        try {
            return lines.next();
        } catch (IOException failed) {
            throw fault("the stream cannot be read: " + failed.getMessage());
        }
    }

    private void hash(byte[] line) {
        hash.update(line);
        hash.update((byte) '\n');
    }

    private JsonNode object(byte[] line) {
        try {
            JsonNode object = JSON.readTree(line);
            if (object != null && object.isObject()) {
                return object;
            }
        } catch (JacksonException malformed) {
            // its message quotes the line, which may be personal data
        }
        throw fault("expected a JSON object, each name in it once");
    }

    private ThroughlineException fault(String why) {
        return new ThroughlineException(
                where + ": import: line " + lines.number() + ": " + why + "; nothing was imported");
    }
}
