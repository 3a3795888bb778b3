// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import static dev.throughline.engine.Rows.CUSTOMER;
import static dev.throughline.engine.Rows.NOW;
import static dev.throughline.engine.Rows.PHONE;
import static dev.throughline.engine.Rows.id;
import static dev.throughline.engine.Rows.put;
import static dev.throughline.engine.Rows.row;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Payloads;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of what an engine has in its hands when its store refuses, hangs, or is busy with another host. */
@Timeout(60)
class StoreFaultsTest {

    private static final Key POOL = Key.pool("elsewhere");

    private final MemoryStore kept = new MemoryStore();
    private final Account phones =
            new Account(SMS, new CompletableFuture<>(), new AtomicInteger(), new AtomicInteger());
    private final List<String> recorded = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger refused = new AtomicInteger();
    private final CountDownLatch awake = new CountDownLatch(1);
    private volatile boolean refuses;
    private volatile boolean hangs;
    private volatile boolean held;
    private LiveEngine engine = engine(Role.all(), Duration.ofMinutes(1));

    @AfterEach
    void close() {
        refuses = false;
        awake.countDown();
        engine.close();
    }

    @Test
    void answerOfAProviderIsKeptWhileTheStoreRefusesItForGood() {
        put(kept, row("tea"));
        engine.start();
        until(() -> phones.sent.get() == 1);
        refuses = true;
        phones.answer.complete(new SendResult.Accepted(List.of("ref"), null));
        int before = refused.get();
        until(() -> refused.get() > before + 40);
        refuses = false;

        until(() -> heard(Key.of(PHONE)).contains("Attempted/" + id("tea") + "/2"));
        assertThat(kept.backlog()).containsEntry("sending", 0L).containsEntry("dead", 0L);
        assertThat(phones.sent).hasValue(1);
    }

    @Test
    void answerOfAProviderIsKeptByAHostThatDoesNotStep() {
        engine = engine(Set.of(Role.SEND), Duration.ofMinutes(1));
        put(kept, row("tea"));
        engine.start();
        until(() -> phones.sent.get() == 1);
        refuses = true;
        phones.answer.complete(new SendResult.Accepted(List.of("ref"), null));
        int before = refused.get();
        until(() -> refused.get() > before + 40);
        refuses = false;

        until(() -> recorded.contains("Attempted/" + id("tea") + "/2"));
    }

    @Test
    void oneInputThatCannotBeRecordedFailsAlone() {
        engine = engine(Set.of(Role.INGEST), Duration.ofMinutes(1));
        var bad = engine.submit(happened("bad"));
        var good = engine.submit(happened("good"));
        engine.start();

        assertThat(join(good)).isEqualTo(Ack.RECORDED);
        assertThatThrownBy(() -> join(bad)).hasRootCauseMessage("an identifier cannot be read");
        assertThat(recorded).containsExactly("good");
    }

    @Test
    void whatAnotherUnitDoesNotStepWithinALeaseIsRecorded() {
        engine = engine(Role.all(), Duration.ofMillis(200));
        held = true;
        engine.start();
        var told = engine.submit(happened("order"));

        assertThat(join(told)).isEqualTo(Ack.RECORDED);
        assertThat(kept.backlog()).containsEntry("told", 1L);
    }

    @Test
    void whatAnotherUnitHasIsRecordedWhenTheEngineIsClosed() {
        held = true;
        engine.start();
        var told = engine.submit(happened("order"));
        until(() -> kept.backlog().get("told") == 1);
        engine.close();

        assertThat(join(told)).isEqualTo(Ack.RECORDED);
    }

    @Test
    void closeDoesNotWaitForAStoreThatHangs() {
        engine.start();
        hangs = true;
        var left = engine.submit(happened("order"));
        long start = System.nanoTime();
        engine.close(Duration.ofMillis(100));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThatThrownBy(() -> join(left)).hasRootCauseMessage("closed before it was applied");
    }

    @Test
    void everySeatWhoseLeaseIsOverIsLeftThoughTheStoreRefuses() {
        var calls = new Account(Channel.CALL, new CompletableFuture<>(), new AtomicInteger(), new AtomicInteger());
        var outlet = new Outlet(List.of(calls, phones), Delivery.LIVE, Duration.ofMinutes(1), "host");
        var ticker = new AtomicLong();
        var seats = new Seats(store(), outlet, () -> NOW, ticker::get);
        seats.renew();
        refuses = true;
        ticker.set(Duration.ofSeconds(9).toNanos());

        assertThatThrownBy(seats::renew).isInstanceOf(StoreException.class).hasMessage("the store is read-only");
        assertThat(List.of(calls.left.get(), phones.left.get())).containsExactly(1, 1);
    }

