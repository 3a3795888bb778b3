// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.JourneyBuilder;
import dev.throughline.campaign.Product;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Money;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Journeys that look up what the host keeps: products, addresses, traits. */
class HostTablesStoryTest {

    private final Brand shop = Brand.named("Shop").country("VN").sender(SMS, "SHOP");
    private final Message plain = message("plain", "Hi");
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void productOfTheStartingEventIsFilledIn() {
        var tea = Product.named("Tea set").price(Money.of(350_000, "VND")).properties(Map.of("colour", "red"));
        var campaign = campaign(j -> j.send(
                message("m", "{{ product.name }} {{ product.colour }} {{ product.price | number }}"), first(SMS)));
        try (var rehearsal = Rehearsal.of(campaign).catalogue(id -> {
            asked.incrementAndGet();
            return id.equals("TEA-6") ? Optional.of(tea) : Optional.empty();
        })) {
            assertThat(viewed(rehearsal, "TEA-6")).contains("Tea set red 350.000");
            assertThat(asked.get()).isEqualTo(1);
        }
    }

    @Test
    void productThatIsUnknownIsTheMessagesDefaultOrSkipsIt() {
        var campaign = campaign(j -> j.send(message("m", "{{ product.name }}"), first(SMS))
                .send(message("other", "{{ product.name | default('Something') }} for you"), first(SMS)));
        try (var rehearsal = Rehearsal.of(campaign).catalogue(id -> Optional.empty())) {
            assertThat(viewed(rehearsal, "TEA-7"))
                    .contains("SKIPPED(NO_PRODUCT)")
                    .contains("Something for you");
        }
    }

    @Test
    void catalogueThatThrowsIsToldAndTheJourneyGoesOn() {
        var campaign = campaign(
                j -> j.send(message("m", "{{ product.name }}"), first(SMS)).delay(hours(1)));
        try (var rehearsal = Rehearsal.of(campaign).catalogue(id -> {
            throw new IllegalStateException("away");
        })) {
            assertThat(viewed(rehearsal, "TEA-7"))
                    .contains("catalogue: step 0, leg 1: THREW, java.lang.IllegalStateException")
                    .contains("SKIPPED(NO_PRODUCT)");
        }
    }

    @Test
    void rehearsalWithoutACatalogueSaysSo() {
        try (var rehearsal = Rehearsal.of(campaign(j -> j.send(message("m", "{{ product.name }}"), first(SMS))))) {
            assertThat(viewed(rehearsal, "TEA-6"))
                    .contains("no catalogue, so that no product is known")
                    .contains("SKIPPED(NO_PRODUCT)");
        }
    }

    @Test
    void addressThatIsNotKnownIsLookedUpAndBecomesHers() {
        var campaign = campaign(j -> j.send(plain, first(SMS)).send(plain, first(SMS)));
        try (var rehearsal = Rehearsal.of(campaign).addressBook((customer, channel) -> {
            asked.incrementAndGet();
            return Optional.of(Address.phone("+84900000009"));
        })) {
            rehearsal.customer("lan", m -> m.does("Product Viewed", Map.of())).advance(hours(1));

            assertThat(rehearsal.report().toString()).contains("plain by sms: SENT");
            assertThat(rehearsal.queries().customer(Identity.phone("+84900000009")))
                    .isPresent();
            assertThat(asked.get()).isEqualTo(1);
        }
    }

    @Test
    void addressOfAnotherCustomerIsNotHers() {
        var campaign = campaign(j -> j.send(plain, first(SMS)));
        try (var rehearsal =
                Rehearsal.of(campaign).addressBook((customer, channel) -> Optional.of(Address.phone("+84900000001")))) {
            rehearsal
                    .customer("mai", m -> m.identity(Identity.userId("mai")).phone("+84900000001"))
                    .advance(hours(1))
                    .customer("lan", m -> m.identity(Identity.userId("lan")).does("Product Viewed", Map.of()))
                    .advance(hours(1));

            assertThat(rehearsal.report().toString()).contains("SKIPPED(NO_ADDRESS)");
        }
    }

