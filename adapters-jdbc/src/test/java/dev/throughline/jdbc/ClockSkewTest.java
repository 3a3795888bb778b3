// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of a host beside that of the database which it shares with others. */
class ClockSkewTest {

    @TempDir
    private Path folder;

    @Test
    void tellsThatAHostsClockIsAheadOfTheDatabasesOrBehind() {
        assertThat(clock(Duration.ofSeconds(90))).matches("this host's clock is (89|90|91) s ahead of the database's");
        assertThat(clock(Duration.ofSeconds(-90))).matches("this host's clock is (89|90|91) s behind the database's");
        assertThat(clock(Duration.ZERO)).isEmpty();
    }

    @Test
    void comparesWithNobodyOnAFileOfItsOwn() {
        var store = JdbcStore.sqlite(folder.resolve("shop.db"));
        store.open(Rows.codecs());

        assertThat(store.time()).isEmpty();
        store.close();
    }

    private static String clock(Duration ahead) {
        var thanks = Message.transactional("thanks", Brand.named("Shop").sender(SMS, "SHOP"))
                .on(SMS, text("Thank you"));
        try (var host = Throughline.open(t -> t.store(JdbcStore.url(Postgresql.freshSchema()))
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .clock(() -> InstantSource.system().instant().plus(ahead))
                .channel(new RecordingChannel(SMS, InstantSource.system()))
                .campaign(Campaign.named("thanks").journey(j -> j.startOnCall().send(thanks, first(SMS)))))) {
            return host.health().clock();
        }
    }
}
