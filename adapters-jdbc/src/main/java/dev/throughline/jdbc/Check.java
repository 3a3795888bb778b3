// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.consent.LedgerLine;
import dev.throughline.jdbc.Damage.Kind;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Payload;
import dev.throughline.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Looks over all that a store keeps, as of one moment, and names what is wrong with it. Used once. */
final class Check {

    private final Database database;
    private final Forms forms;
    private final Instant now;
    private final Consumer<Damage> found;
    private long number;

    Check(Database database, Forms forms, Instant now, Consumer<Damage> found) {
        this.database = database;
        this.forms = forms;
        this.now = now;
        this.found = found;
    }

    /** How much was found. What cannot be read on is the last thing that is told. */
    long run() {
        try {
            database.stream(this::run);
        } catch (StoreException unreadable) {
            if (unreadable.isTransient()) {
                throw unreadable;
            }
            tell(Kind.DATABASE, "", 0, "it cannot be read any further: " + unreadable.getMessage());
        }
        return number;
    }

    private void run(Session session) {
        if (!isWhole(session)) {
            return;
        }
        database.damages(session).forEach(line -> tell(Kind.DATABASE, "", 0, line));
        stateless(session, "timers", "key", "t.key");
        stateless(session, "routes", "reference", "t.key");
        stateless(session, "members", "name, key", "t.key");
        for (Entry.Log log : Entry.Log.values()) {
            bodies(session, Writes.table(log), "id", this::line);
            subjects(session, log);
        }
        for (String queue : List.of("told", "inbox", "dead_letters")) {
            bodies(session, queue, "id", forms::envelope);
        }
        new CheckStates(session, forms, now, this::tell).run();
    }

    /** Whether there is everything that the rest looks at; an index is not among that. */
    private boolean isWhole(Session session) {
        Set<String> present = database.names(session);
        var missing = new TreeSet<>(database.schema(session).names());
        missing.removeAll(present);
        boolean whole = true;
        for (String name : missing) {
            tell(Kind.SCHEMA, "", 0, name + " is missing");
        }
        for (Table table : Table.ALL) {
            String name = session.spelled("@" + table.name());
            for (String column : table.names()) {
                if (!present.contains(name + "." + column)) {
                    tell(Kind.SCHEMA, table.name(), 0, "column " + column + " is missing");
                    whole = false;
                }
            }
        }
        return whole;
    }

    private void stateless(Session session, String table, String order, String key) {
        missing(session, table, order, key, Kind.ROW_WITHOUT_STATE, "its key has no state");
    }

    private void subjects(Session session, Entry.Log log) {
        String kind = log == Entry.Log.LEDGER ? "CONTACT_POINT/" : "CUSTOMER/";
        String said = "its subject has no state";
        missing(session, Writes.table(log), "id", "'" + kind + "' || t.subject", Kind.LINE_WITHOUT_SUBJECT, said);
    }

    private void missing(Session session, String table, String order, String key, Kind kind, String said) {
        session.each(
                "check " + table,
                "select t.place from (select *, row_number() over (order by " + order + ") as place from @" + table
                        + ") t where not exists (select 1 from @states s where s.key = " + key + ")",
                row -> row.getLong(1),
                place -> tell(kind, table, place, said));
    }

    /** What a line of the ledger says is read when somebody asks. */
    private Object line(byte[] body) {
        Payload line = forms.codecs.payloads().decode(body);
        return line instanceof LedgerLine said ? said.event() : line;
    }

    private interface Decoding {
        Object of(byte[] body);
    }

    private void bodies(Session session, String table, String order, Decoding decoding) {
        var place = new long[1];
        session.each(
                "check " + table, "select body from @" + table + " order by " + order, row -> row.getBytes(1), body -> {
                    place[0]++;
                    if (!isReadable(body, decoding)) {
                        tell(Kind.BODY, table, place[0], "its body cannot be decoded");
                    }
                });
    }

    /** Whatever a codec throws at bytes that it has not written; the message may hold what they say. */
    private static boolean isReadable(byte[] body, Decoding decoding) {
        try {
            decoding.of(body);
            return true;
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    private void tell(Kind kind, String table, long row, String detail) {
        number++;
        found.accept(new Damage(kind, table, row, detail.lines().findFirst().orElse("")));
    }

    /** Hears of damage. */
    interface Telling {
        void tell(Kind kind, String table, long row, String detail);
    }

    static String lower(Object kind) {
        return kind.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
