// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.MessageClass;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.testkit.ProviderDouble.Mood;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host and a gateway that drops connections, from the order to what became of the message. */
@Timeout(60)
class LookUpTest {

    private static final Identity MAI = userId("mai");

    private final GatewayProvider gateway = new GatewayProvider();
    private volatile Instant now = Instant.now();
    private Throughline throughline;

    @BeforeEach
    void open() {
        var shop = Brand.named("Shop").sender(SMS, "SHOP");
        throughline = Throughline.open(t -> t.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.LIVE)
                .clock(() -> now)
                .policy(Policy.base())
                .channel(gateway.adapter())
                .campaign(sending("thanks", "Order Completed", Message.transactional("thanks", shop)))
                .campaign(sending("code", "Code Requested", Message.of("code", MessageClass.ONE_TIME_CODE, shop))));
        throughline.identify(MAI, Map.of("phone", gateway.recipient().value()));
        gateway.turn(Mood.DROPPING);
    }

    @AfterEach
    void close() {
        throughline.close();
        gateway.close();
    }

    @Test
    void learnsThatAMessageWasSentWhoseAnswerWasLost() {
        throughline.track(MAI, "Order Completed", Map.of());
        await().until(() -> decisions().size() == 1);
        assertThat(decisions().get(0).verdict().outcome()).isEqualTo(Verdict.Outcome.UNKNOWN);

        now = now.plusSeconds(11);

        await().until(() -> decisions().size() == 2);
        assertThat(decisions().get(1).verdict()).isEqualTo(Verdict.SENT);
        assertThat(gateway.taken()).hasSize(1);
    }

    @Test
    void sendsNoCodeAgainThatTheGatewayHas() {
        throughline.track(MAI, "Code Requested", Map.of());
        await().until(() -> gateway.taken().size() == 1);
        await().until(() -> throughline.health().backlog().get("sending") == 0);
        assertThat(decisions()).isEmpty();

        now = now.plusSeconds(11);

        await().until(() -> decisions().size() == 1);
        assertThat(decisions().get(0).verdict()).isEqualTo(Verdict.SENT);
        now = now.plusSeconds(600);
        await().until(() -> throughline.health().backlog().get("outbox") == 0);
        assertThat(gateway.submissions()).hasValue(1);
    }

    private List<Decision> decisions() {
        return throughline.queries().decisions(MAI);
    }

    private static Campaign sending(String name, String start, Message message) {
        return Campaign.named(name).journey(j -> j.startOn(event(start)).send(message.on(SMS, text("Hi")), first(SMS)));
    }
}
