// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.text;
import static dev.throughline.consent.Actor.SUBJECT;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.Words;
import dev.throughline.campaign.Campaign;
import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Withdrawal;
import dev.throughline.customer.Customer;
import dev.throughline.customer.IdentityRules;
import dev.throughline.customer.MergeNote;
import dev.throughline.customer.Tie;
import dev.throughline.engine.Disorder;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One person under many names is one customer, with one history and one way through each journey. */
class OneCustomerTest {

    private static final Identity BROWSER = Identity.anonymousId("browser-1");
    private static final Identity MAIL = Identity.email("mai@example.com");
    private static final Identity PHONE = Identity.phone("+84900000001");
    private static final Identity CARD = Identity.loyaltyCard("4711");
    private static final List<Identity> NAMES = List.of(BROWSER, MAIL, PHONE, CARD);

    private final Brand shop = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");
    private final Message news = Message.of("news", dev.throughline.channel.MessageClass.SERVICE, shop)
            .on(SMS, text("{{ event.product }}"));
    private final Message advert = Message.marketing("advert", shop).on(SMS, text("{{ event.product }}"));

    private Rehearsal rehearsal = basket(news);
    private int number;

    private Rehearsal basket(Message message) {
        return Rehearsal.of(Campaign.named("basket").journey(j -> j.startOn(event("Product Added"))
                .exitOn(event("Order Completed"))
                .delay(hours(1))
                .send(message, first(SMS))
                .delay(hours(3))));
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    static Stream<List<Integer>> ordersOfArrival() {
        var orders = new ArrayList<List<Integer>>();
        permute(new ArrayList<>(), orders);
        return orders.stream();
    }

    private static void permute(List<Integer> begun, List<List<Integer>> orders) {
        if (begun.size() == 4) {
            orders.add(List.copyOf(begun));
        }
        for (int next = 0; next < 4; next++) {
            if (!begun.contains(next)) {
                begun.add(next);
                permute(begun, orders);
                begun.remove(begun.size() - 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ordersOfArrival")
    void webCheckoutTillAndAppAreOneCustomerInEveryOrder(List<Integer> order) {
        for (int each : order) {
            switch (each) {
                case 0 -> track("Product Added", BROWSER);
                case 1 -> identify(Map.of("firstName", "Mai"), BROWSER, MAIL);
                case 2 -> track("Receipt Mailed", PHONE, MAIL);
                default -> identify(Map.of("tier", "gold"), CARD, PHONE);
            }
            minutes(5);
        }
        minutes(120);

        assertThat(NAMES).allSatisfy(name -> {
            assertThat(customer(name).identities()).containsExactlyInAnyOrderElementsOf(NAMES);
            assertThat(customer(name).id()).isEqualTo(customer(BROWSER).id());
        });
        assertThat(customer(CARD).profile().traits()).isEqualTo(Map.of("firstName", "Mai", "tier", "gold"));
        assertThat(rehearsal.queries().timeline(MAIL)).hasSize(4);
        assertThat(sent()).containsExactly("+84900000001");
    }

    @Test
    void journeyThatWasBegunUnderTwoNamesGoesOnOnce() {
        track("Product Added", BROWSER);
        minutes(5);
        track("Product Added", CARD, PHONE);
        minutes(5);
        identify(Map.of(), BROWSER, PHONE);
        minutes(240);

        assertThat(sent()).hasSize(1);
        assertThat(rehearsal.queries().explain(CARD, "basket", shop.zone()).toString())
                .contains("she is in it under another name as well");
    }

    @Test
    void whatWasSentUnderEachNameIsNotSentAgainToTheOneCustomer() {
        track("Product Added", PHONE);
        minutes(1);
        track("Product Added", CARD, Identity.phone("+84900000002"));
        minutes(60);
        identify(Map.of(), CARD, PHONE);
        minutes(240);

        assertThat(sent()).containsExactly("+84900000001", "+84900000002");
    }

    @Test
    void purchaseUnderTheOtherNameStopsTheReminderOnceSheIsKnownToBeOne() {
        track("Product Added", BROWSER);
        minutes(10);
        track("Order Completed", PHONE);
        minutes(10);
        identify(Map.of(), BROWSER, PHONE);
        minutes(240);

        assertThat(sent()).isEmpty();
    }

    @Test
    void purchaseBeforeTheBasketDoesNotStopTheReminder() {
        track("Order Completed", PHONE);
        minutes(10);
        track("Product Added", BROWSER);
        minutes(10);
        identify(Map.of(), BROWSER, PHONE);
        minutes(240);

        assertThat(sent()).hasSize(1);
    }

    @Test
    void consentThatWasGivenUnderTheAbsorbedNameHolds() {
        lawful();
        track("Product Added", BROWSER);
        minutes(5);
        consent(
                Grant.of(ADVERTISING)
                        .on(SMS)
                        .actor(SUBJECT)
                        .shown(Words.notice("till", 1))
                        .method("form"),
                PHONE);
        minutes(5);
        identify(Map.of(), BROWSER, PHONE);
        minutes(240);

        assertThat(sent()).containsExactly("+84900000001");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusalUnderEitherNameHoldsAtTheAddressesOfBoth(boolean refusesFirst) {
        lawful();
        if (!refusesFirst) {
            grantsByPhone();
        }
        consent(Withdrawal.of(ADVERTISING).actor(SUBJECT), MAIL);
        minutes(5);
        if (refusesFirst) {
            grantsByPhone();
        }
        track("Product Added", PHONE);
        minutes(5);
        identify(Map.of(), MAIL, PHONE);
        minutes(240);

        assertThat(sent()).isEmpty();
    }

    private void grantsByPhone() {
        consent(
                Grant.of(ADVERTISING)
                        .on(SMS)
                        .actor(SUBJECT)
                        .shown(Words.notice("till", 1))
                        .method("form"),
                PHONE);
        minutes(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoHasBeenThroughUnderOneNameEndsUnderTheOther(boolean cardIsOlder) {
        rehearsal.close();
        rehearsal = Rehearsal.of(Campaign.named("basket").journey(j -> j.startOn(event("Product Added"))
                .once()
                .delay(Duration.ofMinutes(30))
                .send(news, first(SMS))));
        identify(Map.of(), cardIsOlder ? CARD : PHONE);
        minutes(1);
        track("Product Added", PHONE);
        minutes(40);
        assertThat(sent()).hasSize(1);

        track("Product Added", CARD);
        minutes(5);
        identify(Map.of(), PHONE, CARD);
        minutes(60);

        assertThat(sent()).hasSize(1);
    }

    @Test
    void twoPeopleWithLoginsStayTwoWhateverTheyShare() {
        var mai = Identity.userId("mai");
        var lan = Identity.userId("lan");
        identify(Map.of("firstName", "Mai"), mai, BROWSER, PHONE);
        minutes(1);
        identify(Map.of("firstName", "Lan"), lan, BROWSER, PHONE);
        minutes(1);

        assertThat(customer(mai).id()).isNotEqualTo(customer(lan).id());
        assertThat(customer(mai).profile().text("firstName")).contains("Mai");
        assertThat(customer(lan).profile().text("firstName")).contains("Lan");
        assertThat(customer(lan).addresses()).isEmpty();
    }

    @Test
    void hostsOwnWordJoinsTwoLogins() {
        var old = Identity.userId("mai-2019");
        var mai = Identity.userId("mai");
        identify(Map.of("firstName", "Mai"), old, PHONE);
        identify(Map.of("tier", "gold"), mai, PHONE);
        minutes(1);
        assertThat(customer(mai).id()).isNotEqualTo(customer(old).id());

        happens(Touchpoint.Call.ALIAS, "alias", Map.of(), mai, old);
        minutes(1);

        assertThat(customer(mai).identities()).containsExactlyInAnyOrder(old, mai, PHONE);
        assertThat(customer(old).profile().traits()).isEqualTo(Map.of("firstName", "Mai", "tier", "gold"));
    }

    @Test
    void nobodyWhoIsKnownByNameIsJoinedToSomebodyElseByABrowser() {
        identify(Map.of(), BROWSER, MAIL);
        identify(Map.of(), BROWSER, PHONE);
        minutes(1);

        assertThat(customer(MAIL).id()).isNotEqualTo(customer(PHONE).id());
    }

    @Test
    void wordForNobodyIsNobodysName() {
        identify(Map.of(), Identity.userId("null"), MAIL);
        identify(Map.of(), Identity.userId("null"), PHONE);
        minutes(1);

        assertThat(customer(MAIL).identities()).containsExactly(MAIL);
        assertThatThrownBy(() -> track("Page Viewed", Identity.userId("undefined")))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "touchpoint 't3' (Page Viewed): nobody is called userId 'undefined', expected an identity of"
                                + " one person");
    }

    @Test
    void addressThatIsBlockedJoinsNobody() {
        rehearsal.close();
        rehearsal = basket(news).identities(IdentityRules.standard().block("email", "none@example.com"));
        var none = Identity.email("none@example.com");
        identify(Map.of(), CARD, none);
        identify(Map.of(), PHONE, none);
        minutes(1);

        assertThat(customer(CARD).id()).isNotEqualTo(customer(PHONE).id());
        assertThat(rehearsal.queries().customer(none)).isEmpty();
    }

    @Test
    void addressThatThousandsShareMakesNobodyAbsorbThemAll() {
        for (int i = 0; i < 600; i++) {
            track("Page Viewed", Identity.anonymousId("kiosk-" + i));
        }
        minutes(1);
        for (int i = 0; i < 600; i++) {
            track("Page Viewed", Identity.anonymousId("kiosk-" + i), MAIL);
        }
        minutes(1);

        assertThat(customer(MAIL).identities()).hasSizeLessThanOrEqualTo(64).contains(MAIL);
        long joined = IntStream.range(0, 600)
                .filter(i -> customer(Identity.anonymousId("kiosk-" + i))
                        .id()
                        .equals(customer(MAIL).id()))
                .count();
        assertThat(joined).isEqualTo(499);
    }

    @Test
    void mergeThatWasAMistakeIsUndone() {
        lawful();
        identify(Map.of("firstName", "Mai"), CARD, MAIL);
        minutes(1);
        consent(
                Grant.of(ADVERTISING)
                        .on(SMS)
                        .actor(SUBJECT)
                        .shown(Words.notice("till", 1))
                        .method("form"),
                PHONE);
        identify(Map.of("firstName", "Lan"), PHONE);
        minutes(1);
        identify(Map.of(), MAIL, PHONE);
        minutes(1);
        var absorbed = rehearsal.queries().merges(MAIL).stream()
                .filter(note -> note.change() == MergeNote.Change.ABSORBED)
                .findFirst()
                .orElseThrow()
                .other();

        rehearsal.split(absorbed, "agent 7", "two sisters");
        minutes(1);
        track("Page Viewed", MAIL, PHONE);
        minutes(1);
        track("Product Added", PHONE);
        minutes(240);

        assertThat(customer(MAIL).identities()).containsExactlyInAnyOrder(CARD, MAIL);
        assertThat(customer(PHONE).identities()).containsExactly(PHONE);
        assertThat(customer(PHONE).profile().text("firstName")).contains("Lan");
        assertThat(customer(PHONE).id()).isNotEqualTo(customer(MAIL).id());
        assertThat(rehearsal.queries().merges(PHONE))
                .contains(new MergeNote(
                        MergeNote.Change.SPLIT, customer(MAIL).id(), Tie.STATED, "agent 7", "two sisters"));
        assertThat(sent()).containsExactly("+84900000001");
    }

    @Test
    void whoIsSplitOffBeginsWithoutJourneys() {
        identify(Map.of(), CARD, MAIL);
        minutes(1);
        track("Product Added", PHONE);
        minutes(1);
        identify(Map.of(), MAIL, PHONE);
        minutes(1);
        var absorbed = rehearsal.queries().merges(MAIL).get(0).other();
        rehearsal.split(absorbed, "agent 7", "two sisters");
        minutes(240);

        assertThat(customer(PHONE).identities()).containsExactly(PHONE);
        assertThat(sent()).isEmpty();
    }

    @Test
    void whoIsSplitOffTakesWithHerWhatSheHasSaid() {
        identify(Map.of("city", "Hue"), CARD, MAIL);
        minutes(1);
        identify(Map.of("firstName", "Lan"), PHONE);
        minutes(1);
        identify(Map.of("size", "M"), MAIL, PHONE);
        minutes(1);
        assertThat(customer(CARD).profile().traits()).containsKeys("city", "firstName", "size");
        var absorbed = rehearsal.queries().merges(MAIL).get(0).other();
        rehearsal.split(absorbed, "agent 7", "two sisters");
        minutes(1);

        assertThat(customer(PHONE).profile().traits())
                .containsEntry("firstName", "Lan")
                .doesNotContainKey("city");
        assertThat(customer(CARD).profile().traits())
                .containsKeys("city", "size")
                .doesNotContainKey("firstName");
    }

    @Test
    void comesToTheSameWhenMessagesArePermutedAndRepeated() {
        var plain = manyMeet();
        rehearsal.close();
        rehearsal = basket(news).disordered(Disorder.scrambled(7));
        number = 0;

        assertThat(manyMeet()).isEqualTo(plain);
    }

    private Map<String, String> manyMeet() {
        var met = new TreeMap<String, String>();
        for (int i = 0; i < 40; i++) {
            track("Product Added", Identity.anonymousId("b" + i % 20));
            identify(Map.of("n", (long) i), Identity.anonymousId("b" + i % 20), mail(i % 10));
            track("Page Viewed", mail(i % 10), Identity.phone("+8490000010" + i % 5));
        }
        minutes(300);
        for (int i = 0; i < 10; i++) {
            var one = customer(mail(i));
            met.put(
                    "m" + i,
                    one.id() + " " + one.identities() + " " + one.profile().traits());
        }
        rehearsal
                .report()
                .decisions()
                .forEach(decision -> met.put(decision.message().value(), "" + decision.verdict()));
        return met;
    }

    private static Identity mail(int number) {
        return Identity.email("m" + number + "@example.com");
    }

    private void lawful() {
        rehearsal.close();
        rehearsal = basket(advert).under(Policy.vietnam());
    }

    private Customer customer(Identity name) {
        return rehearsal.queries().customer(name).orElseThrow();
    }

    private List<String> sent() {
        return rehearsal.recordings().stream()
                .flatMap(channel -> channel.recorded().stream())
                .map(recorded -> recorded.message().to().value())
                .toList();
    }

    private void track(String event, Identity... names) {
        happens(Touchpoint.Call.TRACK, event, Map.of("product", "Tea set"), names);
    }

    private void identify(Map<String, Object> traits, Identity... names) {
        happens(Touchpoint.Call.IDENTIFY, "identify", traits, names);
    }

    private void consent(ConsentAct act, Identity... names) {
        happens(Touchpoint.Call.CONSENT, act.name(), act.properties(), names);
    }

    private void happens(Touchpoint.Call call, String name, Map<String, ?> properties, Identity... names) {
        Instant now = rehearsal.clock().instant();
        rehearsal.happens(new Touchpoint(
                "t" + ++number, call, name, List.of(names), now, now, new TreeMap<>(properties), "test", Origin.LIVE));
    }

    private void minutes(int time) {
        rehearsal.advance(Duration.ofMinutes(time));
    }
}
