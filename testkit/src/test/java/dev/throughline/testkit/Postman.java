// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Health;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.LookUp;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Preparation;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Receiver;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;

/** An adapter that keeps every promise but one. */
final class Postman implements ChannelAdapter {

    /** The promise that is broken, and the check that has to find it. */
    enum Fault {
        NONE(""),
        CHANGES_ITS_NAME("saysOneNameAndOneChannel"),
        DIALS_WHEN_IT_IS_MADE("dialsNobodyBeforeTheFirstMessage"),
        PREPARES_OTHERWISE_EACH_TIME("preparesAlikeEachTime"),
        PREPARES_IN_A_SHARED_BUFFER("preparesFromManyThreadsAlike"),
        PREPARES_WHAT_IS_PREPARED("leavesWhatIsPreparedAsItIs"),
        PREPARES_SLOWLY("preparesQuickly"),
        CARRIES_ANYTHING("refusesWhatItCannotCarryAndSendsNoneOfIt"),
        SUBMITS_TWICE("submitsAMessageOnce"),
        KEEPS_REFERENCES("handsOnTheProvidersReferences"),
        RENAMES_A_RETRY("namesARetryLikeTheFirstAttempt"),
        TAKES_A_REPEAT_FOR_A_FAILURE("takesARepeatedMessageForTheSame"),
        DOES_NOT_CLASSIFY("takesARefusedRecipientForABadAddress"),
        GIVES_UP_WHEN_THROTTLED("takesThrottlingForNotSent"),
        TRIES_AGAIN_WHEN_THROTTLED("leavesItToTheLibraryToTryAgain"),
        TAKES_A_PAUSE_OF_ITS_OWN("handsOnThePauseThatTheProviderAsksFor"),
        BLAMES_A_MESSAGE_FOR_THE_LOGIN("takesARefusedLoginForNotSentOnTheWholeChannel"),
        DOES_NOT_KNOW_WITHOUT_A_CONNECTION("takesARefusedConnectionForNotSent"),
        CALLS_UNKNOWN_NOT_SENT("takesAConnectionThatBreaksAfterTheMessageForUnknownAndDoesNotResend"),
        SENDS_AGAIN_BY_ITSELF("takesAConnectionThatBreaksAfterTheMessageForUnknownAndDoesNotResend"),
        FORGETS_THE_DEADLINE("takesSilenceForUnknownWhenTheDeadlineIsOver"),
        WAITS_FOR_THE_REST_OF_AN_ANSWER("takesHalfAnAnswerForUnknownWhenTheDeadlineIsOver"),
        BLOCKS("doesNotBlockWhoHandsAMessageOver"),
        FAILS_WHEN_INTERRUPTED("sendsForAThreadThatIsInterrupted"),
        SWALLOWS_INTERRUPTS("sendsForAThreadThatIsInterrupted"),
        LOSES_MESSAGES_SIDE_BY_SIDE("sendsManyMessagesAtATimeOnceEach"),
        FAILS_WHEN_CUT_OFF("isHonestOfEachOfManyMessagesWhoseConnectionBreaks"),
        GIVES_UP_FOR_GOOD("findsAProviderThatComesBack"),
        SPLITS_AT_LINES("letsNoWordsPassForCommands"),
        THROWS_AT_WORDS("letsNoWordsPassForCommands"),
        WRITES_TO_ANY_ADDRESS("refusesAnAddressThatIsNotOneLine"),
        PRINTS_ITS_KEY("keepsSecretsAndPersonalDataToItself"),
        LOGS_ADDRESSES("keepsSecretsAndPersonalDataToItself"),
        LOGS_ADDRESSES_THROUGH_A_LOGGER("keepsSecretsAndPersonalDataToItself"),
        IS_ALWAYS_WELL("tellsItsHealthWithoutTraffic"),
        LEAVES_A_THREAD("closesTwiceAndEndsItsThreads"),
        CLOSES_ONCE("closesTwiceAndEndsItsThreads"),
        LEAVES_WHAT_IS_UNDER_WAY("endsWhatIsUnderWayWhenItCloses"),
        THROWS_WHEN_CLOSED("answersWithAValueAfterItHasClosed"),
        NAMES_RECEIPTS_ANEW("readsACallbackAlikeEachTime"),
        CHANGES_THE_BODY("readsACallbackAlikeEachTime"),
        NAMES_RECEIPTS_ALIKE("tellsCallbacksApart"),
        BELIEVES_ANYBODY("turnsForgedCallbacksAway"),
        THROWS_AT_RUBBISH("readsRubbishWithoutFailing"),
        ACKNOWLEDGES_BEFORE_IT_IS_STORED("acknowledgesWhatItsSessionBringsWhenThatIsStored"),
        ACKNOWLEDGES_WHAT_COULD_NOT_BE_STORED("asksToBeToldAgainWhatCouldNotBeStored"),
        FINDS_NOTHING_OUT("findsOutWhatBecameOfAMessageWhoseAnswerWasLost"),
        SENDS_TO_FIND_OUT("findsOutWhatBecameOfAMessageWhoseAnswerWasLost"),
        TAKES_AN_ANSWER_FOR_A_YES("claimsOfAMessageThatNeverCameAtMostThatItWasNotSent"),
        TAKES_SILENCE_FOR_A_NO("claimsNothingOfAMessageWhileTheProviderIsDown");

