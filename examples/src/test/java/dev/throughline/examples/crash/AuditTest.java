// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.examples.servers.ReceivedMail;
import dev.throughline.examples.servers.SmtpServer;
import dev.throughline.jdbc.JdbcStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The crash's audit sees what it is there to see. */
class AuditTest {

    private static final Set<String> ALL = Set.of("order", "login", "visit1", "visit2", "visit3", "visit4");

    @TempDir
    private Path directory;

    private final SmtpServer smtp = SmtpServer.on(InstantSource.system()).start();
    private JdbcStore store;
    private Throughline host;

    @BeforeEach
    void live() {
        store = JdbcStore.sqlite(directory.resolve("shop.db"));
        host = CrashShop.host(store, smtp.port());
        host.start();
        CrashShop.open(host);
        happens("Order Completed", "order");
        happens("Login Requested", "login");
        for (int visit = 1; visit <= 4; visit++) {
            happens("Product Viewed", "visit" + visit);
        }
        while (!CrashHost.isQuiet(store)) {
            CrashScene.pause(20);
        }
    }

    @AfterEach
    void end() {
        host.close();
        smtp.close();
    }

    private void happens(String event, String id) {
        host.track(CrashShop.customer(0), event, Map.of(CrashShop.ID, id));
    }

    @Test
    void findsNoFaultWhereThereIsNone() {
        var result = Audit.of(store, ALL, smtp.received());

        assertThat(result.faults()).isEmpty();
        assertThat(result.verdicts()).isEqualTo(ALL.size());
        assertThat(smtp.received()).hasSize(ALL.size() - 1);
    }

    @Test
    void missesWhatWasAcknowledgedAndIsNotKept() {
        assertThat(Audit.of(store, Set.of("order", "another"), smtp.received()).lost())
                .containsExactly("another was acknowledged and is on no timeline");
    }

    @Test
    void missesAMailThatWasSentAndHasNotArrived() {
        assertThat(Audit.of(store, ALL, without("order")).lost())
                .singleElement()
                .asString()
                .endsWith(" of confirmation, SENT, has never arrived");
    }

    @Test
    void missesTheVerdictOfAMailThatHasArrived() {
        var mails = new ArrayList<>(smtp.received());
        mails.add(new ReceivedMail(mails.get(0).at(), "", List.of(), "Message-ID: <m1@shop.example>\r\n\r\n"));

        assertThat(Audit.of(store, ALL, mails).lost()).containsExactly("m1 has arrived and has no verdict");
    }

    @Test
    void seesAMailThatHasArrivedTwiceAndLetsACodeDoSo() {
        assertThat(Audit.of(store, ALL, twice("Your order")).doubled())
                .singleElement()
                .asString()
                .endsWith(" of confirmation, SENT, has arrived 2 times");

        var codes = Audit.of(store, ALL, twice("Your code"));
        assertThat(codes.faults()).isEmpty();
        assertThat(codes.resent()).isEqualTo(1);
    }

    private List<ReceivedMail> without(String word) {
        return smtp.received().stream()
                .filter(mail -> !mail.subject().contains(word))
                .toList();
    }

    private List<ReceivedMail> twice(String word) {
        var mails = new ArrayList<>(smtp.received());
        smtp.received().stream().filter(mail -> mail.subject().contains(word)).forEach(mails::add);
        return mails;
    }
}
