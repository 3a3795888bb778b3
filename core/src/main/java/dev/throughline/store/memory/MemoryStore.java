// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.store.Codecs;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Definition;
import dev.throughline.store.LinePlace;
import dev.throughline.store.Queue;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything on the heap, states as the objects they are, and forgets it with the process. Thread-safe.
 *
 * <p>Units run one after another: {@link #begin} waits until the unit before is closed, so that a claim always gets every key. A
 * thread that has a unit open and begins another gets an {@link IllegalStateException}. Readers never wait for a unit.
 *
 * <p>It serves one host at a time: hosts that share a store need a durable one.
 */
public final class MemoryStore implements Store {

    /** The order of keys' texts, without making them. */
    static final Comparator<Key> BY_TEXT =
            Comparator.comparing((Key key) -> key.kind().name()).thenComparing(Key::id);

    private static final Comparator<Definition> PUBLISHED = Comparator.comparing(Definition::at)
            .thenComparing(Definition::kind)
            .thenComparing(Definition::name)
            .thenComparing(Definition::version);

    final Map<Key, Slot> slots = new HashMap<>();
    final Waits waits = new Waits();
    final Outbox outbox = new Outbox();
    final Told told = new Told();
    final Logs logs = new Logs();
    final Map<String, Key> routes = new HashMap<>();
    final NavigableMap<Long, DeadLetter> deadLetters = new TreeMap<>();
    long lastLetter;
    final Map<String, NavigableSet<Key>> members = new HashMap<>();
    final NavigableSet<Definition> definitions = new TreeSet<>(PUBLISHED);

    /** Kind, name and version of each definition. */
    final Set<List<String>> versions = new HashSet<>();

    /** Marks this store's slots. */
    final Object mark = new Object();

    /** How many units have begun. */
    long begun;

    /** Held while a commit changes what readers see; units read without it, since only the one open unit writes. */
    final ReentrantReadWriteLock visible = new ReentrantReadWriteLock();

    /** Fair, so that a host which steps without a pause does not keep its own dispatch out. */
    final ReentrantLock units = new ReentrantLock(true);

    volatile Map<String, String> settings = Map.of();
    volatile Committed committed = new Committed(Optional.empty(), List.of(), 0, 0, 0, 0);
    private volatile boolean closed;

    /** An empty store. */
    public MemoryStore() {}

    /** What a reader may know of the parts that the open unit is changing. */
    record Committed(Optional<Instant> nextDue, List<Queue> queues, long sending, long told, long timers, long dead) {}

    @Override
    public void open(Codecs codecs) {
        // states stay objects: nothing is encoded, and there is nothing to create
    }

    @Override
    public Unit begin() {
        if (units.isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "this thread has a unit of work open: expected it to be closed before another begins");
        }
        units.lock();
        if (closed) {
            units.unlock();
            throw new StoreException(
                    "the in-memory store is closed: expected no unit of work after close()", false, null);
        }
        return new MemoryUnit(this);
    }

    @Override
    public Optional<Object> peek(Key key) {
        return reading(() -> {
            Slot slot = slots.get(key);
            return slot == null ? Optional.empty() : Optional.ofNullable(slot.state);
        });
    }

    @Override
    public List<Entry> entries(Entry.Log log, String subject) {
        return reading(() -> logs.of(log, subject));
    }

    @Override
    public void scan(Entry.Log log, Consumer<Entry> each) {
        reading(() -> logs.all(log)).forEach(each);
    }

    @Override
    public List<Entry> older(Entry.Log log, Instant before, @Nullable LinePlace after, int limit) {
        return reading(() -> logs.older(log, before, after, limit));
    }

    @Override
    public List<Key> keys(Key.Kind kind, @Nullable Key after, int limit) {
        return reading(() -> {
            var last = new PriorityQueue<Key>(Comparator.reverseOrder());
            for (Slot slot : slots.values()) {
                Key key = slot.key;
                if (slot.state != null && key.kind() == kind && (after == null || key.compareTo(after) > 0)) {
                    keep(key, last, limit);
                }
            }
            return last.stream().sorted().toList();
        });
    }

    private static void keep(Key key, PriorityQueue<Key> last, int limit) {
        Key greatest = last.peek();
        if (last.size() < limit || greatest == null) {
            last.add(key);
        } else if (key.compareTo(greatest) < 0) {
            last.poll();
            last.add(key);
        }
    }

    @Override
    public List<Key> members(String set, @Nullable Key after, int limit) {
        return reading(() -> {
            NavigableSet<Key> all = members.get(set);
            if (all == null) {
                return List.of();
            }
            return (after == null ? all : all.tailSet(after, false))
                    .stream().limit(limit).toList();
        });
    }

    @Override
    public List<Definition> definitions() {
        return reading(() -> List.copyOf(definitions));
    }

    @Override
    public Optional<Key> route(String reference) {
        return reading(() -> Optional.ofNullable(routes.get(reference)));
    }

    @Override
    public Optional<Instant> nextDue() {
        return committed.nextDue;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public List<DeadLetter> deadLetters(long after, int limit) {
        return reading(() ->
                deadLetters.tailMap(after, false).values().stream().limit(limit).toList());
    }

    @Override
    public Map<String, Long> backlog() {
        Committed now = committed;
        var backlog = new TreeMap<String, Long>();
        backlog.put("outbox", now.queues.stream().mapToLong(Queue::depth).sum());
        backlog.put("sending", now.sending);
        backlog.put("inbox", 0L);
        backlog.put("told", now.told);
        backlog.put("timers", now.timers);
        backlog.put("dead", now.dead);
        return Collections.unmodifiableMap(backlog);
    }

    @Override
    public List<Queue> queues() {
        return committed.queues;
    }

    @Override
    public void close() {
        closed = true;
    }

    void publish() {
        Wait earliest = waits.earliest();
        committed = new Committed(
                earliest == null ? Optional.empty() : Optional.of(Wait.instant(waits.due(earliest))),
                outbox.queues(),
                outbox.sending(),
                told.size(),
                waits.size(),
                deadLetters.size());
    }

    private <T> T reading(Supplier<T> read) {
        visible.readLock().lock();
        try {
            return read.get();
        } finally {
            visible.readLock().unlock();
        }
    }
}
