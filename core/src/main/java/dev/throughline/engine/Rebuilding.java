// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every customer once, by a thread of its own, so that those to whom nothing happens are brought to what the host's campaigns
 * need now, too. How far it is stands in the store: what broke off goes on, and where nothing is new it has nothing to do.
 */
final class Rebuilding {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilding.class);
    private static final int PAGE = 10_000;
    private static final int AT_ONCE = 250;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Store store;
    private final Entrance entrance;
    private final Generation generation;
    private final Thread thread = new Thread(this::live, "throughline-rebuild");
    private volatile boolean running = true;

    Rebuilding(Store store, Entrance entrance, Generation generation) {
        this.store = store;
        this.entrance = entrance;
        this.generation = generation;
    }

    void start() {
        if (!generation.isNone()
                && !Progress.of(store.settings(), generation.number()).done()) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    Progress progress() {
        return generation.isNone() ? Progress.DONE : Progress.of(store.settings(), generation.number());
    }

    void stop() {
        running = false;
    }

    /** Ends after what is under way; goes on when the store is opened again. */
    void close(Duration most) {
        stop();
        Threads.join(thread, most);
    }

    private void live() {
        while (running) {
            try {
                if (swept()) {
                    return;
                }
            } catch (StoreException | CompletionException fault) {
                LOG.atWarn()
                        .addKeyValue("error", fault.getClass().getName())
                        .log("customers could not be brought to what campaigns need now; it is tried again");
                Threads.pause(PAUSE);
            }
        }
    }

    /** Whether all customers have been looked at. */
    private boolean swept() {
        String after = progress().after();
        List<Key> page =
                store.keys(Key.Kind.CUSTOMER, after.isEmpty() ? null : new Key(Key.Kind.CUSTOMER, after), PAGE);
        for (int from = 0; running && from < page.size(); from += AT_ONCE) {
            touch(page.subList(from, Math.min(page.size(), from + AT_ONCE)));
        }
        if (running && page.size() < PAGE) {
            note(null, 0);
            return true;
        }
        return false;
    }

    private void touch(List<Key> some) {
        CompletableFuture.allOf(some.stream()
                        .map(key -> Submission.of(new Envelope(key, generation.touch(key), "", 0), true))
                        .map(submission -> entrance.submit(submission).toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
        note(some.get(some.size() - 1).id(), some.size());
    }

    /** Another host may be further. */
    private void note(@Nullable String last, int more) {
        try (Unit unit = store.begin()) {
            unit.claim(List.of(Key.pool("generation")), true);
            var before = Progress.of(unit.settings(), generation.number());
            if (before.done() || (last != null && before.after().compareTo(last) >= 0)) {
                return;
            }
            var changes = Changes.none();
            var after = last == null ? before.ended() : before.further(more, last);
            changes.settings().putAll(after.settings(generation.number()));
            unit.commit(changes);
        }
    }
}
