// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Envelope;
import dev.throughline.store.HostInbox;
import dev.throughline.store.HostInbox.Row;
import dev.throughline.store.StoreException;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over what a host has recorded in a database of its own, by a thread of its own: page by page, each in its order, and removes a page
 * once all of it is applied. Thread-safe.
 */
final class Handover {

    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
    private static final int PAGE = 500;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LAST_PAGE = Duration.ofSeconds(2);

    private final HostInbox inbox;
    private final Function<Touchpoint, Envelope> gate;
    private final Function<Envelope, CompletableFuture<Ack>> submit;
    private final InstantSource clock;
    private final Watch watch;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<String> givenUp = new CompletableFuture<>();
    private final Thread thread = new Thread(this::live, "throughline-inbox");
    private volatile HostInbox.Depth depth = HostInbox.Depth.NONE;
    private long looked;

    /** One that has not started; {@code gate} refuses what cannot be taken, by throwing. */
    Handover(
            HostInbox inbox,
            Function<Touchpoint, Envelope> gate,
            Function<Envelope, CompletableFuture<Ack>> submit,
            InstantSource clock,
            Watch watch) {
        this.inbox = inbox;
        this.gate = gate;
        this.submit = submit;
        this.clock = clock;
        this.watch = watch;
        thread.setDaemon(true);
    }

    String name() {
        return inbox.name();
    }

    /** As it was a second ago, or when the inbox could be read last. */
    HostInbox.Depth depth() {
        return depth;
    }

    void start() {
        looked = System.nanoTime() - LOOK.toNanos();
        thread.start();
    }

    /** Takes no further page. */
    void stop() {
        closing.countDown();
        var unused = givenUp.completeOnTimeout("", LAST_PAGE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is not applied within two seconds stays in the inbox, and counts once all the same. */
    void close(Duration most) {
        stop();
        Threads.join(thread, most);
    }

    private void live() {
        var faults = new FaultLog(LOG);
        Duration rest = Duration.ZERO;
        try {
            while (!closing.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                rest = turn(faults);
            }
            inbox.resign();
        } catch (StoreException fault) {
            faults.met(fault);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long to rest now. */
    private Duration turn(FaultLog faults) {
        try {
            boolean leads = inbox.lead();
            int handed = leads ? page() : 0;
            look();
            faults.passed();
            return handed == PAGE ? Duration.ZERO : leads ? inbox.pause() : LOOK;
        } catch (StoreException fault) {
            faults.met(fault);
            depth = depth.failing(String.valueOf(fault.getMessage()));
        } catch (CancellationException closed) {
            return Duration.ZERO;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError unexpected) {
            LOG.atError().setCause(unexpected).log("an inbox could not be handed over, and is tried again");
        }
        return LOOK;
    }

    /** A page that is under way is waited for, whatever the look finds. */
    private void lookMeanwhile() {
        try {
            look();
        } catch (StoreException fault) {
            depth = depth.failing(String.valueOf(fault.getMessage()));
        }
    }

    private void look() {
        long now = System.nanoTime();
        if (now - looked >= LOOK.toNanos()) {
            looked = now;
            depth = inbox.depth();
            if (watch.isOn()) {
                var oldest = depth.oldest();
                long age = oldest == null
                        ? 0
                        : Duration.between(oldest, clock.instant()).toMillis();
                watch.tell(new Figures()
                        .level("throughline.inbox.waiting", depth.waiting(), "inbox", inbox.name())
                        .level("throughline.inbox.age", Math.max(0, age), "inbox", inbox.name())
                        .level("throughline.inbox.setaside", depth.setAside(), "inbox", inbox.name()));
            }
        }
    }

    /** How many rows there were. */
    private int page() {
        List<Row> rows = inbox.waiting(PAGE);
        if (rows.isEmpty()) {
            return 0;
        }
        var bad = new TreeMap<String, String>();
        var underway = new LinkedHashMap<String, CompletableFuture<Ack>>();
        for (Row row : rows) {
            try {
                underway.put(row.id(), submit.apply(gate.apply(Touchpoint.CODEC.decode(row.touchpoint()))));
            } catch (StoreException fault) {
                throw fault;
            } catch (RuntimeException refused) {
                bad.put(row.id(), reason(refused));
            }
        }
        var done = ended(underway, bad);
        inbox.end(done, bad);
        bad.keySet().forEach(id -> LOG.atWarn()
                .addKeyValue("inbox", inbox.name())
                .addKeyValue("row", id)
                .log("a touchpoint of an inbox cannot be taken, and was set aside"));
        return done.isEmpty() && bad.isEmpty() ? 0 : rows.size();
    }

    /** Which have been applied. What failed is to blame for that itself only if the engine has taken others. */
    private List<String> ended(Map<String, CompletableFuture<Ack>> underway, Map<String, String> bad) {
        var done = new ArrayList<String>();
        var failed = new TreeMap<String, String>();
        underway.forEach((id, acknowledgement) -> {
            Throwable failure = failure(acknowledgement);
            if (failure == null) {
                done.add(id);
            } else if (!(failure instanceof StoreException fault && fault.isTransient())) {
                failed.put(id, reason(failure));
            }
        });
        if (!done.isEmpty()) {
            bad.putAll(failed);
        }
        return done;
    }

    private @Nullable Throwable failure(CompletableFuture<Ack> acknowledgement) {
        var either = CompletableFuture.anyOf(acknowledgement.handle((ack, failure) -> ""), givenUp);
        while (!either.isDone()) {
            either.copy()
                    .completeOnTimeout("", LOOK.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            lookMeanwhile();
        }
        if (!acknowledgement.isDone()) {
            throw new CancellationException("closed before a page was applied");
        }
        try {
            acknowledgement.join();
            return null;
        } catch (CompletionException failed) {
            return failed.getCause() == null ? failed : failed.getCause();
        }
    }

    /** For the host's own database, where the touchpoint itself is, too. */
    private static String reason(Throwable refused) {
        return refused instanceof ThroughlineException
                ? String.valueOf(refused.getMessage())
                : "cannot be read or stepped: " + Stepped.error(refused);
    }
}
