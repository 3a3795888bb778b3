// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one message. Whoever ends it, the connection with a result or the clock without, ends it alone; and past its end
 * the last line of the message can no longer be written.
 */
final class Attempt {

    private enum State {
        OPEN,
        COMMITTED,
        OVER
    }

    private final Outbound message;
    private final CompletableFuture<SendResult> result = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private volatile @Nullable Socket socket;
    private volatile @Nullable Future<?> alarm;

    Attempt(Outbound message) {
        this.message = message;
    }

    Outbound message() {
        return message;
    }

    CompletionStage<SendResult> result() {
        return result;
    }

    boolean isOver() {
        return state.get() == State.OVER;
    }

    /** The alarm that will call {@link #expire}, to be switched off at the end. */
    void alarm(Future<?> set) {
        alarm = set;
        if (isOver()) {
            set.cancel(false);
        }
    }

    /** Names the socket to cut when the time is up. */
    void uses(Socket used) throws IOException {
        socket = used;
        if (isOver()) {
            used.close();
            throw new IOException("the deadline has passed");
        }
    }

    /** Allows the last line to be written; from here on the server may have the message. */
    void commit() throws IOException {
        if (!state.compareAndSet(State.OPEN, State.COMMITTED)) {
            throw new IOException("the deadline has passed");
        }
    }

    /**
     * Ends it with what the connection says.
     *
     * @return false if it was over already; then its socket is cut, or will be
     */
    boolean finish(SendResult outcome) {
        if (state.getAndSet(State.OVER) == State.OVER) {
            return false;
        }
        complete(outcome);
        return true;
    }

    /** Ends it without an answer, and cuts its socket so that nobody waits on. */
    void expire(String why) {
        if (state.compareAndSet(State.OPEN, State.OVER)) {
            Scope reach = socket == null ? Scope.MESSAGE : Scope.CHANNEL;
            cut();
            complete(new SendResult.NotSent(FailureCause.NETWORK, reach, null, why));
        } else if (state.compareAndSet(State.COMMITTED, State.OVER)) {
            cut();
            complete(new SendResult.Unknown(FailureCause.NETWORK, List.of(), why + " before the server answered"));
        }
    }

    private void cut() {
        Socket used = socket;
        if (used != null) {
            SmtpConnection.closeQuietly(used);
        }
    }

    private void complete(SendResult outcome) {
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
        result.complete(outcome);
    }
}
