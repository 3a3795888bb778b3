// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.crash;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** What was being sent on a shared database at one moment: of a dead host it stays there until another one says what became of it. */
final class Doubts {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final String url;
    private final Set<String> messages;

    private Doubts(String url, Set<String> messages) {
        this.url = url;
        this.messages = messages;
    }

    static Doubts now(String url) {
        return new Doubts(url, sending(url));
    }

    /** How long it takes until all of it has an end. */
    Duration untilSettled() {
        long start = System.nanoTime();
        var left = new TreeSet<>(messages);
        while (!left.isEmpty()) {
            left.retainAll(sending(url));
            CrashScene.pause(20);
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new IllegalStateException("no host has said within " + LONGEST + " what became of " + left);
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Set<String> sending(String url) {
        var found = new TreeSet<String>();
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select id from throughline_outbox where status = 1")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
        return found;
    }
}
