// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.Callback;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Receipt;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Envelope;
import dev.throughline.store.HostInbox;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the ring in real time, with two threads: one steps what has come in, as many inputs as there are in one commit, or keeps it for a
 * host that does; one takes rows from the outbox and hands them to the adapters. Code of the host that steps ask runs on threads of its
 * own. Several hosts may turn one store. Thread-safe.
 */
public final class LiveEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveEngine.class);
    private static final Duration EARLY_RECEIPT = Duration.ofSeconds(10);

    /** How long threads that wait for a database are waited for on closing. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Store store;
    private final Outlet outlet;
    private final Entrance entrance;
    private final Set<Role> roles;
    private final Sender sender;
    private final Seats seats;
    private final Sweeper sweeper;
    private final Rebuilding rebuilding;
    private final Errands errands;
    private final Watch watch;
    private final InstantSource clock;
    private final ClockWatch clocks;
    private final List<Handover> handovers = new ArrayList<>();

    /** Receipts that overtook the answer to their message; each may hold up a thread of the host's. */
    private final Semaphore early = new Semaphore(64);

    /**
     * An engine that begins to turn at once.
     *
     * @param rules what it turns
     * @param store where it keeps it; opened with the codecs of the rules' machine
     * @param outlet how it sends
     * @param pace its clock, and with how many threads it works
     */
    public LiveEngine(Rules rules, Store store, Outlet outlet, Pace pace) {
        this.store = store;
        this.outlet = outlet;
        this.clock = pace.clock();
        this.roles = pace.roles();
        var work = new Semaphore(0);
        var adapters = new TreeMap<String, ChannelAdapter>();
        this.watch = new Watch(pace.observer());
        outlet.adapters().forEach(adapter -> adapters.put(adapter.channel().name(), watch.timed(adapter)));
        this.errands = new Errands(rules.hosted());
        var rulebook = new Rulebook(rules, store);
        var ties = new Stepper.Ties(outlet.lease(), work::release, this::ask, watch);
        this.entrance = roles.contains(Role.STEP)
                ? new Stepper(rulebook, store, pace, ties)
                : new Recorder(store, outlet.lease(), clock);
        var dispatcher = new Dispatcher(store, adapters, outlet, pace.clock(), System::nanoTime);
        this.clocks = new ClockWatch(store, clock, System::nanoTime);
        var pruning = new Pruning(store, pace.retention(), clock, () -> clock().isEmpty(), Pruning.PAGE);
        this.sweeper = new Sweeper(this::looksAtClocks, new Sweep(store, Sweep.PAGE)::page, pruning::page);
        this.seats = new Seats(store, outlet, clock, System::nanoTime);
        this.sender = new Sender(
                dispatcher,
                outlet.adapters(),
                roles,
                new Sender.Ties(
                        entrance,
                        seats,
                        work,
                        () -> watch.levels(store, pace.clock().instant())));
        this.rebuilding = new Rebuilding(store, entrance, rulebook.generation());
    }

    /**
     * How a live engine works.
     *
     * @param clock business time
     * @param lanes how many threads step keys side by side
     * @param observer where its figures go, or {@code null}
     * @param retention for how long logs are kept
     * @param roles what it does; without {@link Role#STEP} on a shared store only
     */
    public record Pace(
            InstantSource clock, int lanes, @Nullable Observer observer, Retention retention, Set<Role> roles) {

        /** Copies the set. */
        public Pace {
            roles = Set.copyOf(roles);
        }

        /**
         * In all roles, without an observer, keeping everything.
         *
         * @param clock business time
         * @param lanes how many threads step keys side by side
         */
        public Pace(InstantSource clock, int lanes) {
            this(clock, lanes, null, Retention.everything(), Role.all());
        }
    }

    /**
     * Has it take what a host records in a database of its own; called before {@link #start}.
     *
     * @param inbox where that is
     * @param gate leads a touchpoint into the ring, or throws if it cannot be taken
     */
    public void takeFrom(HostInbox inbox, Function<Touchpoint, Envelope> gate) {
        handovers.add(new Handover(
                inbox,
                gate,
                envelope -> entrance.submit(Submission.of(envelope, true)).toCompletableFuture(),
                clock,
                watch));
    }

    /**
     * How much is in each inbox that it takes from.
     *
     * @return as it was a second ago, by the inbox's name
     */
    public Map<String, HostInbox.Depth> inboxes() {
        var depths = new TreeMap<String, HostInbox.Depth>();
        handovers.forEach(handover -> depths.put(handover.name(), handover.depth()));
        return depths;
    }

    private boolean looksAtClocks() {
        clocks.look();
        return false;
    }

    /**
     * What is wrong with this host's clock.
     *
     * @return that it was set by more than five seconds within the last hour, or is more than a second apart from the clock of a
     *     database that hosts share; empty if all is well
     */
    public String clock() {
        clocks.look();
        return clocks.fault();
    }

    /** Starts its threads; called once. */
    public void start() {
        watch.start();
        entrance.start();
        if (roles.contains(Role.SEND)) {
            outlet.adapters().forEach(adapter -> adapter.listen(this::receive));
        }
        if (roles.contains(Role.SEND) || roles.contains(Role.STEP)) {
            sender.start();
        }
        if (roles.contains(Role.STEP)) {
            sweeper.start();
            rebuilding.start();
        }
        handovers.forEach(Handover::start);
    }

    /**
     * How far the customers who were known before are brought to what this host's campaigns need.
     *
     * @return the progress, of all hosts together
     */
    public Progress rebuilding() {
        return rebuilding.progress();
    }

    /**
     * The adapters through which this host sends nothing because other hosts have all seats at the provider.
     *
     * @return their ids
     */
    public List<String> waitingForSeats() {
        return roles.contains(Role.SEND) ? seats.missing() : List.of();
    }

    /** Lets other hosts have its seats at providers; called once the adapters are closed. */
    public void giveBackSeats() {
        var giving = new Thread(seats::giveBack, "throughline-leave");
        giving.setDaemon(true);
        giving.start();
        Threads.join(giving, GRACE); // a seat that is not given back lapses
    }

    /**
     * Whether it turns: an {@link Error} such as an exhausted memory ends its threads for good, and with them all calls.
     *
     * @return why it has ended before it was closed; empty if it has not
     */
    public String ended() {
        String stepping = entrance.ended();
        return stepping.isEmpty() ? sender.ended() : stepping;
    }

    /**
     * Hands in an input.
     *
     * @param envelope the input and its receiver
     * @return done when it is applied; fails if the store could not take it, where a fault that may pass is waited out for one lease
     */
    public CompletionStage<Ack> submit(Envelope envelope) {
        return entrance.submit(Submission.of(envelope, false));
    }

    /**
     * Hands in what a provider said.
     *
     * @param callback receipts and messages
     * @return done when all of it is applied. A receipt may overtake the answer to its message: it is kept for ten seconds. Fails if
     *     the engine is closed or the store could not take it
     */
    public CompletionStage<Void> receive(Callback callback) {
        var all = new ArrayList<CompletableFuture<?>>();
        callback.inbound().forEach(inbound -> all.add(submit(Routes.of(inbound)).toCompletableFuture()));
        long until = System.nanoTime() + EARLY_RECEIPT.toNanos();
        callback.receipts().forEach(receipt -> all.add(received(receipt, until)));
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /** What the host's code answers must reach its asker, whatever the store does meanwhile. */
    private void ask(Asked asked) {
        var unused = errands.ask(asked).thenCompose(answer -> entrance.submit(Submission.of(answer, true)));
    }

    private CompletableFuture<Ack> received(Receipt receipt, long until) {
        if (!entrance.isRunning()) {
            return CompletableFuture.failedFuture(entrance.closed());
        }
        Optional<Envelope> route;
        try {
            route = Routes.of(store, receipt);
        } catch (StoreException fault) {
            return CompletableFuture.failedFuture(fault);
        }
        if (route.isPresent()) {
            return submit(route.get()).toCompletableFuture();
        }
        if (System.nanoTime() - until > 0) {
            LOG.atWarn().addKeyValue("receipt", receipt.status()).log("a receipt is of no message that is known");
            return CompletableFuture.completedFuture(Ack.APPLIED);
        }
        if (!early.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new ThroughlineException("more receipts of unknown messages than can be kept for ten seconds: "
                            + "expected the provider to repeat this one"));
        }
        var later = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);
        return CompletableFuture.runAsync(early::release, later).thenCompose(nothing -> received(receipt, until));
    }

    /**
     * Stops taking, lets what is being sent come back, and ends its threads. May be called twice. A database that does not answer holds it
     * up by six seconds more at most: threads that wait for it are left behind, and what they had not done fails whoever waits for it.
     *
     * @param deadline how long that may take; what has not come back by then counts as unknown when its lease runs out
     */
    public void close(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        handovers.forEach(Handover::stop);
        rebuilding.stop();
        sweeper.stop();
        long background = System.nanoTime() + GRACE.toNanos();
        handovers.forEach(handover -> handover.close(Threads.left(background)));
        rebuilding.close(Threads.left(background));
        sweeper.close(Threads.left(background));
        sender.close(deadline);
        errands.close(Threads.left(end));
        entrance.close(Threads.left(end).plus(GRACE));
        watch.close();
    }

    /** Closes within five seconds. */
    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }
}
