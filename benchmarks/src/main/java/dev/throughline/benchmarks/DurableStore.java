// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks;

import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Ids;
import dev.throughline.identity.Sender;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Payloads;
import dev.throughline.store.Changes;
import dev.throughline.store.Codecs;
import dev.throughline.store.Timer;
import dev.throughline.store.Unit;
import dev.throughline.wire.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The durable store beside bare JDBC that writes the same rows: per event one state of 1 KB read and written back, one line of 200 B,
 * one timer and one row of the outbox, in groups of 1, 100 and 1,000 events. Both run in turn, in one process.
 *
 * <p>Arguments: {@code sqlite}, or a {@code jdbc:postgresql:} URL whose current schema is empty.
 */
public final class DurableStore {

    static final int CUSTOMERS = 50_000;

    private static final int STATE_BYTES = 1000;
    private static final int LINE_BYTES = 150;
    private static final int ROUNDS = 5;
    private static final Duration WINDOW = Duration.ofSeconds(3);
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private DurableStore() {}

    /** One event: what is read, and what is written; a state is an array of bytes. */
    record Event(Key customer, Object state, Entry line, Timer timer, Outgoing row) {}

    /** Does a group of events in one transaction. */
    interface Side extends AutoCloseable {
        void group(List<Event> events) throws SQLException;

        /** How much has come back, so that reading is work that counts. */
        long bytesRead();

        @Override
        void close() throws SQLException;
    }

    /** A line's body. */
    record Body(String text) implements Payload {
        static final Codec<Body> CODEC =
                Codec.of((body, out) -> out.string(1, body.text()), in -> new Body(in.string(1)));
    }

    /**
     * Runs both sides and prints their rates and the ratio.
     *
     * @param arguments {@code sqlite} or a URL
     * @throws Exception if the database cannot be used
     */
    @SuppressWarnings("SystemOut") // a benchmark prints its figures
    public static void main(String... arguments) throws Exception {
        String url = arguments.length == 0 ? "sqlite" : arguments[0];
        for (int size : new int[] {1, 100, 1000}) {
            try (Side store = url.equals("sqlite") ? store(file("store")) : store(url);
                    Side bare = url.equals("sqlite") ? BareJdbc.sqlite(file("bare")) : BareJdbc.postgresql(url)) {
                var events = new Events();
                var rates = compare(store, bare, events, size);
                System.out.printf(
                        Locale.ROOT,
                        "groups of %4d: store %,8.0f/s, bare %,8.0f/s, ratio %.2f (%,d and %,d bytes read)%n",
                        size,
                        rates[0],
                        rates[1],
                        rates[0] / rates[1],
                        store.bytesRead(),
                        bare.bytesRead());
            }
        }
    }

    /** Medians of both sides, measured in turn after one round of warming up. */
    private static double[] compare(Side store, Side bare, Events events, int size) throws SQLException {
        var storeRates = new ArrayList<Double>();
        var bareRates = new ArrayList<Double>();
        for (int round = 0; round <= ROUNDS; round++) {
            double storeRate = rate(store, events, size);
            double bareRate = rate(bare, events, size);
            if (round > 0) {
                storeRates.add(storeRate);
                bareRates.add(bareRate);
            }
        }
        storeRates.sort(null);
        bareRates.sort(null);
        return new double[] {storeRates.get(ROUNDS / 2), bareRates.get(ROUNDS / 2)};
    }

    private static double rate(Side side, Events events, int size) throws SQLException {
        long start = System.nanoTime();
        long done = 0;
        long making = 0;
        while (System.nanoTime() - start - making < WINDOW.toNanos()) {
            long before = System.nanoTime();
            List<Event> group = events.next(size);
            making += System.nanoTime() - before;
            side.group(group);
            done += size;
        }
        return done * 1e9 / (System.nanoTime() - start - making);
    }

    private static String file(String name) throws IOException {
        Path directory = Files.createTempDirectory("throughline-benchmark");
        return "jdbc:sqlite:" + directory.resolve(name + ".db");
    }

    private static Side store(String url) {
        JdbcStore store = JdbcStore.url(url);
        store.open(codecs());
        return new Side() {
            private long bytesRead;

            @Override
            public long bytesRead() {
                return bytesRead;
            }

            @Override
            public void group(List<Event> events) {
                var changes = Changes.none();
                var states = new LinkedHashMap<Key, Object>();
                var ids = new ArrayList<String>(events.size());
                for (Event event : events) {
                    states.put(event.customer, event.state);
                    ids.add(event.line.id());
                    changes.entries().add(event.line);
                    changes.timersSet().add(event.timer);
                    changes.enqueued().add(event.row);
                }
                states.forEach(changes::change);
                try (Unit unit = store.begin()) {
                    unit.claim(states.keySet(), true);
                    unit.seen(ids, START);
                    for (Object state : unit.load(List.copyOf(states.keySet()))) {
                        bytesRead += ((byte[]) state).length;
                    }
                    unit.commit(changes);
                }
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    private static Codecs codecs() {
        Codec<Object> bytes = Codec.of((state, out) -> out.bytes(1, (byte[]) state), in -> in.bytes(1));
        var states = new EnumMap<Key.Kind, Codec<Object>>(Key.Kind.class);
        for (Key.Kind kind : Key.Kind.values()) {
            states.put(kind, bytes);
        }
        return new Codecs(states, new Payloads().with("body", Body.class, Body.CODEC));
    }

    /** Makes events; distinct customers within a group. */
    private static final class Events {

        private final Random random = new Random(42);
        private int number;

        List<Event> next(int size) {
            var events = new ArrayList<Event>(size);
            int customer = random.nextInt(CUSTOMERS);
            for (int i = 0; i < size; i++) {
                customer = (customer + 1 + random.nextInt(CUSTOMERS / size)) % CUSTOMERS;
                events.add(event(customer));
            }
            return events;
        }

        private Event event(int customer) {
            number++;
            String id = Ids.hash("customer", customer);
            Key key = new Key(Key.Kind.CUSTOMER, id);
            byte[] state = new byte[STATE_BYTES];
            random.nextBytes(state);
            Instant at = START.plusMillis(number);
            var line = new Entry(Entry.Log.TIMELINE, id, Ids.hash("tp", number), at, new Body("x".repeat(LINE_BYTES)));
            var timer = new Timer(key, "journey", at.plusSeconds(3600));
            return new Event(key, state, line, timer, row(key, at));
        }

        private Outgoing row(Key customer, Instant at) {
            var address = Address.phone("+84900000001");
            var message = new Outbound(
                    new MessageId(Ids.hash("message", number)),
                    1,
                    address,
                    Sender.of("SHOP"),
                    MessageClass.MARKETING,
                    new TextContent("y".repeat(100)),
                    at.plusSeconds(7200),
                    null);
            return new Outgoing(message, Channel.SMS, Key.of(address), customer, "spring", at.plusSeconds(600));
        }
    }
}
