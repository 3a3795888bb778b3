// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import static dev.throughline.testkit.AdapterScene.DEADLINE;
import static dev.throughline.testkit.AdapterScene.HOSTILE;
import static dev.throughline.testkit.AdapterScene.WORDS;
import static dev.throughline.testkit.AdapterScene.await;
import static dev.throughline.testkit.AdapterScene.handedOver;
import static dev.throughline.testkit.AdapterScene.id;
import static dev.throughline.testkit.AdapterScene.message;
import static dev.throughline.testkit.AdapterScene.pause;
import static dev.throughline.testkit.AdapterScene.result;
import static dev.throughline.testkit.AdapterScene.saying;
import static dev.throughline.testkit.AdapterScene.to;
import static dev.throughline.testkit.ProviderDouble.Capability.HEALTH;
import static dev.throughline.testkit.ProviderDouble.Capability.LOGIN;
import static dev.throughline.testkit.ProviderDouble.Capability.LOOK_UP;
import static dev.throughline.testkit.ProviderDouble.Capability.MESSAGE_IDS;
import static dev.throughline.testkit.ProviderDouble.Capability.REFERENCES;
import static dev.throughline.testkit.ProviderDouble.Capability.REPEATS;
import static dev.throughline.testkit.ProviderDouble.Capability.RETRY_AFTER;
import static dev.throughline.testkit.ProviderDouble.Mood.ACCEPTING;
import static dev.throughline.testkit.ProviderDouble.Mood.DOWN;
import static dev.throughline.testkit.ProviderDouble.Mood.DROPPING;
import static dev.throughline.testkit.ProviderDouble.Mood.KNOWING_NO_RECIPIENT;
import static dev.throughline.testkit.ProviderDouble.Mood.REFUSING_LOGIN;
import static dev.throughline.testkit.ProviderDouble.Mood.SILENT;
import static dev.throughline.testkit.ProviderDouble.Mood.THROTTLING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Health;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Preparation;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.Sought;
import dev.throughline.identity.Address;
import dev.throughline.testkit.ProviderDouble.Callbacks;
import dev.throughline.testkit.ProviderDouble.Capability;
import dev.throughline.testkit.ProviderDouble.Mood;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every promise of {@link ChannelAdapter}, as tests. Extend it for an adapter of your own and say how a double of its provider is made;
 * what the double does not declare (receipts, a session, health) is skipped. {@code docs/writing-an-adapter.md} shows one from
 * dependency to green. Not to be run beside other tests in one process: it reads the standard streams and the platform's
 * logging for what must not be logged.
 */
@Timeout(120)
public abstract class AdapterConformance {

    private static final Duration SHORT = Duration.ofMillis(800);
    private static final Duration LONG = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration CLOSING = Duration.ofSeconds(15);
    private static final int SEEDS = 300;

    /** Threads that the JDK and the test engine share among all. */
    private static final Pattern SHARED = Pattern.compile("ForkJoinPool\\.commonPool.*|CompletableFutureDelayScheduler"
            + "|Common-Cleaner|Keep-Alive-.*|process reaper.*|Attach Listener|idle-connection-.*|junit-.*");

    private ProviderDouble provider;
    private ChannelAdapter adapter;

    /** For subclasses. */
    protected AdapterConformance() {}

    /**
     * Makes a double of the provider; called anew for each test.
     *
     * @return a double that accepts everything; closed by this suite
     */
    protected abstract ProviderDouble startProvider();

