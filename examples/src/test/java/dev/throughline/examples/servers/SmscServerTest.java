// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.OptionalParameter.Message_state;
import org.jsmpp.bean.OptionalParameter.Receipted_message_id;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmscServerTest {

    private static final Instant NINE = Instant.parse("2011-03-01T09:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NINE);
    private final SmscServer smsc = SmscServer.on(now::get).start();

    @AfterEach
    void close() {
        smsc.close();
    }

    @Test
    void stampsEachMessageWithTheRunsClockAndKnowsItsId() throws Exception {
        try (var client = transceiver()) {
            client.send("m1", "[QC] Hi");
            now.set(NINE.plusSeconds(3600));
            client.send("", "no id");
        }

        assertThat(smsc.received()).extracting(ReceivedSms::at).containsExactly(NINE, NINE.plusSeconds(3600));
        assertThat(smsc.received())
                .extracting(ReceivedSms::messageId)
                .containsExactly(Optional.of("m1"), Optional.empty());
        assertThat(smsc.received()).extracting(ReceivedSms::text).containsExactly("[QC] Hi", "no id");
        assertThat(smsc.received()).extracting(ReceivedSms::source).containsOnly("SHOP");
        assertThat(smsc.received()).extracting(ReceivedSms::destination).containsOnly("84570017850");
    }

    @Test
    void answersWithAnIdOfItsOwn() throws Exception {
        try (var client = transceiver()) {
            var ids = List.of(client.send("m1", "a"), client.send("m2", "b"));

            assertThat(smsc.submissions())
                    .extracting(Submission::id)
                    .isEqualTo(ids)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void joinsTheePartsOfALongMessage() throws Exception {
        try (var client = transceiver()) {
            client.sendInTwoParts("m1", 200, List.of("[QC] first ", "second"));
        }

        assertThat(smsc.received()).extracting(ReceivedSms::text).containsExactly("[QC] first second");
        assertThat(smsc.submissions()).hasSize(2);
        assertThat(smsc.incomplete()).isZero();
    }

    @Test
    void takesTenThousandMessagesFromThirtyTwoThreads() throws Exception {
        try (var client = transceiver()) {
            var threads = Executors.newFixedThreadPool(32);
            var tasks = IntStream.range(0, 10_000)
                    .<Callable<String>>mapToObj(i -> () -> client.send("m" + i, "Hi"))
                    .toList();
            for (var sent : threads.invokeAll(tasks)) {
                sent.get();
            }
            threads.shutdown();
        }

        assertThat(smsc.received())
                .extracting(ReceivedSms::messageId)
                .hasSize(10_000)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"THROTTLE,88", "QUEUE_FULL,20", "BAD_DESTINATION,11", "REJECT,69"})
    void refusesAsTold(SmscAnswer answer, int code) throws Exception {
        smsc.answering(submission -> answer);

        try (var client = transceiver()) {
            assertThatExceptionOfType(NegativeResponseException.class)
                    .isThrownBy(() -> client.send("m1", "Hi"))
                    .satisfies(e -> assertThat(e.getCommandStatus()).isEqualTo(code));
        }

        assertThat(smsc.received()).isEmpty();
        assertThat(smsc.refused()).isOne();
    }

    @Test
    void answersAllButTheChosenSubmissions() throws Exception {
        smsc.answering(submission -> submission.text().equals("b") ? SmscAnswer.SILENCE : SmscAnswer.ACCEPT);

        try (var client = transceiver()) {
            client.send("m1", "a");
            client.waitForAnswers(SmscClient.IMPATIENT);
            assertThatExceptionOfType(ResponseTimeoutException.class).isThrownBy(() -> client.send("m2", "b"));
            client.waitForAnswers(SmscClient.PATIENT);
            client.send("m3", "c");
        }

        assertThat(smsc.received()).extracting(ReceivedSms::text).containsExactly("a", "b", "c");
    }

    @Test
    void dropsTheSessionInsteadOfAnswering() throws Exception {
        smsc.answering(submission -> submission.text().equals("b") ? SmscAnswer.DROP : SmscAnswer.ACCEPT);

        try (var client = transceiver()) {
            client.send("m1", "a");
            assertCannotSend(client);
            assertThat(client.isBound()).isFalse();
        }
        try (var again = transceiver()) {
            again.send("m3", "c");
        }

        assertThat(smsc.received()).extracting(ReceivedSms::text).containsExactly("a", "b", "c");
    }

    @Test
    void answersWhatCameBeforeTheSubmissionThatDropsTheSession() throws Exception {
        smsc.answering(submission -> submission.text().equals("m7") ? SmscAnswer.DROP : SmscAnswer.ACCEPT);
        var answered = ConcurrentHashMap.<String>newKeySet();
        var threads = Executors.newFixedThreadPool(16);

        try (var client = transceiver()) {
            client.waitForAnswers(Duration.ofSeconds(3));
            threads.invokeAll(IntStream.range(0, 16)
                    .<Callable<Boolean>>mapToObj(i -> () -> answered.add(client.send("m" + i, "m" + i)))
                    .toList());
        }
        threads.shutdown();

        var dropped = smsc.submissions().stream().map(Submission::text).toList().indexOf("m7");
        assertThat(answered)
                .containsExactlyInAnyOrderElementsOf(smsc.submissions().stream()
                        .limit(dropped)
                        .map(Submission::id)
                        .toList());
    }

    @Test
    void dropsAllSessionsOnRequest() throws Exception {
        try (var client = transceiver()) {
            assertThat(smsc.sessions()).isOne();

            smsc.dropSessions();

            assertThat(smsc.sessions()).isZero();
            assertCannotSend(client);
        }
    }

    @Test
    void isDownForAnIntervalOfItsClock() throws Exception {
        smsc.downBetween(NINE.plusSeconds(60), NINE.plusSeconds(120));
        try (var client = transceiver()) {
            client.send("m1", "a");
            now.set(NINE.plusSeconds(60));
            assertCannotSend(client);
        }
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(this::transceiver)
                .withCause(new NegativeResponseException(0x0d));

        now.set(NINE.plusSeconds(120));
        try (var client = transceiver()) {
            client.send("m3", "c");
        }

        assertThat(smsc.received()).extracting(ReceivedSms::text).containsExactly("a", "c");
    }

    @Test
    void sendsAReceiptToWhomAskedForIt() throws Exception {
        try (var client = transceiver()) {
            client.send("m1", "a");
            var id = client.sendWantingReceipt("m2", "b");
            now.set(NINE.plusSeconds(120));

            assertThat(smsc.sendReceipts(ReceiptState.DELIVRD)).isOne();
            assertThat(smsc.sendReceipts(ReceiptState.DELIVRD)).isZero();

            var receipt = next(client);
            assertThat(MessageType.SMSC_DEL_RECEIPT.containedIn(receipt.getEsmClass()))
                    .isTrue();
            assertThat(text(receipt))
                    .isEqualTo("id:" + id + " sub:001 dlvrd:001 submit date:1103010900 done date:1103010902"
                            + " stat:DELIVRD err:000 text:b");
            assertThat(receipt.getSourceAddr()).isEqualTo("84570017850");
            assertThat(receipt.getDestAddress()).isEqualTo("SHOP");
            assertThat(receipt.getOptionalParameter(Receipted_message_id.class).getValueAsString())
                    .isEqualTo(id);
            assertThat(receipt.getOptionalParameter(Message_state.class).getValue())
                    .isEqualTo((byte) 2);
        }
    }

    @Test
    void sendsAReceiptThatNobodyAskedFor() throws Exception {
        try (var client = transceiver()) {
            client.send("m1", "a");

            smsc.sendReceipt(smsc.submissions().get(0), ReceiptState.UNDELIV);

            assertThat(text(next(client))).contains(" dlvrd:000 ", " stat:UNDELIV err:001 ");
        }
    }

    @ParameterizedTest
    @CsvSource({"TC,3,TC", "TỪ CHỐI,8,TỪ CHỐI"})
    void sendsWhatAPhoneWrites(String text, byte coding, String read) throws Exception {
        try (var client = transceiver()) {
            smsc.sendInbound("84570017850", "8088", text);

            var inbound = next(client);
            assertThat(inbound.getDataCoding()).isEqualTo(coding);
            assertThat(text(inbound)).isEqualTo(read);
            assertThat(inbound.getSourceAddr()).isEqualTo("84570017850");
            assertThat(inbound.getDestAddress()).isEqualTo("8088");
            assertThat(MessageType.DEFAULT.containedIn(inbound.getEsmClass())).isTrue();
        }
    }

    @Test
    void deliversToAReceiverWhileATransmitterSubmits() throws Exception {
        try (var transmitter = new SmscClient(smsc.port(), BindType.BIND_TX);
                var receiver = new SmscClient(smsc.port(), BindType.BIND_RX)) {
            transmitter.sendWantingReceipt("m1", "a");

            smsc.sendReceipts(ReceiptState.DELIVRD);

            assertThat(next(receiver)).isNotNull();
            assertThat(transmitter.delivered).isEmpty();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> receiver.send("m2", "b"));
        }
    }

    @Test
    void keepsAReceiptUntilSomebodyReceivesIt() throws Exception {
        try (var transmitter = new SmscClient(smsc.port(), BindType.BIND_TX)) {
            transmitter.sendWantingReceipt("m1", "a");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> smsc.sendReceipts(ReceiptState.DELIVRD))
                .withMessage("no session is bound as receiver or transceiver");

        try (var client = transceiver()) {
            assertThat(smsc.sendReceipts(ReceiptState.DELIVRD)).isOne();
            assertThat(next(client)).isNotNull();
        }
    }

    @Test
    void refusesAnInboundTextThatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> smsc.sendInbound("84570017850", "8088", "ế".repeat(71)))
                .withMessage("an inbound text of 142 octets, expected at most 140");
    }

    @Test
    void endsSessionsWhenItIsClosed() throws Exception {
        var client = transceiver();
        int port = smsc.port();

        smsc.close();
        smsc.close();

        assertCannotSend(client);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> new SmscClient(port, BindType.BIND_TRX));
    }

    private SmscClient transceiver() throws Exception {
        return new SmscClient(smsc.port(), BindType.BIND_TRX);
    }

    /** Whether the client sees the end of its session before or after it has written decides which exception it gets. */
    private static void assertCannotSend(SmscClient client) {
        client.waitForAnswers(SmscClient.IMPATIENT);
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> client.send("m2", "b"))
                .isInstanceOfAny(IOException.class, ResponseTimeoutException.class);
    }

    private static DeliverSm next(SmscClient client) throws InterruptedException {
        var delivered = client.delivered.poll(5, TimeUnit.SECONDS);
        assertThat(delivered).as("a deliver_sm within 5 s").isNotNull();
        return delivered;
    }

    private static String text(DeliverSm delivered) {
        boolean ucs2 = delivered.getDataCoding() == 8;
        return new String(delivered.getShortMessage(), ucs2 ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1);
    }
}
