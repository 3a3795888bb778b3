// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Receiver;
import dev.throughline.channel.SendResult;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Withdrawal;
import dev.throughline.engine.Audit.Format;
import dev.throughline.engine.AuditLine;
import dev.throughline.engine.AuditLine.Kind;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.Definition;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** Who, what, when, on which basis, and under which policy. */
@Timeout(60)
class AuditTest {

    private static final Identity MAI = userId("mai");
    private static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    private final Store store = kept(new MemoryStore());
    private final BlockingQueue<Outbound> sent = new LinkedBlockingQueue<>();
    private final Sms sms = new Sms();
    private volatile Instant now = START;

    @Test
    void scenario18ShowsTheRefusalBehindWhatWasWithTheProviderByThenEachWithItsInstant() {
        try (var shop = open(3)) {
            agreed(shop);
            Outbound message = advertised(shop);
            Instant taken = now;
            now = now.plusSeconds(1);
            shop.consent(MAI).record(Withdrawal.of(ADVERTISING).on(SMS));
            now = now.plusSeconds(1);
            sms.delivered(message, now);
            Awaitility.await().until(() -> shop.audit().of(message.id()).size() == 4);

            var lines = shop.audit().of(message.id());
            assertThat(lines)
                    .extracting(AuditLine::kind)
                    .containsExactly(Kind.CONSENT, Kind.DECISION, Kind.CONSENT, Kind.DELIVERY);
            assertThat(lines)
                    .extracting(AuditLine::at)
                    .containsExactly(START, taken, taken.plusSeconds(1), taken.plusSeconds(2));
            assertThat(lines.get(1).facts()).containsEntry("outcome", "SENT").containsEntry("reason", "");
            assertThat(lines.get(1).findings())
                    .noneMatch(finding -> finding.outcome().name().equals("DENY"));
            assertThat(lines.get(1).basis())
                    .containsExactly(lines.get(0).facts().get("event"));
            assertThat(lines.get(2).facts()).containsEntry("type", "WITHDRAWN");
            assertThat(lines.get(3).facts()).containsEntry("outcome", "DELIVERED");
        }
    }

    @Test
    void scenario53DecidesByTheNewPolicyAndExplainsWhatWasDecidedByTheOldOne() {
        Policy three = policy(3);
        Policy one = policy(1);
        try (var shop = open(3)) {
            agreed(shop);
            advertised(shop);
        }
        now = now.plus(Duration.ofDays(2));
        try (var shop = open(1)) {
            advertised(shop);

            var decisions = shop.audit().of(MAI).stream()
                    .filter(line -> line.kind() == Kind.DECISION)
                    .toList();
            assertThat(decisions).extracting(AuditLine::policy).containsExactly(three.hash(), one.hash());
            assertThat(decisions).allSatisfy(line -> assertThat(line.facts()).containsEntry("outcome", "SENT"));
            assertThat(decisions.get(0).explain(Locale.ENGLISH)).anyMatch(said -> said.contains("0 of 3"));
            assertThat(decisions.get(1).explain(Locale.ENGLISH)).anyMatch(said -> said.contains("0 of 1"));
            assertThat(shop.audit().policy(three.hash()))
                    .get()
                    .extracting(Definition::json)
                    .isEqualTo(three.toJson());
            assertThat(shop.audit().policy(one.hash()))
                    .get()
                    .extracting(Definition::name)
                    .isEqualTo(one.name());
            assertThat(shop.audit().policy("0000")).isEmpty();
        }
    }

    @Test
    void writesTheDecisionsOfATimeAsJsonLines() {
        try (var shop = open(3)) {
            agreed(shop);
            var first = advertised(shop);
            now = now.plus(Duration.ofDays(1));
            var second = advertised(shop);
            var all = new StringBuilder();
            var late = new StringBuilder();

            assertThat(shop.audit().write(START, now.plusSeconds(1), Format.JSON_LINES, all))
                    .isEqualTo(2);
            assertThat(shop.audit().write(START.plusSeconds(60), now.plusSeconds(1), Format.JSON_LINES, late))
                    .isOne();
            assertThat(shop.audit().write(START, START, Format.JSON_LINES, new StringBuilder()))
                    .isZero();

            var lines =
                    all.toString().lines().map(JsonMapper.shared()::readTree).toList();
            assertThat(lines)
                    .extracting(line -> line.get("message").asString())
                    .containsExactly(first.id().value(), second.id().value());
            assertThat(late.toString())
                    .isEqualTo(all.toString().lines().toList().get(1) + "\n");
            assertThat(lines.get(0).get("policy").asString())
                    .isEqualTo(policy(3).hash());
            assertThat(lines.get(0).get("campaign").asString()).isEqualTo("offers");
            assertThat(lines.get(0).get("class").asString()).isEqualTo("MARKETING");
            assertThat(lines.get(0).get("outcome").asString()).isEqualTo("SENT");
            assertThat(lines.get(0).get("findings").findValuesAsString("rule")).contains("house.cap");
        }
    }

