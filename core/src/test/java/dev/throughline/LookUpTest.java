// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.EMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.LookUp;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.Sought;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The provider tells, when it is asked, what became of a mail whose answer was lost. */
@Timeout(60)
class LookUpTest {

    private static final Identity MAI = userId("mai");

    private final Queue<Sought> sought = new ConcurrentLinkedQueue<>();
    private volatile Instant now = Instant.parse("2026-11-23T02:00:00Z");
    private final Throughline throughline = Throughline.open(t -> t.store(new MemoryStore())
            .environment("test")
            .delivery(Delivery.LIVE)
            .clock(() -> now)
            .channel(new Forgetful())
            .policy(Policy.base())
            .campaign(news()));

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void learnsWhatBecameOfAMessageByAskingTwice() throws InterruptedException {
        throughline.identify(MAI, Map.of("email", "mai@example.com"));
        throughline.track(MAI, "Order Completed", Map.of());
        Decision first = decisions(1).get(0);
        assertThat(first.verdict()).hasToString("UNKNOWN(NETWORK)");

        now = now.plusSeconds(11);
        while (sought.isEmpty()) {
            Thread.sleep(5); // until the provider was asked once
        }
        assertThat(sought.peek()).isEqualTo(new Sought(first.message(), Address.email("mai@example.com"), List.of()));
        now = now.plus(Duration.ofMinutes(4));

        assertThat(decisions(2).get(1).verdict()).isEqualTo(Verdict.SENT);
        assertThat(sought).hasSize(2);
        assertThat(throughline.explain(MAI, "news").in(Locale.ENGLISH))
                .contains("the provider was asked what became of it: SENT");
    }

    private List<Decision> decisions(int number) throws InterruptedException {
        while (throughline.queries().decisions(MAI).size() < number) {
            Thread.sleep(5);
        }
        return throughline.queries().decisions(MAI);
    }

    private static Campaign news() {
        var shop = Brand.named("Shop").country("VN").sender(EMAIL, "news@shop.example");
        var news = Message.transactional("news", shop).on(EMAIL, mail("Your order", "<p>Thank you</p>"));
        return Campaign.named("news")
                .journey(j -> j.startOn(event("Order Completed")).send(news, first(EMAIL)));
    }

    /** Its answers to messages are lost; asked later it does not know at first, and fails. */
    private final class Forgetful implements ChannelAdapter {
        @Override
        public String id() {
            return "forgetful";
        }

        @Override
        public Channel channel() {
            return EMAIL;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound mail, Duration deadline) {
            return CompletableFuture.completedFuture(new SendResult.Unknown(FailureCause.NETWORK, List.of(), "lost"));
        }

        @Override
        public Optional<LookUp> lookUp() {
            return Optional.of((message, deadline) -> {
                sought.add(message);
                return sought.size() == 1
                        ? CompletableFuture.failedFuture(new IllegalStateException("broken"))
                        : CompletableFuture.completedFuture(new SendResult.Accepted(List.of("ref"), null));
            });
        }
    }
}
