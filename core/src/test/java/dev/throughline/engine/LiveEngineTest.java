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

import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Channel;
import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Payloads;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.wire.Codec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two threads that turn the ring. A key's state is the list of inputs that it has heard. */
class LiveEngineTest {

    private final MemoryStore kept = new MemoryStore();
    private final CompletableFuture<SendResult> answer = new CompletableFuture<>();
    private final CompletableFuture<Outbound> called = new CompletableFuture<>();
    private volatile boolean down;
    private volatile boolean broken;
    private final LiveEngine engine = engine();

    @AfterEach
    void close() {
        down = false;
        broken = false;
        engine.close();
    }

    @Test
    void appliesWhatItIsGivenAndSaysSo() {
        engine.start();

        assertThat(join(engine.submit(told("one")))).isEqualTo(Ack.APPLIED);
        assertThat(heard(CUSTOMER)).containsExactly("one");
    }

    @Test
    void appliesTheInputsOfAKeyInTheirOrder() {
        var all = new ArrayList<CompletionStage<Ack>>();
        var ids = new ArrayList<String>();
        for (int i = 9; i >= 0; i--) {
            ids.add("input-" + i);
            all.add(engine.submit(told("input-" + i)));
        }
        engine.start();
        all.forEach(LiveEngineTest::join);

        assertThat(heard(CUSTOMER)).containsExactlyElementsOf(ids);
    }

    @Test
    void keepsTheOrderWhenTheStoreIsAwayForAWhile() {
        down = true;
        engine.start();
        var first = engine.submit(told("z"));
        pause();
        var second = engine.submit(told("a"));
        pause();
        down = false;
        join(first);
        join(second);

        assertThat(heard(CUSTOMER)).containsExactly("z", "a");
    }

    @Test
    void poisonIsAcknowledgedAndTheRestGoesOn() {
        engine.start();

        assertThat(join(engine.submit(told("poison")))).isEqualTo(Ack.RECORDED);
        assertThat(join(engine.submit(told("one")))).isEqualTo(Ack.APPLIED);
        assertThat(heard(CUSTOMER)).containsExactly("one");
        assertThat(kept.deadLetters(0, 10)).hasSize(1);
    }

    @Test
    void sendsWhatIsInTheOutboxAndTellsTheOutcome() {
        put(kept, row("tea"));
        engine.start();
        answer.complete(new SendResult.Accepted(List.of("ref"), null));

        until(() -> heard(Key.of(PHONE)).contains("Attempted/" + id("tea") + "/2"));
        assertThat(join(called).id()).isEqualTo(id("tea"));
        assertThat(kept.backlog()).containsEntry("outbox", 0L).containsEntry("sending", 0L);
    }

    @Test
    void receiptThatOvertakesTheFirstOutcomeIsKeptForIt() {
        put(kept, row("tea"));
        engine.start();
        join(called);
        var receipt = new Receipt("r", id("tea"), null, Receipt.Status.DELIVERED, null, NOW, "");
        var taken = engine.receive(new Callback(CallbackAnswer.text(200, "ok"), List.of(receipt), List.of()));
        answer.complete(new SendResult.Accepted(List.of(), null));

        join(taken);
        assertThat(heard(Key.of(PHONE))).containsExactly("Attempted/" + id("tea") + "/2", "receipt/r");
    }

    @Test
    void outcomeIsKeptWhenTooManyInputsWait() {
        put(kept, row("tea"));
        engine.start();
        join(called);
        down = true;
        Optional<Throwable> refused = Optional.empty();
        for (int i = 0; refused.isEmpty(); i++) {
            refused = failure(engine.submit(told("input-" + i)));
        }
        answer.complete(new SendResult.Accepted(List.of(), null));
        down = false;

        assertThat(refused.orElseThrow())
                .hasMessage("100,000 inputs wait to be stepped: expected the caller to wait for acknowledgements");
        until(() -> kept.backlog().get("sending") == 0L);
        assertThat(heard(Key.of(PHONE))).containsExactly("Attempted/" + id("tea") + "/2");
    }

