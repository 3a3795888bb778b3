// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.customer.RequestNote;
import dev.throughline.customer.ViewNote;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps the requests of people that are not done, and notes what is done with each. Thread-safe. */
public final class RequestDesk {

    private static final Comparator<PersonRequest> BY_DUE = Comparator.comparing(
                    (PersonRequest request) -> request.due().orElse(Instant.MAX))
            .thenComparing(PersonRequest::id);

    private final Store store;
    private final InstantSource clock;

    /**
     * The requests of a store.
     *
     * @param store the store
     * @param clock stamps what is done
     */
    public RequestDesk(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Takes a request.
     *
     * @param request the request
     * @param who who has taken it
     * @param how how it came
     */
    public void take(PersonRequest request, String who, String how) {
        try (Unit unit = claimed(request.id())) {
            var changes = Changes.none();
            changes.settings().put(PersonRequest.PREFIX + request.id(), request.setting());
            note(request, "RECEIVED", who, how, changes);
            unit.commit(changes);
        }
    }

    /**
     * Notes who is shown what is held of somebody.
     *
     * @param customer whom
     * @param view names the view
     */
    public void note(CustomerId customer, ViewNote view) {
        try (Unit unit = store.begin()) {
            var changes = Changes.none();
            changes.entries().add(Entry.of(Entry.Log.TIMELINE, customer.toString(), clock.instant(), view));
            unit.commit(changes);
        }
    }

    /**
     * Those that are not done.
     *
     * @return what is due first comes first
     */
    public List<PersonRequest> open() {
        return store.settings().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(PersonRequest.PREFIX))
                .map(entry ->
                        PersonRequest.parse(entry.getKey().substring(PersonRequest.PREFIX.length()), entry.getValue()))
                .sorted(BY_DUE)
                .toList();
    }

    /**
     * She was told that it was received.
     *
     * @param id the request's id
     * @param who who has told her
     */
    public void acknowledge(String id, String who) {
        step(id, "ACKNOWLEDGED", who, "", request -> request.acknowledged(clock.instant()));
    }

    /**
     * It is put off, once.
     *
     * @param id the request's id
     * @param who who puts it off
     * @param why the reason, which she is told
     */
    public void putOff(String id, String who, String why) {
        step(id, "PUT_OFF", who, why, request -> {
            if (request.extended() || request.terms().extendedUntil() == null) {
                throw new ThroughlineException(
                        "request " + id + ": it cannot be put off (any more), expected it to be" + " done by "
                                + request.completeBy().map(Instant::toString).orElse("the host's own term"));
            }
            return request.putOff();
        });
    }

    /**
     * It is done, or was turned down.
     *
     * @param id the request's id
     * @param who who has done it
     * @param how what was done
     */
    public void complete(String id, String who, String how) {
        step(id, "DONE", who, how, request -> null);
    }

    private void step(
            String id, String step, String who, String why, Function<PersonRequest, @Nullable PersonRequest> next) {
        try (Unit unit = claimed(id)) {
            String setting = unit.settings().get(PersonRequest.PREFIX + id);
            if (setting == null) {
                throw new ThroughlineException("request " + id + ": it is not open, expected one that open() names");
            }
            var before = PersonRequest.parse(id, setting);
            var after = next.apply(before);
            var changes = Changes.none();
            changes.settings().put(PersonRequest.PREFIX + id, after == null ? "" : after.setting());
            note(before, step, who, why, changes);
            unit.commit(changes);
        }
    }

    private Unit claimed(String id) {
        Unit unit = store.begin();
        try {
            unit.claim(Set.of(Key.pool(PersonRequest.PREFIX + id)), true);
            return unit;
        } catch (RuntimeException failed) {
            unit.close();
            throw failed;
        }
    }

    private void note(PersonRequest request, String step, String who, String why, Changes changes) {
        var said = new RequestNote(request.id(), request.kind().name(), step, who, why);
        changes.entries().add(Entry.of(Entry.Log.TIMELINE, request.customer().toString(), clock.instant(), said));
    }
}
