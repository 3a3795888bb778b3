// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A host in a process of its own, which the test kills; what its gateway is given stands in a file. */
final class MortalHost {

    static final String READY = "READY";
    static final String SENDING = "SENDING";

    private final Path gateway;
    private final long answerMillis;

    private MortalHost(Path gateway, long answerMillis) {
        this.gateway = gateway;
        this.answerMillis = answerMillis;
    }

    /** Arguments: the database, its URL, the gateway's file, and how many milliseconds it takes to answer (below 0: for ever). */
    public static void main(String[] arguments) throws IOException {
        var host = new MortalHost(Path.of(arguments[2]), Long.parseLong(arguments[3]));
        Hosts hosts = Hosts.at(Database.valueOf(arguments[0]), arguments[1], KillTest.MORNING)
                .lease(KillTest.LEASE);
        hosts.sms.answering(host::answer);
        hosts.open("production");
        hosts.web().track(hosts.customer("mai", KillTest.PHONE), "Product Added", Map.of("product", "Bo am chen"));
        say(READY);
        if (System.in.read() >= 0) {
            hosts.clock.moveTo(KillTest.REMINDED);
        }
    }

    private CompletionStage<SendResult> answer(Outbound message) {
        try {
            Files.writeString(
                    gateway,
                    message.id() + "\n",
                    UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        say(SENDING);
        return answerMillis < 0
                ? new CompletableFuture<>()
                : CompletableFuture.supplyAsync(
                        () -> new SendResult.Accepted(List.of(), null),
                        CompletableFuture.delayedExecutor(answerMillis, TimeUnit.MILLISECONDS));
    }

    private static void say(String word) {
        System.out.println(word);
        System.out.flush();
    }
}
