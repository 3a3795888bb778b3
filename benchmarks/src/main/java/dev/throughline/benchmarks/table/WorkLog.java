// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import dev.throughline.benchmarks.table.Work.Deed;
import dev.throughline.channel.MessageId;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.Changes;
import dev.throughline.store.Codecs;
import dev.throughline.store.Store;
import dev.throughline.store.Timer;
import dev.throughline.store.Unit;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a store's units that commit read and write. Left out is what only many hosts need, and what is the same for all
 * groups: claims, settings, and looking for what there is none of. Thread-safe.
 */
final class WorkLog {

    private final List<Work> done = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private @Nullable Codecs codecs;

    /** The store, watched. */
    Store watching(Store store) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("open")) {
                        codecs = (Codecs) arguments[0];
                    }
                    Object result = call(store, method, arguments);
                    return result instanceof Unit unit ? watching(unit) : result;
                });
    }

    /** A new group begins. */
    synchronized void mark() {
        marks.add(done.size());
    }

    /** What was done in each group, from the first mark on. */
    synchronized List<List<Work>> groups() {
        var groups = new ArrayList<List<Work>>();
        for (int i = 0; i < marks.size(); i++) {
            int end = i + 1 < marks.size() ? marks.get(i + 1) : done.size();
            groups.add(List.copyOf(done.subList(marks.get(i), end)));
        }
        return groups;
    }

    private Unit watching(Unit unit) {
        var work = new Work();
        return (Unit) Proxy.newProxyInstance(
                Unit.class.getClassLoader(), new Class<?>[] {Unit.class}, (proxy, method, arguments) -> {
                    Object result = call(unit, method, arguments);
                    note(work, method.getName(), arguments, result);
                    return result;
                });
    }

    private void note(Work work, String method, @Nullable Object @Nullable [] arguments, @Nullable Object result) {
        switch (method) {
            case "load" -> first(arguments).forEach(key -> work.add(Deed.READ_STATES, key.toString()));
            case "seen" -> first(arguments).forEach(id -> work.add(Deed.LOOK_FOR_TOUCHPOINTS, id));
            case "takeDue" -> all(result).forEach(each -> timer(work, Deed.TAKE_TIMERS, (Timer) each));
            case "take" ->
                all(result)
                        .forEach(each -> work.add(
                                Deed.MARK, id(((Outgoing) each).message().id())));
            case "withdraw" -> all(result).forEach(each -> work.add(Deed.FINISH, id((MessageId) each)));
            case "commit" -> commit(work, (Changes) first(arguments, 0));
            default -> {}
        }
    }

    private synchronized void commit(Work work, Changes changes) {
        changes.states()
                .forEach(state -> work.add(Deed.WRITE_STATES, state.key().toString(), encoded(state)));
        changes.timersCancelled()
                .forEach(name -> work.add(Deed.CANCEL_TIMERS, name.key().toString(), name.name()));
        changes.timersSet()
                .forEach(timer -> work.add(
                        Deed.SET_TIMERS,
                        timer.key().toString(),
                        timer.name(),
                        timer.due().toEpochMilli()));
        changes.finished().forEach(attempt -> work.add(Deed.FINISH, id(attempt.message())));
        changes.enqueued().forEach(row -> enqueue(work, row));
        changes.entries().forEach(line -> line(work, line));
        changes.routes().forEach((reference, key) -> work.add(Deed.ROUTES, reference, key.toString()));
        done.add(work);
    }

    private byte[] encoded(Changes.State state) {
        Key.Kind kind = state.key().kind();
        return codecs().state(kind).encode(state.state());
    }

    private void line(Work work, Entry line) {
        Deed deed =
                switch (line.log()) {
                    case TIMELINE -> Deed.TIMELINE;
                    case DECISIONS -> Deed.DECISIONS;
                    case LEDGER -> Deed.LEDGER;
                };
        work.add(
                deed,
                line.id(),
                line.subject(),
                millis(line.at()),
                codecs().payloads().encode(line.body()));
    }

    private static void enqueue(Work work, Outgoing row) {
        work.add(
                Deed.ENQUEUE,
                id(row.message().id()),
                (long) row.message().attempt(),
                0L,
                row.urgent() ? 1L : 0L,
                row.channel().name(),
                row.message().messageClass().name(),
                row.message().from().value(),
                row.campaign(),
                row.contactPoint().toString(),
                row.customer().toString(),
                millis(row.since()),
                millis(row.sendBefore()),
                Outgoing.CODEC.encode(row));
    }

    private static void timer(Work work, Deed deed, Timer timer) {
        work.add(deed, timer.key().toString(), timer.name());
    }

    private Codecs codecs() {
        if (codecs == null) {
            throw new IllegalStateException("the store is not open");
        }
        return codecs;
    }

    private static String id(MessageId message) {
        return message.value();
    }

    private static long millis(Instant at) {
        return at.toEpochMilli();
    }

    private static Collection<?> first(@Nullable Object @Nullable [] arguments) {
        return (Collection<?>) first(arguments, 0);
    }

    private static Object first(@Nullable Object @Nullable [] arguments, int place) {
        if (arguments == null || arguments[place] == null) {
            throw new IllegalArgumentException("no argument");
        }
        return arguments[place];
    }

    private static Collection<?> all(@Nullable Object result) {
        return result == null ? List.of() : (Collection<?>) result;
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }
}
