// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.pages;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Carries mail nowhere. */
final class NoMail implements ChannelAdapter {

    @Override
    public String id() {
        return "none";
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
        return CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));
    }
}