        final String foundBy;

        Fault(String foundBy) {
            this.foundBy = foundBy;
        }
    }

    private static final Channel POST = Channel.named("post");
    private static final SendResult LOST =
            new SendResult.Unknown(FailureCause.NETWORK, List.of(), "no answer to what was written");

    private final Post post;
    private final Fault fault;
    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Receiver receiver = callback -> CompletableFuture.completedFuture(null);
    private volatile Health health = new Health(Health.State.UNTRIED, "");
    private volatile boolean given;
    private volatile boolean closed;

    Postman(Post post, Fault fault) {
        this.post = post;
        this.fault = fault;
        if (is(Fault.DIALS_WHEN_IT_IS_MADE)) {
            post.submit("hello");
        }
        if (is(Fault.LOGS_ADDRESSES_THROUGH_A_LOGGER)) {
            Logger.getLogger("").getHandlers(); // from now on the console's keeps the stream that stands here
        }
    }

    private boolean is(Fault one) {
        return fault == one;
    }

    Receiver receiver() {
        return receiver;
    }

    @Override
    public String id() {
        return is(Fault.CHANGES_ITS_NAME) ? "post-" + count.incrementAndGet() : "post";
    }

    @Override
    public Channel channel() {
        return POST;
    }

    @Override
    public Preparation prepare(Content content) {
        if (is(Fault.PREPARES_SLOWLY)) {
            AdapterScene.pause(30);
        }
        if (!(content instanceof TextContent text)) {
            return is(Fault.CARRIES_ANYTHING)
                    ? Preparation.asIs(content)
                    : Preparation.refused(content, "post carries text");
        }
        if (is(Fault.PREPARES_WHAT_IS_PREPARED)) {
            return Preparation.asIs(new TextContent(text.text() + " Yours, the shop"));
        }
        if (is(Fault.PREPARES_OTHERWISE_EACH_TIME)) {
            return new Preparation(content, count.incrementAndGet(), null, List.of(), null);
        }
        return is(Fault.PREPARES_IN_A_SHARED_BUFFER) ? preparedInTurns(content) : Preparation.asIs(content);
    }

    /** Right only when nobody else prepares meanwhile. */
    private Preparation preparedInTurns(Content content) {
        int mine = count.incrementAndGet();
        AdapterScene.pause(20);
        return new Preparation(content, count.get() == mine ? 1 : 2, null, List.of(), null);
    }

