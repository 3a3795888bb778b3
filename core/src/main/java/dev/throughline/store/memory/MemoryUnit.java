// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import dev.throughline.channel.MessageId;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.Changes;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Definition;
import dev.throughline.store.Dispatch;
import dev.throughline.store.Exclusion;
import dev.throughline.store.Timer;
import dev.throughline.store.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The one open unit. It takes at once and puts back if it is closed without a commit; all other changes are made by the commit. */
final class MemoryUnit implements Unit {

    private final MemoryStore store;

    private final long number;

    /** Slots that are not in the store yet; those with something in them come there by the commit. */
    private final Map<Key, Slot> made = new LinkedHashMap<>();

    private final List<Due> takenWaits = new ArrayList<>();
    private final List<Envelope> takenTold = new ArrayList<>();
    private final List<DeadLetter> takenLetters = new ArrayList<>();
    private final List<Outgoing> takenRows = new ArrayList<>();
    private final List<Outgoing> withdrawn = new ArrayList<>();
    private boolean claims;
    private boolean committed;
    private boolean closed;

    /** A wait that was taken, and when it was due. */
    private record Due(Wait what, long at) {}

    MemoryUnit(MemoryStore store) {
        this.store = store;
        this.number = ++store.begun;
    }

    @Override
    public Set<Key> claim(Collection<Key> keys, boolean wait) {
        requireOpen();
        if (wait && claims) {
            throw new IllegalStateException("the unit has keys: expected it to wait only for its first claim");
        }
        keys.forEach(this::claim);
        return Set.of();
    }

    @Override
    public List<@Nullable Object> load(List<Key> keys) {
        requireOpen();
        var states = new ArrayList<@Nullable Object>(keys.size());
        for (Key key : keys) {
            states.add(requireClaimed(key).state);
        }
        return states;
    }

    @Override
    public Map<Key, Object> peek(Collection<Key> keys) {
        requireOpen();
        var found = new HashMap<Key, Object>();
        for (Key key : keys) {
            Slot slot = store.slots.get(key);
            if (slot != null && slot.state != null) {
                found.put(key, slot.state);
            }
        }
        return found;
    }

    @Override
    public Set<String> seen(Collection<String> touchpoints, Instant since) {
        requireOpen();
        var seen = new HashSet<String>(0);
        for (String id : touchpoints) {
            if (store.logs.has(Entry.Log.TIMELINE, id, since)) {
                seen.add(id);
            }
        }
        return seen;
    }

    @Override
    public List<Entry> entries(Entry.Log log, String subject) {
        requireOpen();
        return store.logs.of(log, subject);
    }

    /** Always empty: there is no host's transaction that could be joined. */
    @Override
    public List<Envelope> takeInbox(int limit) {
        requireOpen();
        return List.of();
    }

    @Override
    public List<Envelope> takeTold(int limit) {
        requireOpen();
        var taken = new ArrayList<Envelope>();
        while (taken.size() < limit && !store.told.isEmpty()) {
            Envelope envelope = store.told.take();
            takenTold.add(envelope);
            claim(envelope.to());
            taken.add(envelope);
        }
        return taken;
    }

    @Override
    public Optional<DeadLetter> takeDeadLetter(long id) {
        requireOpen();
        var taken = Optional.ofNullable(store.deadLetters.remove(id));
        taken.ifPresent(takenLetters::add);
        return taken;
    }

    @Override
    public List<Timer> takeDue(Instant now, int limit) {
        requireOpen();
        long until = Wait.nanos(now);
        var timers = new ArrayList<Timer>();
        for (Wait wait = store.waits.earliest();
                wait != null && store.waits.due(wait) <= until && timers.size() < limit;
                wait = store.waits.earliest()) {
            long due = store.waits.due(wait);
            store.waits.remove(wait);
            wait.slot.remove(wait);
            takenWaits.add(new Due(wait, due));
            claim(wait.slot);
            timers.add(new Timer(wait.slot.key, wait.name, Wait.instant(due)));
        }
        return timers;
    }

    @Override
    public Set<MessageId> withdraw(Collection<MessageId> messages) {
        requireOpen();
        var found = new HashSet<MessageId>();
        for (MessageId message : messages) {
            Outgoing row = store.outbox.withdraw(message);
            if (row != null) {
                withdrawn.add(row);
                found.add(message);
            }
        }
        return found;
    }

    @Override
    public List<Outgoing> stale(Instant now, List<Exclusion> exclusions, int limit) {
        requireOpen();
        return store.outbox.stale(now, exclusions, limit);
    }

    /** Always empty: whoever sends dies with this store. */
    @Override
    public List<Outgoing> lapsed(int limit) {
        requireOpen();
        return List.of();
    }

    @Override
    public List<Outgoing> take(Dispatch dispatch) {
        requireOpen();
        List<Outgoing> taken = store.outbox.take(
                dispatch, row -> store.told.waitsAt(row.contactPoint()) || store.told.waitsAt(row.customer()));
        takenRows.addAll(taken);
        return taken;
    }

