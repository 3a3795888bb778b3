// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static dev.throughline.channel.MessageClass.MARKETING;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.CALL;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.throughline.channel.EmailContent;
import dev.throughline.channel.TextContent;
import dev.throughline.consent.Actor;
import dev.throughline.consent.Basis;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.Evidence;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Notice;
import dev.throughline.consent.Occasion;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Question;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.ThroughlineException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the presets that open only by name decide; scenarios bear the reference's numbers. */
class DraftsTest {

    private static final CustomerId ANA = CustomerId.of(Instant.parse("2026-01-01T00:00:00Z"), "ana");
    private static final Address MIAMI = Address.phone("+1 305 555 0100");
    private static final Address NEW_YORK = Address.phone("+1 212 555 0100");
    private static final Address TOLL_FREE = Address.phone("+1 888 555 0100");
    private static final Grant YES = Grant.of(ADVERTISING).on(SMS, EMAIL, CALL).shown(Notice.notice("checkout", 3));
    private static final Grant SIGNED = YES.basis(Basis.EXPRESS_WRITTEN);

    private static Brand brand(String country) {
        return Brand.named("Shop")
                .controller("Shop Ltd")
                .country(country)
                .postalAddress("1 Main Street")
                .optOutBySms("STOP", "8088")
                .optOutByCall("1900 0000");
    }

    /** An advertisement to somebody who has done something once. */
    private static Facts ad(
            Address address, Channel channel, String country, Grant grant, Instant granted, Instant now) {
        Brand brand = brand(country);
        var state = ConsentState.NONE;
        for (var event : grant.eventsAt(address, new Occasion("act", ANA, brand.controller(), granted, granted))) {
            state = state.apply(event);
        }
        var question = new Question(ANA, brand.controller(), channel, Purpose.of(MARKETING), now);
        return Facts.of(MARKETING, address, brand, state.standing(question));
    }

    private static Facts ad(Address address, Channel channel, String country, Grant grant, Instant now) {
        return ad(address, channel, country, grant, Instant.parse("2026-01-01T00:00:00Z"), now);
    }

    private static Instant at(String zone, String dateTime) {
        return LocalDateTime.parse(dateTime).atZone(ZoneId.of(zone)).toInstant();
    }

    private static Instant newYork(String dateTime) {
        return at("America/New_York", dateTime);
    }

    private static List<String> reasons(List<Finding> findings) {
        return findings.stream().map(Finding::reason).toList();
    }

    @ParameterizedTest
    @MethodSource("dev.throughline.policy.Policy#drafts")
    void comeWithASourceForEachRule(String name) {
        Policy draft = Policy.draft(name);

        assertThat(draft.name()).startsWith("base ").contains(name);
        assertThat(draft.rules()).allSatisfy(rule -> {
            assertThat(rule.ref().law()).as(rule.id()).isNotEmpty();
            assertThat(rule.verifiedOn()).as(rule.id()).isAfter(LocalDate.parse("2026-01-01"));
            assertThat(rule.live()).as(rule.id()).isTrue();
        });
        assertThat(Policy.draft(name).hash()).isEqualTo(draft.hash());
    }

