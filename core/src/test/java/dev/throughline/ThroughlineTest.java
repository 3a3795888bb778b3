// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Suppression;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.KillSwitch;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.Exclusion;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The front door of a host that keeps everything in memory and sends to nobody. */
class ThroughlineTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final Identity MAI = userId("mai");

    private volatile boolean exhausted;
    private final Throughline throughline = Throughline.open(t -> t.store(sometimesExhausted())
            .environment("test")
            .delivery(Delivery.RECORD)
            .policy(Policy.base())
            .clock(() -> NOW)
            .channel(new Sms())
            .campaign(news()));

    @AfterEach
    void close() {
        exhausted = false;
        throughline.close();
    }

    @Test
    void healthTellsWhatHasEndedIt() {
        assertThat(throughline.health().held()).isEmpty();
        exhausted = true;

        String ended = "stepping has ended with java.lang.OutOfMemoryError: expected the host to be restarted";
        assertThatThrownBy(() -> throughline.track(MAI, "Signed Up", Map.of()))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(ended);
        exhausted = false;
        assertThat(throughline.health().held()).isEqualTo(ended);
    }

    @Test
    void touchpointsOfOneIdAndInstantMakeNoOneCustomerOfTwo() {
        throughline.record(named("1", MAI, "Mai"));
        throughline.record(named("1", userId("lan"), "Lan"));

        assertThat(throughline.queries().customer(MAI).orElseThrow().profile().text("name"))
                .contains("Mai");
        assertThat(throughline.queries().timeline(userId("lan"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CLASS|ADS|class 'ADS'|[CONSENT_REQUEST, MARKETING, ONE_TIME_CODE, REGULATORY, SERVICE, TRANSACTIONAL]",
                "CHANNEL|email|channel 'email'|[sms]",
                "SENDER|shop|sender 'shop'|[SHOP]",
                "CAMPAIGN|News|campaign 'News'|[news]"
            })
    void refusesAKillSwitchThatWouldStopNothing(Exclusion.By by, String value, String shown, String known) {
        assertThatThrownBy(() -> throughline.stop(new Exclusion(by, value), KillSwitch.Mode.HOLD, "Lan", "wrong price"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("kill switch for " + shown + ": it would stop nothing, expected one of " + known);
        assertThat(throughline.health().killSwitches()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"EVERYTHING,", "CLASS,marketing", "CHANNEL,SMS", "SENDER,SHOP", "CAMPAIGN,news"})
    void throwsAKillSwitchForWhatItKnows(Exclusion.By by, @Nullable String value) {
        var exclusion = new Exclusion(by, value == null ? "" : value);
        throughline.stop(exclusion, KillSwitch.Mode.HOLD, "Lan", "wrong price");

        assertThat(throughline.health().killSwitches())
                .extracting(KillSwitch::exclusion)
                .containsExactly(exclusion);
    }

    @ParameterizedTest
    @MethodSource
    void tellsWhatIsMissing(String message, Consumer<Throughline> call) {
        assertThatThrownBy(() -> call.accept(throughline))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(message + " is missing, expected a value");
    }

    @SuppressWarnings("NullAway") // what a host in another language may do
    static Stream<Arguments> tellsWhatIsMissing() {
        var all = new Exclusion(Exclusion.By.EVERYTHING, "");
        return Stream.of(
                missing("record: touchpoint", t -> t.record(null)),
                missing("record: touchpoint", t -> t.recordAsync(null)),
                missing("consent: act", t -> t.consent(MAI).record(null)),
                missing("joining: connection", t -> t.joining(null)),
                missing("callback: call", t -> t.callback("sms", null)),
                missing("stop: exclusion", t -> t.stop(null, KillSwitch.Mode.HOLD, "Lan", "why")),
                missing("stop: mode", t -> t.stop(all, null, "Lan", "why")),
                missing("stop: who", t -> t.stop(all, KillSwitch.Mode.HOLD, null, "why")),
                missing("stop: why", t -> t.stop(all, KillSwitch.Mode.HOLD, "Lan", null)),
                missing("release: exclusion", t -> t.release(null)),
                missing("explain: who", t -> t.explain(null, "news")),
                missing("explain: campaign", t -> t.explain(MAI, null)));
    }

    private static Arguments missing(String message, Consumer<Throughline> call) {
        return Arguments.of(message, call);
    }

    @Test
    @SuppressWarnings("NullAway") // what a host in another language may do
    void tokenThatIsMissingNamesNoMessage() {
        assertThat(throughline.unsubscribe(null)).isFalse();
    }

    @Test
    void writesDownWhoHasLiftedAPauseAndWhy() {
        throughline.identify(MAI, Map.of("phone", "+84901234567"));

        throughline.lift(new Address("phone", "+84 90 123 45 67"), Suppression.REVIEW, "Lan", "a question about tea");

        assertThat(throughline.queries().consents(MAI).values())
                .singleElement(as(list(ConsentEvent.class)))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.type()).isEqualTo(ConsentEvent.Type.LIFTED);
                    assertThat(event.evidence().proof()).isEqualTo("Lan");
                    assertThat(event.evidence().text()).isEqualTo("a question about tea");
                });
    }

    @Test
    void writesDownToWhomAGrantIsGiven() {
        throughline.consent(MAI).record(Grant.of(ADVERTISING).on(SMS));

        assertThat(throughline.queries().timeline(MAI))
                .extracting(touchpoint -> touchpoint.property("controller"))
                .containsExactly("Shop");
    }

    private static Touchpoint named(String id, Identity who, String name) {
        return new Touchpoint(
                id,
                Touchpoint.Call.IDENTIFY,
                "identify",
                List.of(who),
                NOW,
                NOW,
                Map.of("name", name),
                "till",
                Origin.LIVE);
    }

    private static Campaign news() {
        var shop = Brand.named("Shop").sender(SMS, "SHOP");
        var news = Message.transactional("news", shop).on(SMS, text("Hi"));
        return Campaign.named("news").journey(j -> j.startOn(event("Signed Up")).send(news, first(SMS)));
    }

    /** A store, at whose next unit of work memory runs out while the test says so. */
    private Store sometimesExhausted() {
        var kept = new MemoryStore();
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, args) -> {
                    if (exhausted && method.getName().equals("begin")) {
                        throw new OutOfMemoryError("as if");
                    }
                    try {
                        return method.invoke(kept, args);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private static final class Sms implements ChannelAdapter {
        @Override
        public String id() {
            return "sms";
        }

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
