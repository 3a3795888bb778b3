// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.Callback;
import dev.throughline.engine.LiveEngine;
import dev.throughline.engine.Outlet;
import dev.throughline.engine.Rules;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Live, with a clock that stands until everything of an instant is done. What fails for a while is tried again, as a host does. */
final class FaultLiveEngine implements FaultEngine {

    private static final long PATIENCE_SECONDS = 60;
    private static final int PAUSE_MILLIS = 10;

    private final Store store;
    private final LiveEngine engine;
    private volatile Instant now;

    private FaultLiveEngine(Rules rules, Store store, Outlet outlet, Instant now) {
        this.store = store;
        this.now = now;
        this.engine = new LiveEngine(rules, store, outlet, new LiveEngine.Pace(this::now, 1));
    }

    static FaultEngine started(Rules rules, Store store, Outlet outlet, Instant now) {
        var started = new FaultLiveEngine(rules, store, outlet, now);
        started.engine.start();
        return started;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void submit(Touchpoint touchpoint) {
        var input = new Input.Happened(touchpoint);
        insist(() -> joined(engine.submit(new Envelope(Key.of(touchpoint.identity()), input, "", 0))));
    }

    @Override
    public void receive(Callback callback) {
        insist(() -> joined(engine.receive(callback)));
    }

    @Override
    public void advanceTo(Instant until) {
        settle();
        for (Optional<Instant> due = next(until); due.isPresent(); due = next(until)) {
            now = due.get().isAfter(now) ? due.get() : now;
            settle();
        }
        now = until;
    }

    private Optional<Instant> next(Instant before) {
        return insist(store::nextDue).filter(due -> due.isBefore(before));
    }

    @Override
    public void settle() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!insist(this::isQuiet)) {
            assertThat(System.nanoTime())
                    .as("waiting for %s", insist(store::backlog))
                    .isLessThan(end);
            pause();
        }
    }

    /** What a kill switch holds may wait in the outbox. */
    private boolean isQuiet() {
        var settings = store.settings().keySet();
        var backlog = store.backlog();
        boolean holding = settings.stream().anyMatch(name -> name.startsWith("kill/"));
        return settings.stream().noneMatch(name -> name.startsWith("sweep/"))
                && backlog.entrySet().stream()
                        .filter(waits -> !Set.of("timers", "dead").contains(waits.getKey()))
                        .filter(waits -> !holding || !waits.getKey().equals("outbox"))
                        .allMatch(waits -> waits.getValue() == 0)
                && store.nextDue().filter(due -> !due.isAfter(now)).isEmpty();
    }

    private static <T> T joined(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof StoreException fault ? fault : failed;
        }
    }

    /** As a host does, and as a provider repeats what was not taken. */
    static <T> T insist(Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (StoreException fault) {
                if (!fault.isTransient()) {
                    throw fault;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        engine.close(Duration.ofSeconds(PATIENCE_SECONDS));
    }
}
