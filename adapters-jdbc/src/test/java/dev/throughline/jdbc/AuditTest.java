// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.consent.Grant;
import dev.throughline.engine.Audit.Format;
import dev.throughline.engine.AuditLine;
import dev.throughline.engine.AuditLine.Kind;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.Definition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A later process audits what an earlier one has decided. */
class AuditTest {

    private static final Identity MAI = userId("mai");
    private static final Policy POLICY = Policy.base();

    @TempDir(factory = SqliteGround.InMemory.class)
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void laterHostFindsThePolicyTheFindingsAndTheBasis(String database) {
        String url = database.equals("sqlite") ? "jdbc:sqlite:" + folder.resolve("shop.db") : Postgresql.freshSchema();
        Instant before = Instant.now();
        try (var shop = open(url)) {
            shop.identify(MAI, Map.of("phone", "+84900000001"));
            shop.consent(MAI).record(Grant.of(ADVERTISING).on(SMS).shown(notice("checkout", 3)));
            shop.track(MAI, "Sale Announced", Map.of());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !shop.queries().decisions(MAI).isEmpty());
        }

        try (var later = open(url)) {
            List<AuditLine> lines = later.audit().of(MAI);
            assertThat(lines).extracting(AuditLine::kind).containsExactly(Kind.CONSENT, Kind.DECISION);
            AuditLine decided = lines.get(1);
            assertThat(decided.facts()).containsEntry("outcome", "SENT").containsEntry("class", "MARKETING");
            assertThat(decided.basis()).containsExactly(lines.get(0).facts().get("event"));
            assertThat(decided.policy()).isEqualTo(POLICY.hash());
            assertThat(later.audit().policy(decided.policy()))
                    .get()
                    .extracting(Definition::json)
                    .isEqualTo(POLICY.toJson());

            var written = new StringBuilder();
            assertThat(later.audit().write(before, Instant.now(), Format.JSON_LINES, written))
                    .isOne();
            assertThat(written).hasToString(decided.toJson() + "\n");
            assertThat(later.audit().write(Instant.EPOCH, before, Format.JSON_LINES, written))
                    .isZero();
        }
    }

    private static Throughline open(String url) {
        var offer = Message.marketing("offer", Brand.named("Shop").sender(SMS, "SHOP"))
                .on(SMS, text("Tea"));
        return Throughline.open(t -> t.store(JdbcStore.url(url))
                .environment("test")
                .delivery(Delivery.LIVE)
                .channel(new RecordingChannel(SMS, InstantSource.system()))
                .policy(POLICY)
                .campaign(Campaign.named("offers")
                        .journey(j -> j.startOn(event("Sale Announced")).send(offer, first(SMS)))));
    }
}
