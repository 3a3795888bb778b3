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
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables of one dialect, from the plain SQL files under {@code schema}: the first makes them, each further one extends what the one
 * before has made, in a way that its hosts do not notice. In the database a row says which version all hosts know.
 */
final class Schema {

    /** What this release knows. */
    static final int LATEST = 1;

    /** The setting that tells which version all hosts know, where it is not the first; hosts look at the settings all the time. */
    private static final String VERSION = "schema.version";

    /** The setting that tells how far the tables have been extended, where that is further. */
    private static final String EXTENDED = "schema.extended";

    private static final Pattern TABLE = Pattern.compile("create table (@\\w+)");
    private static final Pattern NAME = Pattern.compile("create (?:table|index) (@\\w+)");

    private final Session session;
    private final String dialect;
    private final int latest;

    Schema(Session session, String dialect, int latest) {
        this.session = session;
        this.dialect = dialect;
        this.latest = latest;
    }

    /**
     * The settings, unless an upgrade has left this host behind. That counts as a fault that may pass: no input is to blame for it, and
     * none may be set aside.
     */
    static Map<String, String> known(Map<String, String> settings, int latest, String where) {
        int version = Integer.parseInt(settings.getOrDefault(VERSION, "1"));
        if (version > latest) {
            throw tooNew(where, version, latest, true);
        }
        return settings;
    }

    /** Whether the tables are there, of a version that is known, and complete; {@code present} are the tables of the schema, ours or not. */
    boolean isThere(Set<String> present) {
        Set<String> ours = named(TABLE, 1);
        var found = new TreeSet<>(ours);
        found.retainAll(present);
        if (found.isEmpty()) {
            return false;
        }
        if (!found.contains(session.spelled("@schema"))) {
            throw wrong("it has a table '" + found.first() + "' but no table '" + session.spelled("@schema")
                    + "', expected Throughline's tables or none: give them another prefix");
        }
        int version = version();
        if (version > latest) {
            throw tooNew(session.where, version, latest, false);
        }
        ours.addAll(named(TABLE, version));
        if (!present.containsAll(ours)) {
            ours.removeAll(present);
            throw wrong("it lacks the tables " + ours + ", expected all of version " + version + ": restore a backup");
        }
        return true;
    }

    void create() {
        run(1);
        extend(1);
        finish();
    }

    /** Whether the tables lack what this release knows. */
    boolean isBehind() {
        return extended() < latest;
    }

    /** Adds what they lack. Hosts of the version that the tables are of go on. */
    void extend() {
        extend(extended());
    }

    /** From now on the tables are of this release's version, and older hosts are refused. */
    void finish() {
        if (version() < latest) {
            session.update("finish an upgrade", "update @schema set version = ?", latest);
            set(VERSION);
        }
    }

    private void extend(int version) {
        for (int next = version + 1; next <= latest; next++) {
            run(next);
        }
        if (version < latest) {
            set(EXTENDED);
        }
    }

    private void set(String setting) {
        session.insert(Writes.SETTINGS, List.<Object[]>of(new Object[] {setting, String.valueOf(latest)}));
    }

    private int extended() {
        int version = version();
        String extended = Reads.settings(session).get(EXTENDED);
        return extended == null ? version : Math.max(version, Integer.parseInt(extended));
    }

    /** The version that all hosts know. */
    int version() {
        List<Integer> versions = session.query("read the version", "select version from @schema", row -> row.getInt(1));
        if (versions.size() != 1 || versions.get(0) < 1) {
            throw wrong("its version is "
                    + versions.stream().map(String::valueOf).collect(Collectors.joining(" and "))
                    + ", expected one number from 1: restore a backup");
        }
        return versions.get(0);
    }

    private void run(int version) {
        try (Statement statement = session.connection.createStatement()) {
            var statements = new Scanner(session.spelled(withoutComments(script(version)))).useDelimiter(";\\s*");
            while (statements.hasNext()) {
                statement.execute(statements.next());
            }
        } catch (SQLException fault) {
            throw session.fault("create the tables", fault);
        }
    }

    private static StoreException tooNew(String where, int version, int latest, boolean isTransient) {
        return new StoreException(
                where + ": its tables are of version " + version
                        + ", and this release of Throughline knows versions up to " + latest
                        + ": expected the release that has upgraded them, or a later one",
                isTransient,
                null);
    }

    private StoreException wrong(String why) {
        return new StoreException(session.where + ": " + why, false, null);
    }

    /** The tables and indexes of the version that all hosts know. */
    Set<String> names() {
        return named(NAME, version());
    }

    /** By the files of all versions up to this one. */
    private Set<String> named(Pattern form, int version) {
        var names = new TreeSet<String>();
        for (int each = 1; each <= version; each++) {
            form.matcher(script(each))
                    .results()
                    .map((MatchResult found) -> session.spelled(found.group(1)))
                    .forEach(names::add);
        }
        return names;
    }

    private String script(int version) {
        return read("schema/" + dialect + "-" + version + ".sql");
    }

    private static String withoutComments(String script) {
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