    @Test
    void seatWhoseLeaseIsOverIsLeftWhileTheStoreHangs() {
        var outlet = new Outlet(List.of(phones), Delivery.LIVE, Duration.ofMinutes(1), "host");
        var ticker = new AtomicLong();
        var seats = new Seats(store(), outlet, () -> NOW, ticker::get);
        seats.renew();
        seats.start();
        hangs = true;
        ticker.set(Duration.ofSeconds(7).toNanos());
        var renewing = CompletableFuture.runAsync(seats::renew);
        ticker.set(Duration.ofSeconds(9).toNanos());

        until(() -> phones.left.get() == 1);
        assertThat(renewing).isNotDone();
        seats.stop();
    }

    private LiveEngine engine(Set<Role> roles, Duration lease) {
        var heard = Machine.untyped(new Hearing());
        var machine = new Machine(
                Map.of(Key.Kind.CUSTOMER, heard, Key.Kind.CONTACT_POINT, heard, Key.Kind.POOL, heard),
                Map.of(),
                new Payloads());
        var outlet = new Outlet(List.of(phones), Delivery.LIVE, lease, "host");
        var pace = new LiveEngine.Pace(() -> NOW, 1, null, Retention.everything(), roles);
        return new LiveEngine(said -> machine, store(), outlet, pace);
    }

    private Store store() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, args) -> {
                    if (hangs) {
                        awake.await();
                    }
                    if (refuses) {
                        refused.incrementAndGet();
                        throw new StoreException("the store is read-only", false, null);
                    }
                    return switch (method.getName()) {
                        case "isShared" -> true;
                        case "record" -> record((List<?>) args[0]);
                        case "begin" -> unit(kept.begin());
                        default -> called(kept, method, args);
                    };
                });
    }

    private Object record(List<?> envelopes) {
        var ids = envelopes.stream().map(each -> ((Envelope) each).input().id()).toList();
        if (ids.contains("bad")) {
            throw new StoreException("an identifier cannot be read", false, null);
        }
        recorded.addAll(ids);
        return null;
    }

    /** A unit beside which another one has the pool while the test says so. */
    private Unit unit(Unit real) {
        return (Unit) Proxy.newProxyInstance(
                Unit.class.getClassLoader(), new Class<?>[] {Unit.class}, (self, method, args) -> {
                    if (held && method.getName().equals("claim") && ((Collection<?>) args[0]).contains(POOL)) {
                        return Set.of(POOL);
                    }
                    return held && method.getName().equals("takeTold") ? List.of() : called(real, method, args);
                });
    }

    private static Object called(Object real, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(real, args);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private List<String> heard(Key key) {
        var heard = (List<?>) kept.peek(key).orElse(List.of());
        return heard.stream().map(String.class::cast).toList();
    }

    private static Envelope happened(String id) {
        var who = List.of(Identity.of("userId", "mai"));
        var touchpoint =
                new Touchpoint(id, Touchpoint.Call.TRACK, "Order", who, NOW, NOW, Map.of(), "web", Origin.LIVE);
        return new Envelope(CUSTOMER, new Input.Happened(touchpoint), "", 0);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static void until(BooleanSupplier reached) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("nanoseconds of waiting").isLessThan(end);
            Threads.pause(Duration.ofMillis(10));
        }
    }

    private record Account(
            Channel channel, CompletableFuture<SendResult> answer, AtomicInteger sent, AtomicInteger left)
            implements ChannelAdapter {

        @Override
        public String id() {
            return channel.name();
        }

        @Override
        public int seats() {
            return 1;
        }

        @Override
        public void leave() {
            left.incrementAndGet();
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            sent.incrementAndGet();
            return answer;
        }
    }

    /** Hears everything, and tells the pool what happened. */
    private static final class Hearing implements Aggregate<List<String>> {
        @Override
        public List<String> initial(Key key) {
            return List.of();
        }

        @Override
        public List<String> apply(List<String> state, Input input, Instant now, Effects out) {
            if (input instanceof Input.Happened) {
                out.tell(POOL, new Payload() {});
            }
            var more = new ArrayList<>(state);
            more.add(input.id());
            return more;
        }

        @Override
        public Codec<List<String>> codec() {
            throw new UnsupportedOperationException("the in-memory store keeps objects");
        }
    }
}
