// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Receipt.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.util.DefaultDecomposer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ReceiptReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    private final SmppSettings settings = SmppSettings.at("localhost", 2775)
            .timing(SmppSettings.at("", 1).timing().clock(InstantSource.fixed(NOW)));
    private final ReceiptReader reader = new ReceiptReader(settings);

    @Test
    void readsTheParametersBeforeTheWords() {
        var receipt = read("decodeDeliverSmAsDeliveryReceipt").orElseThrow();

        assertThat(receipt.reference()).isEqualTo("38601fa");
        assertThat(receipt.status()).isEqualTo(Status.DELIVERED);
        assertThat(receipt.detail()).isEqualTo("DELIVERED, error 000");
        assertThat(receipt.occurredAt()).isEqualTo(NOW);
    }

    @Test
    void readsReceiptsThatOtherLibrariesStumbleOver() {
        assertThat(read("decodeDeliverSmNetforsDeliveryReceiptTriggeredErrorInLegacySmppLibrary"))
                .map(Receipt::reference)
                .contains("0000003005");
        assertThat(read("decodeDeliveryReceipt0")).map(Receipt::reference).contains("126e85a6edeac1a02020099312479564");
    }

    @Test
    void takesAMessageWithoutParametersAsAMessageFromAPerson() {
        assertThat(ReceiptReader.isReceipt(pdu("decodeDeliverSm"))).isFalse();
        assertThat(ReceiptReader.isReceipt(pdu("decodeDeliverSmWithOptionalMessagePayload")))
                .isFalse();
        assertThat(UserData.text(List.of(UserData.of(pdu("decodeDeliverSmWith2BytePayload")))))
                .isEqualTo("Ok");
    }

    @Test
    void readsWordsAsProvidersWriteThem() {
        var states = texts().stream().map(text -> new ReceiptText(text).state()).toList();
        var ids = texts().stream().map(text -> new ReceiptText(text).id()).toList();

        assertThat(states).hasSize(31).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(ids).filteredOn(Optional::isEmpty).hasSize(2);
        assertThat(new ReceiptText(texts().get(12)).id()).contains("74e02ee1-4e2f-4a6e-a78b-4b247d756a22");
        assertThat(new ReceiptText(texts().get(12)).state()).contains("DELIVRD");
    }

    @Test
    void readsTimesOfTenTwelveAndFourteenDigits() {
        assertThat(new ReceiptText("done date:1005242339").done()).contains(LocalDateTime.parse("2010-05-24T23:39"));
        assertThat(new ReceiptText("done date:110206193110").done())
                .contains(LocalDateTime.parse("2011-02-06T19:31:10"));
        assertThat(new ReceiptText("done date:20110314181741").done())
                .contains(LocalDateTime.parse("2011-03-14T18:17:41"));
        assertThat(new ReceiptText("done date:0000000000").done()).isEmpty();
        assertThat(new ReceiptText("one date:1005242339").done()).isEmpty();
    }

    @Test
    void believesItsTimesOnlyInAKnownZone() {
        var known = new ReceiptReader(settings.dialect(settings.dialect().receiptZone(ZoneId.of("Asia/Ho_Chi_Minh"))));

        assertThat(known.read(receipt("id:1 stat:DELIVRD done date:2611230859")))
                .map(Receipt::occurredAt)
                .contains(Instant.parse("2026-11-23T01:59:00Z"));
    }

    @Test
    void mapsEachState() {
        assertThat(status("DELIVRD")).contains(Status.DELIVERED);
        assertThat(status("enroute")).contains(Status.ACCEPTED);
        assertThat(status("ACCEPTD")).contains(Status.ACCEPTED);
        assertThat(cause("EXPIRED")).contains(FailureCause.EXPIRED);
        assertThat(cause("UNDELIV")).contains(FailureCause.UNREACHABLE);
        assertThat(cause("REJECTD")).contains(FailureCause.BLOCKED_POLICY);
        assertThat(cause("DND_REJECTED")).contains(FailureCause.BLOCKED_POLICY);
        assertThat(status("UNKNOWN")).isEmpty();
        assertThat(status("BADSTAT")).isEmpty();
    }

    private Optional<Status> status(String state) {
        return reader.read(receipt("id:1 stat:" + state)).map(Receipt::status);
    }

    private Optional<FailureCause> cause(String state) {
        return reader.read(receipt("id:1 stat:" + state)).map(Receipt::cause);
    }

    @Test
    void namesARepeatedReceiptAlike() {
        assertThat(reader.read(receipt("id:1 stat:DELIVRD done date:1005242339")))
                .isEqualTo(reader.read(receipt("id:1 done date:1005242339 stat:DELIVRD")));
        assertThat(reader.read(receipt("id:1 stat:DELIVRD")).map(Receipt::id))
                .isNotEqualTo(reader.read(receipt("id:2 stat:DELIVRD")).map(Receipt::id));
    }

    @Test
    void bringsIdsOfTwoBasesTogether() {
        assertThat(ReceiptIds.DECIMAL.answered("0000005F")).isEqualTo(ReceiptIds.DECIMAL.receipted("0000000095"));
        assertThat(ReceiptIds.HEXADECIMAL.answered("95")).isEqualTo(ReceiptIds.HEXADECIMAL.receipted("5f"));
        assertThat(ReceiptIds.SAME.answered("0000005F")).isEqualTo("0000005F");
        assertThat(ReceiptIds.DECIMAL.receipted("A-7")).isEqualTo("a-7");
    }

    @Test
    void readsWhateverItIsSent() {
        for (long seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            byte[] octets = new byte[random.nextInt(60)];
            random.nextBytes(octets);
            var pdu = receipt("");
            pdu.setShortMessage(octets);
            pdu.setEsmClass((byte) random.nextInt(256));
            pdu.setDataCoding((byte) random.nextInt(256));

            assertThat(UserData.text(List.of(UserData.of(pdu))))
                    .as("seed %s", seed)
                    .isNotNull();
            assertThat(reader.read(pdu)).as("seed %s", seed).isEmpty();
        }
    }

    private Optional<Receipt> read(String vector) {
        assertThat(ReceiptReader.isReceipt(pdu(vector))).isTrue();
        return reader.read(pdu(vector));
    }

    private static DeliverSm receipt(String words) {
        var pdu = new DeliverSm();
        pdu.setEsmClass((byte) 4);
        pdu.setShortMessage(words.getBytes(StandardCharsets.US_ASCII));
        return pdu;
    }

    private static DeliverSm pdu(String vector) {
        String hex = json("/smpp/pdu-vectors.json")
                .valueStream()
                .filter(one -> one.path("test").asString().equals(vector))
                .findFirst()
                .orElseThrow()
                .path("hex")
                .path(0)
                .asString();
        try {
            return new DefaultDecomposer()
                    .deliverSm(DeliverPdu.whole(HexFormat.of().parseHex(hex)));
        } catch (PDUStringException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private static List<String> texts() {
        var vectors = json("/smpp/delivery-receipt-texts.json");
        return IntStream.range(0, vectors.size())
                .mapToObj(i -> vectors.path(i).path("text").asString())
                .toList();
    }

    private static JsonNode json(String path) {
        try (InputStream in = ReceiptReaderTest.class.getResourceAsStream(path)) {
            return new ObjectMapper().readTree(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