    @Override
    public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
        if ((is(Fault.FAILS_WHEN_INTERRUPTED) && Thread.currentThread().isInterrupted())
                || (is(Fault.THROWS_AT_WORDS) && message.content().headline().contains("\u0000"))
                || (is(Fault.THROWS_WHEN_CLOSED) && closed)) {
            throw new IllegalStateException("cannot");
        }
        if (is(Fault.SWALLOWS_INTERRUPTS)) {
            var unused = Thread.interrupted();
        }
        if (is(Fault.LOGS_ADDRESSES)) {
            System.err.println("writing to " + message.to());
        }
        if (is(Fault.LOGS_ADDRESSES_THROUGH_A_LOGGER)) {
            System.getLogger("post").log(System.Logger.Level.INFO, "writing to {0}", message.to());
        }
        SendResult refusal = refusal(message);
        return refusal == null ? carried(message, deadline) : CompletableFuture.completedFuture(refusal);
    }

    private SendResult refusal(Outbound message) {
        String unfit = prepare(message.content()).refusal();
        if (unfit != null) {
            return new SendResult.Rejected(FailureCause.NOT_CAPABLE, Scope.MESSAGE, unfit);
        }
        boolean lines = message.to().value().chars().anyMatch(Character::isISOControl);
        if (lines && !is(Fault.WRITES_TO_ANY_ADDRESS)) {
            return new SendResult.Rejected(FailureCause.BAD_ADDRESS, Scope.ADDRESS, "expected one line");
        }
        return closed || given ? notSent(FailureCause.NETWORK, Scope.CHANNEL) : null;
    }

    private CompletionStage<SendResult> carried(Outbound message, Duration deadline) {
        var result = new CompletableFuture<SendResult>();
        threads.execute(() -> carry(message, result));
        boolean waits = is(Fault.WAITS_FOR_THE_REST_OF_AN_ANSWER) && post.isStalling();
        if (!is(Fault.FORGETS_THE_DEADLINE) && !waits) {
            result.completeOnTimeout(LOST, deadline.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (is(Fault.BLOCKS)) {
            result.join();
        }
        return is(Fault.LEAVES_WHAT_IS_UNDER_WAY) ? unlessClosed(result) : result;
    }

    private CompletionStage<SendResult> unlessClosed(CompletableFuture<SendResult> result) {
        var kept = new CompletableFuture<SendResult>();
        var unused = result.thenAccept(sent -> {
            if (!closed) {
                kept.complete(sent);
            }
        });
        return kept;
    }

    private void carry(Outbound message, CompletableFuture<SendResult> result) {
        String id = message.id().value();
        if (is(Fault.RENAMES_A_RETRY) && message.attempt() > 1) {
            id = "f".repeat(32);
        }
        if (is(Fault.LOSES_MESSAGES_SIDE_BY_SIDE) && !alone()) {
            result.complete(new SendResult.Accepted(List.of("lost"), null));
            return;
        }
        Post.Answer answer = post.submit(id);
        if (is(Fault.SUBMITS_TWICE)
                || (is(Fault.SPLITS_AT_LINES) && message.content().headline().contains("\r\n"))) {
            post.submit(id.replace('0', '1'));
        }
        if ((is(Fault.SENDS_AGAIN_BY_ITSELF) && answer == Post.Answer.HUNG_UP)
                || (is(Fault.TRIES_AGAIN_WHEN_THROTTLED) && answer == Post.Answer.TOO_FAST)) {
            answer = post.submit(id);
        }
        if (is(Fault.FAILS_WHEN_CUT_OFF) && answer == Post.Answer.HUNG_UP) {
            result.completeExceptionally(new IllegalStateException("cut off"));
        }
        given |= is(Fault.GIVES_UP_FOR_GOOD) && answer == Post.Answer.NOT_AT_HOME;
        boolean well = answer != Post.Answer.NOT_AT_HOME || is(Fault.IS_ALWAYS_WELL);
        health = new Health(well ? Health.State.UP : Health.State.DOWN, "");
        if (answer != Post.Answer.NOTHING) {
            result.complete(result(answer, id));
        }
    }

    @Override
    public Optional<LookUp> lookUp() {
        return Optional.of((sought, deadline) ->
                CompletableFuture.completedFuture(found(sought.id().value())));
    }

    private SendResult found(String id) {
        if (is(Fault.SENDS_TO_FIND_OUT)) {
            post.submit(id);
        }
        boolean reached = !closed && post.isAtHome();
        if (!reached || is(Fault.FINDS_NOTHING_OUT)) {
            return is(Fault.TAKES_SILENCE_FOR_A_NO) ? notSent(FailureCause.NETWORK, Scope.MESSAGE) : LOST;
        }
        return post.taken().contains(id) || is(Fault.TAKES_AN_ANSWER_FOR_A_YES)
                ? new SendResult.Accepted(List.of("post/" + id), null)
                : notSent(FailureCause.NETWORK, Scope.MESSAGE);
    }

    private boolean alone() {
        int mine = count.incrementAndGet();
        AdapterScene.pause(5);
        return count.get() == mine;
    }

    private SendResult result(Post.Answer answer, String id) {
        return switch (answer) {
            case TAKEN -> new SendResult.Accepted(is(Fault.KEEPS_REFERENCES) ? List.of() : List.of("post/" + id), null);
            case TAKEN_BEFORE ->
                is(Fault.TAKES_A_REPEAT_FOR_A_FAILURE)
                        ? new SendResult.Rejected(FailureCause.UNCLASSIFIED, Scope.MESSAGE, "")
                        : new SendResult.Duplicate(List.of("post/" + id));
            case NOBODY_THERE ->
                new SendResult.Rejected(
                        is(Fault.DOES_NOT_CLASSIFY) ? FailureCause.UNCLASSIFIED : FailureCause.BAD_ADDRESS,
                        Scope.ADDRESS,
                        "nobody there");
            case TOO_FAST ->
                is(Fault.GIVES_UP_WHEN_THROTTLED)
                        ? new SendResult.Rejected(FailureCause.THROTTLED, Scope.CHANNEL, "too fast")
                        : new SendResult.NotSent(FailureCause.THROTTLED, Scope.CHANNEL, leftAlone(), "too fast");
            case WRONG_KEY ->
                notSent(FailureCause.AUTH, is(Fault.BLAMES_A_MESSAGE_FOR_THE_LOGIN) ? Scope.MESSAGE : Scope.CHANNEL);
            case HUNG_UP -> is(Fault.CALLS_UNKNOWN_NOT_SENT) ? notSent(FailureCause.NETWORK, Scope.CHANNEL) : LOST;
            case NOT_AT_HOME ->
                is(Fault.DOES_NOT_KNOW_WITHOUT_A_CONNECTION) ? LOST : notSent(FailureCause.NETWORK, Scope.CHANNEL);
            case NOTHING -> throw new IllegalStateException("there is no answer");
        };
    }

    private Duration leftAlone() {
        return is(Fault.TAKES_A_PAUSE_OF_ITS_OWN) ? Duration.ofMinutes(1) : post.retryAfter();
    }

    private static SendResult notSent(FailureCause cause, Scope scope) {
        return new SendResult.NotSent(cause, scope, null, "not sent");
    }

    @Override
    public Callback receive(RawCallback callback) {
        String body = new String(callback.body(), StandardCharsets.UTF_8);
        if (!callback.target().endsWith("?key=" + Post.KEY) && !is(Fault.BELIEVES_ANYBODY)) {
            return Callback.nothing(CallbackAnswer.text(401, "who are you?"));
        }
        if (!body.matches("delivered \\d")) {
            if (is(Fault.THROWS_AT_RUBBISH)) {
                throw new IllegalArgumentException(body);
            }
            return Callback.nothing(CallbackAnswer.text(400, "expected: delivered and a digit"));
        }
        String reference = body.substring("delivered ".length());
        if (is(Fault.CHANGES_THE_BODY)) {
            callback.body()[0] = 'D';
        }
        return new Callback(CallbackAnswer.text(200, "thanks"), List.of(receipt(reference)), List.of());
    }

    private Receipt receipt(String reference) {
        String id = is(Fault.NAMES_RECEIPTS_ANEW)
                ? "r" + count.incrementAndGet()
                : is(Fault.NAMES_RECEIPTS_ALIKE) ? "r" : "r" + reference;
        return new Receipt(id, null, reference, Receipt.Status.DELIVERED, null, Instant.EPOCH, "");
    }

    static Callback reply() {
        var reply = new Inbound("i1", POST, new Address("post", "mai-of-hanoi"), "Shop", "STOP", Instant.EPOCH);
        return new Callback(CallbackAnswer.text(200, ""), List.of(), List.of(reply));
    }

    @Override
    public void listen(Receiver to) {
        receiver = to;
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public void close() {
        if (closed && is(Fault.CLOSES_ONCE)) {
            throw new IllegalStateException("closed before");
        }
        closed = true;
        if (!is(Fault.LEAVES_A_THREAD)) {
            threads.shutdownNow();
        }
    }

    @Override
    public String toString() {
        return is(Fault.PRINTS_ITS_KEY) ? "Postman[" + Post.KEY + "]" : "Postman";
    }
}
