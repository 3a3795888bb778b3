// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Money;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.pool.Pool;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SetupTest {

    @Test
    void namesBothAdaptersOfOneChannel() {
        var shop = Brand.named("Shop").sender(SMS, "SHOP");
        var news = Message.transactional("news", shop).on(SMS, text("Hi"));
        var campaign = Campaign.named("news")
                .journey(j -> j.startOn(event("Signed Up")).send(news, first(SMS)));

        assertThatThrownBy(() -> Throughline.open(t -> t.store(new MemoryStore())
                        .environment("test")
                        .delivery(Delivery.RECORD)
                        .policy(Policy.base())
                        .channel(new Named("sms-esms"))
                        .channel(new Named("sms-generic"))
                        .campaign(campaign)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("Throughline cannot be opened; it needs\n"
                        + "  - one adapter for sms, not both 'sms-esms' and 'sms-generic'");
    }

    @Test
    void namesChannelsThatABudgetCannotPay() {
        var shop = Brand.named("Shop").sender(SMS, "SHOP");
        var news = Message.transactional("news", shop).on(SMS, text("Hi")).drawsOn("money");
        var campaign = Campaign.named("news")
                .journey(j -> j.startOn(event("Signed Up")).send(news, first(SMS)));

        assertThatThrownBy(() -> Throughline.open(t -> t.store(new MemoryStore())
                        .environment("test")
                        .delivery(Delivery.RECORD)
                        .policy(Policy.base())
                        .channel(new Named("sms-esms"))
                        .pool(Pool.budget("money", Money.of(1_000, "VND")))
                        .campaign(campaign)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("Throughline cannot be opened; it needs\n"
                        + "  - campaign 'news', message 'news': a price in VND on sms, because it draws on the budget"
                        + " 'money': adapter 'sms-esms' says none");
    }

    private record Named(String id) implements ChannelAdapter {
        @Override
        public Channel channel() {
            return SMS;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            return CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));
        }
    }
}
