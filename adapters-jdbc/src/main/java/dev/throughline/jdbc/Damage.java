// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.util.Locale;

/**
 * Something in a store that is not as it should be. Names no person: a row is told by its place.
 *
 * @param kind what is wrong
 * @param table in which table, without the prefix; empty if it is of no table
 * @param row which row, from 1, in the order of the table's key; 0 if it is of no row. {@code order by} that key {@code limit 1 offset
 *     row - 1} finds it
 * @param detail what was found there
 */
public record Damage(Kind kind, String table, long row, String detail) {

    /** What can be wrong. */
    public enum Kind {
        /** The database itself has found damage. */
        DATABASE("restore a backup; what can still be read can be exported"),
        /** A table, a column or an index is not there. */
        SCHEMA("create it as in the schema file of that version, or restore a backup"),
        /** A body that cannot be decoded. */
        BODY(
                "restore the row from a backup: a message or an input is set aside until then, what needs another row becomes a dead letter"),
        /** A state waits and no timer will wake it. */
        WAIT_WITHOUT_TIMER("redrive the customer"),
        /** A timer that nobody waits for. */
        TIMER_WITHOUT_WAIT("nothing has to be done: it is gone when it is due, and changes nothing"),
        /** A row of the outbox of which its contact point knows nothing. */
        ROW_WITHOUT_MESSAGE("delete the row before it is sent: nobody would hear what became of it"),
        /** A message that its contact point takes for enqueued, without a row. */
        MESSAGE_WITHOUT_ROW(
                "redrive the customer: it becomes UNKNOWN an hour after it was due to leave, or is resolved"),
        /** A row under a key that has no state. */
        ROW_WITHOUT_STATE("restore the state from a backup, or delete the row"),
        /** A line of a log whose subject has no state. */
        LINE_WITHOUT_SUBJECT("restore the subject's state from a backup: the line is shown to nobody");

        private final String remedy;

        Kind(String remedy) {
            this.remedy = remedy;
        }

        /**
         * What to do.
         *
         * @return one line
         */
        public String remedy() {
            return remedy;
        }
    }

    @Override
    public String toString() {
        String where = table.isEmpty() ? "" : " in " + table + (row == 0 ? "" : ", row " + row);
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + where + ": " + detail + "; " + kind.remedy;
    }
}
