// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.consent.Purpose.TRACKING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.consent.Grant;
import dev.throughline.consent.LedgerHead;
import dev.throughline.consent.Withdrawal;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.LedgerFault;
import dev.throughline.engine.LedgerFault.Kind;
import dev.throughline.engine.LedgerReport;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever changes rows of the ledger behind the library's back is found out, and the first row is named. */
class LedgerTamperTest {

    private static final Identity MAI = userId("mai");
    private static final Address MAIS = Address.phone("+84900000001");
    private static final Address LANS = Address.phone("+84900000002");

    @TempDir(factory = SqliteGround.InMemory.class)
    Path folder;

    private String url = "";

    /** Where a store is. */
    enum Place {
        SQLITE,
        POSTGRESQL
    }

    @ParameterizedTest
    @EnumSource
    void namesARowOfWhichAByteWasChanged(Place place) throws SQLException {
        List<String> lines = lived(place);
        byte[] body = body(lines.get(1));

        for (int at : List.of(0, 3, body.length / 2, body.length - 1)) {
            byte[] altered = body.clone();
            altered[at] ^= 0x20;
            write(lines.get(1), altered);

            assertThat(faults()).as("byte %d", at).containsExactly(fault(2, lines.get(1), Kind.ALTERED));
        }
        write(lines.get(1), body);
        assertThat(faults()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void namesRowsThatWereRemovedDoubledOrMoved(Place place) throws SQLException {
        List<String> lines = lived(place);
        execute("update throughline_ledger set at = at - 1 where id = '" + lines.get(0) + "'");
        assertThat(faults()).containsExactly(fault(1, lines.get(0), Kind.ALTERED));
        execute("update throughline_ledger set at = at + 1 where id = '" + lines.get(0) + "'");

        execute("insert into throughline_ledger (id, subject, at, body)"
                + " select 'forged', subject, at, body from throughline_ledger where id = '" + lines.get(2) + "'");
        assertThat(faults()).containsExactly(fault(3, "forged", Kind.FOREIGN));
        execute("delete from throughline_ledger where id = 'forged'");

        execute("update throughline_ledger set subject = '" + LANS + "' where id = '" + lines.get(1) + "'");
        assertThat(faults())
                .containsExactly(fault(2, "", Kind.MISSING), new LedgerFault(LANS.toString(), 0, "", Kind.HEADLESS));
        execute("update throughline_ledger set subject = '" + MAIS + "' where id = '" + lines.get(1) + "'");

        execute("delete from throughline_ledger where id = '" + lines.get(2) + "'");
        assertThat(faults()).containsExactly(fault(3, "", Kind.MISSING));
        execute("delete from throughline_ledger");
        assertThat(faults()).containsExactly(fault(1, "", Kind.MISSING));
    }

    @ParameterizedTest
    @EnumSource
    void namesAnAddressWhoseStateIsGoneOrTorn(Place place) throws SQLException {
        lived(place);
        execute("update throughline_states set body = " + (place == Place.SQLITE ? "x'0c'" : "'\\x0c'")
                + " where key like 'CONTACT_POINT/%'");
        assertThat(faults()).containsExactly(fault(0, "", Kind.HEADLESS));

        execute("delete from throughline_states where key like 'CONTACT_POINT/%'");
        assertThat(faults()).containsExactly(fault(0, "", Kind.HEADLESS));
    }

    /** As somebody would who can write to all tables: another store's rows in the place of this one's. */
    @Test
    void seesThroughAChainThatWasWrittenAnewByAHeadThatWasNoted() throws SQLException {
        lived(Place.SQLITE);
        LedgerHead noted;
        try (var shop = open()) {
            noted = shop.ledgerHead(MAIS);
            assertThat(noted.lines()).isEqualTo(3);
            assertThat(shop.verifyLedger(MAIS, noted).isWhole()).isTrue();
            assertThat(shop.verifyLedger(MAIS, LedgerHead.NONE).isWhole()).isTrue();
            assertThat(shop.ledgerHead(LANS)).isEqualTo(LedgerHead.NONE);
        }
        String written = url;
        folder = folder.resolve("other");
        folder.toFile().mkdir();
        lived(Place.SQLITE);
        assertThat(url).isNotEqualTo(written);
        try (var shop = open()) {
            assertThat(shop.verifyLedger(MAIS).isWhole()).isTrue();
            assertThat(shop.verifyLedger(MAIS, noted).faults()).containsExactly(fault(3, noted.id(), Kind.REWRITTEN));
            var found = LedgerHead.find(noted.lines(), noted.id());
            assertThat(found).contains(noted);
        }
    }

    @Test
    void copiesOfAStoreVerifyAsItDoes() throws Exception {
        lived(Place.SQLITE);
        Path copy = folder.resolve("copy.db");
        var exported = new ByteArrayOutputStream();
        try (var store = JdbcStore.url(url)) {
            store.backup(copy);
            store.exportTo(exported);
        }

        url = "jdbc:sqlite:" + copy;
        assertThat(report()).isEqualTo(new LedgerReport(1, 3, 0, List.of()));
        url = Postgresql.freshSchema();
        try (var store = JdbcStore.url(url)) {
            store.importFrom(new ByteArrayInputStream(exported.toByteArray()));
        }
        assertThat(report()).isEqualTo(new LedgerReport(1, 3, 0, List.of()));
    }

    /** The ids of her three lines. */
    private List<String> lived(Place place) throws SQLException {
        url = place == Place.SQLITE ? "jdbc:sqlite:" + folder.resolve("shop.db") : Postgresql.freshSchema();
        try (var shop = open()) {
            shop.start();
            shop.identify(MAI, Map.of("phone", MAIS.value()));
            shop.consent(MAI).record(Grant.of(ADVERTISING).on(SMS).shown(notice("checkout", 1)));
            shop.consent(MAI).record(Grant.of(TRACKING).on(SMS).shown(notice("checkout", 1)));
            shop.consent(MAI).record(Withdrawal.of(ADVERTISING).on(SMS));
            assertThat(shop.verifyLedger()).isEqualTo(new LedgerReport(1, 3, 0, List.of()));
            assertThat(shop.verifyLedger(MAIS)).isEqualTo(new LedgerReport(1, 3, 0, List.of()));
            assertThat(shop.verifyLedger(LANS)).isEqualTo(new LedgerReport(0, 0, 0, List.of()));
        }
        var lines = new ArrayList<String>();
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select id from throughline_ledger order by at")) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        assertThat(lines).hasSize(3);
        return lines;
    }

    private List<LedgerFault> faults() {
        return report().faults();
    }

    private LedgerReport report() {
        try (var shop = open()) {
            return shop.verifyLedger();
        }
    }

    private LedgerFault fault(long number, String line, Kind kind) {
        return new LedgerFault(MAIS.toString(), number, line, kind);
    }

    private byte[] body(String line) throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement("select body from throughline_ledger where id = ?")) {
            statement.setString(1, line);
            try (var rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getBytes(1);
            }
        }
    }

    private void write(String line, byte[] body) throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement("update throughline_ledger set body = ? where id = ?")) {
            statement.setBytes(1, body);
            statement.setString(2, line);
            assertThat(statement.executeUpdate()).isOne();
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    /** Not started: verifying is for a host at rest as well. */
    private Throughline open() {
        var news = Message.transactional("thanks", Brand.named("Shop").sender(SMS, "SHOP"))
                .on(SMS, text("Thank you"));
        return Throughline.build(t -> t.store(JdbcStore.url(url))
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .channel(new RecordingChannel(SMS, InstantSource.system()))
                .campaign(Campaign.named("thanks")
                        .journey(j -> j.startOn(event("Order Completed")).send(news, first(SMS)))));
    }
}