    @Test
    void bookWithoutAnAddressOrOfAnotherKindLeavesTheLegUndeliverable() {
        var campaign = campaign(j -> j.send(
                Message.transactional("m", shop)
                        .on(EMAIL, mail("Hi", "<p>Hi</p>"))
                        .on(SMS, text("Hi")),
                first(EMAIL).thenIfUndeliverable(SMS)));
        try (var rehearsal =
                Rehearsal.of(campaign).addressBook((customer, channel) -> Optional.of(Address.phone("+84900000009")))) {
            rehearsal.customer("lan", m -> m.does("Product Viewed", Map.of())).advance(hours(1));

            assertThat(rehearsal.report().toString())
                    .contains("address book: step 0, leg 1: UNUSABLE, an address of kind phone, expected email")
                    .contains("SKIPPED(NO_ADDRESS)")
                    .contains("m by sms: SENT");
        }
    }

    @Test
    void traitsAreReadAtEntryAndAgainBeforeASendWhenTheyAreOld() {
        var campaign = campaign(j -> j.branch(
                trait("tier").is("gold"),
                gold -> gold.delay(hours(2)).send(message("m", "{{ customer.points }} points"), first(SMS)),
                other -> other.end("PLAIN")));
        var read = new ArrayList<Integer>();
        try (var rehearsal = Rehearsal.of(campaign)
                .profileSource(
                        customer -> {
                            read.add(1);
                            return Map.of("tier", "gold", "points", read.size() * 100, "secret", true);
                        },
                        hours(1),
                        "tier",
                        "points")) {
            String report = viewed(rehearsal, "TEA-6");

            assertThat(report).contains("200 points");
            assertThat(read).hasSize(2);
            assertThat(rehearsal
                            .queries()
                            .customer(Identity.phone("+84900000001"))
                            .orElseThrow()
                            .profile()
                            .traits())
                    .containsEntry("tier", "gold")
                    .doesNotContainKey("secret");
        }
    }

    @Test
    void traitsThatAreFreshAreNotReadAgain() {
        var campaign = campaign(j -> j.send(message("m", "{{ customer.points }}"), first(SMS))
                .send(message("n", "{{ customer.points }}"), first(SMS)));
        try (var rehearsal = Rehearsal.of(campaign)
                .profileSource(customer -> Map.of("points", asked.incrementAndGet()), hours(1), "points")) {
            viewed(rehearsal, "TEA-6");

            assertThat(asked.get()).isEqualTo(1);
        }
    }

    @Test
    void journeyThatLooksAtNoneOfThemNeverAsks() {
        try (var rehearsal = Rehearsal.of(campaign(j -> j.send(plain, first(SMS))))
                .catalogue(id -> Optional.of(Product.named("x" + asked.incrementAndGet())))
                .addressBook((customer, channel) -> Optional.of(Address.phone("+8490000000" + asked.incrementAndGet())))
                .profileSource(customer -> Map.of("tier", asked.incrementAndGet()), hours(1), "tier")) {
            assertThat(viewed(rehearsal, "TEA-6")).contains("SENT");
            assertThat(asked.get()).isZero();
        }
    }

    @Test
    void sourceThatFailsOrTellsRubbishIsToldAndTheJourneyGoesOnWithWhatIsKnown() {
        var campaign =
                campaign(j -> j.branch(trait("birthday").exists(), yes -> yes.end("KNOWN"), no -> no.end("UNKNOWN")));
        for (Map<String, ?> said :
                List.<Map<String, ?>>of(Map.of("birthday", "soon"), Map.of("birthday", new HashMap<>()))) {
            try (var rehearsal = Rehearsal.of(campaign).profileSource(customer -> said, hours(1), "birthday")) {
                assertThat(viewed(rehearsal, "TEA-6"))
                        .contains("profile source: step 0")
                        .contains("UNKNOWN");
            }
        }
    }

    private String viewed(Rehearsal rehearsal, String product) {
        return rehearsal
                .under(Policy.base())
                .customer("mai", m -> m.phone("+84900000001").does("Product Viewed", Map.of("product_id", product)))
                .advance(Duration.ofHours(3))
                .report()
                .toString();
    }

    private Message message(String name, String text) {
        return Message.transactional(name, shop).on(SMS, text(text));
    }

    private static Campaign campaign(Consumer<JourneyBuilder> steps) {
        return Campaign.named("c").journey(j -> {
            j.startOn(event("Product Viewed"));
            steps.accept(j);
        });
    }
}
