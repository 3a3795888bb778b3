// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.*;
import static dev.throughline.identity.Channel.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.MessageClass;
import dev.throughline.customer.MergeNote;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/identity.md to what runs, on the stores that a host has. */
class IdentityGuideTest {

    private static final Guide GUIDE = new Guide("identity.md");
    private static final List<Identity> NAMES = List.of(
            anonymousId("a-1"),
            Identity.email("mai@example.com"),
            Identity.phone("+84900000001"),
            Identity.loyaltyCard("4711"));

    @TempDir
    private Path folder;

    @Test
    void showsWhatStandsHere() throws IOException {
        GUIDE.isCutFrom(1, IdentityGuideTest.class);
    }

    @Test
    void isOneCustomerInMemory() {
        isOneCustomer(new MemoryStore());
    }

    @Test
    void isOneCustomerInAFile() {
        isOneCustomer(JdbcStore.sqlite(folder.resolve("shop.db")));
    }

    private static void isOneCustomer(Store store) {
        try (var throughline = opened(store)) {
            // spotless:off
            throughline.track(anonymousId("a-1"), "Product Added", Map.of("product", "Tea set"));           // on the web, nobody knows her
            throughline.identify(anonymousId("a-1"), Map.of("firstName", "Mai", "email", "mai@example.com")); // at the checkout
            throughline.link(Identity.email("mai@example.com"), Identity.phone("+84900000001"));               // a receipt by mail, at the till
            throughline.link(Identity.phone("+84900000001"), Identity.loyaltyCard("4711"));                    // in the app
            // spotless:on

            assertThat(NAMES).allSatisfy(name -> assertThat(
                            throughline.queries().customer(name).orElseThrow().identities())
                    .containsExactlyInAnyOrderElementsOf(NAMES));
            assertThat(throughline.queries().timeline(NAMES.get(3))).hasSize(4);
            splits(throughline);
        }
    }

    private static void splits(Throughline throughline) {
        var absorbed = throughline.queries().merges(NAMES.get(0)).stream()
                .filter(note -> note.change() == MergeNote.Change.ABSORBED)
                .map(MergeNote::other)
                .findFirst();
        assertThat(absorbed).as("somebody was absorbed").isPresent();

        throughline.split(absorbed.orElseThrow(), "agent 7", "two people with one phone");

        assertThatThrownBy(() -> throughline.split(new CustomerId(1, 2), "agent 7", "a guess"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "split of customer 00000000000000010000000000000002: she was not absorbed in the last 90 days,"
                                + " expected an id that Queries.merges names");
    }

    private static Throughline opened(Store store) {
        var shop = Brand.named("Shop").country("VN").sender(SMS, "SHOP");
        var news = Message.of("news", MessageClass.SERVICE, shop).on(SMS, text("News"));
        return Throughline.open(t -> t.store(store)
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .channel(new RecordingChannel(SMS, InstantSource.system()))
                .campaign(Campaign.named("news")
                        .journey(j -> j.startOn(event("Order Completed")).send(news, first(SMS)))));
    }
}
