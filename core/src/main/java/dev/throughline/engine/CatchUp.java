// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Preparation;
import dev.throughline.channel.SendResult;
import dev.throughline.decision.Attempted;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.Changes;
import dev.throughline.store.Exclusion;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a store that was restored from a copy live through the time since the copy was made, without sending anything: what would have
 * left in that time may have left already, and has an unknown outcome. Timers fire at their own instants, so that what follows them in
 * that time is in doubt as well. One that broke off is begun again where it was.
 */
public final class CatchUp {

    /** The setting that tells until when a copy catches up: the first time that somebody has said so. */
    private static final String UNTIL = Store.COPIED + ".until";

    /** The setting that tells which host is at it, and until when it is believed to be without saying so again. */
    private static final String BY = Store.COPIED + ".by";

    private static final Duration LEASE = Duration.ofMinutes(1);

    /** The setting that tells of the last one, for whoever asks later. */
    private static final String LAST = Store.COPIED + ".last";

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    /** Timers of one second fire together, lest each costs a commit. */
    private static final Duration GRAIN = Duration.ofSeconds(1);

    private static final SendResult DOUBT = new SendResult.Unknown(
            FailureCause.UNCLASSIFIED,
            List.of(),
            "the store was restored from a copy, and this may have been sent since");

    private final Store store;
    private final String who;
    private final String why;
    private String owner = "";
    private Instant now = Instant.EPOCH;
    private long renewed;

    /**
     * One of a store, used once.
     *
     * @param store the store, which is open and turned by nobody
     * @param who who has decided it
     * @param why for what reason
     */
    public CatchUp(Store store, String who, String why) {
        this.store = store;
        this.who = who;
        this.why = why;
    }

    /**
     * Lives through the time until now. Blocks until it is through.
     *
     * @param rules what is turned
     * @param outlet how the host sends, which nothing is handed to
     * @param present the present, which counts if nobody has begun before
     * @throws ThroughlineException if another host is at it, or has ended it
     */
    public void run(Rules rules, Outlet outlet, Instant present) {
        owner = outlet.owner();
        now = present;
        lead();
        try {
            live(rules, outlet);
        } finally {
            giveUp();
        }
    }

    private void live(Rules rules, Outlet outlet) {
        Instant copied = Instant.parse(store.settings().getOrDefault(Store.COPIED, now.toString()));
        Instant until = begun(now);
        var silent = outlet.adapters().stream()
                .map(adapter -> (ChannelAdapter) new Silent(adapter))
                .toList();
        var engine = new VirtualEngine(
                rules,
                store,
                new Outlet(silent, outlet.delivery(), outlet.lease(), outlet.owner()),
                new VirtualEngine.Pace(copied, 1, Disorder.NONE));
        try (engine) {
            doubt(engine);
            engine.hastenTo(until, GRAIN, () -> doubt(engine));
        }
        end(copied, until);
    }

    /** Goes on as if the copy were the store itself: nothing has used that since. */
    public void skip() {
        end(Instant.parse(store.settings().getOrDefault(Store.COPIED, Instant.EPOCH.toString())), Instant.EPOCH);
    }

    /** One host at a time: another one would still doubt what is sent for the first time by those that go on already. */
    private void lead() {
        long ticks = System.nanoTime();
        if (!store.isShared() || (renewed != 0 && ticks - renewed < LEASE.toNanos() / 2)) {
            return;
        }
        try (Unit unit = store.begin()) {
            Instant here = unit.turnAt(List.of(BY), now);
            var settings = unit.settings();
            if (!settings.containsKey(Store.COPIED)) {
                throw refused("another host has resumed this copy");
            }
            String[] other = settings.getOrDefault(BY, "").split("\t", 2);
            if (other.length == 2
                    && !other[0].equals(owner)
                    && Instant.parse(other[1]).isAfter(here)) {
                throw refused("another host is at it, until " + other[1] + " unless it says so again");
            }
            set(unit, owner + "\t" + here.plus(LEASE));
            renewed = ticks;
        }
    }

    private static ThroughlineException refused(String reason) {
        return new ThroughlineException("resumeRestored: " + reason
                + ": expected one call for all hosts; this one goes on by itself when the copy does");
    }

    private void giveUp() {
        if (renewed == 0) {
            return;
        }
        try (Unit unit = store.begin()) {
            if (unit.settings().getOrDefault(BY, "").startsWith(owner + "\t")) {
                set(unit, "");
            }
        } catch (StoreException fault) {
            LOG.atWarn().addKeyValue("lease", LEASE).log("whoever resumes this copy next may have to wait for so long");
        }
    }

    private static void set(Unit unit, String by) {
        var changes = Changes.none();
        changes.settings().put(BY, by);
        unit.commit(changes);
    }

    private Instant begun(Instant now) {
        try (Unit unit = store.begin()) {
            String before = unit.settings().get(UNTIL);
            if (before != null) {
                return Instant.parse(before);
            }
            var changes = Changes.none();
            changes.settings().put(UNTIL, now.toString());
            unit.commit(changes);
            return now;
        }
    }

    /** What waits in the outbox may have left, also what a switch holds here: it may have been released since. */
    private void doubt(VirtualEngine engine) {
        lead();
        List<Outgoing> rows;
        try (Unit unit = store.begin()) {
            var all = List.of(new Exclusion(Exclusion.By.EVERYTHING, ""));
            rows = unit.stale(engine.clock().instant(), all, Integer.MAX_VALUE);
        }
        if (!rows.isEmpty()) {
            rows.forEach(row -> engine.submit(doubt(row, engine.clock().instant())));
            engine.settle();
        }
    }

    private static Envelope doubt(Outgoing row, Instant at) {
        var attempted = new Attempted(row.message().id(), row.message().attempt(), at, "", DOUBT);
        String id = "Unknown/" + row.message().id() + "/" + row.message().attempt();
        return new Envelope(row.contactPoint(), new Input.Received(id, attempted), "", 0);
    }

    private void end(Instant copied, Instant until) {
        try (Unit unit = store.begin()) {
            var changes = Changes.none();
            changes.settings().putAll(VirtualEngine.FORGOTTEN);
            changes.settings().putAll(Map.of(Store.COPIED, "", UNTIL, ""));
            changes.settings().put(LAST, String.join("\t", copied.toString(), until.toString(), who, why));
            unit.commit(changes);
        }
        LOG.atWarn()
                .addKeyValue("copied", copied)
                .addKeyValue("who", who)
                .addKeyValue("why", why)
                .log("a copy of a store is resumed");
    }

    /** An adapter that sends nothing and cannot know whether it was sent. */
    private record Silent(ChannelAdapter adapter) implements ChannelAdapter {
        @Override
        public String id() {
            return adapter.id();
        }

        @Override
        public Channel channel() {
            return adapter.channel();
        }

        @Override
        public Preparation prepare(Content content) {
            return adapter.prepare(content);
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            return CompletableFuture.completedFuture(DOUBT);
        }
    }
}
