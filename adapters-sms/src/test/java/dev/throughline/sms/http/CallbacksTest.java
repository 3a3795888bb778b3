// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Receipt.Status;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.sms.Credentials;
import dev.throughline.sms.PhoneForm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CallbacksTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final String ID = "0123456789abcdef0123456789abcdef";

    private final HttpSms esms = HttpSms.gateway(
                    "esms", Credentials.of(Map.of("ApiKey", "k", "SecretKey", "s", "CallbackSecret", "c4llback")))
            .clock(InstantSource.fixed(NOW));
    private final HttpSms generic = HttpSms.gateway(
                    "generic",
                    Credentials.of(Map.of("Url", "https://sms.example", "Token", "t", "CallbackSecret", "c4llback")))
            .clock(InstantSource.fixed(NOW));

    @Test
    void readsAReceiptByGet() {
        var callback =
                esms.receive(get("/sms/c4llback?SMSID=7f&SendStatus=5&SendSuccess=1&SendFailed=0&RequestId=" + ID));

        assertThat(callback.answer()).isEqualTo(CallbackAnswer.text(200, "OK"));
        assertThat(callback.receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.message()).isEqualTo(new MessageId(ID));
            assertThat(receipt.reference()).isEqualTo("7f");
            assertThat(receipt.status()).isEqualTo(Status.DELIVERED);
            assertThat(receipt.cause()).isNull();
            assertThat(receipt.occurredAt()).isEqualTo(NOW);
            assertThat(receipt.detail()).isEqualTo("SendStatus 5, SendSuccess 1, SendFailed 0, telcoid ");
        });
    }

    @Test
    void readsASuccessfulStatusWithAFailureAsAFailure() {
        var receipt = receipt(esms.receive(get("/sms/c4llback?SMSID=7f&SendStatus=5&SendFailed=1")));

        assertThat(receipt.status()).isEqualTo(Status.BOUNCED);
        assertThat(receipt.cause()).isEqualTo(FailureCause.UNREACHABLE);
        assertThat(receipt.message()).isNull();
    }

    @Test
    void readsThatAMessageWaits() {
        assertThat(receipt(esms.receive(get("/sms/c4llback?SMSID=7f&SendStatus=2")))
                        .status())
                .isEqualTo(Status.ACCEPTED);
    }

    @Test
    void acknowledgesAStatusThatNoRuleKnows() {
        var callback = esms.receive(get("/sms/c4llback?SMSID=7f&SendStatus=99"));

        assertThat(callback).isEqualTo(Callback.nothing(CallbackAnswer.text(200, "OK")));
    }

    @Test
    void readsAReceiptByPost() {
        var callback = generic.receive(post(
                "/sms?token=c4llback",
                "{\"id\":\"" + ID + "\",\"messageId\":\"m1\",\"status\":\"failed\",\"code\":\"bad-number\","
                        + "\"at\":\"2026-11-23T08:59:00+07:00\"}"));

        assertThat(callback.answer()).isEqualTo(new CallbackAnswer(200, "application/json", "{\"status\":\"ok\"}"));
        assertThat(receipt(callback).status()).isEqualTo(Status.BOUNCED);
        assertThat(receipt(callback).cause()).isEqualTo(FailureCause.BAD_ADDRESS);
        assertThat(receipt(callback).occurredAt()).isEqualTo(Instant.parse("2026-11-23T01:59:00Z"));
    }

    @Test
    void knowsAnAddressThatWasGivenOutUnderAnEarlierSecret() {
        var secrets = new TreeMap<>(Map.of("Url", "https://sms.example", "Token", "t0ken", "CallbackSecret", "first"));
        var changing =
                HttpSms.gateway("generic", Credentials.from(() -> secrets)).callbackUrl("https://shop.example/");
        String delivered = "{\"messageId\":\"m1\",\"status\":\"delivered\"}";

        secrets.put("CallbackSecret", "second");
        secrets.put("CallbackSecret.before", "first");
        assertThat(changing.receive(post("/?token=first", delivered)).receipts())
                .hasSize(1);
        assertThat(changing.receive(post("/?token=second", delivered)).receipts())
                .hasSize(1);
        assertThat(changing.receive(post("/?token=third", delivered)).answer().status())
                .isEqualTo(401);

        secrets.remove("CallbackSecret.before");
        assertThat(changing.receive(post("/?token=first", delivered)).answer().status())
                .isEqualTo(401);
    }

    @Test
    void readsAReceiptByForm() {
        var callback = generic.receive(new RawCallback(
                "POST",
                "/sms?token=c4llback",
                Map.of("Content-Type", List.of("application/x-www-form-urlencoded")),
                "messageId=m1&status=delivered".getBytes(StandardCharsets.UTF_8)));

        assertThat(receipt(callback).reference()).isEqualTo("m1");
        assertThat(receipt(callback).status()).isEqualTo(Status.DELIVERED);
    }

    @Test
    void namesARepeatedReceiptAlikeAndAnotherOneDifferently() {
        String delivered = "/sms/c4llback?SMSID=7f&SendStatus=5&SendSuccess=1";
        String waiting = "/sms/c4llback?SMSID=7f&SendStatus=1";

        var later = esms.clock(InstantSource.fixed(NOW.plusSeconds(3600)));
        assertThat(receipt(later.receive(get(delivered))).id())
                .isEqualTo(receipt(esms.receive(get(delivered))).id());
        assertThat(receipt(esms.receive(get(waiting))).id())
                .isNotEqualTo(receipt(esms.receive(get(delivered))).id());
    }

    @Test
    void readsAStop() {
        var callback = generic.receive(post(
                "/sms?token=c4llback",
                "{\"messageId\":\"in-1\",\"from\":\"84901234567\",\"to\":\"8088\",\"text\":\"STOP\"}"));

        assertThat(callback.inbound())
                .singleElement()
                .usingRecursiveComparison()
                .ignoringFields("id")
                .isEqualTo(new Inbound("", Channel.SMS, Address.phone("+84901234567"), "8088", "STOP", NOW));
    }

    @Test
    void readsAStopThatComesWithAStatus() {
        var callback = generic.receive(
                post(
                        "/sms?token=c4llback",
                        "{\"messageId\":\"in-1\",\"status\":\"received\",\"from\":\"84901234567\",\"to\":\"8088\",\"text\":\"STOP\"}"));

        assertThat(callback.inbound()).extracting(Inbound::text).containsExactly("STOP");
        assertThat(callback.receipts()).isEmpty();
    }

    @Test
    void readsAReceiptThatRepeatsTheText() {
        var callback = generic.receive(post(
                "/sms?token=c4llback",
                "{\"messageId\":\"out-1\",\"status\":\"delivered\",\"from\":\"SHOP\",\"text\":\"Hello\"}"));

        assertThat(receipt(callback).status()).isEqualTo(Status.DELIVERED);
        assertThat(callback.inbound()).isEmpty();
    }

    @Test
    void readsNumbersAsTheyAreDialled() {
        assertThat(PhoneForm.read("0901234567", "VN")).contains(Address.phone("+84901234567"));
        assertThat(PhoneForm.read("84901234567", "VN")).contains(Address.phone("+84901234567"));
        assertThat(PhoneForm.read("+84 90 123 4567", "")).contains(Address.phone("+84901234567"));
        assertThat(PhoneForm.read("SHOP", "VN")).isEmpty();
    }

    @Test
    void refusesAForgedCallback() {
        var forged = Callback.nothing(CallbackAnswer.text(401, "the secret is missing or wrong"));

        assertThat(esms.receive(get("/sms/c4llbacx?SMSID=7f&SendStatus=5"))).isEqualTo(forged);
        assertThat(esms.receive(get("/sms?SMSID=7f&SendStatus=5"))).isEqualTo(forged);
        assertThat(generic.receive(post("/sms?token=", "{\"status\":\"delivered\",\"id\":\"" + ID + "\"}")))
                .isEqualTo(forged);
        assertThat(HttpSms.gateway("esms", Credentials.of(Map.of("ApiKey", "k", "SecretKey", "s")))
                        .receive(get("/sms/?SMSID=7f&SendStatus=5")))
                .isEqualTo(forged);
    }

    @Test
    void refusesACallbackThatCannotBeRead() {
        var malformed = Callback.nothing(CallbackAnswer.text(400, "this cannot be read"));

        assertThat(esms.receive(get("/sms/c4llback?SMSID=%zz"))).isEqualTo(malformed);
        assertThat(esms.receive(get("/sms/c4llback?Hello=1"))).isEqualTo(malformed);
        assertThat(generic.receive(post("/sms?token=c4llback", "[1"))).isEqualTo(malformed);
        assertThat(generic.receive(post("/sms?token=c4llback", "[]"))).isEqualTo(malformed);
        assertThat(generic.receive(post("/sms?token=c4llback", "{\"status\":\"delivered\"}")))
                .isEqualTo(malformed);
        assertThat(generic.receive(post("/sms?token=c4llback", "{\"text\":\"STOP\",\"from\":\"x\"}")))
                .isEqualTo(malformed);
        assertThat(generic.receive(post("/sms?token=c4llback", "[".repeat(100_000))))
                .isEqualTo(malformed);
        assertThat(generic.receive(post("/sms?token=c4llback", " ".repeat(2 << 20) + "{}")))
                .isEqualTo(malformed);
    }

    @Test
    void readsSeveralReceiptsInOneCall() {
        var adapter = HttpSms.described("""
                {"name": "many", "request": {"url": "https://sms.example", "json": {"to": "{{to}}"}},
                 "answer": {"accepted": {"/ok": "true"}},
                 "callbacks": {"secret": {"in": "HEADER", "name": "X-Token"}, "each": "/results",
                   "receipt": {"when": {"/s": "*"}, "reference": "/id",
                     "at": {"path": "/t", "format": "yyyy-MM-dd HH:mm", "zone": "Asia/Ho_Chi_Minh"},
                     "status": [{"when": {"/s": 1}, "is": "DELIVERED"}]}}}""", Credentials.of(Map.of("CallbackSecret", "c4llback")));

        var callback = adapter.receive(new RawCallback(
                "POST",
                "/",
                Map.of("x-token", List.of("c4llback")),
                "{\"results\":[{\"id\":1,\"s\":1,\"t\":\"2026-11-23 09:00\"},{\"id\":2,\"s\":1,\"t\":\"2026-11-23 09:01\"}]}"
                        .getBytes(StandardCharsets.UTF_8)));

        assertThat(callback.receipts()).extracting(Receipt::reference).containsExactly("1", "2");
        assertThat(callback.receipts()).extracting(Receipt::occurredAt).first().isEqualTo(NOW);
    }

    @Test
    void answersWhateverItIsSent() {
        for (long seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            var adapter = random.nextBoolean() ? esms : generic;

            var callback = adapter.receive(mutated(random));

            assertThat(callback.answer().status()).as("seed %s", seed).isIn(200, 400, 401);
        }
    }

    private static RawCallback mutated(Random random) {
        String target = mutated(random, "/sms/c4llback?token=c4llback&SMSID=7f&SendStatus=5&RequestId=" + ID);
        String body = mutated(
                random,
                "{\"id\":\"" + ID
                        + "\",\"status\":\"failed\",\"from\":\"84901234567\",\"text\":\"a\",\"at\":\"2026\"}");
        String type = random.nextBoolean() ? "application/json" : "application/x-www-form-urlencoded";
        return new RawCallback(
                "POST", target, Map.of("Content-Type", List.of(type)), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String mutated(Random random, String text) {
        var mutated = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0; i--) {
            mutated.setCharAt(
                    random.nextInt(text.length()), (char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
        }
        return mutated.toString();
    }

    private static Receipt receipt(Callback callback) {
        return callback.receipts().get(0);
    }

    private static RawCallback get(String target) {
        return new RawCallback("GET", target, Map.of(), new byte[0]);
    }

    private static RawCallback post(String target, String body) {
        return new RawCallback(
                "POST",
                target,
                Map.of("Content-Type", List.of("application/json; charset=utf-8")),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
