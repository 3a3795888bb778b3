// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.jdbc.Rows.MAI;
import static dev.throughline.jdbc.Rows.MAIS_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of this release, and a release to come whose version 2 stands among the resources of the tests. */
class UpgradeTest {

    private static final String TOO_NEW =
            ": its tables are of version 2, and this release of Throughline knows versions up to 1:"
                    + " expected the release that has upgraded them, or a later one";

    private static final Message THANKS = Message.transactional(
                    "thanks", Brand.named("Shop").country("VN").sender(SMS, "SHOP"))
            .on(SMS, text("Thank you"));

    @TempDir
    private Path folder;

    @Test
    void upgradesAFileWhenItIsOpened() {
        JdbcStore before = JdbcStore.sqlite(folder.resolve("shop.db"));
        before.open(Rows.codecs());
        Rows.change(before, changes -> changes.change(MAI, "before"));
        before.close();

        try (JdbcStore after = JdbcStore.sqlite(folder.resolve("shop.db")).knowing(2)) {
            after.open(Rows.codecs());
            assertThat(after.peek(MAI)).contains("before");
            assertThat(after.settings()).containsEntry("schema.version", "2");
            after.finishUpgrade();
        }
        try (JdbcStore again = JdbcStore.sqlite(folder.resolve("shop.db")).knowing(2)) {
            again.open(Rows.codecs());
            assertThat(again.peek(MAI)).contains("before");
        }
        assertThatThrownBy(() -> before.open(Rows.codecs())).hasMessageEndingWith(TOO_NEW);
    }

    @Test
    void makesNewTablesOfTheNewestVersion() {
        try (JdbcStore store = JdbcStore.sqlite(folder.resolve("shop.db")).knowing(2)) {
            store.open(Rows.codecs());
            assertThat(store.settings()).containsEntry("schema.version", "2");
        }
    }

    @Test
    void letsOldAndNewHostsWorkSideBySideUntilTheUpgradeIsFinished() {
        String url = Postgresql.freshSchema();
        try (JdbcStore old = JdbcStore.url(url);
                JdbcStore young = JdbcStore.url(url).knowing(2);
                JdbcStore late = JdbcStore.url(url)) {
            old.open(Rows.codecs());
            young.open(Rows.codecs());
            late.open(Rows.codecs());
            Rows.change(old, changes -> changes.change(MAI, "by the old one"));
            Rows.change(young, changes -> changes.change(MAIS_ID, "by the young one"));

            assertThat(young.peek(MAI)).contains("by the old one");
            assertThat(late.peek(MAIS_ID)).contains("by the young one");

            young.finishUpgrade();

            try (Unit unit = old.begin()) {
                assertThatThrownBy(unit::settings)
                        .isInstanceOfSatisfying(StoreException.class, fault -> assertThat(fault.isTransient())
                                .isTrue())
                        .hasMessageEndingWith(TOO_NEW);
            }
            assertThatThrownBy(() -> JdbcStore.url(url).open(Rows.codecs())).hasMessageEndingWith(TOO_NEW);
            Rows.change(young, changes -> changes.change(MAI, "afterwards"));
            assertThat(young.peek(MAI)).contains("afterwards");
        }
    }

    @Test
    void losesNothingWhileHostsUnderLoadAreReplacedByNewerOnes() throws Exception {
        String url = Postgresql.freshSchema();
        Set<String> acknowledged = new ConcurrentSkipListSet<>();
        var refused = new CopyOnWriteArrayList<ThroughlineException>();
        var over = new AtomicBoolean();
        JdbcStore last = JdbcStore.url(url).knowing(2);
        try (var old = host(JdbcStore.url(url));
                var young = host(last)) {
            var shoppers = List.of(
                    shopper("old", old, acknowledged, refused, over),
                    shopper("young", young, acknowledged, refused, over));
            Awaitility.await().until(() -> has(acknowledged, "old", 20) && has(acknowledged, "young", 20));

            last.finishUpgrade();

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !refused.isEmpty());
            int before = acknowledged.size();
            Awaitility.await().until(() -> acknowledged.size() > before + 20);
            over.set(true);
            for (Thread shopper : shoppers) {
                shopper.join();
            }

            assertThat(refused).allSatisfy(fault -> assertThat(fault).hasMessageEndingWith(TOO_NEW));
            var kept = new TreeSet<String>();
            young.queries().timeline(userId("mai")).forEach(touchpoint -> kept.add((String) touchpoint.property("id")));
            assertThat(kept).containsAll(acknowledged);
            assertThat(young.deadLetters().all()).isEmpty();
        }
    }

    private static boolean has(Set<String> acknowledged, String host, int number) {
        return acknowledged.contains(host + number);
    }

    /** Goes on until it is refused, or told to stop. */
    private static Thread shopper(
            String name,
            Throughline host,
            Set<String> acknowledged,
            List<ThroughlineException> refused,
            AtomicBoolean over) {
        var thread = new Thread(() -> {
            for (int number = 0; !over.get(); number++) {
                try {
                    host.track(userId("mai"), "Product Viewed", Map.of("id", name + number));
                    acknowledged.add(name + number);
                } catch (ThroughlineException fault) {
                    refused.add(fault);
                    return;
                }
            }
        });
        thread.start();
        return thread;
    }

    private static Throughline host(JdbcStore store) {
        return Throughline.open(setup -> setup.store(store)
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .channel(new RecordingChannel(SMS, InstantSource.system()))
                .campaign(Campaign.named("thanks").journey(j -> j.startOnCall().send(THANKS, first(SMS))))
                .lease(Duration.ofSeconds(1)));
    }
}
