// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.StoreException;
import java.sql.SQLException;
import java.util.Set;

/** Says in one line what a database could not do, without the values it was given, and whether trying again may help. */
final class Faults {

    private static final Set<String> PASSING =
            Set.of("25006", "25P03", "40001", "40P01", "55P03", "57P01", "57P02", "57P03");

    /** Connections, memory or disk space are used up: nothing is wrong with what was to be written. */
    private static final String RESOURCES = "53";

    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_LOCKED = 6;
    private static final int SQLITE_READONLY = 8;
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_CANTOPEN = 14;
    private static final int SQLITE_NOTADB = 26;

    /** Data, integrity and limits of the program. */
    private static final Set<String> REFUSALS = Set.of("22", "23", "54");

    /** Too big, a constraint, a mismatch of types. */
    private static final Set<Integer> SQLITE_REFUSALS = Set.of(18, 19, 20);

    private Faults() {}

    static StoreException sqlite(String where, String what, SQLException fault) {
        int code = fault.getErrorCode() & 0xFF;
        String reason =
                switch (code) {
                    case SQLITE_BUSY, SQLITE_LOCKED ->
                        "another connection holds the write lock,"
                                + " expected its transaction to end within the busy timeout";
                    case SQLITE_READONLY -> "it is read-only, expected file and directory to be writable";
                    case SQLITE_CORRUPT -> "it is damaged, expected an intact database: restore a backup";
                    case SQLITE_FULL -> "the disk is full, expected space for the file and its write-ahead log";
                    case SQLITE_CANTOPEN -> "it cannot be opened, expected a writable file in a writable directory";
                    case SQLITE_NOTADB -> "it is not a database, expected a SQLite file or none";
                    default -> firstLine(fault);
                };
        boolean passing = code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_FULL;
        return new StoreException(where + ": could not " + what + ": " + reason, passing, fault);
    }

    static StoreException postgresql(String where, String what, SQLException fault) {
        String state = fault.getSQLState() == null ? "" : fault.getSQLState();
        boolean lost = state.startsWith("08");
        String reason = lost ? "the connection was lost (" + firstLine(fault) + ")" : firstLine(fault);
        return new StoreException(
                where + ": could not " + what + ": " + reason + (state.isEmpty() ? "" : " [" + state + "]"),
                lost || state.startsWith(RESOURCES) || PASSING.contains(state),
                fault);
    }

    /** Whether the database has refused what was to be written: a row that is there, a value that is missing, too long or out of range. */
    static boolean isRefusal(StoreException fault) {
        if (!(fault.getCause() instanceof SQLException cause)) {
            return false;
        }
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        return REFUSALS.stream().anyMatch(state::startsWith)
                || (state.isEmpty() && SQLITE_REFUSALS.contains(cause.getErrorCode() & 0xFF));
    }

    /** What the database has said, without the place. */
    static String reason(StoreException fault) {
        return fault.getCause() instanceof SQLException cause ? firstLine(cause) : "";
    }

    /** The server's further lines may quote the values of a row. */
    static String firstLine(SQLException fault) {
        String message = fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
        return message.lines().findFirst().orElse("");
    }
}
