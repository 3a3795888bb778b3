// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Address;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Messages to send, and the patience to wait for what becomes of them. */
final class AdapterScene {

    static final Duration DEADLINE = Duration.ofSeconds(20);
    static final String WORDS = "Tra sen Tay Ho";

    private AdapterScene() {}

    static MessageId id(int number) {
        return MessageId.of("conformance", "send", 0, number);
    }

    static Outbound message(ProviderDouble provider, int number) {
        return message(provider, id(number), 1);
    }

    static Outbound message(ProviderDouble provider, MessageId id, int attempt) {
        return new Outbound(
                id,
                attempt,
                provider.recipient(),
                provider.sender(),
                MessageClass.TRANSACTIONAL,
                provider.content(WORDS),
                InstantSource.system().instant().plus(1, ChronoUnit.DAYS),
                null);
    }

    static Outbound saying(Outbound usual, Content content) {
        return new Outbound(
                usual.id(),
                usual.attempt(),
                usual.to(),
                usual.from(),
                usual.messageClass(),
                content,
                usual.notAfter(),
                null);
    }

    static Outbound to(Outbound usual, Address address) {
        return new Outbound(
                usual.id(),
                usual.attempt(),
                address,
                usual.from(),
                usual.messageClass(),
                usual.content(),
                usual.notAfter(),
                null);
    }

    /** Hands a message over: what is thrown here would be taken for an unknown outcome, whatever it was. */
    static CompletionStage<SendResult> handedOver(ChannelAdapter adapter, Outbound message, Duration deadline) {
        CompletionStage<SendResult> stage;
        try {
            stage = adapter.send(message, deadline);
        } catch (RuntimeException | Error escaped) {
            throw new AssertionError("send threw " + escaped + ": every outcome is a value", escaped);
        }
        assertThat(stage).as("what send returned").isNotNull();
        return stage;
    }

    static SendResult result(CompletionStage<SendResult> stage, Duration patience) {
        try {
            var result = stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(result).as("the outcome").isNotNull();
            return result;
        } catch (ExecutionException failed) {
            throw new AssertionError(
                    "the outcome failed with " + failed.getCause() + ": every outcome is a value", failed);
        } catch (TimeoutException late) {
            throw new AssertionError("there was no outcome within " + patience, late);
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }

    static void await(String what, Duration patience, BooleanSupplier condition) {
        await(() -> what, patience, condition);
    }

    /** What is asked for when the patience has come to an end. */
    static void await(Supplier<String> what, Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as(() -> "what was awaited for " + patience + ": " + what.get())
                    .isNegative();
            pause(20);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** What no provider's protocol may take for its own: ends of lines, ends of messages, headers, markup, halves of characters. */
    static final List<String> HOSTILE = List.of(
            "",
            " ",
            "one\r\nBcc: all@shop.example\r\n\r\ntwo",
            "one\r\n.\r\nRCPT TO:<all@shop.example>\r\n",
            "one\n\ntwo\u0000three\u001b\u007f",
            "\",\"to\":\"all\"}&to=all#<script>%0d%0a{{ secret }}",
            "half a character \ud83c and the other \udf75",
            "\u202eright to left\u202c \ufeff\u2028",
            "long ".repeat(20_000));
}
