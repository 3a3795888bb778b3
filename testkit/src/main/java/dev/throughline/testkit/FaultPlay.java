// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.Receipt;
import dev.throughline.consent.ConsentAct;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Decision;
import dev.throughline.engine.CampaignControl;
import dev.throughline.engine.DeadLetters;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Directives;
import dev.throughline.engine.Machine;
import dev.throughline.engine.Outlet;
import dev.throughline.engine.Rules;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.Changes;
import dev.throughline.store.Changes.Attempt;
import dev.throughline.store.Codecs;
import dev.throughline.store.Store;
import dev.throughline.store.Timer;
import dev.throughline.store.Unit;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.touchpoint.Touchpoint.Call;
import dev.throughline.wire.Codec;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@link FaultStory} as it is played by one process after the other on one ground. When a process ends, nothing of it is left but what the
 * store has kept; the provider has seen what it has seen, and the host hands in again what was not acknowledged.
 */
final class FaultPlay implements FaultHost, AutoCloseable {

    private final Ground ground;
    private final FaultPoints points;
    private final Way way;
    private final List<FaultProvider> providers;
    private final Rules rules;
    private final Codecs codecs;
    private final Map<Attempt, Boolean> lost = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<Timer> fired = Collections.synchronizedList(new ArrayList<>());
    private final TreeSet<String> handedIn = new TreeSet<>();
    private boolean mended;
    private Instant now = FaultStory.START;
    private Store store = new MemoryStore();
    private @Nullable FaultEngine engine;

    /** Where the stores of one play keep what they keep. */
    @FunctionalInterface
    interface Ground {
        Store create(FaultPoints points);

        /** The store of the next process. */
        default Store succeed(FaultPoints points) {
            throw new IllegalStateException("no process ends here");
        }
    }

    /**
     * How it is turned.
     *
     * @param kind by which engine
     * @param lease after which the outcome of a send is unknown
     */
    record Way(FaultEngine.Kind kind, Duration lease) {

        /** In one thread, with leases that are over by the time that the next process looks. */
        static final Way VIRTUAL = new Way(FaultVirtualEngine::started, Duration.ofMillis(1));

        /** In several threads, which recover. */
        static final Way LIVE = new Way(FaultLiveEngine::started, Duration.ofSeconds(4));
    }

    /** What came of it. */
    record Played(
            List<String> trace,
            List<Timer> fired,
            Map<Attempt, Boolean> lost,
            List<String> repeated,
            List<String> missing,
            List<String> verdicts) {}

    /**
     * Where it is played.
     *
     * @param ground where stores keep what they keep
     * @param points where they may fail
     * @param way how it is turned
     */
    record Stage(Ground ground, FaultPoints points, Way way) {}

    /**
     * A play that has not begun.
     *
     * @param story what is played
     * @param stage where
     * @param unanswered attempts whose answers are lost without any fault; {@code false} for those that do not even arrive
     */
    FaultPlay(FaultStory story, Stage stage, Map<Attempt, Boolean> unanswered) {
        this.ground = stage.ground;
        this.points = stage.points;
        this.way = stage.way;
        this.providers =
                List.of(new FaultProvider(Channel.EMAIL, unanswered), new FaultProvider(Channel.SMS, unanswered));
        this.rules = said -> poisoned(story.machine(said));
        this.codecs = story.machine(Directives.NOTHING).codecs();
    }

    /** Opens the ground, however often the process ends meanwhile. */
    void begin() {
        boolean done = tried(() -> start(ground.create(points)));
        while (!done) {
            done = tried(this::restart);
        }
    }

    /** Plays one act to its end, however often the process ends meanwhile. */
    void play(FaultStory.Act act) {
        for (boolean done = false; !done; ) {
            done = tried(() -> perform(act));
            while (!done && !tried(this::restart)) {
                // the process may end while it begins, too
            }
        }
    }

    private void perform(FaultStory.Act act) {
        var turning = running();
        if (act.at().isAfter(now())) {
            turning.advanceTo(act.at());
        }
        act.deed().in(this);
        turning.settle();
    }

    private static boolean tried(Runnable work) {
        try {
            work.run();
            return true;
        } catch (FaultPoints.Crash ended) {
            return false;
        }
    }

    private void restart() {
        close();
        start(ground.succeed(points));
    }

    private void start(Store other) {
        store = watched(other);
        store.open(codecs);
        engine = way.kind.started(
                rules, store, new Outlet(List.copyOf(providers), Delivery.LIVE, way.lease, "host"), now);
    }

    Played played() {
        var repeated = providers.stream()
                .flatMap(provider -> provider.repeated().stream())
                .toList();
        return new Played(StoreTrace.of(store, codecs), fired, lost, repeated, missing(), verdicts());
    }

    /** Touchpoints that were acknowledged and are not on the timeline just once. */
    private List<String> missing() {
        var there = new ArrayList<String>();
        store.scan(Entry.Log.TIMELINE, line -> {
            if (line.body() instanceof Observed observed) {
                there.add(observed.touchpoint().id());
            }
        });
        return handedIn.stream()
                .filter(id -> Collections.frequency(there, id) != 1)
                .toList();
    }

    /** What became of each message. */
    private List<String> verdicts() {
        var verdicts = new ArrayList<String>();
        store.scan(Entry.Log.DECISIONS, line -> {
            if (line.body() instanceof Decision decision) {
                verdicts.add(decision.verdict() + " " + decision.message());
            }
        });
        Collections.sort(verdicts);
        return verdicts;
    }