    @Test
    void turnThatBreaksOffFailsItsCallersAndTheNextOneGoesOn() {
        broken = true;
        var first = engine.submit(told("first"));
        engine.start();
        assertThatThrownBy(() -> join(first)).hasRootCauseInstanceOf(StackOverflowError.class);
        broken = false;

        assertThat(join(engine.submit(told("one")))).isEqualTo(Ack.APPLIED);
    }

    @Test
    void errorThatEndsItFailsWhoeverWaitsAndWhoeverComesLater() {
        var before = engine.submit(told("memory"));
        var behind = engine.submit(told("one"));
        engine.start();

        String ended = "stepping has ended with java.lang.OutOfMemoryError: expected the host to be restarted";
        assertThatThrownBy(() -> join(before)).hasRootCauseMessage(ended);
        assertThatThrownBy(() -> join(behind)).hasRootCauseMessage(ended);
        assertThatThrownBy(() -> join(engine.submit(told("late")))).hasRootCauseMessage(ended);
        assertThat(engine.ended()).isEqualTo(ended);
    }

    @Test
    void saysNothingOfAnEndWhileItTurns() {
        engine.start();
        join(engine.submit(told("one")));

        assertThat(engine.ended()).isEmpty();
    }

    @Test
    void takesNothingAfterItIsClosed() {
        engine.start();
        engine.close();
        engine.close();

        assertThatThrownBy(() -> join(engine.submit(told("late"))))
                .hasRootCauseMessage("closed: nothing more is taken");
    }

    @Test
    void appliesWhatItWasGivenBeforeItIsClosed() {
        engine.start();
        var ack = engine.submit(told("one"));
        engine.close();

        assertThat(join(ack)).isEqualTo(Ack.APPLIED);
    }

    private LiveEngine engine() {
        var heard = Machine.untyped(new Hearing());
        var machine =
                new Machine(Map.of(Key.Kind.CUSTOMER, heard, Key.Kind.CONTACT_POINT, heard), Map.of(), new Payloads());
        var outlet = new Outlet(List.of(new Adapter()), Delivery.LIVE, Duration.ofMinutes(1), "host");
        return new LiveEngine(said -> machine, sometimesDown(), outlet, new LiveEngine.Pace(() -> NOW, 1));
    }

    /** The store, which cannot be reached while the test says so. */
    private Store sometimesDown() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, args) -> {
                    if (down) {
                        throw new StoreException("the store is away", true, null);
                    }
                    if (broken) {
                        throw new StackOverflowError("as if");
                    }
                    try {
                        return method.invoke(kept, args);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private List<String> heard(Key key) {
        var heard = (List<?>) kept.peek(key).orElse(List.of());
        return heard.stream().map(String.class::cast).toList();
    }

    private static Envelope told(String id) {
        return new Envelope(CUSTOMER, new Input.Told(id, CUSTOMER, new Payload() {}), "", 0);
    }

    private static Optional<Throwable> failure(CompletionStage<Ack> stage) {
        var future = stage.toCompletableFuture();
        if (!future.isCompletedExceptionally()) {
            return Optional.empty();
        }
        try {
            future.join();
            return Optional.empty();
        } catch (CompletionException failed) {
            return Optional.ofNullable(failed.getCause());
        }
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static void until(BooleanSupplier reached) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("nanoseconds of waiting").isLessThan(end);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Adapter implements ChannelAdapter {
        @Override
        public String id() {
            return "test";
        }

        @Override
        public Channel channel() {
            return SMS;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            called.complete(message);
            return answer;
        }
    }

    /** Hears everything but what it chokes on, and keeps of the many only the first ten. */
    private static final class Hearing implements Aggregate<List<String>> {
        @Override
        public List<String> initial(Key key) {
            return List.of();
        }

        @Override
        public List<String> apply(List<String> state, Input input, Instant now, Effects out) {
            if (input.id().equals("poison")) {
                throw new IllegalStateException("poison");
            }
            if (input.id().equals("memory")) {
                throw new OutOfMemoryError("as if");
            }
            if (state.size() == 10) {
                return state;
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
