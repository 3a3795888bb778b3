// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Health;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jsmpp.PDUException;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.SessionState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to an SMSC over all its sessions. Everything that changes it runs on one thread, so that answers, drops and
 * submissions have one order; only deadlines end an attempt from outside.
 */
final class Link implements AnswerReader.Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration DRAIN_WITHIN = Duration.ofSeconds(3);
    private static final int LATE_ANSWERS = 1_000;

    private final SmppSettings settings;
    private final Deliveries deliveries;
    private final ScheduledThreadPoolExecutor lane;

    private final Queue<Attempt> waiting = new ArrayDeque<>();
    private final Set<Attempt> active = new LinkedHashSet<>();
    private final Map<Integer, Attempt> awaited = new ConcurrentHashMap<>();
    private final Queue<Integer> late = new ArrayDeque<>();

    private volatile Health health = new Health(Health.State.UNTRIED, "");
    private volatile boolean closing;

    /** Another host has this one's seat: nothing is dialled until there is a message again. */
    private boolean resting;

    private @Nullable SmppSession session;
    private FailureCause unreachable = FailureCause.NETWORK;
    private int failures;
    private int throttles;
    private long nextDial = System.nanoTime();

    Link(SmppSettings settings, Deliveries deliveries) {
        this.settings = settings;
        this.deliveries = deliveries;
        lane = new ScheduledThreadPoolExecutor(1, this::thread, new DiscardPolicy());
        lane.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private Thread thread(Runnable work) {
        var thread = new Thread(work, settings.id());
        thread.setDaemon(true);
        return thread;
    }

    Health health() {
        return health;
    }

    /** Dials if there is no session, and says how that went. */
    CompletableFuture<Health> connect() {
        return CompletableFuture.supplyAsync(
                () -> {
                    resting = false;
                    isConnected();
                    return health;
                },
                lane);
    }

    CompletableFuture<SendResult> submit(Submission submission, Duration deadline) {
        var attempt = new Attempt(submission);
        CompletableFuture.delayedExecutor(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> expire(attempt, deadline));
        lane.execute(() -> {
            resting = false;
            waiting.add(attempt);
            fillWindow();
        });
        return attempt.result();
    }

    private void expire(Attempt attempt, Duration deadline) {
        if (!attempt.isOver()) {
            attempt.giveUp(
                    "no answer within " + deadline.toMillis() + " ms",
                    settings.timing().reconnectAfter());
            lane.execute(() -> {
                leave(attempt);
                fillWindow();
            });
        }
    }

    private void fillWindow() {
        while (!waiting.isEmpty() && active.size() < settings.timing().window()) {
            var next = waiting.remove();
            if (next.isOver()) {
                continue;
            }
            if (!isConnected()) {
                next.end(new SendResult.NotSent(
                        unreachable, Scope.CHANNEL, untilNextDial(), "no session: " + health.detail()));
            } else if (next.begin()) {
                active.add(next);
                writePart(next);
            }
        }
    }

    private void writePart(Attempt attempt) {
        var bound = session;
        if (bound == null) {
            return;
        }
        int sequence = bound.nextSequence();
        awaited.put(sequence, attempt);
        try {
            bound.submit(sequence, attempt.submission(), attempt.nextPart());
        } catch (PDUException unwritable) {
            awaited.remove(sequence);
            String why = "address or text does not fit a PDU";
            refuse(attempt, new SendResult.Rejected(FailureCause.NOT_CAPABLE, Scope.MESSAGE, why), why);
        } catch (IOException broken) {
            awaited.remove(sequence);
            String why = "the session broke while writing";
            var pause = settings.timing().reconnectAfter();
            health = new Health(Health.State.DOWN, why);
            refuse(attempt, new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, pause, why), why);
            bound.close();
        }
    }

    @Override
    public boolean isAwaited(int sequence) {
        return awaited.containsKey(sequence);
    }

    @Override
    public void answered(int sequence, int status, String messageId) {
        lane.execute(() -> {
            var attempt = awaited.remove(sequence);
            if (attempt != null) {
                answered(attempt, status, messageId);
                fillWindow();
            }
        });
    }

    private void answered(Attempt attempt, int status, String messageId) {
        if (status != 0) {
            throttles = CommandStatus.isThrottling(status) ? throttles + 1 : 0;
            refuse(attempt, CommandStatus.refusal(status, pause(throttles)), CommandStatus.words(status));
            return;
        }
        throttles = 0;
        attempt.accepted(settings.dialect().receiptIds().answered(messageId));
        if (!attempt.isComplete()) {
            proceed(attempt);
        } else if (attempt.isOver()) {
            deliveries.acceptedLate(attempt.submission().id(), attempt.references());
        } else {
            end(attempt, new SendResult.Accepted(attempt.references(), null));
        }
    }

    private void proceed(Attempt attempt) {
        if (!attempt.isOver()) {
            writePart(attempt);
        }
    }

    private void refuse(Attempt attempt, SendResult refusal, String why) {
        attempt.refuse(refusal, why);
        active.remove(attempt);
    }

    private void end(Attempt attempt, SendResult result) {
        attempt.end(result);
        active.remove(attempt);
    }

    /** Frees its place; its answer may still come. */
    private void leave(Attempt attempt) {
        waiting.remove(attempt);
        if (active.remove(attempt)) {
            awaited.forEach((sequence, other) -> {
                if (other.equals(attempt)) {
                    late.add(sequence);
                }
            });
        }
        while (late.size() > LATE_ANSWERS) {
            awaited.remove(late.remove());
        }
    }

    private boolean isConnected() {
        var bound = session;
        if (bound != null && bound.getSessionState().isTransmittable()) {
            return true;
        }
        if (bound != null) {
            dropped(bound); // its end is on the way to this thread, and whoever waits for a result may ask for the
            // health before
        }
        return !closing && !resting && System.nanoTime() - nextDial >= 0 && dial();
    }

    private boolean dial() {
        var fresh = new SmppSession(settings, new AnswerReader(this));
        fresh.setMessageReceiverListener(deliveries);
        fresh.addSessionStateListener((state, before, source) -> {
            if (state == SessionState.CLOSED) {
                lane.execute(() -> dropped(fresh));
            }
        });
        try {
            fresh.bind();
        } catch (IOException refused) {
            fresh.close();
            unreachable(refused);
            dialAgain();
            return false;
        }
        session = fresh;
        failures = 0;
        health = new Health(Health.State.UP, "bound");
        return true;
    }

    private void unreachable(IOException failure) {
        boolean refused = failure.getCause() instanceof NegativeResponseException;
        unreachable = refused ? FailureCause.AUTH : FailureCause.NETWORK;
        health = new Health(
                Health.State.DOWN,
                failure.getCause() instanceof NegativeResponseException answer
                        ? "bind refused with " + CommandStatus.words(answer.getCommandStatus())
                        : "connection failed: " + failure.getClass().getSimpleName());
    }

    /** The session is gone: what was written and not answered may have been sent, what waits was not. */
    private void dropped(SmppSession gone) {
        if (session != gone) {
            return;
        }
        session = null;
        unreachable = FailureCause.NETWORK;
        health = new Health(Health.State.DOWN, "the session ended");
        if ((!closing && !resting) || !active.isEmpty()) {
            LOG.warn("{}: the session ended with {} unanswered", settings.id(), active.size());
        }
        dialAgain();
        new ArrayList<>(active)
                .forEach(attempt -> attempt.giveUp("the session ended before the answer", untilNextDial()));
        new ArrayList<>(waiting)
                .forEach(attempt -> attempt.giveUp("the session ended before it was written", untilNextDial()));
        active.clear();
        waiting.clear();
        awaited.clear();
        late.clear();
    }

    private void dialAgain() {
        if (!closing && !resting) {
            var pause = pause(++failures);
            nextDial = System.nanoTime() + pause.toNanos();
            var unused = lane.schedule(this::isConnected, pause.toMillis() + 1, TimeUnit.MILLISECONDS);
        }
    }

    /** Twice as long each time, without a random part: one host has one session. */
    private Duration pause(int times) {
        var pause = settings.timing().reconnectAfter().multipliedBy(1L << Math.min(10, Math.max(0, times - 1)));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private Duration untilNextDial() {
        return Duration.ofNanos(Math.max(0, nextDial - System.nanoTime()));
    }

    /** Unbinds, and binds again with the next message. */
    void leave() {
        lane.execute(() -> {
            resting = true;
            unbind();
        });
    }

    /** Waits a few seconds for answers, unbinds and ends; whatever is still under way then is given up. */
    void close() {
        if (lane.isShutdown()) {
            return;
        }
        closing = true;
        var drained = System.nanoTime() + DRAIN_WITHIN.toNanos();
        try {
            while (isBusy() && System.nanoTime() < drained) {
                Thread.sleep(10);
            }
            lane.submit(this::unbind).get(DRAIN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unresponsive) {
            LOG.warn("{}: the session could not be ended in time", settings.id());
        }
        lane.shutdown();
    }

    private boolean isBusy() throws InterruptedException {
        try {
            return lane.submit(() -> !active.isEmpty() || !waiting.isEmpty())
                    .get(DRAIN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unresponsive) {
            return false;
        }
    }

    private void unbind() {
        var bound = session;
        if (bound != null) {
            bound.unbindAndClose();
            dropped(bound);
        }
    }
}
