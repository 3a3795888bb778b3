// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the host's clock: whether it goes as time does, and as the clock of a store that several hosts share. It corrects nothing: all
 * that is due is reckoned by the host's clock, whatever it says. Thread-safe.
 */
final class ClockWatch {

    /** What clocks that are kept in step may differ. */
    static final Duration SKEW = Duration.ofSeconds(1);

    /** A host that stands still for a moment between two readings must not look like a clock that was set. */
    private static final Duration JUMP = Duration.ofSeconds(5);

    private static final Duration TOLD = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    private final Store store;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private long lastLook;
    private Instant lastInstant;
    private String jump = "";
    private long jumped;
    private String skew = "";
    private long lastSkew;

    /** One that begins now; {@code ticker} tells nanoseconds that pass even while the clock is set. */
    ClockWatch(Store store, InstantSource clock, LongSupplier ticker) {
        this.store = store;
        this.clock = clock;
        this.ticker = ticker;
        this.lastLook = ticker.getAsLong();
        this.lastInstant = clock.instant();
        this.lastSkew = lastLook - PAUSE.toNanos();
    }

    /** Reads the clocks; what is found is logged when it is found first. */
    synchronized void look() {
        long look = ticker.getAsLong();
        Instant instant = clock.instant();
        Duration set = Duration.between(lastInstant, instant).minusNanos(look - lastLook);
        lastLook = look;
        lastInstant = instant;
        if (set.abs().compareTo(JUMP) > 0) {
            jump = "this host's clock was set " + (set.isNegative() ? "back" : "forward") + " by " + seconds(set);
            jumped = look;
            LOG.warn("{}: what is due is due by it all the same", jump);
        } else if (!jump.isEmpty() && look - jumped > TOLD.toNanos()) {
            jump = "";
        }
        if (look - lastSkew >= PAUSE.toNanos()) {
            lastSkew = look;
            compare();
        }
    }

    private void compare() {
        long before = ticker.getAsLong();
        Instant theirs;
        try {
            theirs = store.time().orElse(null);
        } catch (StoreException away) {
            return; // whoever needs the store says so
        }
        Duration asking = Duration.ofNanos(ticker.getAsLong() - before);
        String found = "";
        if (theirs != null) {
            Duration ahead = Duration.between(theirs, clock.instant());
            boolean apart = ahead.abs().compareTo(SKEW.plus(asking)) > 0;
            found = apart
                    ? "this host's clock is " + seconds(ahead) + (ahead.isNegative() ? " behind" : " ahead of")
                            + " the database's"
                    : "";
        }
        if (skew.isEmpty() != found.isEmpty()) {
            LOG.warn("{}", found.isEmpty() ? "this host's clock is as the database's again" : found);
        }
        skew = found;
    }

    /** What is wrong with it; a jump is told for an hour. Empty if nothing is. */
    synchronized String fault() {
        return jump.isEmpty() || skew.isEmpty() ? jump + skew : jump + "; " + skew;
    }

    private static String seconds(Duration time) {
        return time.abs().toSeconds() + " s";
    }
}
