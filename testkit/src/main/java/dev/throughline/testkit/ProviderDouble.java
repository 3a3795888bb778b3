// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.RawCallback;
import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A stand-in for the provider behind an adapter, which {@link AdapterConformance} controls: a real server on the loopback interface, so
 * that the adapter's own connections are tested too. It is made anew for each test and accepts everything until it is told otherwise.
 * Its methods are called by one thread while the adapter's calls arrive on others.
 */
public interface ProviderDouble extends AutoCloseable {

    /** How the provider takes the messages that come from now on. */
    enum Mood {
        /** It takes them. */
        ACCEPTING,
        /**
         * It refuses them for good because there is no such recipient. It repeats the recipient's address in its words, as real ones
         * do.
         */
        KNOWING_NO_RECIPIENT,
        /** It refuses them for the moment because they come too fast. */
        THROTTLING,
        /** It refuses the adapter's credentials; asked for only with {@link Capability#LOGIN}. */
        REFUSING_LOGIN,
        /** It takes them, and then answers nothing and keeps the connection. */
        SILENT,
        /** It takes them, and then drops the connection without an answer. */
        DROPPING,
        /** It cannot be reached: its port is closed, and so is every connection to it. It comes back at the same port. */
        DOWN
    }

    /** What an adapter or its provider can do beyond sending. What is not declared is not tested. */
    enum Capability {
        /** The provider answers with ids of its own, and the adapter hands them on as references. */
        REFERENCES,
        /** The message's id travels with it, so that {@link #taken} can tell it. */
        MESSAGE_IDS,
        /** The provider takes one message id once, and says so when it comes again. Needs {@link #MESSAGE_IDS}. */
        REPEATS,
        /** The adapter tells its health. */
        HEALTH,
        /** The adapter has credentials that can be refused. */
        LOGIN,
        /** While {@link Mood#THROTTLING}, the provider says how long it wants to be left alone: {@link #retryAfter}. */
        RETRY_AFTER,
        /**
         * The provider tells what became of a message, and the adapter asks it: {@link ChannelAdapter#lookUp}. It answers such calls also
         * while it is {@link Mood#SILENT} or {@link Mood#DROPPING}, and of what it has not {@link #taken} it says so. Needs {@link
         * #MESSAGE_IDS}.
         */
        LOOK_UP
    }

    /** A session of the adapter's own, over which the provider tells news. */
    interface Session {

        /**
         * Tells the adapter that a person has answered, over the session that the last message came by.
         *
         * @return whether the adapter has acknowledged it, once that is known; {@code false} if it asked to be told again
         */
        CompletionStage<Boolean> reply();
    }

    /**
     * HTTP calls as the provider makes them to the host.
     *
     * @param genuine calls that each bring a receipt or a reply
     * @param forged calls with no secret or a wrong one; empty if the provider has none
     */
    record Callbacks(List<RawCallback> genuine, List<RawCallback> forged) {
        /** Copies the lists. */
        public Callbacks {
            genuine = List.copyOf(genuine);
            forged = List.copyOf(forged);
        }
    }

    /**
     * Makes an adapter that sends to this double.
     *
     * @return a new one, closed by whoever asked for it
     */
    ChannelAdapter adapter();

    /**
     * What is to be tested beyond sending.
     *
     * @return the capabilities, the same each time
     */
    Set<Capability> capabilities();

    /**
     * Somebody to write to.
     *
     * @return an address of the adapter's channel
     */
    Address recipient();

    /**
     * Who writes.
     *
     * @return a sender that the provider allows
     */
    Sender sender();

    /**
     * Content of a kind that the adapter carries.
     *
     * @param words what it says; any text, also one that no provider would like
     * @return the content with these words in it, in as many places as it has
     */
    Content content(String words);

    /**
     * Content that the adapter cannot carry, such as that of another channel.
     *
     * @return some of each kind; empty if it carries all
     */
    List<Content> unfit();

    /**
     * Changes how messages are taken from now on.
     *
     * @param mood how
     */
    void turn(Mood mood);

    /**
     * Makes it take messages from now on, begin its answer to each, and then say no more and keep the connection: {@link Mood#SILENT},
     * but in the middle of a word. {@link #turn} ends it.
     *
     * @return whether it can; by default {@code false}, for protocols whose answers are one short line
     */
    default boolean stall() {
        return false;
    }

    /**
     * What the provider has taken whole, whether or not it answered; not what it has refused. A provider that knows repeated ids takes
     * one once, however often it comes.
     *
     * @return the ids of the messages in the order in which they came, as often as they came; any text in place of an id without
     *     {@link Capability#MESSAGE_IDS}
     */
    List<String> taken();

    /**
     * How often it was dialled, or called where connections cannot be counted.
     *
     * @return the number so far
     */
    int connections();

    /**
     * How often a message was submitted, whether it was then taken, refused or left without an answer.
     *
     * @return the number so far; by default empty, and then a message that is refused for the moment may be submitted again unseen
     */
    default OptionalInt submissions() {
        return OptionalInt.empty();
    }

    /**
     * The pause that the provider asks for while {@link Mood#THROTTLING}, with {@link Capability#RETRY_AFTER}.
     *
     * @return by default 90 seconds
     */
    default Duration retryAfter() {
        return Duration.ofSeconds(90);
    }

    /**
     * What the adapter keeps to itself.
     *
     * @return passwords, tokens and keys that it was given; by default none
     */
    default List<String> secrets() {
        return List.of();
    }

    /**
     * Where the log goes, if that is a file. The standard streams, {@link System.Logger} and {@code java.util.logging} are read anyway.
     *
     * @return a file that grows; by default none
     */
    default Optional<Path> logFile() {
        return Optional.empty();
    }

    /**
     * What the provider calls the host with.
     *
     * @return sample calls; by default none, for an adapter without callbacks
     */
    default Optional<Callbacks> callbacks() {
        return Optional.empty();
    }

    /**
     * The adapter's own session.
     *
     * @return the session; by default none, for an adapter that does not {@link ChannelAdapter#listen}
     */
    default Optional<Session> session() {
        return Optional.empty();
    }

    /** Stops it and ends its threads. */
    @Override
    void close();
}