    @Test
    void openOnlyByName() {
        assertThatThrownBy(() -> Policy.draft("atlantis"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "policy draft 'atlantis', expected one of [au, br, ca, de, eu, fr, gmail, in, jp, kr, sg, th, uk, us,"
                                + " us-revoke-all, yahoo]");
        assertThatThrownBy(() -> Policy.parse("{\"policy\": {\"id\": \"own\", \"extends\": [\"atlantis\"]}}"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "policy own extends 'atlantis', expected one of [au, base, br, ca, de, eu, fr, gmail, in, jp, kr, sg,"
                                + " th, uk, us, us-revoke-all, vn, yahoo]");
    }

    @Test
    void countOnceEachWhereTwoExtendTheSame() {
        assertThat(Policy.draft("fr").and(Policy.draft("de")).name())
                .isEqualTo("base 2026.11.1 + eu 2026.11.1 + fr 2026.11.1 + de 2026.11.1");
    }

    @Test
    void scenario31EndsAtEightInTheEveningWhereTheAreaCodeIsFloridasAndTheProfileIsOfNewYork() {
        Facts facts = ad(MIAMI, SMS, "US", SIGNED, newYork("2026-11-23T20:30"))
                .residence("US-NY")
                .zone(ZoneId.of("America/New_York"));

        var timing = Policy.draft("us").window(facts);

        assertThat(timing.notBefore()).isEqualTo(newYork("2026-11-24T08:00"));
        assertThat(timing.findings())
                .extracting(Finding::rule, Finding::outcome)
                .containsExactlyInAnyOrder(tuple("us.window", Outcome.ALLOW), tuple("us-fl.window", Outcome.DEFER));
    }

    @Test
    void scenario31CountsTheResidenceAsWellAsTheAreaCode() {
        Facts facts =
                ad(NEW_YORK, SMS, "US", SIGNED, newYork("2026-11-23T20:30")).zone(ZoneId.of("America/New_York"));

        assertThat(Policy.draft("us").window(facts.residence("US-NY")).allowed())
                .isTrue();
        assertThat(Policy.draft("us").window(facts.residence("US-FL")).allowed())
                .isFalse();
    }

    @Test
    void scenario32WaitsUntilItIsEightEverywhereWhereTheZoneIsUnknown() {
        Facts facts = ad(TOLL_FREE, SMS, "US", SIGNED, newYork("2026-11-23T08:30"));

        var timing = Policy.draft("us").window(facts);

        assertThat(timing.notBefore()).isEqualTo(at("America/Adak", "2026-11-23T08:00"));
        assertThat(reasons(timing.findings())).contains("ZONE_PRESUMED");
    }

    @Test
    void scenario32TakesTheZoneOfTheAreaCode() {
        Facts facts = ad(NEW_YORK, SMS, "US", SIGNED, newYork("2026-11-23T08:30"));

        assertThat(Policy.draft("us").window(facts).allowed()).isTrue();
    }

    @Test
    void scenario32NarrowsTheZonesTheMoreIsKnown() {
        Facts facts = ad(MIAMI, SMS, "US", SIGNED, newYork("2026-11-23T08:30"));

        assertThat(facts.zones()).containsExactly(ZoneId.of("America/New_York"));
        assertThat(facts.residence("US").zones()).isEqualTo(facts.zones());
        assertThat(facts.residence("US-NY").zones()).isEqualTo(facts.zones());
        assertThat(facts.residence("VN").zones())
                .containsExactly(ZoneId.of("America/New_York"), ZoneId.of("Asia/Ho_Chi_Minh"));
        assertThat(facts.residence("US-CA").zones())
                .containsExactly(ZoneId.of("America/Los_Angeles"), ZoneId.of("America/New_York"));
    }

    @Test
    void takeAConsentInWritingForAnExpressOne() {
        Facts both = ad(MIAMI, SMS, "VN", SIGNED, newYork("2026-11-23T12:00"));

        assertThat(reasons(Policy.vietnam().and(Policy.draft("us")).consent(both)))
                .containsOnly("CONSENT_IN_FORCE");
        assertThat(reasons(Policy.draft("us").consent(ad(MIAMI, SMS, "US", YES, newYork("2026-11-23T12:00")))))
                .containsOnly("BASIS_NOT_ACCEPTED");
    }

    @Test
    void scenario36CallsNobodyOnAHolidayNorInTheFrenchLunchHour() {
        Address paris = Address.phone("+33 6 12 34 56 78");
        Policy france = Policy.draft("fr");

        Instant holiday = at("Europe/Paris", "2027-07-14T11:00");
        var timing = france.window(ad(paris, CALL, "FR", YES, holiday));
        assertThat(timing.notBefore()).isEqualTo(at("Europe/Paris", "2027-07-15T10:00"));
        assertThat(reasons(timing.findings())).contains("HOLIDAY");

        Instant lunch = at("Europe/Paris", "2026-11-23T13:30");
        assertThat(france.window(ad(paris, CALL, "FR", YES, lunch)).notBefore())
                .isEqualTo(at("Europe/Paris", "2026-11-23T14:00"));
    }

    @Test
    void scenario36CallsNobodyWithoutConsentOrContract() {
        Address paris = Address.phone("+33 6 12 34 56 78");
        Instant now = at("Europe/Paris", "2026-11-23T11:00");

        Policy france = Policy.draft("fr");
        assertThat(reasons(france.consent(
                        ad(paris, CALL, "FR", Grant.of(ADVERTISING).on(SMS), now))))
                .contains("NO_CONSENT");
        assertThat(reasons(france.consent(ad(paris, CALL, "FR", YES, now)))).containsOnly("CONSENT_IN_FORCE");
        var contract = YES.basis(Basis.RUNNING_CONTRACT);
        assertThat(reasons(france.consent(ad(paris, CALL, "FR", contract, now))))
                .containsOnly("CONSENT_IN_FORCE");
    }

    @Test
    void scenario26LetsAnInquiryCountForSixMonths() {
        Address toronto = Address.phone("+1 416 555 0100");
        var inquiry = YES.basis(Basis.IMPLIED).from("INQUIRY");
        Instant asked = Instant.parse("2026-04-01T00:00:00Z");

        Policy canada = Policy.draft("ca");
        assertThat(reasons(
                        canada.consent(ad(toronto, SMS, "CA", inquiry, asked, Instant.parse("2026-09-30T00:00:00Z")))))
                .containsOnly("CONSENT_IN_FORCE");
        assertThat(reasons(
                        canada.consent(ad(toronto, SMS, "CA", inquiry, asked, Instant.parse("2026-11-02T00:00:00Z")))))
                .containsOnly("CONSENT_EXPIRED");
    }

    @Test
    void scenario26CountsASubscriptionFromItsEnd() {
        Address toronto = Address.phone("+1 416 555 0100");
        var running = YES.basis(Basis.IMPLIED).from("SUBSCRIPTION");
        var ended = YES.basis(Basis.IMPLIED).from("SUBSCRIPTION_ENDED");
        Instant bought = Instant.parse("2019-05-01T15:00:00Z");
        Instant end = Instant.parse("2026-01-10T15:00:00Z");
        Policy canada = Policy.draft("ca");

        Facts meanwhile = ad(toronto, SMS, "CA", running, bought, Instant.parse("2025-12-01T15:00:00Z"));
        assertThat(reasons(canada.consent(meanwhile))).containsOnly("CONSENT_IN_FORCE");
        Facts since = ad(toronto, SMS, "CA", ended, end, Instant.parse("2027-12-01T15:00:00Z"));
        assertThat(reasons(canada.consent(since))).containsOnly("CONSENT_IN_FORCE");
        assertThat(reasons(canada.consent(lasted(running, bought, ended, end, "2027-12-01T15:00:00Z"))))
                .containsOnly("CONSENT_IN_FORCE");
        assertThat(reasons(canada.consent(lasted(running, bought, ended, end, "2028-01-11T15:00:00Z"))))
                .doesNotContain("CONSENT_IN_FORCE");
    }

    /** A subscription that its owner began, and whose end the host's software tells. */
    private static Facts lasted(Grant running, Instant bought, Grant ended, Instant end, String now) {
        Address toronto = Address.phone("+1 416 555 0100");
        String controller = brand("CA").controller();
        var state = ConsentState.NONE;
        for (var event : running.eventsAt(toronto, new Occasion("bought", ANA, controller, bought, bought))) {
            state = state.apply(event);
        }
        for (var event :
                ended.actor(Actor.SYSTEM).eventsAt(toronto, new Occasion("ended", ANA, controller, end, end))) {
            state = state.apply(event);
        }
        var question = new Question(ANA, controller, SMS, Purpose.of(MARKETING), Instant.parse(now));
        return Facts.of(MARKETING, toronto, brand("CA"), state.standing(question));
    }

    @Test
    void scenario28WantsGermanMailsConfirmed() {
        Address mail = Address.email("ana@example.com");
        Instant now = at("Europe/Berlin", "2026-11-23T11:00");

        assertThat(reasons(Policy.draft("de").consent(ad(mail, EMAIL, "DE", YES, now))))
                .containsOnly("UNCONFIRMED");
        assertThat(reasons(Policy.draft("eu").consent(ad(mail, EMAIL, "DE", YES, now))))
                .containsOnly("CONSENT_IN_FORCE");
    }

    @Test
    void scenario28TakesAMailThatWasConfirmedForNoProofOfACall() {
        Address berlin = Address.phone("+49 30 901820");
        Instant now = at("Europe/Berlin", "2026-11-23T11:00");
        var byMail = YES.method(Evidence.BY_MAIL).confirming();

        assertThat(reasons(Policy.draft("de").consent(ad(berlin, CALL, "DE", byMail, now))))
                .contains("EVIDENCE_CHANNEL");
        assertThat(reasons(Policy.draft("de").consent(ad(berlin, CALL, "DE", YES, now))))
                .containsOnly("CONSENT_IN_FORCE");
        assertThat(reasons(Policy.draft("de").consent(ad(Address.email("ana@example.com"), EMAIL, "DE", byMail, now))))
                .containsOnly("CONSENT_IN_FORCE");
    }

    @Test
    void scenario39NotesThatAKoreanConsentIsToBeReconfirmed() {
        Address seoul = Address.phone("+82 10 1234 5678");
        Instant given = Instant.parse("2026-01-01T00:00:00Z");
        Facts facts = ad(seoul, SMS, "KR", YES, given, Instant.parse("2028-02-01T00:00:00Z"));

        assertThat(reasons(Policy.draft("kr").consent(facts))).containsExactly("CONSENT_IN_FORCE", "RECONFIRM_DUE");
    }

    @Test
    void scenario38TakesAKoreanRefusalForAllChannels() {
        Facts facts = ad(Address.phone("+82 10 1234 5678"), SMS, "KR", YES, at("Asia/Seoul", "2026-11-23T11:00"));

        assertThat(Policy.draft("kr").optOut(facts).reach()).isEqualTo("CONTROLLER");
    }

    @Test
    void scenario54EndsIndianHoursAtNineInTheEvening() {
        Address delhi = Address.phone("+91 98765 43210");

        Policy india = Policy.draft("in");
        assertThat(india.window(ad(delhi, SMS, "IN", YES, at("Asia/Kolkata", "2026-11-23T20:59")))
                        .allowed())
                .isTrue();
        assertThat(india.window(ad(delhi, SMS, "IN", YES, at("Asia/Kolkata", "2026-11-23T21:00")))
                        .notBefore())
                .isEqualTo(at("Asia/Kolkata", "2026-11-24T10:00"));
    }

    @Test
    void labelKoreanAndSingaporeanAdvertising() {
        Instant noon = at("Asia/Seoul", "2026-11-23T12:00");
        Facts korean = ad(Address.phone("+82 10 1234 5678"), SMS, "KR", YES, noon);
        Facts singaporean = ad(Address.email("ana@example.com"), EMAIL, "SG", YES, noon);

        assertThat(Policy.draft("kr").content(korean, new TextContent("Sale")).content())
                .isInstanceOfSatisfying(
                        TextContent.class, text -> assertThat(text.text()).startsWith("(광고) Sale"));
        assertThat(Policy.draft("sg")
                        .content(singaporean, new EmailContent("Sale", "<p>Sale</p>", ""))
                        .content())
                .isInstanceOfSatisfying(
                        EmailContent.class, mail -> assertThat(mail.subject()).isEqualTo("<ADV> Sale"));
    }

    @Test
    void askMailsToGmailForAPageToUnsubscribe() {
        Facts facts = ad(Address.email("ana@gmail.com"), EMAIL, "VN", YES, at("Asia/Ho_Chi_Minh", "2026-11-23T12:00"));
        var mail = new EmailContent("Sale", "<p>Sale</p>", "");

        Policy gmail = Policy.draft("gmail");
        assertThat(reasons(gmail.content(facts, mail).findings())).contains("UNSUBSCRIBE_MISSING");
        Facts elsewhere = ad(Address.email("ana@example.com"), EMAIL, "VN", YES, facts.now());
        assertThat(reasons(gmail.content(elsewhere, mail).findings())).doesNotContain("UNSUBSCRIBE_MISSING");
    }

    @Test
    void addUpWhereSeveralCountriesHaveASay() {
        Policy both = Policy.vietnam().and(Policy.draft("fr"));
        Facts moved = ad(Address.phone("+84 90 000 0001"), SMS, "VN", YES, at("Asia/Ho_Chi_Minh", "2026-11-22T12:00"))
                .residence("FR")
                .zone(ZoneId.of("Europe/Paris"));

        assertThat(both.window(moved).notBefore()).isEqualTo(at("Europe/Paris", "2026-11-23T08:00"));
        assertThat(both.rules(moved)).extracting(Rule::id).contains("vn.cap.sms", "fr.sms.window", "fr.consent");
    }
}
