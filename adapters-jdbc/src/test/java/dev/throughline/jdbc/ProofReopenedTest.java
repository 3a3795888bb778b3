// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.TextContent;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.KillSwitch;
import dev.throughline.engine.Sample;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.Exclusion;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof lies in the outbox before it leaves, as every message does, and outlives the process there. */
class ProofReopenedTest {

    private static final Address ANN = Address.phone("+84911111111");
    private static final Exclusion EVERYTHING = new Exclusion(Exclusion.By.EVERYTHING, "");
    private static final Message NEWS = Message.marketing(
                    "news", Brand.named("Shop").country("VN").sender(SMS, "SHOP"))
            .on(SMS, text("{{ event.tea }}"));

    private final RecordingChannel sms = new RecordingChannel(SMS, InstantSource.system());

    @TempDir
    Path folder;

    @Test
    void leavesOnceAfterItsHostWasOpenedAgain() {
        try (var before = open()) {
            before.stop(EVERYTHING, KillSwitch.Mode.HOLD, "ann", "wait");
            var proof = before.proof(NEWS, userId("nobody"), Sample.event(Map.of("tea", "Sen")))
                    .to(ANN, "ann", "looks");
            assertThat(proof.outcome()).isEqualTo("DEFERRED");
        }
        try (var after = open()) {
            after.release(EVERYTHING);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !after.queries().proofs(ANN).isEmpty());
            assertThat(after.queries().proofs(ANN)).singleElement().satisfies(decision -> {
                assertThat(decision.verdict()).isEqualTo(Verdict.SENT);
                assertThat(decision.findings().get(0).values()).containsEntry("who", "ann");
            });
            assertThat(sms.recorded()).singleElement().satisfies(sent -> assertThat(
                            sent.message().content())
                    .isEqualTo(new TextContent("[BAN THU] Sen")));
        }
    }

    private Throughline open() {
        return Throughline.open(t -> t.store(JdbcStore.sqlite(folder.resolve("shop.db")))
                .environment("test")
                .delivery(Delivery.LIVE)
                .lease(Duration.ofSeconds(2))
                .channel(sms)
                .policy(Policy.base())
                .proofs(ANN)
                .campaign(Campaign.named("tell").journey(j -> j.startOnCall().send(NEWS, first(SMS)))));
    }
}
