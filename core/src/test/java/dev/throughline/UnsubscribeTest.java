// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.Grant;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Unsubscribing at the front door, long after the mail. */
class UnsubscribeTest {

    private static final Identity MAI = userId("mai");

    private final BlockingQueue<Outbound> sent = new LinkedBlockingQueue<>();
    private volatile Instant now = Instant.parse("2026-11-23T02:00:00Z");
    private final Throughline throughline = Throughline.open(t -> t.store(new MemoryStore())
            .environment("test")
            .delivery(Delivery.LIVE)
            .clock(() -> now)
            .lanes(1)
            .channel(new Taking())
            .policy(Policy.vietnam())
            .campaign(offers()));

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void unsubscriptionCountsAgainAfterANewGrantAndMonthsAfterTheMail() throws InterruptedException {
        throughline.identify(MAI, Map.of("email", "mai@example.com"));
        grants();
        throughline.track(MAI, "Sale Announced", Map.of());
        Outbound mail = sent.poll(10, TimeUnit.SECONDS);
        assertThat(mail).isNotNull();
        while (throughline.queries().decisions(MAI).isEmpty()) {
            Thread.sleep(5); // until its outcome is known
        }

        later(Duration.ofDays(59));
        assertThat(throughline.unsubscribe(mail.id().value())).isTrue();
        later(Duration.ofDays(1));
        grants();
        later(Duration.ofDays(1));
        assertThat(throughline.unsubscribe(mail.id().value())).isTrue();

        assertThat(ledger())
                .containsExactly(
                        ConsentEvent.Type.GRANTED,
                        ConsentEvent.Type.WITHDRAWN,
                        ConsentEvent.Type.GRANTED,
                        ConsentEvent.Type.WITHDRAWN);
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private void grants() {
        throughline.consent(MAI).record(Grant.of(ADVERTISING).on(EMAIL).shown(notice("checkout", 3)));
    }

    private List<ConsentEvent.Type> ledger() {
        return throughline.queries().consents(MAI).values().stream()
                .flatMap(List::stream)
                .map(ConsentEvent::type)
                .toList();
    }

    private static Campaign offers() {
        var shop = Brand.named("Shop")
                .country("VN")
                .sender(EMAIL, "news@shop.example")
                .postalAddress("1 Street, Hanoi")
                .optOutByWeb("https://shop.example/u/")
                .optOutByCall("1900 0000");
        var offer = Message.marketing("offer", shop).on(EMAIL, mail("Tea", "<p>Tea</p>"));
        return Campaign.named("offers")
                .journey(j -> j.startOn(event("Sale Announced")).send(offer, first(EMAIL)));
    }

    private final class Taking implements ChannelAdapter {
        @Override
        public String id() {
            return "taking";
        }

        @Override
        public Channel channel() {
            return EMAIL;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            sent.add(message);
            return CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));
        }
    }
}
