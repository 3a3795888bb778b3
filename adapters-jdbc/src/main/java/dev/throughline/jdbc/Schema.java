// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Scanner;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables of one dialect, from the plain SQL files under {@code schema}: one file per version, and in the database one row that
 * says which version it has.
 */
final class Schema {

    static final int VERSION = 1;

    private static final Pattern TABLE = Pattern.compile("create table (@\\w+)");

    private final Session session;
    private final String script;

    Schema(Session session, String dialect) {
        this.session = session;
        this.script = read("schema/" + dialect + "-" + VERSION + ".sql");
    }

    /** Whether the tables are there, of this version and complete; {@code present} are the tables of the schema, ours or not. */
    boolean isThere(Set<String> present) {
        Set<String> ours = tables();
        var found = new TreeSet<>(ours);
        found.retainAll(present);
        if (found.isEmpty()) {
            return false;
        }
        if (!found.contains(session.spelled("@schema"))) {
            throw wrong("it has a table '" + found.first() + "' but no table '" + session.spelled("@schema")
                    + "', expected Throughline's tables or none: give them another prefix");
        }
        requireVersion();
        if (!found.containsAll(ours)) {
            ours.removeAll(found);
            throw wrong("it lacks the tables " + ours + ", expected all of version " + VERSION + ": restore a backup");
        }
        return true;
    }

    void create() {
        try (Statement statement = session.connection.createStatement()) {
            var statements = new Scanner(session.spelled(withoutComments())).useDelimiter(";\\s*");
            while (statements.hasNext()) {
                statement.execute(statements.next());
            }
        } catch (SQLException fault) {
            throw session.fault("create the tables", fault);
        }
    }

    private void requireVersion() {
        List<Integer> versions = session.query("read the version", "select version from @schema", row -> row.getInt(1));
        if (!versions.equals(List.of(VERSION))) {
            throw wrong("its tables are of version "
                    + versions.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + ", expected " + VERSION
                    + ": open it with the version of Throughline that wrote it, or a later one");
        }
    }

    private StoreException wrong(String why) {
        return new StoreException(session.where + ": " + why, false, null);
    }

    private Set<String> tables() {
        return TABLE.matcher(script)
                .results()
                .map((MatchResult found) -> session.spelled(found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String withoutComments() {
        return script.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
    }

    private static String read(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
