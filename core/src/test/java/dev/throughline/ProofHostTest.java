// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.EMAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.EmailContent;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.KillSwitch;
import dev.throughline.engine.ProofDraft;
import dev.throughline.engine.Sample;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.Exclusion;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Proofs at the front door. */
@Timeout(60)
class ProofHostTest {

    private static final Address ANN = Address.email("ann@shop.example");
    private static final Message NEWS = Message.marketing(
                    "news", Brand.named("Shop").sender(EMAIL, "news@shop.example"))
            .on(EMAIL, mail("Tea", "<p>{{ event.tea }}</p>"));

    private final RecordingChannel mails = new RecordingChannel(EMAIL, InstantSource.system());
    private Throughline throughline = open(Delivery.LIVE);

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void leavesBeforeAnybodyHasApprovedIt() {
        var proof = draft().to(Address.of("email", "Ann@Shop.example"), "ann", "looks");

        assertThat(proof.outcome()).isEqualTo("SENT");
        assertThat(mails.recorded()).singleElement().satisfies(sent -> {
            assertThat(sent.message().id()).isEqualTo(proof.id());
            assertThat(sent.message().to()).isEqualTo(ANN);
            assertThat(((EmailContent) sent.message().content()).subject()).isEqualTo("[PROOF] Tea");
        });
        assertThat(throughline.approval(NEWS)).isEmpty();
    }

    @Test
    void addressThatTheHostHasNotRegisteredGetsNone() {
        assertThatThrownBy(() -> draft().to(Address.email("mai@example.com"), "ann", "looks"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "proof of message 'news' to email:mai@example.com: expected one of [email:ann@shop.example],"
                                + " which are registered for proofs");
        assertThat(mails.recorded()).isEmpty();
    }

    @Test
    void deliveryModesHoldForProofsToo() {
        throughline.close();
        throughline = open(Delivery.only(Address.email("test@shop.example")));

        assertThat(draft().to(ANN, "ann", "looks").outcome()).isEqualTo("SKIPPED(DELIVERY_MODE)");
        assertThat(mails.recorded()).isEmpty();
    }

    @Test
    void waitsBehindAKillSwitchForHalfALeaseAndIsOnItsWayThen() {
        throughline.stop(new Exclusion(Exclusion.By.EVERYTHING, ""), KillSwitch.Mode.HOLD, "ann", "trouble");

        var proof = draft().to(ANN, "ann", "looks");

        assertThat(proof.verdict()).isNull();
        assertThat(proof.outcome()).isEqualTo("DEFERRED");
        assertThat(throughline.queries().proofs(ANN)).isEmpty();
        assertThat(mails.recorded()).isEmpty();
    }

    @Test
    void closedHostSendsNone() {
        var draft = draft();
        throughline.close();

        assertThatThrownBy(() -> draft.to(ANN, "ann", "looks"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("closed: nothing more is taken");
        assertThat(mails.recorded()).isEmpty();
    }

    @Test
    void refusesMoreAddressesThanAShopHasReaders() {
        var many = IntStream.range(0, 21)
                .mapToObj(number -> Address.email("ann" + number + "@shop.example"))
                .toArray(Address[]::new);

        assertThatThrownBy(() -> new Setup().proofs(many))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("proofs: 21 addresses, expected at most 20");
    }

    @Test
    void refusesAddressesThatNoAdapterReaches() {
        assertThatThrownBy(() -> Throughline.open(t -> setUp(t, Delivery.LIVE).proofs(Address.phone("+84900000001"))))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("Throughline cannot be opened; it needs\n  - proofs: an adapter that reaches"
                        + " phone:+84900000001");
    }

    private ProofDraft draft() {
        return throughline.proof(NEWS, userId("nobody"), Sample.event(Map.of("tea", "Sen")));
    }

    private Throughline open(Delivery delivery) {
        return Throughline.open(t -> setUp(t, delivery));
    }

    private Setup setUp(Setup setup, Delivery delivery) {
        return setup.store(new MemoryStore())
                .environment("test")
                .delivery(delivery)
                .lanes(1)
                .lease(Duration.ofSeconds(2))
                .channel(mails)
                .policy(Policy.base())
                .requireApproval()
                .proofs(ANN)
                .campaign(Campaign.named("tea")
                        .journey(j -> j.startOn(event("Product Viewed")).send(NEWS, first(EMAIL))));
    }
}
