// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which host takes from an inbox. Nobody's clock is compared with another's: whoever has shown no sign of life while another host watched
 * for ten seconds has lost the lead. Used by one thread.
 */
final class InboxLead {

    static final Duration SILENCE = Duration.ofSeconds(10);

    /** Nobody, in a database in which an empty text is none. */
    private static final String NOBODY = "-";

    private final InboxDatabase database;
    private final Duration silence;
    private final String self = ProcessName.next();
    private @Nullable Leader seen;
    private long since;

    /** Who leads, and how many signs of life there were. */
    private record Leader(String owner, long beats) {}

    InboxLead(InboxDatabase database, Duration silence) {
        this.database = database;
        this.silence = silence;
    }

    Duration silence() {
        return silence;
    }

    boolean isOurs() {
        return database.call("look who leads", connection -> {
            Leader now = leader(connection);
            if (now == null) {
                return begin(connection);
            }
            long quiet = quiet(now);
            if (now.owner.equals(self)) {
                return quiet < silence.toNanos() / 3 || beat(connection, now, self);
            }
            return (now.owner.equals(NOBODY) || quiet >= silence.toNanos()) && beat(connection, now, self);
        });
    }

    void resign() {
        database.call("give up the lead", connection -> {
            Leader now = leader(connection);
            return now != null && now.owner.equals(self) && beat(connection, now, NOBODY);
        });
    }

    /** For how long there has been no other sign of life. */
    private long quiet(Leader now) {
        if (!now.equals(seen)) {
            seen = now;
            since = System.nanoTime();
        }
        return System.nanoTime() - since;
    }

    private @Nullable Leader leader(Connection connection) throws SQLException {
        try (var query =
                        connection.prepareStatement("select owner, beats from " + database.poller() + " where id = 1");
                var rows = query.executeQuery()) {
            return rows.next() ? new Leader(rows.getString(1), rows.getLong(2)) : null;
        }
    }

    /** The first host ever writes the row; of two who do so at once, one fails and looks again later. */
    private boolean begin(Connection connection) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into " + database.poller() + " (id, owner, beats) values (1, ?, 0)")) {
            insert.setString(1, self);
            return insert.executeUpdate() == 1;
        }
    }

    /** Whether nobody has shown a sign of life since. */
    private boolean beat(Connection connection, Leader last, String owner) throws SQLException {
        try (var update = connection.prepareStatement("update " + database.poller()
                + " set owner = ?, beats = beats + 1 where id = 1 and owner = ? and beats = ?")) {
            update.setString(1, owner);
            update.setString(2, last.owner);
            update.setLong(3, last.beats);
            return update.executeUpdate() == 1;
        }
    }
}
