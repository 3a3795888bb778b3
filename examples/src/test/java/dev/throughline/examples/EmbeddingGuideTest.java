// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.event;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.userId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Setup;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.RawCallback;
import dev.throughline.email.SmtpEmail;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Retention;
import dev.throughline.examples.servers.PostgresqlServer;
import dev.throughline.identity.Identity;
import dev.throughline.jdbc.JdbcInbox;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.link.LinkKeys;
import dev.throughline.policy.Policy;
import dev.throughline.pool.RateLimit;
import dev.throughline.sms.Credentials;
import dev.throughline.sms.http.HttpSms;
import dev.throughline.sms.smpp.SmppSms;
import dev.throughline.store.memory.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Period;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What docs/embedding.md shows, beside what the example on Spring Boot does. */
class EmbeddingGuideTest {

    private static final Campaign QUIET =
            Campaign.named("quiet").journey(j -> j.startOn(event("Nothing")).delay(hours(1)));

    @TempDir
    private Path directory;

    private Throughline host;

    @AfterEach
    void close() {
        if (host != null) {
            host.close();
        }
    }

    private static Setup common(Setup t) {
        return t.store(new MemoryStore())
                .environment("production")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .campaign(QUIET);
    }

    @Test
    void backsUpAndMoves() throws Exception {
        Path file = directory.resolve("shop.db");
        Path tonight = directory.resolve("tonight.db");
        var store = JdbcStore.sqlite(file);
        host = Throughline.open(t -> common(t).store(store));
        store.backup(tonight); // from a timer of the host's own
        assertThat(tonight).isNotEmptyFile();

        exportTo(directory.resolve("shop.jsonl.gz"), store);
    }

    private static void exportTo(Path file, JdbcStore store) throws Exception {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(PostgresqlServer.freshSchema());
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            store.exportTo(out);
        }
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            JdbcStore.postgresql(dataSource).importFrom(in);
        }
    }

    @Test
    void takesOverFromTheHostsOwnDatabase() throws Exception {
        Identity mai = userId("mai");
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(PostgresqlServer.freshSchema());
        var inbox = JdbcInbox.in(dataSource); // table throughline_handover; .table("shop.inbox") names another
        inbox.create(); // or run by hand what inbox.ddl() says
        host = Throughline.open(t -> common(t).inbox(inbox));

        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            inbox.joining(connection).track(mai, "Order Completed", Map.of("total", 450_000));
            connection.commit();
        }

        Hosts.await("it is taken over", () -> !host.queries().timeline(mai).isEmpty());
    }

    @Test
    void limitsAndForgets() {
        var credentials = Credentials.of(Map.of("ApiKey", "k", "SecretKey", "s"));
        host = Throughline.open(t -> {
            common(t);
            t.channel(HttpSms.gateway("esms", credentials), RateLimit.perSecond(50));
            t.retention(Retention.everything()
                    .timeline(Period.ofYears(3))
                    .decisions(Period.ofYears(2))
                    .ledger(Period.ofYears(5)));
        });

        assertThat(host.health().held()).isEmpty();
    }

    /** Where a shop keeps its secrets. */
    private static final class Vault {

        String mailPassword() {
            return "m";
        }

        Map<String, String> smsSecrets() {
            return Map.of("ApiKey", "k", "SecretKey", "s");
        }

        String linkSecret(int version) {
            return "a secret of thirty-two characters or more, version " + version;
        }

        String smppPassword() {
            return "p";
        }
    }

    @Test
    void signsLinks() {
        var vault = new Vault();
        host = Throughline.open(t -> {
            common(t);
            t.links(LinkKeys.signing(2, vault.linkSecret(2)).accepting(1, vault.linkSecret(1)));
        });

        assertThat(host.links()
                        .unsubscribe(new RawCallback("GET", "/u/x", Map.of(), new byte[0]))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void readsSecretsWhenTheyAreNeeded() {
        var vault = new Vault();
        var mail = SmtpEmail.at("mail.shop.example", 587).credentials("shop", vault::mailPassword);
        var gateway = HttpSms.gateway("esms", Credentials.from(vault::smsSecrets));
        var smsc = SmppSms.at("smsc.example", 2775).credentials("shop", vault::smppPassword);

        host = Throughline.open(t -> common(t).channel(mail).channel(gateway));
        assertThat(host.health().adapters()).containsKeys(mail.id(), gateway.id());
        assertThat(smsc.id()).isNotEmpty();
        smsc.close();
    }
}
