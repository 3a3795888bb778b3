// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.MessageId;
import dev.throughline.customer.IdentityRules;
import dev.throughline.decision.Decision;
import dev.throughline.engine.Model;
import dev.throughline.identity.Brand;
import dev.throughline.identity.CustomerId;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Codecs;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What decisions take on a database: one that a rehearsal has made, with all its findings, written so many times for as many customers. */
final class DecisionsRow {

    private static final int GROUP = 1_000;

    private DecisionsRow() {}

    static List<String> measure(Database database, int number) {
        Decision decision = decision();
        String url = database.fresh();
        var meter = new Meter();
        long empty;
        try (var store = database.store(url)) {
            store.open(codecs());
            empty = database.bytes(url);
            meter.start();
            for (int from = 0; from < number; from += GROUP) {
                write(store, decision, from, Math.min(number, from + GROUP));
            }
            meter.stop();
        }
        double bytes = database.bytes(url) - empty;
        return List.of(String.format(
                Locale.ROOT,
                "| %,d decisions on %s, %d findings each | %,.0f MB, %,.0f B each | written at %,.0f/s in groups of %,d |",
                number,
                database,
                decision.findings().size(),
                bytes / 1e6,
                bytes / number,
                meter.perSecond(number),
                GROUP));
    }

    private static void write(Store store, Decision decision, int from, int to) {
        var changes = Changes.none();
        for (int each = from; each < to; each++) {
            Instant at = decision.at().plusMillis(each);
            var customer = CustomerId.of(at, "customer-" + each);
            var copy = new Decision(
                    new MessageId(String.format(Locale.ROOT, "%032x", each)),
                    at,
                    Key.of(customer),
                    decision.origin(),
                    decision.messageClass(),
                    decision.channel(),
                    decision.verdict(),
                    decision.findings(),
                    decision.correction(),
                    decision.policy());
            changes.entries().add(Entry.of(Entry.Log.DECISIONS, customer.toString(), at, copy));
        }
        try (Unit unit = store.begin()) {
            unit.commit(changes);
        }
    }

    private static Codecs codecs() {
        return new Model(
                        List.of(),
                        Policy.base(),
                        List.of(),
                        List.of(new Sink()),
                        IdentityRules.standard(),
                        Set.of(),
                        false)
                .machine()
                .codecs();
    }

    private static Decision decision() {
        var shop = Brand.named("Shop").country("VN").optOutBySms("TC", "8088").optOutByCall("1900 0000");
        var offer = Message.marketing("offer", shop).on(SMS, text("Tra sen moi ve, giam 20% den het thang"));
        var campaign =
                Campaign.named("offer").journey(j -> j.startOn(event("Offered")).send(offer, first(SMS)));
        try (var rehearsal = Rehearsal.of(campaign).under(Policy.vietnam())) {
            rehearsal
                    .customer("mai", m -> m.phone("+84900000001")
                            .grants(ADVERTISING, SMS)
                            .does("Offered"))
                    .advance(Duration.ofMinutes(1));
            return rehearsal.queries().decisions(userId("mai")).get(0);
        }
    }
}
