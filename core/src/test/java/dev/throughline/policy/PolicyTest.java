// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static dev.throughline.channel.MessageClass.CONSENT_REQUEST;
import static dev.throughline.channel.MessageClass.MARKETING;
import static dev.throughline.channel.MessageClass.SERVICE;
import static dev.throughline.channel.MessageClass.TRANSACTIONAL;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.identity.Channel.CALL;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.identity.Channel.ZALO;
import static dev.throughline.policy.Shop.BRAND;
import static dev.throughline.policy.Shop.SAIGON;
import static dev.throughline.policy.Shop.VIETNAM;
import static dev.throughline.policy.Shop.YES;
import static dev.throughline.policy.Shop.denials;
import static dev.throughline.policy.Shop.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.throughline.channel.MessageClass;
import dev.throughline.consent.Basis;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Question;
import dev.throughline.consent.Withdrawal;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.ThroughlineException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyTest {

    private static final String MORNING = "2026-11-23T09:00";

    private final Shop shop = Shop.withConsent();

    @Test
    void namesItsDocumentsAndKnowsTheirRulesSources() {
        assertThat(VIETNAM.name()).isEqualTo("base 2026.11.1 + vn 2026.11.1");
        assertThat(VIETNAM.rules()).hasSize(26).allSatisfy(rule -> {
            assertThat(rule.ref().law()).isNotEmpty();
            assertThat(rule.verifiedOn()).isEqualTo("2026-11-21");
            assertThat(rule.live()).isTrue();
        });
    }

    @Test
    void hasAHashThatChangesWithEveryRuleAndNotWithTheRegistry() {
        var registry = Registry.none(Instant.EPOCH);

        assertThat(VIETNAM.hash())
                .isEqualTo(Policy.vietnam(v -> v.doNotCall(registry)).hash())
                .isNotEqualTo(VIETNAM.without("vn.cap.sms").hash())
                .isNotEqualTo(Policy.base().hash())
                .hasSize(64);
    }

    @Test
    void appliesByTheNumbersCountryTheResidenceOrTheBrandsSeat() {
        var brand = Brand.named("Abroad").country("FR");
        var standing = shop.ad(MORNING).standing();
        var number = Facts.of(MARKETING, Shop.PHONE, brand, standing);
        var stranger = Facts.of(MARKETING, Address.phone("+33 6 12 34 56 78"), brand, standing);

        assertThat(VIETNAM.rules(number))
                .hasSizeGreaterThan(VIETNAM.rules(stranger).size());
        assertThat(VIETNAM.rules(stranger)).extracting(Rule::id).doesNotContain("vn.sms.window");
        assertThat(VIETNAM.rules(stranger.residence("VN"))).hasSameSizeAs(VIETNAM.rules(number));
        assertThat(VIETNAM.rules(Facts.of(MARKETING, stranger.address(), BRAND, standing)))
                .hasSameSizeAs(VIETNAM.rules(number));
    }

    @Test
    void letsTheStrictestOfSeveralDocumentsWin() {
        var strict = VIETNAM.with("""
            {"policy": {"id": "house", "version": "1"}, "rules": [
              {"id": "house.window", "when": {"class": "MARKETING"}, "window": {"allow": [{"days": "MON-FRI", "from": "09:00", "to": "12:00"}], "zone": "BRAND"}},
              {"id": "house.cap", "when": {"class": "MARKETING"}, "cap": {"max": 1, "per": ["brand", "address"], "window": {"sliding": "P7D"}}},
              {"id": "house.consent", "when": {"class": "MARKETING"}, "consent": {"anyOf": [{"basis": "SOFT_OPT_IN"}]}}]}
            """);

        assertThat(strict.window(shop.ad("2026-11-23T08:00")).notBefore()).isEqualTo(local("2026-11-23T09:00"));
        assertThat(strict.window(shop.ad("2026-11-27T12:00")).notBefore()).isEqualTo(local("2026-11-30T09:00"));
        assertThat(strict.caps(shop.ad(MORNING)).caps())
                .extracting(Cap::rule, Cap::max, Cap::key)
                .containsExactly(
                        tuple("vn.cap.sms", 3, "channel=sms;controller=Shop Ltd"), tuple("house.cap", 1, "brand=Shop"));
        assertThat(denials(strict.consent(shop.ad(MORNING))))
                .extracting(Finding::rule, Finding::reason)
                .containsExactly(tuple("house.consent", "BASIS_NOT_ACCEPTED"));
    }

    @Test
    void keepsARuleThatLoosensOutUntilItsSourceIsRead() {
        String loosening = """
            {"policy": {"id": "draft", "extends": ["base"]}, "rules": [
              {"id": "draft.email", "when": {"class": "MARKETING"}, "replaces": "base.consent",
               "consent": {"anyOf": [{"basis": "NOT_OBJECTED"}]}, "ref": {"law": "heard of", "conf": "%s"}}]}
            """;
        var ad = new Shop().facts(MARKETING, EMAIL, MORNING);

        assertThat(denials(Policy.parse(loosening.replace("%s", "S")).consent(ad)))
                .isNotEmpty();
        assertThat(denials(Policy.parse(loosening.replace("%s", "T")).consent(ad)))
                .isEmpty();
    }

    @Test
    void wantsConsentForAdvertisingAndNoneForTheRest() {
        var nobody = new Shop();

        assertThat(denials(VIETNAM.consent(nobody.facts(MARKETING, ZALO, MORNING))))
                .hasSize(1);
        assertThat(denials(VIETNAM.consent(nobody.facts(TRANSACTIONAL, SMS, MORNING))))
                .isEmpty();
        assertThat(denials(VIETNAM.consent(nobody.facts(SERVICE, SMS, MORNING))))
                .isEmpty();
        assertThat(denials(VIETNAM.consentRequest(nobody.facts(CONSENT_REQUEST, SMS, MORNING))))
                .isEmpty();
        assertThat(denials(VIETNAM.without("consent").consent(nobody.ad(MORNING))))
                .hasSize(1);
    }

    @Test
    void stopsCustomerCareForWhoeverRefusedEverythingAndNotForWhoeverRefusedAdvertising() {
        shop.act("2026-11-02T09:00", Withdrawal.of(Purpose.ADVERTISING));
        assertThat(denials(VIETNAM.consent(shop.facts(SERVICE, SMS, MORNING)))).isEmpty();

        shop.act("2026-11-03T09:00", Withdrawal.ofEverything());
        assertThat(denials(VIETNAM.consent(shop.facts(SERVICE, SMS, MORNING)))).hasSize(1);
        assertThat(denials(VIETNAM.consent(shop.facts(TRANSACTIONAL, SMS, MORNING))))
                .isEmpty();
        assertThat(denials(VIETNAM.consent(shop.facts(CONSENT_REQUEST, SMS, MORNING))))
                .hasSize(2);
    }

    @Test
    void saysWhichEvidenceIsMissing() {
        var bare =
                new Shop().act("2026-11-01T09:00", Grant.of(Purpose.ADVERTISING).method("call"));

        assertThat(denials(VIETNAM.consent(bare.ad(MORNING)))).singleElement().satisfies(finding -> {
            assertThat(finding.is(Reason.EVIDENCE_INCOMPLETE)).isTrue();
            assertThat(finding.rule()).isEqualTo("vn.consent");
            assertThat(finding.values()).containsEntry("missing", "text");
        });
    }

    @Test
    void letsABasisAgeAndWantsItsOrigin() {
        var policy = VIETNAM.with("""
            {"policy": {"id": "soft"}, "rules": [{"id": "vn.consent", "when": {"class": "MARKETING"}, "consent": {"anyOf":
              [{"basis": "SOFT_OPT_IN", "from": "PURCHASE", "maxAge": "P2Y"}]}}]}
            """).without("base.consent");
        var soft = YES.basis(Basis.SOFT_OPT_IN);

        assertThat(reasons(policy, new Shop().act("2026-01-01T09:00", soft))).containsExactly("BASIS_NOT_ACCEPTED");
        assertThat(reasons(policy, new Shop().act("2026-01-01T09:00", soft.from("PURCHASE"))))
                .containsExactly("CONSENT_IN_FORCE");
        assertThat(reasons(policy, new Shop().act("2024-11-23T09:00", soft.from("PURCHASE"))))
                .containsExactly("CONSENT_EXPIRED");
    }

    @Test
    void notesAReconfirmationThatIsDueOrEndsTheConsent() {
        String rule = """
            {"policy": {"id": "kr"}, "rules": [{"id": "vn.consent", "when": {"class": "MARKETING"}, "consent": {"anyOf":
              [{"basis": "EXPRESS", "reconfirm": {"every": "P2Y", "onSilence": "%s"}}]}}]}
            """;
        var old = new Shop().act("2024-11-01T09:00", YES);

        assertThat(reasons(VIETNAM.with(rule.replace("%s", "keep")).without("base.consent"), old))
                .containsExactly("CONSENT_IN_FORCE", "RECONFIRM_DUE");
        assertThat(reasons(VIETNAM.with(rule.replace("%s", "expire")).without("base.consent"), old))
                .containsExactly("CONSENT_EXPIRED");
    }

    @Test
    void wantsADoubleOptInWhereARuleSaysSo() {
        var policy = VIETNAM.with("""
            {"policy": {"id": "de"}, "rules": [{"id": "de.consent", "when": {"class": "MARKETING"}, "consent": {"anyOf":
              [{"basis": "EXPRESS", "doi": "required"}]}}]}
            """);
        assertThat(denials(policy.consent(shop.ad(MORNING))))
                .extracting(Finding::reason)
                .containsExactly("UNCONFIRMED");

        shop.act("2026-11-02T09:00", YES.confirming());
        assertThat(denials(policy.consent(shop.ad(MORNING)))).isEmpty();
    }

    @Test
    void deniesWhereTheRegistryIsDownOrStale() {
        var ad = shop.ad(MORNING);
        var dayOld = CheckResult.clear(ad.now().minus(Duration.ofHours(24)));
        var stale = CheckResult.clear(ad.now().minus(Duration.ofHours(24)).minusMillis(1));

        assertThat(VIETNAM.registries(ad)).containsExactly("vn-dnc");
        assertThat(VIETNAM.registries(shop.facts(MARKETING, EMAIL, MORNING))).isEmpty();
        assertThat(registryReason(CheckResult.unavailable())).isEqualTo("REGISTRY_UNAVAILABLE");
        assertThat(denials(VIETNAM.registry(ad, Map.of()))).hasSize(1);
        assertThat(registryReason(dayOld)).isEqualTo("NOT_LISTED");
        assertThat(registryReason(stale)).isEqualTo("REGISTRY_STALE");
    }

    @Test
    void usesTheNumbersZoneWhereTheRecipientsIsUnknownAndSaysSo() {
        var timing = VIETNAM.window(shop.ad("2026-11-23T06:00").zone(null));

        assertThat(timing.notBefore()).isEqualTo(local("2026-11-23T07:00"));
        assertThat(timing.findings()).extracting(Finding::reason).contains("ZONE_PRESUMED");
    }

    @Test
    void usesTheBrandsZoneWhereNumberAndResidenceTellNoneAndSaysSo() {
        var satellite = Address.phone("+870 773 111 632");
        var facts = Facts.of(
                MARKETING, satellite, BRAND, shop.ad("2026-11-23T06:00").standing());

        var timing = VIETNAM.window(facts);

        assertThat(timing.notBefore()).isEqualTo(local("2026-11-23T07:00"));
        assertThat(timing.findings()).extracting(Finding::reason).contains("ZONE_ASSUMED");
    }

    @Test
    void reckonsHoursByTheRecipientsClock() {
        var berlin = shop.ad("2026-11-23T09:00").zone(ZoneId.of("Europe/Berlin"));

        assertThat(VIETNAM.window(berlin).notBefore()).isEqualTo("2026-11-23T06:00:00Z");
    }

    @Test
    void deniesWhereTheHoursOfAllRulesNeverMeet() {
        var never = VIETNAM.with("""
            {"policy": {"id": "night"}, "rules": [
              {"id": "night.window", "window": {"allow": [{"from": "23:00", "to": "24:00"}]}}]}
            """);

        var timing = never.window(shop.ad(MORNING));

        assertThat(timing.allowed()).isFalse();
        assertThat(timing.notBefore()).isNull();
        assertThat(timing.findings()).extracting(Finding::reason).containsExactly("NO_HOURS");
    }

    @Test
    void liftsACapByAnAgreement() {
        shop.act("2026-11-02T09:00", YES.alsoMoreOften());

        var caps = VIETNAM.caps(shop.ad(MORNING));

        assertThat(caps.caps()).isEmpty();
        assertThat(caps.findings()).extracting(Finding::reason).containsExactly("FREQUENCY_AGREED");
        assertThat(VIETNAM.caps(shop.facts(TRANSACTIONAL, SMS, MORNING)).caps()).isEmpty();
        assertThat(VIETNAM.caps(new Shop().facts(MARKETING, CALL, MORNING)).caps())
                .extracting(Cap::max)
                .containsExactly(1);
    }

    @Test
    void knowsAProvidersTemplateClassesAndWhoMayNotBeTracked() {
        assertThat(VIETNAM.classOf(ZALO, "PROMOTION")).contains(MARKETING);
        assertThat(VIETNAM.classOf(ZALO, "OTHER")).isEmpty();
        assertThat(VIETNAM.messageClass(MessageClass.REGULATORY, false)).isEqualTo(MessageClass.REGULATORY);
        assertThat(VIETNAM.upgrade(SERVICE, MARKETING)).isPresent();

        var question = new Question(Shop.MAI, BRAND.controller(), SMS, Purpose.TRACKING, local(MORNING));
        var tracking = shop.ad(MORNING).standing(shop.state.standing(question));
        assertThat(VIETNAM.tracking(tracking)).map(Finding::reason).contains("TRACKING_OFF");
        shop.act("2026-11-02T09:00", Grant.of(Purpose.TRACKING).shown(notice("tracking", 1)));
        assertThat(VIETNAM.tracking(tracking.standing(shop.state.standing(question))))
                .isEmpty();
    }

    @Test
    void tellsEverythingThatABrandLacksAtOnce() {
        var bare = Brand.named("Shop").country("VN").sender(SMS, "SHOP").optOutByCall("1900 0000");
        var now = local(MORNING);

        assertThat(VIETNAM.faults(bare, List.of(SMS, EMAIL), now))
                .containsExactly(
                        "rule vn.footer.sms, brand Shop, sms: no way to refuse by [SMS], expected at least 2 of [SMS,"
                                + " CALL]",
                        "rule vn.registry asks the registry vn-dnc, and none was given; expected"
                                + " Policy.doNotCall(registry)",
                        "rule vn.sender, brand Shop, sms: sender 'SHOP' (BRANDNAME): SENDER_UNREGISTERED, expected one"
                                + " of [BRANDNAME], registered beyond 2026-11-23T02:00:00Z: Brand.sender(SMS,"
                                + " Sender.of(\"SHOP\").registeredUntil(..))");
        assertThat(Policy.vietnam(v -> v.doNotCall(Registry.none(now))).faults(BRAND, List.of(SMS, EMAIL, CALL), now))
                .isEmpty();
    }

    @Test
    void tellsAllFaultsOfADocumentByRuleAndPlace() {
        String wrong = """
            {"policy": {"id": "wrong", "appliesIf": {"anyOf": [{"moon.phase": "full"}]}}, "rules": [
              {"id": "a", "when": {"class": "ADVERT"}, "window": {"allow": [{"days": "MON-SUM", "from": "25:00", "to": "06:00"}], "zone": "Mars/Crater"}},
              {"id": "b", "cap": {"max": 3, "per": ["controller"], "window": {"lunar": "DAY"}}},
              {"id": "b", "windows": {}},
              {"id": "c", "window": {"allow": [{"from": "08:00", "to": "12:00"}, {"from": "11:00", "to": "14:00"}, {"from": "22:00", "to": "07:00"}]}}]}
            """;

        assertThatThrownBy(() -> Policy.parse(wrong))
                .isInstanceOf(ThroughlineException.class)
                .message()
                .satisfies(message -> assertThat(message.lines())
                        .hasSizeGreaterThan(10)
                        .contains("policy has 13 faults:")
                        .contains(
                                "  policy wrong, appliesIf.anyOf[0].moon.phase: 'unknown', expected one of"
                                        + " [address.country, address.mailbox, address.region, brand.country, subject.residence]")
                        .contains("  rule a, window.allow[0].from: '25:00', expected a time such as 07:00")
                        .contains("  rule a, window.zone: 'Mars/Crater', expected RECIPIENT, BRAND or a name of"
                                + " the tz database")
                        .contains("  policy, rules[2].id: 'b', expected one rule of a name")
                        .contains("  rule c, window.allow[1].from: '11:00', expected hours that do not overlap"
                                + " the others")
                        .contains("  rule c, window.allow[2].to: '07:00', expected a time after from, 24:00 at"
                                + " the latest"));
    }

    @Test
    void refusesADocumentThatIsNestedWithoutEnd() {
        assertThatThrownBy(() -> Policy.parse("[".repeat(50_000)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageStartingWith("policy: Document nesting depth (501) exceeds the maximum allowed");
    }

    @Test
    void tellsTheLineOfMalformedJson() {
        assertThatThrownBy(() -> Policy.parse("{\"policy\": {\"id\": \"x\"},\n \"rules\": [}"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageStartingWith("policy, line 2: ");
    }

    @Test
    void refusesARuleThatItCannotTakeOut() {
        assertThatThrownBy(() -> Policy.base().without("vn.window"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "policy base 2026.11.1 has no rule 'vn.window', expected one of [base.consent, base.service,"
                                + " base.request, base.age, base.optout, base.retain]");
    }

    @Test
    void joinsTwoPoliciesWithoutCountingTheirCommonBaseTwice() {
        var house = Policy.parse("{\"policy\": {\"id\": \"house\", \"extends\": [\"base\"]}, \"rules\": []}");

        assertThat(VIETNAM.and(house).rules()).hasSameSizeAs(VIETNAM.rules());
    }

    @Test
    void decidesTheSameForADirectSendWithoutCustomer() {
        var direct = new Question(null, BRAND.controller(), SMS, Purpose.ADVERTISING, local(MORNING));
        var facts = Facts.of(MARKETING, Shop.PHONE, BRAND, shop.state.standing(direct))
                .zone(SAIGON);

        assertThat(denials(VIETNAM.consent(facts))).extracting(Finding::reason).containsOnly("NO_CONSENT");
        assertThat(denials(VIETNAM.age(facts.birthDate(LocalDate.parse("2020-01-01")))))
                .hasSize(1);
    }

    private static List<String> reasons(Policy policy, Shop shop) {
        return policy.consent(shop.ad(MORNING)).stream().map(Finding::reason).toList();
    }

    private String registryReason(CheckResult answer) {
        return VIETNAM.registry(shop.ad(MORNING), Shop.registry(answer)).get(0).reason();
    }
}
