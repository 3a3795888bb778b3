// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.minutes;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.decision.Verdict;
import dev.throughline.identity.Brand;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {

    private final Brand shop = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    private final Message reminder = Message.marketing("basket-reminder", shop)
            .on(
                    EMAIL,
                    mail(
                            "{{ customer.firstName }}, your basket is waiting",
                            "<p>{{ event.product }} is still there.</p>"))
            .on(SMS, text("{{ event.product }} dang cho ban: {{ event.url }}"));

    private final Campaign basketRecovery = Campaign.named("basket-recovery")
            .journey(j -> j.startOn(event("Product Added"))
                    .exitOn(event("Order Completed"))
                    .delay(hours(1))
                    .send(reminder, first(EMAIL).thenIfNoResponse(hours(4), SMS)));

    @Test
    void remindsByMailAndThenBySms() {
        try (var rehearsal =
                Rehearsal.of(basketRecovery).under(Policy.vietnam()).startingAt("2026-11-23T09:00+07:00")) {
            var report = rehearsal
                    .customer("mai", m -> m.trait("firstName", "Mai")
                            .email("mai@example.com")
                            .phone("+84 90 000 0001")
                            .grants(ADVERTISING, EMAIL, SMS)
                            .does("Product Added", Map.of("product", "Tea set", "url", "https://shop.example/b/7")))
                    .advance(hours(6))
                    .report();

            assertThat(report.decisions())
                    .extracting(decision -> decision.verdict())
                    .containsExactly(Verdict.SENT, Verdict.SENT);
        }
    }

    @Test
    void writesAtOnceToAnAddressOfTheSameInstant() {
        var news = Message.transactional("news", shop).on(SMS, text("{{ event.order_id }}"));
        var orderNews = Campaign.named("order-news")
                .journey(j -> j.startOn(event("Order Completed")).send(news, first(SMS)));
        try (var rehearsal = Rehearsal.of(orderNews).under(Policy.vietnam())) {
            rehearsal.customer(
                    "mai", m -> m.phone("+84 90 000 0001").does("Order Completed", Map.of("order_id", "A-17")));

            assertThat(rehearsal.report().decisions())
                    .extracting(decision -> decision.verdict())
                    .containsExactly(Verdict.SENT);
        }
    }

    @Test
    void bringsAGrantToTheFirstAddressThatComesAfterIt() {
        try (var rehearsal = Rehearsal.of(basketRecovery).under(Policy.vietnam())) {
            rehearsal
                    .customer("mai", m -> m.trait("firstName", "Mai").grants(ADVERTISING, EMAIL))
                    .advance(hours(1))
                    .customer("mai", m -> m.email("mai@example.com"))
                    .advance(hours(1))
                    .customer("mai", m -> m.does("Product Added", Map.of("product", "Tea set", "url", "-")))
                    .advance(hours(2));

            assertThat(rehearsal.report().decisions())
                    .extracting(decision -> decision.verdict())
                    .containsExactly(Verdict.SENT);
        }
    }

    @Test
    void bringsAGrantToNoSecondAddress() {
        try (var rehearsal = Rehearsal.of(basketRecovery).under(Policy.vietnam())) {
            rehearsal
                    .customer("mai", m -> m.trait("firstName", "Mai")
                            .email("mai@example.com")
                            .grants(ADVERTISING, EMAIL))
                    .advance(hours(1))
                    .customer("mai", m -> m.email("other@example.com"))
                    .advance(hours(1))
                    .customer("mai", m -> m.does("Product Added", Map.of("product", "Tea set", "url", "-")))
                    .advance(hours(2));

            assertThat(rehearsal.report().decisions())
                    .extracting(decision -> decision.verdict())
                    .containsExactly(Verdict.skipped("NO_CONSENT"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hour", "window", "caps", ""})
    void refusesToLeaveOutACheckThatDoesNotExist(String check) {
        try (var rehearsal = Rehearsal.of(basketRecovery)) {
            assertThatThrownBy(() -> rehearsal.withoutCheck(check))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("check '" + check + "' cannot be left out: expected one of"
                            + " [age, cap, consent, content, hours, pool, registry, sender, suppression]");
        }
    }

    @Test
    void namesTheSendersThatItInvents() {
        try (var rehearsal = Rehearsal.of(basketRecovery).under(Policy.vietnam())) {
            rehearsal
                    .customer("mai", m -> m.trait("firstName", "Mai")
                            .email("mai@example.com")
                            .grants(ADVERTISING, EMAIL)
                            .does("Product Added", Map.of("product", "Tea set", "url", "-")))
                    .advance(hours(1));

            assertThat(rehearsal.report().toString())
                    .contains("Assumed: an empty, fresh do-not-call list, registration of sender SHOP on sms,"
                            + " sender rehearsal@example.com on email, full evidence of each grant\n");
            assertThat(rehearsal.recordings().get(0).recorded())
                    .extracting(sent -> sent.message().from().value())
                    .containsExactly("rehearsal@example.com");
        }
    }

    @Test
    void showsLineBreaksOfATextAndTellsWhatHappenedInOrder() {
        try (var rehearsal =
                Rehearsal.of(basketRecovery).under(Policy.vietnam()).startingAt("2026-11-23T09:00+07:00")) {
            rehearsal
                    .customer("mai", m -> m.trait("firstName", "Mai")
                            .email("mai@example.com")
                            .phone("+84 90 000 0001")
                            .grants(ADVERTISING, EMAIL, SMS)
                            .does("Product Added", Map.of("product", "Tea set", "url", "-")))
                    .advance(hours(6));

            assertThat(rehearsal.report().toString())
                    .containsSubsequence(
                            "mai: journey basket-recovery started",
                            "by sms: SENT  \"[QC] Tea set dang cho ban: - ↵ TC gui 8088, goi 1900 0000 de tu choi\"",
                            "mai: journey basket-recovery ended");
        }
    }

    @Test
    void namesAllChecksThatCanBeLeftOut() throws IOException {
        var asked = new TreeSet<String>();
        try (var sources = Files.list(Path.of("src/main/java/dev/throughline/decision"))) {
            for (Path source : sources.toList()) {
                Pattern.compile("disabled\\(\\)\\.contains\\(\"(\\w+)\"\\)")
                        .matcher(Files.readString(source))
                        .results()
                        .forEach(found -> asked.add(found.group(1)));
            }
        }

        assertThat(Rehearsal.checks()).containsExactlyElementsOf(asked);
    }

    @Test
    void refusesTwoCampaignsOfOneName() {
        assertThatThrownBy(() -> Rehearsal.of(
                        basketRecovery,
                        Campaign.named("basket-recovery")
                                .journey(j -> j.startOn(event("Product Viewed")).end())))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("Rehearsal cannot begin; it needs\n  - one campaign 'basket-recovery', not two");
    }

    @Test
    void refusesWhatAHostCouldNotOpen() {
        var one = Message.transactional("news", shop).on(SMS, text("Hi"));
        var a = Campaign.named("a")
                .journey(j -> j.startOn(event("Signed Up")).end("done").send(one, first(SMS)));
        var b = Campaign.named("b")
                .journey(j -> j.startOn(event("Signed Up")).send(one.on(SMS, text("Ho")), first(SMS)));

        assertThatThrownBy(() -> Rehearsal.of(a, b))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("""
                        Rehearsal cannot begin; it needs
                          - campaign 'a': one that can be written as JSON and read again, but: campaign, journey[1]: never \
                        reached, because campaign, journey[0] ends the journey
                          - one message 'news', not another one in campaign 'b'""");
    }

    @Test
    void saysThatThereIsNothingToChooseFrom() {
        try (var empty = Rehearsal.of()) {
            assertThatThrownBy(() -> empty.campaign("news")).hasMessage("campaign 'news': there is none");
            assertThatThrownBy(() -> empty.queries().members("keen"))
                    .hasMessage("segment 'keen': neither watched by this host nor asked for in a campaign of it,"
                            + " there is none");
        }
    }

    @Test
    void goesOnWhereAnEarlierOneOnTheStoreHasStopped() {
        var store = new MemoryStore();
        on(store)
                .startingAt("2026-11-23T09:00+07:00")
                .customer("mai", m -> m.trait("firstName", "Mai")
                        .email("mai@example.com")
                        .grants(ADVERTISING, EMAIL)
                        .does("Product Added", Map.of("product", "Tea set", "url", "https://shop.example/b/7")))
                .advance(minutes(59));

        try (var after = on(store).startingAt("2026-11-23T09:00+07:00")) {
            assertThat(after.queries().customer(userId("mai"))).isPresent();
            assertThat(after.clock().instant()).isEqualTo("2026-11-23T02:00:00Z");
            assertThat(after.advance(hours(2)).report().decisions())
                    .singleElement()
                    .satisfies(decision -> {
                        assertThat(decision.verdict()).isEqualTo(Verdict.SENT);
                        assertThat(decision.at()).isEqualTo("2026-11-23T03:00:00Z");
                    });
        }
    }

    @Test
    void refusesTheStoreOfAHost() {
        var store = new MemoryStore();
        try (var unit = store.begin()) {
            var changes = Changes.none();
            changes.settings().put(Store.ENVIRONMENT, "production");
            unit.commit(changes);
        }

        try (var rehearsal = on(store).startingAt("2026-11-23T09:00+07:00")) {
            assertThatThrownBy(rehearsal::queries)
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage(
                            "the store is that of the environment 'production': expected one that no host has opened,"
                                    + " because a rehearsal steps and sends whatever waits there");
        }
    }

    private Rehearsal on(MemoryStore store) {
        return Rehearsal.of(basketRecovery).under(Policy.vietnam()).on(store);
    }
}
