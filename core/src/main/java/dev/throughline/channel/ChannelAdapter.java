// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import dev.throughline.identity.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Carries messages to one provider over one channel. Three methods are enough; the rest has defaults.
 *
 * <p>An adapter decides nothing: no retries, no hours, no opt-out words, no fail-over. It opens no connection before the first
 * message, and reconnects but never submits a message twice by itself. It must be thread-safe; it logs ids only.
 */
public interface ChannelAdapter extends AutoCloseable {

    /**
     * The adapter's name, unique in one host, such as {@code sms-esms}.
     *
     * @return the name
     */
    String id();

    /**
     * The channel it carries.
     *
     * @return the channel
     */
    Channel channel();

    /**
     * Sends one message. Must not block the caller for longer than it takes to hand the work on, and must not fail: every
     * outcome is a value. An exception that escapes all the same is taken as {@link SendResult.Unknown}.
     *
     * @param message the message
     * @param deadline how long the attempt may take; when it is over the result is {@link SendResult.Unknown} or, if nothing was
     *     written yet, {@link SendResult.NotSent}
     * @return the outcome
     */
    CompletionStage<SendResult> send(Outbound message, Duration deadline);

    /**
     * Brings content to the form in which it would leave, and says its size and price. Pure: no I/O, no clock, the same answer
     * every time, because decisions depend on it.
     *
     * @param content the content
     * @return the preparation; by default the content as it is
     */
    default Preparation prepare(Content content) {
        return Preparation.asIs(content);
    }

    /**
     * Reads a provider's HTTP call. Pure parsing; the engine stores what it brought and then gives the answer.
     *
     * @param callback the raw call
     * @return what it brought; by default nothing, answered with 404
     */
    default Callback receive(RawCallback callback) {
        return Callback.nothing(CallbackAnswer.text(404, "no callbacks here"));
    }

    /**
     * How to find out what became of a message whose outcome is unknown. Always the same answer.
     *
     * @return the look-up; by default empty, because the provider cannot tell
     */
    default Optional<LookUp> lookUp() {
        return Optional.empty();
    }

    /**
     * Tells an adapter that keeps its own session where to hand in what arrives. Called once, before the first message.
     *
     * @param receiver where to
     */
    default void listen(Receiver receiver) {}

    /**
     * Who gets people's data through it. Where somebody does, a request of a person's may have to be passed on, and some laws give
     * more time.
     *
     * @return the processor; by default none, because the host sends by means of its own
     */
    default Optional<Processor> processor() {
        return Optional.empty();
    }

    /**
     * How many messages it takes at a time.
     *
     * @return at least 1; by default 8
     */
    default int slots() {
        return 8;
    }

    /**
     * How many hosts of one store may be connected to the provider at once, such as an SMPP account's binds. A host that is one too many
     * takes no messages of the channel until another has left its seat.
     *
     * @return at least 1; by default as many as there are
     */
    default int seats() {
        return Integer.MAX_VALUE;
    }

    /**
     * Gives up its connections because another host has its seat, and opens none until the next message. Does not wait; what is under way
     * and not answered is {@link SendResult.Unknown}. Called only where {@link #seats} are limited.
     */
    default void leave() {}

    /**
     * How it last fared.
     *
     * @return by default untried
     */
    default Health health() {
        return new Health(Health.State.UNTRIED, "");
    }

    /** Finishes what is under way within a few seconds and releases connections. May be called twice. */
    @Override
    default void close() {}
}