    @Test
    void writesThemAsCsvThatNoSpreadsheetTakesForFormulas() {
        try (var shop = open(3)) {
            agreed(shop);
            Outbound message = advertised(shop);
            sms.told(message, now, "=1+1, \"said\" the provider");
            Awaitility.await().until(() -> shop.audit().of(message.id()).size() == 3);
            var out = new StringBuilder();

            assertThat(shop.audit().write(START, now.plusSeconds(60), Format.CSV, out))
                    .isEqualTo(2);

            var lines = out.toString().split("\r\n", -1);
            assertThat(List.of(lines)).hasSize(4).last().isEqualTo("");
            assertThat(lines[0])
                    .isEqualTo(
                            "at,kind,who,message,policy,campaign,step,leg,name,class,channel,outcome,reason,type,scope,"
                                    + "actor,findings");
            assertThat(lines[1]).contains(",DECISION,", ",offers,", ",SENT,", "consent base.consent ALLOW ");
            assertThat(lines[2]).contains(",DELIVERY,", ",\"'=1+1, \"\"said\"\" the provider\",");
        }
    }

    @Test
    void knowsNothingOfAnUnknownMessageAndSaysWhatCannotBeWritten() {
        try (var shop = open(3)) {
            agreed(shop);
            advertised(shop);

            assertThat(shop.audit().of(new MessageId("f".repeat(32)))).isEmpty();
            assertThat(shop.audit().of(userId("nobody"))).isEmpty();
            assertThatThrownBy(() -> shop.audit().write(START, now.plusSeconds(1), Format.JSON_LINES, full()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("java.io.IOException: disk full");
        }
    }

    private static Appendable full() {
        return (Appendable) Proxy.newProxyInstance(
                Appendable.class.getClassLoader(), new Class<?>[] {Appendable.class}, (proxy, method, arguments) -> {
                    throw new IOException("disk full");
                });
    }

    private static void agreed(Throughline shop) {
        shop.identify(MAI, Map.of("phone", "+84900000001"));
        shop.consent(MAI).record(Grant.of(ADVERTISING).on(SMS).shown(notice("checkout", 3)));
    }

    private Outbound advertised(Throughline shop) {
        int before = shop.queries().decisions(MAI).size();
        now = now.plusSeconds(10);
        shop.track(MAI, "Sale Announced", Map.of());
        Awaitility.await().until(() -> shop.queries().decisions(MAI).size() > before);
        try {
            var message = sent.poll(10, TimeUnit.SECONDS);
            assertThat(message).isNotNull();
            return message;
        } catch (InterruptedException hurry) {
            throw new AssertionError(hurry);
        }
    }

    /** Outlives the hosts that close it. */
    private static Store kept(Store store) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("close") ? null : method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private static Policy policy(int most) {
        return Policy.parse("""
                {"policy": {"id": "house", "version": "%d", "extends": ["base"]}, "rules": [
                  {"id": "house.cap", "when": {"class": "MARKETING"}, "ref": {"law": "house", "conf": "P"},
                   "cap": {"max": %d, "per": ["address"], "window": {"sliding": "PT24H"}, "count": "ATTEMPT"}}]}
                """.replace("%d", String.valueOf(most)));
    }

    private Throughline open(int most) {
        var offer = Message.marketing("offer", Brand.named("Shop").sender(SMS, "SHOP"))
                .on(SMS, text("Tea"));
        return Throughline.open(t -> t.store(store)
                .environment("test")
                .delivery(Delivery.LIVE)
                .clock(() -> now)
                .lanes(1)
                .channel(sms)
                .policy(policy(most))
                .campaign(Campaign.named("offers")
                        .journey(j -> j.startOn(event("Sale Announced")).send(offer, first(SMS)))));
    }

    /** A provider that takes everything and tells later what became of it. */
    private final class Sms implements ChannelAdapter {
        private volatile Receiver receiver;

        @Override
        public String id() {
            return "sms";
        }

        @Override
        public Channel channel() {
            return SMS;
        }

        @Override
        public void listen(Receiver where) {
            receiver = where;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            sent.add(message);
            return CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));
        }

        void delivered(Outbound message, Instant at) {
            told(message, at, "");
        }

        void told(Outbound message, Instant at, String detail) {
            var receipt = new Receipt(
                    "receipt of " + message.id(), message.id(), null, Receipt.Status.DELIVERED, null, at, detail);
            receiver.receive(new Callback(CallbackAnswer.text(200, ""), List.of(receipt), List.of()));
        }
    }
}
