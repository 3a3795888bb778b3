// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the keys of a round side by side and gives the results in the order of keys, whatever the number of lanes. The calling thread is
 * one of the lanes.
 */
final class Lanes implements AutoCloseable {

    private static final int WORTHWHILE = 64;

    private final int number;
    private final @Nullable ExecutorService threads;

    Lanes(int number) {
        this.number = number;
        this.threads = number == 1
                ? null
                : Executors.newFixedThreadPool(number - 1, work -> {
                    var thread = new Thread(work, "throughline-lane");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Does some work for each item, in parallel, and then hands each result on, one after another in the order of items. */
    <T, R> void each(List<T> items, Function<T, R> work, BiConsumer<T, R> then) {
        if (threads == null || items.size() < WORTHWHILE) {
            for (T item : items) {
                then.accept(item, work.apply(item));
            }
            return;
        }
        var others = new ArrayList<CompletableFuture<List<R>>>(number);
        int size = (items.size() + number - 1) / number;
        for (int from = size; from < items.size(); from += size) {
            var part = items.subList(from, Math.min(items.size(), from + size));
            others.add(CompletableFuture.supplyAsync(() -> run(part, work), threads));
        }
        for (T item : items.subList(0, size)) {
            then.accept(item, work.apply(item));
        }
        var next = items.listIterator(size);
        for (var part : others) {
            part.join().forEach(result -> then.accept(next.next(), result));
        }
    }

    private static <T, R> List<R> run(List<T> items, Function<T, R> work) {
        var results = new ArrayList<R>(items.size());
        for (T item : items) {
            results.add(work.apply(item));
        }
        return results;
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdown();
        }
    }
}