    @Override
    public Map<String, String> settings() {
        requireOpen();
        return store.settings;
    }

    @Override
    public void commit(Changes changes) {
        requireOpen();
        var slots = new ArrayList<Slot>(changes.states().size());
        changes.states().forEach(changed -> slots.add(requireClaimed(changed.key())));
        committed = true;
        store.visible.writeLock().lock();
        try {
            apply(changes, slots);
        } finally {
            store.visible.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!committed) {
                putBack();
            }
        } finally {
            store.units.unlock();
        }
    }

    private void apply(Changes changes, List<Slot> slots) {
        changes.erased().forEach(this::erase);
        for (int i = 0; i < slots.size(); i++) {
            slots.get(i).state = changes.states().get(i).state();
        }
        changes.timersCancelled().forEach(this::cancel);
        changes.timersSet().forEach(this::set);
        changes.finished().forEach(store.outbox::finish);
        changes.enqueued().forEach(store.outbox::add);
        changes.told().forEach(store.told::add);
        changes.pruned().forEach(store.logs::remove);
        changes.entries().forEach(store.logs::append);
        for (Slot slot : made.values()) {
            if (!slot.isEmpty()) {
                store.slots.put(slot.key, slot);
                slot.kept = true;
            }
        }
        store.routes.putAll(changes.routes());
        changes.deadLetters().forEach(this::keep);
        changes.members().forEach(this::move);
        changes.definitions().forEach(this::publish);
        if (!changes.settings().isEmpty()) {
            write(changes.settings());
        }
        store.publish();
    }

    private void erase(Changes.Erased erased) {
        Key key = erased.key();
        Slot slot = requireClaimed(key);
        for (Wait wait : slot.waits()) {
            slot.remove(wait);
            store.waits.remove(wait);
        }
        store.outbox.erase(key);
        store.told.erase(key);
        store.routes.values().removeIf(key::equals);
        if (erased.isSubject()) {
            store.logs.erase(key.id());
        }
        if (erased.state()) {
            slot.state = null;
            store.slots.remove(key);
            slot.kept = false;
            made.put(key, slot);
        }
    }

    private void keep(DeadLetter letter) {
        long id = ++store.lastLetter;
        store.deadLetters.put(id, new DeadLetter(id, letter.envelope(), letter.error(), letter.at()));
    }

    private void cancel(Changes.TimerName timer) {
        Wait wait = slot(timer.key()).find(timer.name());
        if (wait != null) {
            wait.slot.remove(wait);
            store.waits.remove(wait);
        }
    }

    private void set(Timer timer) {
        Slot slot = slot(timer.key());
        Wait wait = slot.find(timer.name());
        if (wait == null) {
            add(new Wait(slot, timer.name()), Wait.nanos(timer.due()));
        } else {
            store.waits.move(wait, Wait.nanos(timer.due()));
        }
    }

    private void add(Wait wait, long due) {
        wait.slot.add(wait);
        store.waits.add(wait, due);
    }

    private void write(Map<String, String> changed) {
        var settings = new TreeMap<>(store.settings);
        changed.forEach((name, value) -> {
            if (value.isEmpty()) {
                settings.remove(name);
            } else {
                settings.put(name, value);
            }
        });
        store.settings = Collections.unmodifiableMap(settings);
    }

    private void move(Changes.Member member, boolean in) {
        var keys = store.members.computeIfAbsent(member.set(), set -> new TreeSet<>(MemoryStore.BY_TEXT));
        if (in) {
            keys.add(member.key());
        } else {
            keys.remove(member.key());
        }
    }

    private void publish(Definition definition) {
        if (store.versions.add(List.of(definition.kind(), definition.name(), definition.version()))) {
            store.definitions.add(definition);
        }
    }

    private void putBack() {
        takenWaits.forEach(due -> add(due.what, due.at));
        for (int i = takenTold.size() - 1; i >= 0; i--) {
            store.told.putBack(takenTold.get(i));
        }
        takenRows.forEach(store.outbox::release);
        takenLetters.forEach(letter -> store.deadLetters.put(letter.id(), letter));
        withdrawn.forEach(store.outbox::putBack);
    }

    private void claim(Key key) {
        claim(slot(key));
    }

    private void claim(Slot slot) {
        slot.unit = number;
        claims = true;
    }

    /** The key leads to its slot at once if it has been in this store before, or is new in this unit. */
    private Slot slot(Key key) {
        if (key.place() instanceof Slot known && known.owner == store.mark && (known.kept || known.unit == number)) {
            return known;
        }
        Slot slot = store.slots.get(key);
        if (slot == null) {
            slot = made.computeIfAbsent(key, missing -> new Slot(store.mark, missing));
        }
        key.placed(slot);
        return slot;
    }

    private Slot requireClaimed(Key key) {
        Slot slot = slot(key);
        if (slot.unit != number) {
            throw new IllegalStateException(key + " is not this unit's: expected it to be claimed first");
        }
        return slot;
    }

    private void requireOpen() {
        if (committed || closed) {
            throw new IllegalStateException("the unit has ended: expected a new one");
        }
    }
}
