// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.throughline.channel.Callback;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Health;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Receiver;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.SendResult.Accepted;
import dev.throughline.channel.SendResult.NotSent;
import dev.throughline.channel.SendResult.Rejected;
import dev.throughline.channel.SendResult.Unknown;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Money;
import dev.throughline.identity.Sender;
import dev.throughline.sms.Gsm0338;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.extra.NegativeResponseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmppSmsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ESMClass RECEIPT = new ESMClass(0x04);
    private static final ESMClass MESSAGE = new ESMClass(0);
    private static final ESMClass PART = new ESMClass(0x40);

    static {
        Awaitility.setDefaultTimeout(SOON);
    }

    private final Smsc smsc = new Smsc();
    private final List<Callback> received = new CopyOnWriteArrayList<>();
    private final List<SmppSms> adapters = new ArrayList<>();

    @AfterEach
    void close() {
        adapters.forEach(SmppSms::close);
        smsc.close();
    }

    @Test
    void writesOneSubmission() {
        assertThat(send(adapter(), "Chào Mai")).isEqualTo(new Accepted(List.of("00000001"), null));

        assertThat(smsc.submissions()).singleElement().satisfies(pdu -> {
            assertThat(pdu.getDestAddress()).isEqualTo("84901234567");
            assertThat(pdu.getDestAddrTon()).isEqualTo((byte) 1);
            assertThat(pdu.getSourceAddr()).isEqualTo("SHOP");
            assertThat(pdu.getSourceAddrTon()).isEqualTo((byte) 5);
            assertThat(pdu.getDataCoding()).isEqualTo((byte) 0);
            assertThat(Gsm0338.decode(pdu.getShortMessage())).isEqualTo("Chào Mai");
            assertThat(pdu.getValidityPeriod()).isEqualTo("261123100000000+");
            assertThat(pdu.getRegisteredDelivery()).isEqualTo((byte) 1);
            assertThat(Smsc.ours(pdu)).isEqualTo(id(0).value());
        });
    }

    @Test
    void writesALongMessageInPartsWithOneReference() {
        var result = send(adapter(), "Ưu đãi cực sốc! ".repeat(10));

        assertThat(result).isEqualTo(new Accepted(List.of("00000001", "00000002", "00000003"), null));
        assertThat(smsc.submissions())
                .extracting(pdu -> (int) pdu.getShortMessage()[5])
                .containsExactly(1, 2, 3);
        assertThat(smsc.submissions())
                .extracting(pdu -> pdu.getShortMessage()[3])
                .containsOnly(reference());
        assertThat(smsc.submissions()).allSatisfy(pdu -> {
            assertThat(pdu.isUdhi()).isTrue();
            assertThat(pdu.getDataCoding()).isEqualTo((byte) 8);
        });
    }

    private byte reference() {
        return smsc.submissions().get(0).getShortMessage()[3];
    }

    @Test
    void omitsOurIdWhereTheCentreDoesNotTolerateIt() {
        send(adapter(a -> a.messageIdTag(0).relativeValidity()), "Hi");

        assertThat(smsc.submissions().get(0).getOptionalParameter((short) 0x1401))
                .isNull();
        assertThat(smsc.submissions().get(0).getValidityPeriod()).isEqualTo("000000080000000R");
    }

    @Test
    void dialsNobodyBeforeTheFirstMessage() {
        var adapter = adapter();

        assertThat(adapter.health()).isEqualTo(new Health(Health.State.UNTRIED, ""));
        assertThat(smsc.binds()).isZero();
        assertThat(adapter.connect().toCompletableFuture().join()).isEqualTo(new Health(Health.State.UP, "bound"));
        assertThat(smsc.binds()).isOne();
    }

    @Test
    void keepsToItsWindow() {
        smsc.after(5);

        var results = sendMany(adapter(a -> a.window(5)), 200, SOON);

        assertThat(results.values()).allSatisfy(result -> assertThat(result).isInstanceOf(Accepted.class));
        assertThat(smsc.mostHandledAtATime()).isBetween(2, 5);
        assertThat(smsc.binds()).isOne();
    }

    @Test
    void backsOffWhileThrottled() {
        var throttling = new AtomicBoolean(true);
        smsc.answering(pdu -> throttling.get() ? 0x58 : 0);
        var adapter = adapter();

        assertThat(send(adapter, "Hi")).isEqualTo(throttled(100));
        assertThat(send(adapter, "Hi")).isEqualTo(throttled(200));
        throttling.set(false);
        assertThat(send(adapter, "Hi")).isInstanceOf(Accepted.class);
        throttling.set(true);
        assertThat(send(adapter, "Hi")).isEqualTo(throttled(100));
    }

    private static NotSent throttled(int millis) {
        return new NotSent(FailureCause.THROTTLED, Scope.CHANNEL, Duration.ofMillis(millis), "SMPP status 0x00000058");
    }

    @Test
    void refusesWhatTheCentreRefusesForGood() {
        smsc.answering(pdu -> 0x0b);

        assertThat(send(adapter(), "Hi"))
                .isEqualTo(new Rejected(FailureCause.BAD_ADDRESS, Scope.ADDRESS, "SMPP status 0x0000000b"));
    }

    @Test
    void doesNotKnowExactlyThoseThatAreNeverAnswered() {
        smsc.answering(pdu -> isChosen(Smsc.ours(pdu)) ? Smsc.SILENCE : 0);

        var results = sendMany(connected(a -> a.window(20)), 60, Duration.ofSeconds(3));

        assertThat(results).hasSize(60).allSatisfy((id, result) -> assertThat(result)
                .isInstanceOf(isChosen(id) ? Unknown.class : Accepted.class));
        assertThat(smsc.submissions().stream().map(Smsc::ours))
                .doesNotHaveDuplicates()
                .hasSize(60);
    }

    private static boolean isChosen(String id) {
        return id.endsWith("3") || id.endsWith("a");
    }

    @Test
    void doesNotKnowExactlyWhatWasWrittenAndUnansweredWhenTheSessionDrops() {
        for (int round = 0; round < 5; round++) {
            dropsAfter(10 + 7 * round);
        }
    }

    private void dropsAfter(int answered) {
        var answers = new AtomicInteger();
        var silent = Collections.synchronizedSet(new TreeSet<String>());
        smsc.submissions().clear();
        smsc.answering(pdu -> {
            if (answers.incrementAndGet() <= answered) {
                return 0;
            }
            silent.add(Smsc.ours(pdu));
            return Smsc.SILENCE;
        });
        var sent = start(adapter(a -> a.window(8).reconnectAfter(Duration.ofMinutes(1))), 100, SOON);
        await().until(() -> silent.size() == 8);
        smsc.drop();
        var results = join(sent);

        assertThat(ids(results, Unknown.class)).isEqualTo(silent);
        assertThat(ids(results, Accepted.class)).hasSize(answered);
        assertThat(ids(results, NotSent.class)).hasSize(100 - 8 - answered);
        assertThat(smsc.submissions()).hasSize(8 + answered);
    }

    @Test
    void doesNotKnowWhatAPersonMakesOfTheFirstPartAlone() {
        smsc.answering(pdu -> pdu.getShortMessage()[5] == 2 ? 0x14 : 0);

        var result = send(adapter(), "a".repeat(400));

        assertThat(result)
                .isEqualTo(new Unknown(
                        FailureCause.UNCLASSIFIED,
                        List.of("00000001"),
                        "1 of 3 parts were taken, then: SMPP status 0x00000014"));
        assertThat(smsc.submissions()).hasSize(2);
    }

    @Test
    void givesUpWhatWaitsForAPlaceInTheWindow() {
        smsc.answering(pdu -> Smsc.SILENCE);
        var adapter = connected(a -> a.window(1));

        var written = adapter.send(message(0, "Hi"), Duration.ofSeconds(2)).toCompletableFuture();
        await().until(() -> !smsc.submissions().isEmpty());
        var waiting = adapter.send(message(1, "Hi"), Duration.ofMillis(200)).toCompletableFuture();

        assertThat(waiting.join()).isInstanceOf(NotSent.class);
        assertThat(written.join()).isEqualTo(new Unknown(FailureCause.NETWORK, List.of(), "no answer within 2000 ms"));
        assertThat(smsc.submissions()).hasSize(1);
    }

    @Test
    void tellsOfAnAnswerThatComesTooLate() {
        smsc.after(1_000);
        var adapter = connected(a -> a);

        assertThat(adapter.send(message(0, "Hi"), Duration.ofMillis(400))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Unknown.class);

        await().until(() -> !received.isEmpty());
        assertThat(receipt().message()).isEqualTo(id(0));
        assertThat(receipt().reference()).isEqualTo("00000001");
        assertThat(receipt().status()).isEqualTo(Receipt.Status.ACCEPTED);
    }

    @Test
    void sendsNothingWithoutASession() {
        smsc.refusingBinds(0x0e);
        var adapter = adapter();

        assertThat(send(adapter, "Hi")).isInstanceOfSatisfying(NotSent.class, refused -> {
            assertThat(refused.cause()).isEqualTo(FailureCause.AUTH);
            assertThat(refused.scope()).isEqualTo(Scope.CHANNEL);
            assertThat(refused.retryAfter()).isPositive();
            assertThat(refused.detail()).isEqualTo("no session: bind refused with SMPP status 0x0000000e");
        });
        smsc.refusingBinds(0);
        await().until(() -> send(adapter, "Hi") instanceof Accepted);
    }

    @Test
    void losesNoMessageWhenThePasswordChangesWhileMessagesGoOut() {
        smsc.requiring("old");
        var vault = new AtomicReference<>("old");
        var adapter = adapter(smpp -> smpp.credentials("shop", vault::get));
        assertThat(send(adapter, "Hi")).isInstanceOf(Accepted.class);

        smsc.requiring("new");
        smsc.drop();
        await().until(() -> send(adapter, "Hi") instanceof NotSent refused && refused.cause() == FailureCause.AUTH);
        vault.set("new");

        await().until(() -> send(adapter, "Hi") instanceof Accepted);
        assertThat(smsc.submissions()).hasSize(2);
    }

    @Test
    void waitsForAPasswordThatCannotBeRead() {
        var locked = new AtomicBoolean(true);
        var adapter = adapter(smpp -> smpp.credentials("shop", () -> {
            if (locked.get()) {
                throw new IllegalStateException("the vault is locked");
            }
            return "s3cret";
        }));

        assertThat(send(adapter, "Hi")).isInstanceOfSatisfying(NotSent.class, refused -> assertThat(refused.detail())
                .isEqualTo("no session: connection failed: IOException"));
        locked.set(false);
        await().until(() -> send(adapter, "Hi") instanceof Accepted);
    }

    @Test
    void knowsThatNobodyListensThere() {
        int port = smsc.port();
        var adapter = adapter();
        smsc.close();

        assertThat(send(adapter, "Hi")).isInstanceOfSatisfying(NotSent.class, refused -> {
            assertThat(refused.cause()).isEqualTo(FailureCause.NETWORK);
            assertThat(refused.detail()).isEqualTo("no session: connection failed: ConnectException");
        });
        try (var later = new Smsc(port)) {
            await().until(() -> adapter.health().state() == Health.State.UP);
            assertThat(later.binds()).isOne();
            adapter.close();
        }
    }

    @Test
    void leavesItsBindToAnotherHostUntilItHasAMessageAgain() {
        var adapter = adapter(a -> a.binds(2));
        assertThat(adapter.seats()).isEqualTo(2);
        assertThat(send(adapter, "Hi")).isInstanceOf(Accepted.class);

        adapter.leave();
        await().until(() -> smsc.sessions() == 0);
        assertThat(send(adapter, "Hi")).isInstanceOf(Accepted.class);

        assertThat(smsc.binds()).isEqualTo(2);
        assertThat(smsc.sessions()).isOne();
    }

    @Test
    void reconnectsByItselfAndReceivesAgain() throws Exception {
        var adapter = adapter();
        assertThat(send(adapter, "Hi")).isInstanceOf(Accepted.class);

        smsc.drop();
        await().until(() -> smsc.binds() == 2 && smsc.sessions() == 1);
        smsc.deliver(MESSAGE, "84901234567", 0, Gsm0338.encode("STOP"));

        assertThat(received).hasSize(1);
        assertThat(send(adapter, "Hi")).isInstanceOf(Accepted.class);
        assertThat(smsc.submissions()).hasSize(2);
    }

    @Test
    void noticesThatTheCentreIsNoLongerThere() {
        var adapter = connected(a -> a.enquireLink(Duration.ofMillis(200)).answerWithin(Duration.ofMillis(800)));
        smsc.mute(true);

        assertThat(send(adapter, "Hi"))
                .isEqualTo(new Unknown(FailureCause.NETWORK, List.of(), "the session ended before the answer"));
        smsc.mute(false);
        await().until(() -> send(adapter, "Hi") instanceof Accepted);
        assertThat(smsc.binds()).isGreaterThan(1);
    }

    @Test
    void readsAReceiptByItsParameters() throws Exception {
        adapter().connect().toCompletableFuture().join();

        smsc.deliver(
                RECEIPT,
                "84901234567",
                0,
                "id:99 stat:ENROUTE err:021".getBytes(StandardCharsets.US_ASCII),
                new OptionalParameter.Receipted_message_id("00000007"),
                new OptionalParameter.Message_state((byte) 5),
                new OptionalParameter.OctetString((short) 0x1401, id(0).value().getBytes(StandardCharsets.US_ASCII)));

        assertThat(receipt().message()).isEqualTo(id(0));
        assertThat(receipt().reference()).isEqualTo("00000007");
        assertThat(receipt().status()).isEqualTo(Receipt.Status.BOUNCED);
        assertThat(receipt().cause()).isEqualTo(FailureCause.UNREACHABLE);
        assertThat(receipt().detail()).isEqualTo("UNDELIVERABLE, error 021");
        assertThat(receipt().occurredAt()).isEqualTo(NOW);
    }

    @Test
    void acknowledgesADeliveryOnlyAfterItWasStored() throws Exception {
        var stored = new CompletableFuture<Void>();
        var adapter = adapter();
        adapter.listen(callback -> stored);
        adapter.connect().toCompletableFuture().join();

        var delivery = CompletableFuture.runAsync(() -> deliver("TC"));
        Thread.sleep(200);
        assertThat(delivery).isNotDone();
        stored.complete(null);
        assertThat(delivery.get(5, TimeUnit.SECONDS)).isNull();
    }

    private void deliver(String text) {
        try {
            smsc.deliver(MESSAGE, "84901234567", 0, Gsm0338.encode(text));
        } catch (Exception unacknowledged) {
            throw new IllegalStateException(unacknowledged);
        }
    }

    @Test
    void asksForADeliveryAgainThatCouldNotBeStored() {
        var adapter = adapter();
        adapter.listen(callback -> CompletableFuture.failedFuture(new IllegalStateException("disk full")));
        adapter.connect().toCompletableFuture().join();

        assertThatThrownBy(() -> deliver("TC"))
                .hasCauseInstanceOf(NegativeResponseException.class)
                .satisfies(failure -> assertThat(((NegativeResponseException) failure.getCause()).getCommandStatus())
                        .isEqualTo(0x64));
    }

    @Test
    void readsAMessageInSeveralPartsAndAnyOrder() throws Exception {
        adapter().connect().toCompletableFuture().join();
        byte[] first = {5, 0, 3, 42, 2, 1, 'T', 'U', ' ', 'C'};
        byte[] second = {5, 0, 3, 42, 2, 2, 'H', 'O', 'I'};

        smsc.deliver(PART, "84901234567", 0, second);
        assertThat(received).isEmpty();
        smsc.deliver(PART, "84901234567", 0, first);

        assertThat(received).singleElement().satisfies(callback -> {
            var inbound = callback.inbound().get(0);
            assertThat(inbound.text()).isEqualTo("TU CHOI");
            assertThat(inbound.from()).isEqualTo(Address.phone("+84901234567"));
            assertThat(inbound.to()).isEqualTo("8088");
            assertThat(inbound.at()).isEqualTo(NOW);
        });
    }

    @Test
    void readsVietnamese() throws Exception {
        adapter().connect().toCompletableFuture().join();

        smsc.deliver(MESSAGE, "84901234567", 8, "TỪ CHỐI".getBytes(StandardCharsets.UTF_16BE));

        assertThat(received.get(0).inbound().get(0).text()).isEqualTo("TỪ CHỐI");
    }

    @Test
    void closesTwiceAndSendsNothingAfterwards() {
        var adapter = adapter();
        send(adapter, "Hi");

        adapter.close();
        adapter.close();

        await().until(() -> smsc.sessions() == 0);
        assertThat(send(adapter, "Hi"))
                .isEqualTo(new NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, "the adapter is closed"));
        assertThat(smsc.binds()).isOne();
    }

    @Test
    void waitsForAnswersBeforeItCloses() {
        smsc.after(300);
        var adapter = adapter();
        var sent = adapter.send(message(0, "Hi"), SOON).toCompletableFuture();
        await().until(() -> !smsc.submissions().isEmpty());

        adapter.close();

        assertThat(sent.join()).isInstanceOf(Accepted.class);
    }

    @Test
    void refusesWhatItCannotCarry() {
        var adapter = adapter(a -> a.price(Money.of(850, "VND")));

        assertThat(adapter.prepare(new EmailContent("Hi", "", "")).refusal())
                .isEqualTo("sms-smpp carries text: expected no EmailContent");
        assertThat(adapter.prepare(new TextContent("Hi")).cost()).isEqualTo(Money.of(850, "VND"));
        assertThat(adapter.send(from("SHOPSHOPSHOP"), SOON)
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Rejected(
                        FailureCause.SENDER_NOT_ALLOWED,
                        Scope.SENDER,
                        "sender BRANDNAME: expected a name of at most 11 characters of the GSM alphabet, a phone number or a"
                                + " short code"));
        assertThat(smsc.binds()).isZero();
    }

    @Test
    void refusesCredentialsThatDoNotFitAPdu() {
        assertThatThrownBy(() -> SmppSms.at("localhost", 2775).credentials("shop", "far too long"))
                .hasMessage("sms-smpp: the password has 12 characters; expected at most 8");
        assertThat(SmppSms.at("localhost", 2775).credentials("shop", "s3cret"))
                .hasToString("SmppSms[sms-smpp at localhost:2775]");
    }

    private SmppSms adapter() {
        return adapter(settings -> settings);
    }

    private SmppSms adapter(UnaryOperator<SmppSms> settings) {
        var adapter = settings.apply(SmppSms.at("127.0.0.1", smsc.port())
                .credentials("shop", "s3cret")
                .reconnectAfter(Duration.ofMillis(100))
                .clock(InstantSource.fixed(NOW)));
        adapter.listen(storing());
        adapters.add(adapter);
        return adapter;
    }

    private SmppSms connected(UnaryOperator<SmppSms> settings) {
        var adapter = adapter(settings);
        adapter.connect().toCompletableFuture().join();
        return adapter;
    }

    private Receiver storing() {
        return callback -> {
            received.add(callback);
            return CompletableFuture.completedFuture(null);
        };
    }

    private Receipt receipt() {
        return received.get(0).receipts().get(0);
    }

    private static SendResult send(SmppSms adapter, String text) {
        return adapter.send(message(0, text), SOON).toCompletableFuture().join();
    }

    private static Map<String, SendResult> sendMany(SmppSms adapter, int count, Duration deadline) {
        return join(start(adapter, count, deadline));
    }

    private static Map<String, CompletableFuture<SendResult>> start(SmppSms adapter, int count, Duration deadline) {
        var sent = new LinkedHashMap<String, CompletableFuture<SendResult>>();
        for (int i = 0; i < count; i++) {
            sent.put(
                    id(i).value(), adapter.send(message(i, "Hi " + i), deadline).toCompletableFuture());
        }
        return sent;
    }

    private static Map<String, SendResult> join(Map<String, CompletableFuture<SendResult>> sent) {
        var results = new LinkedHashMap<String, SendResult>();
        sent.forEach((id, result) -> results.put(id, result.join()));
        return results;
    }

    private static Set<String> ids(Map<String, SendResult> results, Class<? extends SendResult> kind) {
        return results.entrySet().stream()
                .filter(entry -> kind.isInstance(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static MessageId id(int number) {
        return new MessageId(String.format(Locale.ROOT, "%032x", number));
    }

    private static Outbound message(int number, String text) {
        return message(number, text, "SHOP");
    }

    private static Outbound from(String sender) {
        return message(0, "Hi", sender);
    }

    private static Outbound message(int number, String text, String sender) {
        return new Outbound(
                id(number),
                1,
                Address.phone("+84901234567"),
                Sender.of(sender),
                MessageClass.TRANSACTIONAL,
                new TextContent(text),
                NOW.plus(Duration.ofHours(8)),
                null);
    }
}
