// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This host's seats at providers that let only some hosts connect at once. A seat is a lease that stands among the store's settings; a
 * host that ends gives it back, and one that dies loses it. Renewed by one thread, left by another when it has lapsed; thread-safe to ask.
 */
final class Seats {

    private static final Logger LOG = LoggerFactory.getLogger(Seats.class);
    private static final String PREFIX = "seats/";
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** A seat is left so long before others may have it. */
    private static final Duration NOTICE = Duration.ofSeconds(2);

    /** A seat is renewed when no more than this is left of it. */
    private static final Duration RENEWAL = Duration.ofSeconds(4);

    private static final Duration LOOK = Duration.ofMillis(250);

    private final Store store;
    private final String owner;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final Map<String, Seat> byChannel = new TreeMap<>();
    private final Thread thread = new Thread(this::watch, "throughline-seats");
    private volatile boolean running = true;

    private final class Seat {
        private final ChannelAdapter adapter;
        private volatile boolean ours;
        private volatile long until;

        Seat(ChannelAdapter adapter) {
            this.adapter = adapter;
        }

        String setting() {
            return PREFIX + adapter.id();
        }

        /** By the ticker that passes also while this host stands still. */
        boolean isOurs() {
            return ours && until - ticker.getAsLong() > 0;
        }

        boolean isFresh() {
            return ours && until - ticker.getAsLong() > RENEWAL.toNanos();
        }

        synchronized void keep(long end) {
            until = end;
            ours = true;
        }

        synchronized void leaveLapsed() {
            if (!isOurs()) {
                lose();
            }
        }

        synchronized void lose() {
            if (ours) {
                ours = false;
                adapter.leave();
                LOG.atInfo().addKeyValue("adapter", adapter.id()).log("another host may have this one's seat");
            }
        }
    }

    /** None at first. On a store for one host there is nobody to share with. */
    Seats(Store store, Outlet outlet, InstantSource clock, LongSupplier ticker) {
        this.store = store;
        this.owner = outlet.owner();
        this.clock = clock;
        this.ticker = ticker;
        outlet.adapters().stream()
                .filter(adapter -> adapter.seats() < Integer.MAX_VALUE && store.isShared())
                .forEach(adapter -> byChannel.put(adapter.channel().name(), new Seat(adapter)));
    }

    /** Whether this host may send on a channel now. */
    boolean isOurs(String channel) {
        Seat seat = byChannel.get(channel);
        return seat == null || seat.isOurs();
    }

    /** The adapters that wait for a seat. */
    List<String> missing() {
        return byChannel.values().stream()
                .filter(seat -> !seat.isOurs())
                .map(seat -> seat.adapter.id())
                .toList();
    }

    /** From now on lapsed seats are left also while whoever renews them waits for a database that does not answer. */
    void start() {
        if (!byChannel.isEmpty()) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    void stop() {
        running = false;
    }

    private void watch() {
        while (running) {
            try {
                leaveLapsed();
            } catch (RuntimeException unexpected) {
                LOG.atError().setCause(unexpected).log("an adapter could not leave its seat");
            }
            Threads.pause(LOOK);
        }
    }

    /** Takes what is free, keeps what is ours, and leaves what is not any more. */
    void renew() {
        StoreException last = null;
        for (Seat seat : byChannel.values()) {
            leaveLapsed(); // a store that does not answer for one must not keep the others connected
            try {
                if (!seat.isFresh()) {
                    renew(seat);
                }
            } catch (StoreException fault) {
                last = fault;
            }
        }
        leaveLapsed();
        if (last != null) {
            throw last;
        }
    }

    private void leaveLapsed() {
        byChannel.values().forEach(Seat::leaveLapsed);
    }

    private void renew(Seat seat) {
        long asked = ticker.getAsLong();
        try (Unit unit = store.begin()) {
            Instant now = unit.turnAt(List.of(seat.setting()), clock.instant());
            var holders = holders(unit.settings().getOrDefault(seat.setting(), ""), now);
            if (!holders.containsKey(owner) && holders.size() >= seat.adapter.seats()) {
                seat.lose();
                return;
            }
            holders.put(owner, now.plus(LEASE));
            commit(unit, seat, holders);
            seat.keep(asked + LEASE.minus(NOTICE).toNanos());
        }
    }

    /** Gives all seats back, once the adapters are closed. */
    void giveBack() {
        byChannel.values().stream().filter(seat -> seat.ours).forEach(this::giveBack);
    }

    private void giveBack(Seat seat) {
        seat.ours = false;
        try (Unit unit = store.begin()) {
            Instant now = unit.turnAt(List.of(seat.setting()), clock.instant());
            var holders = holders(unit.settings().getOrDefault(seat.setting(), ""), now);
            if (holders.remove(owner) != null) {
                commit(unit, seat, holders);
            }
        } catch (StoreException fault) {
            LOG.atWarn().addKeyValue("adapter", seat.adapter.id()).log("a seat was not given back, and will lapse");
        }
    }

    private static void commit(Unit unit, Seat seat, Map<String, Instant> holders) {
        var changes = Changes.none();
        changes.settings()
                .put(
                        seat.setting(),
                        holders.entrySet().stream()
                                .map(holder -> holder.getKey() + "=" + holder.getValue())
                                .collect(Collectors.joining(";")));
        unit.commit(changes);
    }

    /** Those whose leases are not over, with their ends. */
    private static Map<String, Instant> holders(String said, Instant now) {
        var holders = new TreeMap<String, Instant>();
        Arrays.stream(said.split(";")).filter(holder -> !holder.isEmpty()).forEach(holder -> {
            int end = holder.lastIndexOf('=');
            Instant until = until(holder.substring(end + 1));
            if (until.isAfter(now)) {
                holders.put(holder.substring(0, end), until);
            }
        });
        return holders;
    }

    /** What is no instant, and so of no host, is over. */
    private static Instant until(String said) {
        try {
            return Instant.parse(said);
        } catch (DateTimeParseException nonsense) {
            return Instant.MIN;
        }
    }
}