    @Override
    public void close() {
        if (engine != null) {
            now = engine.now();
            engine.close();
            engine = null;
        }
        store.close();
    }

    // What the host does.

    @Override
    public Instant now() {
        return running().now();
    }

    private FaultEngine running() {
        return Objects.requireNonNull(engine, "begin() comes first");
    }

    @Override
    public void identify(String id, Identity... names) {
        submit(id, Call.IDENTIFY, "identify", List.of(names), Map.of("firstName", "Mai"));
    }

    @Override
    public void consent(String id, Identity who, ConsentAct act) {
        submit(id, Call.CONSENT, act.name(), List.of(who), act.properties());
    }

    @Override
    public void track(String id, Identity who, String event, Map<String, ?> properties) {
        submit(id, Call.TRACK, event, List.of(who), properties);
    }

    private void submit(String id, Call call, String name, List<Identity> names, Map<String, ?> properties) {
        handedIn.add(id);
        running()
                .submit(new Touchpoint(
                        id, call, name, names, now(), now(), new LinkedHashMap<>(properties), "till", Origin.LIVE));
    }

    @Override
    public void deliver() {
        var receipts = providers.get(0).seen().stream()
                .map(mail ->
                        new Receipt("receipt-" + mail.id(), mail.id(), null, Receipt.Status.DELIVERED, null, now(), ""))
                .toList();
        running().receive(new Callback(CallbackAnswer.text(200, ""), receipts, List.of()));
    }

    @Override
    public void reply(String id, String from, String text) {
        var reply = new Inbound(id, Channel.SMS, Address.phone(from), "8088", text, now());
        running().receive(new Callback(CallbackAnswer.text(200, ""), List.of(), List.of(reply)));
    }

    @Override
    public void set(Map<String, String> settings) {
        insist(() -> {
            try (Unit unit = store.begin()) {
                var changes = Changes.none();
                changes.settings().putAll(settings);
                unit.commit(changes);
            }
        });
    }

    @Override
    public void steer(String campaign, Consumer<CampaignControl> how) {
        insist(() -> how.accept(new CampaignControl(campaign, store, this::now, FaultStory.CAMPAIGNS)));
    }

    @Override
    public void mendAndRetry() {
        mended = true;
        var letters = new DeadLetters(store);
        insist(() -> letters.all().toList().forEach(letter -> letters.retry(letter.id())));
    }

    private static void insist(Runnable work) {
        FaultLiveEngine.insist(() -> {
            work.run();
            return true;
        });
    }

    // What is done to the rules and to the store, to see what happens.

    private Machine poisoned(Machine machine) {
        var steps = new LinkedHashMap<>(machine.steps());
        steps.computeIfPresent(Key.Kind.CUSTOMER, (kind, step) -> new Poisoned(step));
        return new Machine(
                steps, machine.ports(), machine.hosted(), machine.payloads(), machine.needs(), machine.generation());
    }

    private final class Poisoned implements Aggregate<Object> {

        private final Aggregate<Object> step;

        Poisoned(Aggregate<Object> step) {
            this.step = step;
        }

        @Override
        public Object initial(Key key) {
            return step.initial(key);
        }

        @Override
        public Object apply(Object state, Input input, Instant at, Effects out) {
            if (!mended
                    && input instanceof Input.Told told
                    && told.payload() instanceof Observed observed
                    && observed.touchpoint().name().equals(FaultStory.POISON)) {
                throw new IllegalStateException("poison");
            }
            return step.apply(state, input, at, out);
        }

        @Override
        public Codec<Object> codec() {
            return step.codec();
        }
    }

    private Store watched(Store other) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, arguments) -> {
                    Object result = FaultyStore.call(other, method, arguments);
                    return result instanceof Unit unit ? watched(unit) : result;
                });
    }

    /** Timers fire with the commit of the unit that has taken them. */
    private Unit watched(Unit unit) {
        var taken = new ArrayList<Timer>();
        return (Unit) Proxy.newProxyInstance(
                Unit.class.getClassLoader(), new Class<?>[] {Unit.class}, (self, method, arguments) -> {
                    try {
                        Object result = FaultyStore.call(unit, method, arguments);
                        if (method.getName().equals("takeDue")) {
                            ((List<?>) result).forEach(timer -> taken.add((Timer) timer));
                        } else if (method.getName().equals("commit")) {
                            fired.addAll(taken);
                        } else if (method.getName().equals("lapsed")) {
                            ((List<?>) result).forEach(row -> lose((Outgoing) row));
                        }
                        return result;
                    } catch (FaultPoints.Crash ended) {
                        if (method.getName().equals("commit") && points.committed()) {
                            fired.addAll(taken);
                        }
                        throw ended;
                    }
                });
    }

    /** Nobody knows any more what became of it; perhaps the provider has not even seen it. */
    private void lose(Outgoing row) {
        var attempt = Attempt.of(row);
        lost.put(attempt, providers.stream().anyMatch(provider -> provider.hasSeen(attempt)));
    }

    /** Both, for messages of assertions. */
    static String differences(List<String> found, List<String> expected) {
        if (found.equals(expected)) {
            return "";
        }
        var more = minus(found, expected).map(line -> "  found    " + line);
        var less = minus(expected, found).map(line -> "  expected " + line);
        return Stream.concat(more, less).collect(Collectors.joining("\n"));
    }

    private static Stream<String> minus(List<String> lines, List<String> others) {
        var left = new ArrayList<>(lines);
        others.forEach(left::remove);
        return left.stream();
    }
}
