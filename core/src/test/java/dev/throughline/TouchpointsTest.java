// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Withdrawal;
import dev.throughline.customer.IdentityRules;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Stamp;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TouchpointsTest {

    private static final Identity MAI = userId("KH-1");
    private static final Stamp STAMP = Stamp.of("t-1", Instant.parse("2026-11-23T02:00:00Z"));

    @Test
    void makesIdentitiesOfAddresses() {
        var touchpoint = STAMP.identify(MAI, Map.of("email", " Mai@Example.com ", "phone", "+84 90 123 4567"));

        assertThat(touchpoint.identities())
                .containsExactly(MAI, Identity.email("mai@example.com"), Identity.phone("+84901234567"));
    }

    @Test
    void refusesAnAddressThatIsNoText() {
        refuses("email", 5, "a java.lang.Integer, expected text such as mai@example.com");
        refuses("phone", 84_901_234_567L, "a java.lang.Long, expected text such as +84901234567");
    }

    @Test
    void refusesAConsentActThatNobodyCouldRead() {
        refusesAct(
                "Consent Withdrawn",
                Map.of("purpose", "ADVERTISING", "channels", "sms"),
                "touchpoint 't-1' (Consent Withdrawn), channels: 'sms', expected a list of words");
        refusesAct(
                "Consent Withdrawn",
                Map.of("channels", List.of("SMS")),
                "channel 'SMS': expected lower-case letters, digits and hyphens");
        refusesAct(
                "Unsubscribed",
                Map.of("purpose", "ADVERTISING"),
                "touchpoint 't-1': consent act 'Unsubscribed', expected one of Consent Granted, Consent Confirmed,"
                        + " Consent Reconfirmed, Consent Withdrawn, Consent Refused, Consent Objected, Consent Invalidated,"
                        + " Consent Superseded, Preference Set");
    }

    @Test
    void saysInWhichFormAnAddressIsExpected() {
        refuses(
                "phone",
                "0901 234 567",
                "phone number '0901 234 567': expected the international form with '+' and country code,"
                        + " such as +84901234567 if it is Vietnamese");
        refuses(
                "phone",
                "12",
                "phone number '12': expected the international form with '+' and country code, such as +84901234567");
        refuses(
                "email",
                "mai",
                "e-mail address 'mai': expected one address such as mai@example.com, without spaces, brackets or line"
                        + " breaks");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "birthday | gestern     | a date such as 1990-12-31",
                "birthday | 1990-02-30  | a date such as 1990-12-31",
                "timezone | Mars/X      | a name of the tz database such as Asia/Ho_Chi_Minh",
                "language | tiếng Việt  | a BCP 47 tag such as vi",
                "language | ''          | a BCP 47 tag such as vi",
                "country  | vn          | an ISO 3166-1 alpha-2 code in capitals, such as VN",
                "country  | Vietnam     | an ISO 3166-1 alpha-2 code in capitals, such as VN"
            })
    void refusesATraitThatTheLibraryCannotRead(String trait, String value, String expected) {
        refuses(trait, value, "'" + value + "', expected " + expected + ", or null to remove it");
    }

    @Test
    void refusesATraitOfAnotherTypeThanTheLibraryReads() {
        refuses("birthday", 1990, "'1990', expected a date such as 1990-12-31, or null to remove it");
    }

    @Test
    void takesTraitsThatCanBeReadAndRemovals() {
        var traits = Map.of(
                "birthday",
                LocalDate.of(1990, 12, 31),
                "timezone",
                "Asia/Ho_Chi_Minh",
                "language",
                "vi",
                "country",
                "VN");

        assertThat(identified(traits).properties()).containsEntry("birthday", "1990-12-31");
        assertThat(STAMP.identify(MAI, Collections.singletonMap("phone", null)).identities())
                .containsExactly(MAI);
        assertThat(identified(Collections.singletonMap("birthday", null)).properties())
                .containsOnlyKeys("birthday");
    }

    @Test
    void namesTheTraitThatCannotBeKept() {
        refuses(
                "basket",
                new Object(),
                "a java.lang.Object, expected text, number, boolean, instant, date, list or map");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void refusesAnEventWithoutAName(String name) {
        assertThatThrownBy(() -> event(name))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("event '" + name + "': expected a name such as Order Completed");
        assertThatThrownBy(() -> STAMP.track(MAI, name, Map.of()))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("touchpoint 't-1' (" + name + "): name of " + name.length()
                        + " characters, expected 1 to 200 without line breaks");
    }

    @ParameterizedTest
    @CsvSource({
        "phone, +84 90 123 45 67, +84901234567",
        "phone, +840901234567, +84901234567",
        "email, Mai@Example.com, mai@example.com"
    })
    void refusesAnAddressUnderAnotherFormThanItsRefusalsAreFoundBy(String type, String written, String normal) {
        var disguised = new Identity(type, written);
        var linking = STAMP.link(MAI, disguised);

        assertThatThrownBy(() -> Touchpoints.envelope(linking, IdentityRules.standard()))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("identity " + type + " '" + written + "': expected the normal form '" + normal
                        + "', which Identity." + type + " makes");
    }

    private static void refusesAct(String name, Map<String, Object> properties, String message) {
        var act = new Touchpoint(
                "t-1",
                Touchpoint.Call.CONSENT,
                name,
                List.of(MAI),
                STAMP.receivedAt(),
                STAMP.receivedAt(),
                properties,
                "web",
                Origin.LIVE);

        assertThatThrownBy(() -> Touchpoints.envelope(act, IdentityRules.standard()))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(message);
    }

    @Test
    void grantThatNamesNobodyIsGivenToTheOnlyController() {
        var grant = consent(Grant.of(ADVERTISING));

        assertThat(Touchpoints.addressed(grant, Set.of("Shop JSC")).property("controller"))
                .isEqualTo("Shop JSC");
    }

    @Test
    void grantThatNamesNobodyIsRefusedWhereSeveralCouldBeMeant() {
        var grant = consent(Grant.of(ADVERTISING));

        assertThatThrownBy(() -> Touchpoints.addressed(grant, new TreeSet<>(Set.of("Shop", "Alpha"))))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("touchpoint 't-1' (Consent Granted): names no controller,"
                        + " expected Grant.controller(..) with one of [Alpha, Shop]");
    }

    @Test
    void actsThatNameTheirControllerOrBindEverybodyStayAsTheyAre() {
        var grant = consent(Grant.of(ADVERTISING).controller("Shop"));
        var withdrawal = consent(Withdrawal.of(ADVERTISING));
        var event = STAMP.track(MAI, "Product Added", Map.of());

        for (Touchpoint touchpoint : List.of(grant, withdrawal, event)) {
            assertThat(Touchpoints.addressed(touchpoint, Set.of("Shop", "Alpha")))
                    .isSameAs(touchpoint);
        }
    }

    private static void refuses(String trait, Object value, String because) {
        assertThatThrownBy(() -> identified(Map.of(trait, value)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("identify of userId, trait '" + trait + "': " + because);
    }

    private static Touchpoint consent(ConsentAct act) {
        return STAMP.consent(MAI, act.name(), act.properties());
    }

    private static Touchpoint identified(Map<String, ?> traits) {
        var touchpoint = STAMP.identify(MAI, traits);
        Touchpoints.envelope(touchpoint, IdentityRules.standard());
        return touchpoint;
    }
}