    /**
     * How long a slow machine is waited for before a test fails.
     *
     * @return by default 30 seconds
     */
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }

    @BeforeEach
    final void begin() {
        provider = startProvider();
        adapter = provider.adapter();
    }

    @AfterEach
    final void end() {
        adapter.close();
        provider.close();
    }

    // what it is

    @Test
    final void saysOneNameAndOneChannel() {
        assertThat(adapter.id()).isEqualTo(adapter.id()).matches("[\\x21-\\x7e]{1,64}");
        assertThat(adapter.channel()).isEqualTo(adapter.channel());
        assertThat(adapter.channel().addressKind())
                .isEqualTo(provider.recipient().kind());
        assertThat(adapter.slots()).isEqualTo(adapter.slots()).isPositive();
    }

    @Test
    final void dialsNobodyBeforeTheFirstMessage() {
        adapter.listen(callback -> CompletableFuture.completedFuture(null));
        adapter.prepare(provider.content(WORDS));
        adapter.health();
        adapter.receive(call("GET", "/", ""));
        pause(300);

        assertThat(provider.connections()).as("connections").isZero();
    }

    // preparing

    @Test
    final void preparesAlikeEachTime() {
        for (String words : Stream.concat(Stream.of(WORDS), HOSTILE.stream()).toList()) {
            Content content = provider.content(words);

            Preparation prepared = adapter.prepare(content);

            assertThat(adapter.prepare(content))
                    .as("what %s is prepared to the second time", shown(words))
                    .isEqualTo(prepared);
            assertThat(prepared.segments()).as("segments of %s", shown(words)).isPositive();
        }
    }

    @Test
    final void preparesFromManyThreadsAlike() {
        Content content = provider.content(WORDS);
        Preparation prepared = adapter.prepare(content);
        var others = new ConcurrentLinkedQueue<Preparation>();

        together(8, number -> others.add(adapter.prepare(content)));

        assertThat(others).hasSize(8).containsOnly(prepared);
    }

    @Test
    final void leavesWhatIsPreparedAsItIs() {
        Preparation prepared = adapter.prepare(provider.content(WORDS));

        assertThat(prepared.refusal()).isNull();
        assertThat(adapter.prepare(prepared.content())).satisfies(again -> {
            assertThat(again.content()).isEqualTo(prepared.content());
            assertThat(again.segments()).isEqualTo(prepared.segments());
            assertThat(again.cost()).isEqualTo(prepared.cost());
        });
    }

    @Test
    final void preparesQuickly() {
        Content content = provider.content(WORDS);
        adapter.prepare(content);
        long start = System.nanoTime();

        for (int i = 0; i < 100; i++) {
            adapter.prepare(content);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("100 preparations")
                .isLessThan(GRACE);
    }

    @Test
    final void refusesWhatItCannotCarryAndSendsNoneOfIt() {
        for (Content content : provider.unfit()) {
            String refusal = adapter.prepare(content).refusal();
            SendResult sent = send(saying(message(provider, 1), content));

            assertThat(refusal)
                    .as("the refusal of %s", content.getClass().getSimpleName())
                    .isNotBlank();
            assertThat(sent)
                    .as("what became of %s", content.getClass().getSimpleName())
                    .isInstanceOfSatisfying(SendResult.Rejected.class, rejected -> assertThat(rejected.scope())
                            .isEqualTo(Scope.MESSAGE));
        }

        assertThat(provider.taken()).isEmpty();
    }

    // sending

    @Test
    final void submitsAMessageOnce() {
        SendResult sent = send(message(provider, 1));

        assertThat(sent).isInstanceOf(SendResult.Accepted.class);
        assertTaken(1);
    }

    @Test
    final void handsOnTheProvidersReferences() {
        assumeCapable(REFERENCES);

        assertThat(Stream.of(1, 2).map(number -> send(message(provider, number))))
                .allSatisfy(sent -> assertThat(references(sent)).isNotEmpty().doesNotContain(""))
                .flatExtracting(AdapterConformance::references)
                .as("the references of two messages")
                .doesNotHaveDuplicates();
    }

    @Test
    final void namesARetryLikeTheFirstAttempt() {
        assumeCapable(MESSAGE_IDS);
        provider.turn(THROTTLING);
        send(message(provider, 1));
        provider.turn(ACCEPTING);

        sendUntilAccepted(1);

        assertTaken(1);
    }

    @Test
    final void takesARepeatedMessageForTheSame() {
        assumeCapable(REPEATS);
        SendResult first = send(message(provider, 1));
        SendResult second = send(message(provider, id(1), 2));

        assertThat(first).isInstanceOf(SendResult.Accepted.class);
        assertThat(second).isInstanceOfAny(SendResult.Duplicate.class, SendResult.Accepted.class);
        assertTaken(1);
    }

    @Test
    final void takesARefusedRecipientForABadAddress() {
        provider.turn(KNOWING_NO_RECIPIENT);

        SendResult sent = send(message(provider, 1));

        assertThat(sent).isInstanceOfSatisfying(SendResult.Rejected.class, rejected -> {
            assertThat(rejected.cause()).isEqualTo(FailureCause.BAD_ADDRESS);
            assertThat(rejected.scope()).isEqualTo(Scope.ADDRESS);
        });
        assertThat(provider.taken()).isEmpty();
    }

    @Test
    final void takesThrottlingForNotSent() {
        provider.turn(THROTTLING);

        SendResult sent = send(message(provider, 1));

        assertThat(sent).isInstanceOfSatisfying(SendResult.NotSent.class, notSent -> {
            assertThat(notSent.cause()).isEqualTo(FailureCause.THROTTLED);
            assertThat(notSent.scope()).as("one message is not to blame").isNotEqualTo(Scope.MESSAGE);
        });
        assertThat(provider.taken()).isEmpty();
    }

    @Test
    final void leavesItToTheLibraryToTryAgain() {
        assumeTrue(provider.submissions().isPresent(), "its submissions are not counted");
        provider.turn(THROTTLING);

        SendResult sent = send(message(provider, 1));
        pause(300);

        assertThat(provider.submissions().orElseThrow())
                .as("how often one message was submitted for one call of send, with %s", sent)
                .isOne();
    }

    @Test
    final void handsOnThePauseThatTheProviderAsksFor() {
        assumeCapable(RETRY_AFTER);
        provider.turn(THROTTLING);

        SendResult sent = send(message(provider, 1));

        assertThat(sent).isInstanceOfSatisfying(SendResult.NotSent.class, notSent -> assertThat(notSent.retryAfter())
                .as("the pause, with %s", sent)
                .isEqualTo(provider.retryAfter()));
    }

    @Test
    final void takesARefusedLoginForNotSentOnTheWholeChannel() {
        assumeCapable(LOGIN);
        provider.turn(REFUSING_LOGIN);

        SendResult sent = send(message(provider, 1));

        assertThat(sent).isInstanceOfSatisfying(SendResult.NotSent.class, notSent -> {
            assertThat(notSent.cause()).isEqualTo(FailureCause.AUTH);
            assertThat(notSent.scope()).isEqualTo(Scope.CHANNEL);
        });
        assertThat(provider.taken()).isEmpty();
    }

    @Test
    final void takesARefusedConnectionForNotSent() {
        provider.turn(DOWN);

        SendResult sent = send(message(provider, 1));

        assertThat(sent).isInstanceOfSatisfying(SendResult.NotSent.class, notSent -> assertThat(notSent.cause())
                .isEqualTo(FailureCause.NETWORK));
    }

    @Test
    final void takesAConnectionThatBreaksAfterTheMessageForUnknownAndDoesNotResend() {
        provider.turn(DROPPING);

        SendResult sent = send(message(provider, 1));
        provider.turn(ACCEPTING);
        pause(1_000);

        assertThat(sent).isInstanceOf(SendResult.Unknown.class);
        assertTaken(1);
    }

    @Test
    final void takesSilenceForUnknownWhenTheDeadlineIsOver() {
        provider.turn(SILENT);

        assertUnknownWhenTheDeadlineIsOver();
    }

    @Test
    final void takesHalfAnAnswerForUnknownWhenTheDeadlineIsOver() {
        assumeTrue(provider.stall(), "it does not stall within an answer");

        assertUnknownWhenTheDeadlineIsOver();
    }

    private void assertUnknownWhenTheDeadlineIsOver() {
        long start = System.nanoTime();

        SendResult sent = send(message(provider, 1), SHORT);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("how long an attempt with a deadline of %s took", SHORT)
                .isLessThan(SHORT.plus(GRACE));
        assertThat(sent).isInstanceOf(SendResult.Unknown.class);
        assertTaken(1);
    }

    @Test
    final void findsOutWhatBecameOfAMessageWhoseAnswerWasLost() {
        assumeCapable(LOOK_UP);
        provider.turn(Mood.DROPPING);
        assertThat(send(message(provider, 1), LONG)).isInstanceOf(SendResult.Unknown.class);

        assertThat(find(message(provider, 1))).isInstanceOfAny(SendResult.Accepted.class, SendResult.Duplicate.class);

        assertTaken(1);
        provider.submissions().ifPresent(number -> assertThat(number).isOne());
    }

    @Test
    final void claimsOfAMessageThatNeverCameAtMostThatItWasNotSent() {
        assumeCapable(LOOK_UP);

        assertThat(find(message(provider, 1))).isInstanceOfAny(SendResult.NotSent.class, SendResult.Unknown.class);

        assertThat(provider.taken()).isEmpty();
    }

    @Test
    final void claimsNothingOfAMessageWhileTheProviderIsDown() {
        assumeCapable(LOOK_UP);
        provider.turn(Mood.DROPPING);
        assertThat(send(message(provider, 1), LONG)).isInstanceOf(SendResult.Unknown.class);
        provider.turn(Mood.DOWN);

        assertThat(find(message(provider, 1))).isInstanceOf(SendResult.Unknown.class);
        adapter.close();
        assertThat(find(message(provider, 1))).isInstanceOf(SendResult.Unknown.class);
    }

    private SendResult find(Outbound message) {
        var sought = new Sought(message.id(), message.to(), List.of());
        return adapter.lookUp()
                .orElseThrow(() -> new AssertionError("expected an adapter that can look up, as its double says"))
                .find(sought, LONG)
                .toCompletableFuture()
                .orTimeout(patience().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Test
    final void doesNotBlockWhoHandsAMessageOver() {
        provider.turn(SILENT);
        long start = System.nanoTime();

        var stage = handedOver(adapter, message(provider, 1), LONG);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("handing it over")
                .isLessThan(GRACE);
        assertThat(result(stage, LONG.plus(patience()))).isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    final void sendsForAThreadThatIsInterrupted() {
        Thread.currentThread().interrupt();
        CompletableFuture<SendResult> stage;
        boolean still;
        try {
            stage = handedOver(adapter, message(provider, 1), DEADLINE).toCompletableFuture();
        } finally {
            still = Thread.interrupted();
        }

        SendResult sent = result(stage, DEADLINE.plus(patience()));
        assertThat(still).as("still interrupted").isTrue();
        assertHonest(provider.taken().size(), sent);
    }

    @Test
    final void sendsManyMessagesAtATimeOnceEach() {
        int each = 25;
        int threads = Math.min(8, adapter.slots());
        var sent = new ConcurrentLinkedQueue<SendResult>();

        together(threads, thread -> IntStream.range(0, each)
                .forEach(number -> sent.add(send(message(provider, thread * each + number)))));

        assertThat(sent).hasSize(threads * each).hasOnlyElementsOfType(SendResult.Accepted.class);
        assertThat(provider.taken()).hasSize(threads * each);
        if (can(MESSAGE_IDS)) {
            assertThat(provider.taken()).as("ids that the provider has taken").doesNotHaveDuplicates();
        }
    }

    @Test
    final void isHonestOfEachOfManyMessagesWhoseConnectionBreaks() {
        provider.turn(DROPPING);
        int threads = Math.min(8, adapter.slots());
        var sent = new ConcurrentLinkedQueue<SendResult>();

        together(threads, thread -> sent.add(send(message(provider, thread))));

        assertThat(sent).hasSize(threads).hasOnlyElementsOfTypes(SendResult.Unknown.class, SendResult.NotSent.class);
        long unknown =
                sent.stream().filter(SendResult.Unknown.class::isInstance).count();
        assertThat((long) provider.taken().size())
                .as("messages taken, of which none may count as not sent")
                .isLessThanOrEqualTo(unknown);
    }

    @Test
    final void findsAProviderThatComesBack() {
        send(message(provider, 1));
        provider.turn(DOWN);
        assertThat(sendHonestly(message(provider, 2))).isNotInstanceOf(SendResult.Accepted.class);
        provider.turn(ACCEPTING);

        sendUntilAccepted(3);
    }

    // what must not get through

    @Test
    final void letsNoWordsPassForCommands() {
        int sent = 0;
        for (String words : HOSTILE) {
            int taken = provider.taken().size();
            Outbound hostile = saying(message(provider, ++sent), provider.content(words));

            SendResult result = send(hostile);

            assertThat(provider.taken().size() - taken)
                    .as("messages that %s made, with %s", shown(words), result)
                    .isEqualTo(result instanceof SendResult.Accepted ? 1 : 0);
            assertThat(result)
                    .as("what became of %s", shown(words))
                    .isInstanceOfAny(SendResult.Accepted.class, SendResult.Rejected.class);
            assertThat(adapter.prepare(hostile.content()).refusal() != null)
                    .as("refused when prepared: %s", shown(words))
                    .isEqualTo(result instanceof SendResult.Rejected);
        }

        assertThat(send(message(provider, 1_000))).isInstanceOf(SendResult.Accepted.class);
    }

    @Test
    final void refusesAnAddressThatIsNotOneLine() {
        Address usual = provider.recipient();
        for (String tail : List.of("\r\nBcc: all@shop.example", "\n", "\u0000", "\r\n.\r\n", " HTTP/1.1\r\nX: y")) {
            SendResult sent = send(to(message(provider, 1), new Address(usual.kind(), usual.value() + tail)));

            assertThat(sent).as("with %s behind the address", shown(tail)).isInstanceOf(SendResult.Rejected.class);
        }

        assertThat(provider.taken()).isEmpty();
        assertThat(send(message(provider, 2))).isInstanceOf(SendResult.Accepted.class);
    }

    @Test
    final void keepsSecretsAndPersonalDataToItself() {
        var told = new StringBuilder();
        var written = WrittenMeanwhile.by(provider.logFile(), () -> {
            int number = 0;
            for (Mood mood : Mood.values()) {
                if (mood != REFUSING_LOGIN || can(LOGIN)) {
                    provider.turn(mood);
                    SendResult sent = send(message(provider, ++number), SHORT);
                    told.append(adapter).append('\n').append(adapter.health()).append('\n');
                    told.append(sent).append('\n');
                }
            }
            provider.callbacks().stream()
                    .flatMap(calls -> calls.forged().stream())
                    .forEach(call -> told.append(adapter.receive(call)).append('\n'));
        });

        var secret = new ArrayList<>(provider.secrets());
        secret.add(provider.recipient().value());
        secret.add(WORDS);
        assertThat(told.toString()).as("toString, health and results").doesNotContain(secret);
        assertThat(written).as("the log").doesNotContain(secret);
    }

    // health

    @Test
    final void tellsItsHealthWithoutTraffic() {
        assumeCapable(HEALTH);
        assertThat(adapter.health().state()).isEqualTo(Health.State.UNTRIED);

        send(message(provider, 1));
        int connections = provider.connections();
        assertThat(adapter.health().state()).isEqualTo(Health.State.UP);
        pause(200);
        assertThat(provider.connections()).as("connections for being asked").isEqualTo(connections);

        provider.turn(DOWN);
        send(message(provider, 2));
        assertThat(adapter.health().state()).isEqualTo(Health.State.DOWN);
    }

    // closing

    @Test
    final void closesTwiceAndEndsItsThreads() {
        var before = threads();

        sendOnceAndClose();

        var left = new ArrayList<Thread>();
        await(() -> "the threads of the adapter to end, still there: " + named(left), patience(), () -> {
            System.gc(); // on 17 an HttpClient has no other end
            var now = threads();
            now.removeAll(before);
            left.clear();
            left.addAll(now);
            return now.isEmpty();
        });
    }

    /** By another adapter and another provider, which nobody remembers afterwards. */
    private void sendOnceAndClose() {
        try (var other = startProvider()) {
            ChannelAdapter another = other.adapter();
            result(another.send(message(other, 1), DEADLINE), patience());
            another.close();
            another.close();
        }
    }

    @Test
    final void endsWhatIsUnderWayWhenItCloses() {
        provider.turn(SILENT);
        var stage = handedOver(adapter, message(provider, 1), LONG);
        await("the message at the provider", patience(), () -> !provider.taken().isEmpty());
        long start = System.nanoTime();

        adapter.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("closing").isLessThan(CLOSING);
        assertThat(result(stage, LONG.plus(patience()))).isInstanceOf(SendResult.Unknown.class);
        assertTaken(1);
    }

    @Test
    final void answersWithAValueAfterItHasClosed() {
        send(message(provider, 1));
        adapter.close();

        sendHonestly(message(provider, 2));
    }

    // callbacks

    @Test
    final void readsACallbackAlikeEachTime() {
        for (RawCallback call : callbacks().genuine()) {
            byte[] body = call.body().clone();

            Callback read = adapter.receive(call);

            assertThat(read.receipts().size() + read.inbound().size())
                    .as("receipts and replies")
                    .isPositive();
            assertThat(read.answer().status()).isBetween(200, 299);
            assertThat(ids(read))
                    .as("ids of receipts and replies, which are to be the same when the call is read again")
                    .doesNotContain("")
                    .doesNotHaveDuplicates()
                    .isEqualTo(ids(adapter.receive(call)));
            assertThat(read.receipts())
                    .allSatisfy(receipt -> assertThat(receipt.message() != null || receipt.reference() != null)
                            .as("it says which message it is about")
                            .isTrue());
            assertThat(call.body())
                    .as("the raw body, over which signatures are made")
                    .isEqualTo(body);
        }
        assertThat(provider.connections()).as("connections for reading").isZero();
    }

    @Test
    final void tellsCallbacksApart() {
        assertThat(callbacks().genuine().stream().flatMap(call -> ids(adapter.receive(call)).stream()))
                .as("ids of receipts and replies of different calls")
                .doesNotHaveDuplicates();
    }

    @Test
    final void turnsForgedCallbacksAway() {
        for (RawCallback call : callbacks().forged()) {
            Callback read = adapter.receive(call);

            assertNothing(read);
            assertThat(read.answer().status()).isBetween(400, 499);
        }
    }

    @Test
    final void readsRubbishWithoutFailing() {
        var samples = new ArrayList<RawCallback>(List.of(
                call("GET", "/", ""),
                call("POST", "/?a=%zz&=&a", "{\"a\":"),
                call("POST", "relative and not a target", "a=%&b"),
                call("BREW", "", "\u0000")));
        samples.forEach(call -> assertNothing(adapter.receive(call)));
        provider.callbacks().ifPresent(calls -> samples.addAll(calls.genuine()));

        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            RawCallback damaged = damaged(samples.get(random.nextInt(samples.size())), random);
            try {
                CallbackAnswer answer = adapter.receive(damaged).answer();
                assertThat(answer.status()).isBetween(200, 599);
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("seed " + seed + ", " + damaged.target(), failed);
            }
        }
    }

    // a session of its own

    @Test
    final void acknowledgesWhatItsSessionBringsWhenThatIsStored() {
        var session = provider.session();
        assumeTrue(session.isPresent(), "it has no session");
        var heard = new CopyOnWriteArrayList<Callback>();
        var stored = new CompletableFuture<Void>();
        adapter.listen(callback -> {
            heard.add(callback);
            return stored;
        });
        send(message(provider, 1));

        var acknowledged = session.get().reply().toCompletableFuture();
        await("the reply", patience(), () -> !heard.isEmpty());
        pause(200);
        assertThat(acknowledged).as("acknowledged before it is stored").isNotDone();
        stored.complete(null);

        assertThat(acknowledged).succeedsWithin(patience()).isEqualTo(true);
        assertThat(heard).flatExtracting(Callback::inbound).hasSize(1);
    }

    @Test
    final void asksToBeToldAgainWhatCouldNotBeStored() {
        var session = provider.session();
        assumeTrue(session.isPresent(), "it has no session");
        adapter.listen(callback -> CompletableFuture.failedFuture(new IllegalStateException("the disk is full")));
        send(message(provider, 1));

        assertThat(session.get().reply().toCompletableFuture())
                .succeedsWithin(patience())
                .isEqualTo(false);
    }

    // tools

    private boolean can(Capability capability) {
        return provider.capabilities().contains(capability);
    }

    private void assumeCapable(Capability capability) {
        assumeTrue(can(capability), () -> "it does not declare " + capability);
    }

    private Callbacks callbacks() {
        var calls = provider.callbacks();
        assumeTrue(calls.isPresent(), "it has no callbacks");
        return calls.get();
    }

    private void assertTaken(int... numbers) {
        assertThat(provider.taken()).as("what the provider has taken").hasSize(numbers.length);
        if (can(MESSAGE_IDS)) {
            assertThat(provider.taken())
                    .as("the ids that the provider has taken; expected those of Outbound.id(), once for all attempts")
                    .containsExactlyElementsOf(Arrays.stream(numbers)
                            .mapToObj(number -> id(number).value())
                            .toList());
        }
    }

    private SendResult send(Outbound message) {
        return send(message, DEADLINE);
    }

    private SendResult send(Outbound message, Duration deadline) {
        return result(handedOver(adapter, message, deadline), deadline.plus(patience()));
    }

    /** Sends, and checks that what was taken does not count as not sent, nor what was not taken as accepted. */
    private SendResult sendHonestly(Outbound message) {
        int before = provider.taken().size();
        SendResult sent = send(message);
        assertHonest(provider.taken().size() - before, sent);
        return sent;
    }

    private static void assertHonest(int taken, SendResult sent) {
        if (sent instanceof SendResult.Accepted) {
            assertThat(taken).as("messages taken, with %s", sent).isOne();
        } else if (sent instanceof SendResult.NotSent || sent instanceof SendResult.Rejected) {
            assertThat(taken).as("messages taken, with %s", sent).isZero();
        }
    }

    /** Tries as the engine would, until the provider has it. */
    private void sendUntilAccepted(int number) {
        var attempt = new AtomicInteger(1);
        await("message " + number + " to be accepted", patience(), () -> {
            SendResult sent = sendHonestly(message(provider, id(number), attempt.incrementAndGet()));
            assertThat(sent).isInstanceOfAny(SendResult.Accepted.class, SendResult.NotSent.class);
            return sent instanceof SendResult.Accepted;
        });
    }

    private static List<String> references(SendResult sent) {
        return sent instanceof SendResult.Accepted accepted ? accepted.references() : List.of();
    }

    private static List<String> ids(Callback read) {
        return Stream.concat(
                        read.receipts().stream().map(Receipt::id),
                        read.inbound().stream().map(Inbound::id))
                .toList();
    }

    private static void assertNothing(Callback read) {
        assertThat(read.receipts()).isEmpty();
        assertThat(read.inbound()).isEmpty();
    }

    private static RawCallback call(String method, String target, String body) {
        return new RawCallback(method, target, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static RawCallback damaged(RawCallback call, Random random) {
        byte[] body = Arrays.copyOf(call.body(), random.nextInt(call.body().length + 3));
        for (int i = 0; i < body.length && random.nextBoolean(); i++) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        String target = call.target();
        String shorter = target.substring(0, random.nextInt(target.length() + 1));
        return new RawCallback(
                random.nextBoolean() ? call.method() : "GET",
                random.nextBoolean() ? target : shorter + "%&=\u0000".substring(0, random.nextInt(4)),
                random.nextBoolean()
                        ? call.headers()
                        : Map.of("content-type", List.of("application/" + seedWord(random))),
                body);
    }

    private static String seedWord(Random random) {
        return List.of("json", "xml", "x-www-form-urlencoded", ";;").get(random.nextInt(4));
    }

    private static String shown(String text) {
        String line = text.replaceAll("[^\\x20-\\x7e]", "?");
        return "'" + line.substring(0, Math.min(60, line.length())) + "'";
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !SHARED.matcher(thread.getName()).matches())
                .collect(Collectors.toSet());
    }

    private static String named(Collection<Thread> threads) {
        return threads.stream().map(Thread::getName).sorted().collect(Collectors.joining(", "));
    }

    private void together(int number, IntConsumer work) {
        var start = new CountDownLatch(1);
        var all = IntStream.range(0, number)
                .mapToObj(thread -> new FutureTask<>(() -> {
                    start.await();
                    work.accept(thread);
                    return null;
                }))
                .toList();
        all.forEach(task -> new Thread(task, "conformance").start());
        start.countDown();
        for (FutureTask<?> task : all) {
            try {
                task.get(2 * patience().toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException failed) {
                throw new AssertionError(failed.getCause());
            } catch (InterruptedException | TimeoutException late) {
                throw new AssertionError("side by side it took too long", late);
            }
        }
    }
}
