// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Channel;
import dev.throughline.store.Changes.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The provider of one channel: it outlives the host, and remembers which messages it has seen. Thread-safe. */
final class FaultProvider implements ChannelAdapter {

    private final Channel channel;
    private final Map<Attempt, Boolean> lost;
    private final List<Outbound> seen = new ArrayList<>();

    /** One whose answers to some attempts are lost, and which has not even seen those of {@code false}. */
    FaultProvider(Channel channel, Map<Attempt, Boolean> lost) {
        this.channel = channel;
        this.lost = lost;
    }

    @Override
    public String id() {
        return channel + "-counting";
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public synchronized CompletionStage<SendResult> send(Outbound message, Duration deadline) {
        Boolean arrives = lost.get(attempt(message));
        if (arrives == null || arrives) {
            seen.add(message);
        }
        return CompletableFuture.completedFuture(
                arrives == null
                        ? new SendResult.Accepted(List.of(), null)
                        : new SendResult.Unknown(FailureCause.UNCLASSIFIED, List.of(), "the sending process ended"));
    }

    synchronized List<Outbound> seen() {
        return List.copyOf(seen);
    }

    boolean hasSeen(Attempt attempt) {
        return seen().stream().map(FaultProvider::attempt).anyMatch(attempt::equals);
    }

    /** Messages that were seen more often than anybody has allowed: once, or once for each attempt at a code. */
    List<String> repeated() {
        var times = new TreeMap<String, Integer>();
        seen().forEach(message -> times.merge(
                message.id() + (message.messageClass() == MessageClass.ONE_TIME_CODE ? "/" + message.attempt() : ""),
                1,
                Integer::sum));
        times.values().removeIf(number -> number == 1);
        return List.copyOf(times.keySet());
    }

    private static Attempt attempt(Outbound message) {
        return new Attempt(message.id(), message.attempt());
    }
}
