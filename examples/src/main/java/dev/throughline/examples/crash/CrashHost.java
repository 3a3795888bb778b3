// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.crash;

import dev.throughline.Throughline;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.jdbc.JdbcStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A host in a process of its own, which is killed at any moment. It says on its standard output what was acknowledged, and once its
 * input is closed it takes nothing more, finishes what is under way, and ends.
 */
final class CrashHost {

    private static final int THREADS = 6;
    private static final int LONGEST_PAUSE = 60;

    /** What is in doubt, or could not be sent, is tried anew after a minute, and after four more; what waits longer is of another day. */
    private static final Duration SOON = Duration.ofMinutes(6);

    private final String name;
    private final Throughline host;
    private final AtomicBoolean closing = new AtomicBoolean();

    private CrashHost(String name, Throughline host) {
        this.name = name;
        this.host = host;
    }

    /** Arguments: the host's name, which no other has, the store's URL, and the port of the mail server. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        JdbcStore store = JdbcStore.url(arguments[1]);
        try (var host = CrashShop.host(store, Integer.parseInt(arguments[2]))) {
            host.start();
            var crash = new CrashHost(arguments[0], host);
            List<Thread> shoppers = crash.shop();
            while (System.in.read() >= 0) {
                // Nobody writes: the end of the input is what is waited for.
            }
            crash.closing.set(true);
            for (Thread shopper : shoppers) {
                shopper.join();
            }
            while (!isQuiet(store)) {
                CrashScene.pause(50);
            }
        }
    }

    private List<Thread> shop() {
        var shoppers = new ArrayList<Thread>();
        for (int number = 0; number < THREADS; number++) {
            int shopper = number;
            var thread = new Thread(() -> shop(shopper), "shopper-" + number);
            thread.start();
            shoppers.add(thread);
        }
        return shoppers;
    }

    private void shop(int shopper) {
        String mine = name + "-" + shopper + "-";
        var random = new Random(mine.hashCode());
        for (int number = 0; !closing.get(); number++) {
            String id = mine + number;
            String event = CrashShop.EVENTS.get(random.nextInt(CrashShop.EVENTS.size()));
            try {
                host.track(CrashShop.customer(random.nextInt(CrashShop.CUSTOMERS)), event, Map.of(CrashShop.ID, id));
                say(id);
            } catch (ThroughlineException refused) {
                // As after it has stood still: nothing was acknowledged, and nothing is promised.
            }
            CrashScene.pause(random.nextInt(LONGEST_PAUSE));
        }
    }

    /** Whether nothing is on its way that this run could still hear of. */
    static boolean isQuiet(JdbcStore store) {
        Map<String, Long> backlog = store.backlog();
        Instant soon = Instant.now().plus(SOON);
        return Stream.of("outbox", "sending", "inbox", "told").allMatch(where -> backlog.getOrDefault(where, 0L) == 0)
                && store.nextDue().filter(soon::isAfter).isEmpty();
    }

    /** One write for the whole line, so that of one that is torn by death the end is missing. */
    private static void say(String line) {
        synchronized (System.out) {
            System.out.print(line + "\n");
            System.out.flush();
        }
    }
}
