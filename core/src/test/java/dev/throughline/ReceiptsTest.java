// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.CALL;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Standing.State;
import dev.throughline.consent.Withdrawal;
import dev.throughline.engine.ConsentReceipt;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a person is handed to prove what she has agreed to. */
class ReceiptsTest {

    private static final Identity MAI = userId("mai");
    private static final Brand SHOP = Brand.named("Shop")
            .controller("Shop Ltd")
            .country("VN")
            .postalAddress("1 Le Loi, Quan 1")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    private volatile Instant now = Instant.parse("2026-11-23T02:00:00Z");

    private final Throughline throughline = Throughline.open(t -> t.store(new MemoryStore())
            .environment("test")
            .delivery(Delivery.RECORD)
            .policy(Policy.base())
            .clock(() -> now)
            .channel(new RecordingChannel(SMS, () -> now))
            .campaign(Campaign.named("thanks").journey(j -> j.startOn(event("Order Completed"))
                    .send(Message.transactional("thanks", SHOP).on(SMS, text("Thank you")), first(SMS)))));

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void sayWhoAgreedToWhatWhenAndHowAndHowToTakeItBack() {
        throughline.identify(MAI, Map.of("phone", "+84900000001", "email", "mai@example.com"));
        throughline
                .consent(MAI)
                .record(Grant.of(ADVERTISING)
                        .on(SMS)
                        .shown(notice("checkout", 3))
                        .language("vi"));

        ConsentReceipt receipt = receipts().get(0);
        JsonNode json = JsonMapper.shared().readTree(receipt.json());
        assertThat(receipts()).hasSize(1);
        assertThat(receipt.state()).isEqualTo(State.IN_FORCE);
        assertThat(json.get("schema_version").asString()).isEqualTo("ISO/IEC TS 27560:2023");
        assertThat(json.get("record_id").asString()).isEqualTo(receipt.record());
        assertThat(json.get("receipt_id").asString()).isEqualTo(receipt.id());
        assertThat(json.get("pii_principal_id").asString())
                .isEqualTo(
                        throughline.queries().customer(MAI).orElseThrow().id().toString());
        var processing = json.get("pii_processing").get(0);
        assertThat(processing.get("purpose").asString()).isEqualTo("ADVERTISING");
        assertThat(processing.get("channel").asString()).isEqualTo("sms");
        assertThat(processing.get("lawful_basis").asString()).isEqualTo("EXPRESS");
        assertThat(processing.get("privacy_notice").asString()).isEqualTo("checkout v3");
        assertThat(processing.get("language").asString()).isEqualTo("vi");
        assertThat(processing.get("withdrawal_method").toString()).isEqualTo("[\"CALL 1900 0000\",\"SMS TC 8088\"]");
        assertThat(processing.get("jurisdiction").toString()).isEqualTo("[\"VN\"]");
        var party = json.get("party_identification").get(0);
        assertThat(party.get("party_name").asString()).isEqualTo("Shop Ltd");
        assertThat(party.get("party_address").asString()).isEqualTo("1 Le Loi, Quan 1");
        var event = json.get("events").get(0);
        assertThat(event.get("event_type").asString()).isEqualTo("GRANTED");
        assertThat(event.get("entity_id").asString()).isEqualTo("SUBJECT");
        assertThat(event.get("event_time").asString()).isEqualTo("2026-11-23T02:00:00Z");
    }

    @Test
    void goOnWithWhatBecomesOfTheConsentUnderTheSameRecord() {
        throughline.identify(MAI, Map.of("phone", "+84900000001"));
        throughline.consent(MAI).record(Grant.of(ADVERTISING).on(SMS, CALL).shown(notice("checkout", 3)));
        var before = receipts();
        now = now.plus(Duration.ofHours(1));
        throughline.consent(MAI).record(Withdrawal.of(ADVERTISING).on(SMS));

        var after = receipts();
        assertThat(before).extracting(ConsentReceipt::state).containsExactly(State.IN_FORCE, State.IN_FORCE);
        assertThat(after).extracting(ConsentReceipt::state).containsExactlyInAnyOrder(State.IN_FORCE, State.WITHDRAWN);
        assertThat(after)
                .extracting(ConsentReceipt::record)
                .isEqualTo(before.stream().map(ConsentReceipt::record).toList());
        assertThat(after)
                .filteredOn(one -> one.state() == State.WITHDRAWN)
                .singleElement()
                .satisfies(receipt -> {
                    assertThat(receipt.scope().channel()).isEqualTo("sms");
                    assertThat(before).extracting(ConsentReceipt::id).doesNotContain(receipt.id());
                    assertThat(JsonMapper.shared()
                                    .readTree(receipt.json())
                                    .get("events")
                                    .findValuesAsString("event_type"))
                            .containsExactly("GRANTED", "WITHDRAWN");
                });
    }

    @Test
    void areNobodyElses() {
        throughline.identify(MAI, Map.of("phone", "+84900000001"));
        throughline.consent(MAI).record(Grant.of(ADVERTISING).shown(notice("checkout", 3)));
        throughline.identify(userId("lan"), Map.of("phone", "+84900000002"));
        throughline.consent(userId("lan")).record(Withdrawal.of(ADVERTISING).on(EMAIL, SMS));

        assertThat(throughline.queries().receipts(userId("lan"))).isEmpty();
        assertThat(throughline.queries().receipts(userId("nobody"))).isEmpty();
        assertThat(receipts()).hasSize(1);
    }

    private List<ConsentReceipt> receipts() {
        return throughline.queries().receipts(MAI);
    }
}
