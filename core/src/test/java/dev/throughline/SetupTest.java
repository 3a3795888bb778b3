// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.count;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Retention;
import dev.throughline.engine.Role;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Money;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.pool.Pool;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void refusesTwoMessagesOfOneName() {
        var shop = Brand.named("Shop").sender(SMS, "SHOP");
        var one = Message.transactional("news", shop).on(SMS, text("Hi"));

        assertThatThrownBy(() -> Throughline.open(t -> t.store(new MemoryStore())
                        .environment("test")
                        .delivery(Delivery.RECORD)
                        .policy(Policy.base())
                        .channel(new Named("sms-esms"))
                        .campaign(Campaign.named("a")
                                .journey(j -> j.startOn(event("Signed Up")).send(one, first(SMS))))
                        .campaign(Campaign.named("b").journey(j -> j.startOn(event("Signed Up"))
                                .send(one.on(SMS, text("Ho")), first(SMS))))))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("Throughline cannot be opened; it needs\n"
                        + "  - one message 'news', not another one in campaign 'b'");
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

    @Test
    void tellsWhatNeedsWhatWouldBeRemoved() {
        var shop = Brand.named("Shop").sender(SMS, "SHOP");
        var news = Message.transactional("news", shop).on(SMS, text("Hi")).validFor(Duration.ofDays(30));
        var campaign = Campaign.named("regulars").journey(j -> j.startOn(event("Order Completed")
                        .where(count("Order Completed")
                                .within(Duration.ofDays(90))
                                .atLeast(3)))
                .send(news, first(SMS)));
        Consumer<Setup> setUp = t -> t.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .channel(new Named("sms-esms"))
                .campaign(campaign);

        assertThatThrownBy(() -> Throughline.open(setUp.andThen(t -> t.retention(Retention.everything()
                        .timeline(Period.ofDays(7))
                        .decisions(Period.ofDays(36))
                        .ledger(Period.ofYears(4))))))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("""
                        Throughline cannot be opened; it needs
                          - retention of the timeline: at least 8 days, because repeated touchpoints are recognised by it; it is P7D
                          - retention of the timeline: at least 91 days, because campaign 'regulars' looks back on 'Order Completed' so far; it is P7D
                          - retention of the decisions: at least 37 days, because message 'news' is valid for PT720H and receipts are taken for PT168H more; it is P36D
                          - retention of the ledger: at least P5Y, because of base.retain (project choice GDPR art. 7(1), 17(3)(e)); it is P4Y""");
        Throughline.open(setUp.andThen(t -> t.retention(Retention.everything()
                        .timeline(Period.ofDays(91))
                        .decisions(Period.ofDays(37))
                        .ledger(Period.ofYears(5)))))
                .close();
    }

    @Test
    void refusesARetentionOfNoTime() {
        assertThatThrownBy(() -> Retention.everything().decisions(Period.ZERO))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("retention of the decisions: P0D, expected a time such as P2Y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.999S", "PT1H0.001S", "PT2562047788015215H30M7S"})
    void refusesALeaseUnderWhichNothingWouldSettle(String time) {
        assertThatThrownBy(() -> new Setup().lease(Duration.parse(time)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("lease: " + time + ", expected PT1S to PT1H");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257, Integer.MAX_VALUE})
    void refusesLanesThatNobodyHas(int number) {
        assertThatThrownBy(() -> new Setup().lanes(number))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("lanes: " + number + ", expected 1 to 256");
    }

    @Test
    void refusesAHostThatDoesNothing() {
        assertThatThrownBy(() -> new Setup().roles())
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("roles: none, expected some of [INGEST, STEP, SEND]");
    }

    @Test
    void refusesAHostThatIsToSendThroughNothing() {
        assertThatThrownBy(() -> Throughline.open(t -> t.store(new MemoryStore())
                        .environment("test")
                        .delivery(Delivery.RECORD)
                        .policy(Policy.base())
                        .roles(Role.INGEST, Role.STEP, Role.SEND)
                        .campaign(Campaign.named("wait")
                                .journey(j -> j.startOn(event("Signed Up")).delay(Duration.ofHours(1))))))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("Throughline cannot be opened; it needs\n"
                        + "  - channel: at least one for a host with the role SEND");
    }

    @ParameterizedTest
    @MethodSource
    void tellsWhichPartIsMissing(String part, Consumer<Setup> call) {
        assertThatThrownBy(() -> call.accept(new Setup()))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("setup: " + part + " is missing, expected a value");
    }

    @SuppressWarnings("NullAway") // what a host in another language may do
    static Stream<Arguments> tellsWhichPartIsMissing() {
        return Stream.of(
                part("store", t -> t.store(null)),
                part("environment", t -> t.environment(null)),
                part("delivery", t -> t.delivery(null)),
                part("channel", t -> t.channel(null)),
                part("policy", t -> t.policy(null)),
                part("campaign", t -> t.campaign(null)),
                part("pool", t -> t.pool(null)),
                part("inbox", t -> t.inbox(null)),
                part("roles", t -> t.roles((Role[]) null)),
                part("clock", t -> t.clock(null)),
                part("lease", t -> t.lease(null)));
    }

    private static Arguments part(String name, Consumer<Setup> call) {
        return Arguments.of(name, call);
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
