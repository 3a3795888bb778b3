// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.crash;

import dev.throughline.examples.servers.PostgresqlServer;
import dev.throughline.examples.servers.SmtpAnswer;
import dev.throughline.examples.servers.SmtpServer;
import dev.throughline.jdbc.JdbcStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** A database, a mail server in this process, and hosts in processes of their own, of which no two have one name. */
final class CrashScene implements AutoCloseable {

    /** The mail server thinks about each recipient for at most so many milliseconds. */
    private static final int SLOWEST_ANSWER = 30;

    private final String url;
    private final SmtpServer smtp =
            SmtpServer.on(InstantSource.system()).answering(CrashScene::slowly).start();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<HostProcess> hosts = new ArrayList<>();
    private int started;

    private CrashScene(String url) {
        this.url = url;
    }

    /** Databases, and how many hosts work on one. */
    enum Database {
        sqlite(1) {
            @Override
            String fresh() {
                try {
                    return "jdbc:sqlite:" + Files.createTempDirectory("crash").resolve("shop.db");
                } catch (IOException fault) {
                    throw new UncheckedIOException(fault);
                }
            }
        },
        postgresql(2) {
            @Override
            String fresh() {
                return PostgresqlServer.freshSchema();
            }
        };

        private final int hosts;

        Database(int hosts) {
            this.hosts = hosts;
        }

        abstract String fresh();
    }

    /** A fresh database whose customers have agreed to everything, and all its hosts under load. */
    static CrashScene on(Database database) throws IOException {
        var scene = new CrashScene(database.fresh());
        try (var host = CrashShop.host(JdbcStore.url(scene.url), scene.smtp.port())) {
            host.start();
            CrashShop.open(host);
        }
        while (scene.hosts.size() < database.hosts) {
            scene.hosts.add(scene.started());
        }
        return scene;
    }

    /** How many hosts there are. */
    int size() {
        return hosts.size();
    }

    HostProcess host(int index) {
        return hosts.get(index);
    }

    /** Starts a host in the place of a dead one. */
    void restart(int index) throws IOException {
        hosts.set(index, started());
    }

    /** How much has been acknowledged so far. */
    int acknowledged() {
        return acknowledged.size();
    }

    /** What is being sent at this moment; on a shared database only. */
    Doubts doubts() {
        return Doubts.now(url);
    }

    /** Lets all hosts finish what they have taken, and holds it against what the mail server has. */
    Audit.Result finished() throws IOException, InterruptedException {
        for (HostProcess host : hosts) {
            host.awaitReady();
        }
        for (HostProcess host : hosts) {
            host.end();
        }
        for (HostProcess host : hosts) {
            host.awaitEnd();
        }
        JdbcStore store = JdbcStore.url(url);
        var reader = CrashShop.host(store, smtp.port());
        try {
            return Audit.of(store, acknowledged, smtp.received());
        } finally {
            reader.close();
        }
    }

    private HostProcess started() throws IOException {
        return HostProcess.start("host" + started++, url, smtp.port(), acknowledged);
    }

    private static SmtpAnswer slowly(String recipient) {
        pause(ThreadLocalRandom.current().nextInt(SLOWEST_ANSWER));
        return SmtpAnswer.ACCEPT;
    }

    static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills whatever still runs. */
    @Override
    public void close() {
        try {
            for (HostProcess host : hosts) {
                host.kill();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            smtp.close();
        }
    }
}
