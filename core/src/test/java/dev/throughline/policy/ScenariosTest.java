// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static dev.throughline.channel.MessageClass.CONSENT_REQUEST;
import static dev.throughline.channel.MessageClass.MARKETING;
import static dev.throughline.channel.MessageClass.ONE_TIME_CODE;
import static dev.throughline.channel.MessageClass.TRANSACTIONAL;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.identity.Channel.CALL;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.policy.Shop.BRAND;
import static dev.throughline.policy.Shop.MAI;
import static dev.throughline.policy.Shop.PHONE;
import static dev.throughline.policy.Shop.SAIGON;
import static dev.throughline.policy.Shop.VIETNAM;
import static dev.throughline.policy.Shop.YES;
import static dev.throughline.policy.Shop.denials;
import static dev.throughline.policy.Shop.local;
import static dev.throughline.policy.Shop.registry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.MessageClass;
import dev.throughline.channel.TextContent;
import dev.throughline.consent.Actor;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentScope;
import dev.throughline.consent.Evidence;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Occasion;
import dev.throughline.consent.OptOutWords;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Question;
import dev.throughline.consent.Suppression;
import dev.throughline.consent.Withdrawal;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Sender;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The acceptance scenarios of the reference that these rooms decide, by their numbers. */
class ScenariosTest {

    private static final ConsentScope ADS_BY_SMS = new ConsentScope(BRAND.controller(), "", "sms", "ADVERTISING", "");

    private final Shop shop = Shop.withConsent();

    @Test
    void scenario01DefersWithinTheGuardBeforeTheHoursEnd() {
        var timing = VIETNAM.window(shop.ad("2026-11-23T21:58"));

        assertThat(timing.allowed()).isFalse();
        assertThat(timing.notBefore()).isEqualTo(local("2026-11-24T07:00"));
        assertThat(timing.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.is(Reason.WINDOW_GUARD)).isTrue();
            assertThat(finding.until()).isEqualTo(local("2026-11-24T07:00"));
        });
    }

    @Test
    void scenario01LetsItLeaveBeforeTheGuardAndSaysUntilWhen() {
        var timing = VIETNAM.window(shop.ad("2026-11-23T21:49"));

        assertThat(timing.allowed()).isTrue();
        assertThat(timing.until()).isEqualTo(local("2026-11-23T21:50"));
        assertThat(VIETNAM.window(shop.ad("2026-11-23T21:50")).allowed()).isFalse();
    }

    @Test
    void scenario02AllowsOutsideTheHoursWhereThePersonAgreedAndCitesTheEvent() {
        assertThat(VIETNAM.window(shop.ad("2026-11-23T22:30")).notBefore()).isEqualTo(local("2026-11-24T07:00"));

        var event = YES.on(SMS)
                .alsoOutsideHours()
                .eventsAt(PHONE, shop.at("2026-11-02T09:00"))
                .get(0);
        var timing = VIETNAM.window(shop.event(event).ad("2026-11-23T22:30"));

        assertThat(timing.allowed()).isTrue();
        assertThat(timing.until()).isNull();
        assertThat(timing.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.is(Reason.TIME_AGREED)).isTrue();
            assertThat(finding.values()).containsEntry("event", event.id());
        });
    }

    @Test
    void scenario03PutsTheLabelFirstAndNeverTwice() {
        assertThat(dressed("Khuyen mai 20%")).startsWith("[QC] Khuyen mai 20%");
        assertThat(dressed("Hi [QC] Mai, khuyen mai")).startsWith("[QC] Hi Mai, khuyen mai");
        assertThat(dressed("[AD] Sale")).startsWith("[AD] Sale").doesNotContain("[QC]");
        assertThat(dressed("[qc] Sale")).startsWith("[QC] Sale").doesNotContain("[qc]");
        assertThat(dressed(dressed("Khuyen mai"))).isEqualTo(dressed("Khuyen mai"));
    }

    @Test
    void scenario05CountsTwoBrandsOfOneControllerTogetherAndTwoControllersApart() {
        var sister = Brand.named("Sister").controller("Shop Ltd").country("VN").sender(SMS, Shop.SENDER);
        var stranger = Brand.named("Stranger").country("VN").sender(SMS, Shop.SENDER);

        assertThat(cap(BRAND).key())
                .isEqualTo(cap(sister).key())
                .isNotEqualTo(cap(stranger).key());
        assertThat(cap(BRAND).max()).isEqualTo(3);
    }

    @Test
    void scenario05BlocksTheFourthWithinADayUntilTheFirstIsADayOld() {
        var attempts = List.of(
                local("2026-11-23T08:00"),
                local("2026-11-22T09:30"),
                local("2026-11-23T07:00"),
                local("2026-11-21T09:00"));

        var fourth = cap(BRAND).check(attempts, local("2026-11-23T09:00"));

        assertThat(fourth.is(Reason.CAP_REACHED)).isTrue();
        assertThat(fourth.until()).isEqualTo(local("2026-11-23T09:30"));
        assertThat(cap(BRAND).check(attempts, local("2026-11-23T09:30")).outcome())
                .isEqualTo(Outcome.ALLOW);
    }

    @Test
    void scenario07BarsAfterARequestWithoutAnswerUntilTheSubjectActs() {
        var asked = new Shop();
        asked.event(ConsentEvent.requested(asked.at("2026-11-01T09:00"), ADS_BY_SMS, Evidence.NONE));

        assertThat(denials(VIETNAM.consentRequest(asked.facts(CONSENT_REQUEST, SMS, "2026-11-02T09:00"))))
                .extracting(Finding::reason)
                .containsExactly("REQUESTED_BEFORE");
        assertThat(denials(VIETNAM.consentRequest(asked.facts(CONSENT_REQUEST, SMS, "2026-11-08T09:00"))))
                .extracting(Finding::reason)
                .containsExactly("BARRED");
        assertThat(denials(VIETNAM.consent(asked.ad("2026-11-08T09:00"))))
                .extracting(Finding::reason)
                .containsOnly("BARRED");

        asked.act("2026-11-09T09:00", YES);
        assertThat(denials(VIETNAM.consent(asked.ad("2026-11-10T09:00")))).isEmpty();
    }

    @Test
    void scenario08ChecksTheDoNotCallListPerChannel() {
        var texts = FileRegistry.of("dnc", List.of("+84900000001 S"), local("2026-11-23T00:00"));
        var calls = FileRegistry.of("dnc", List.of("+84900000001 V"), local("2026-11-23T00:00"));

        assertThat(listed(texts, SMS)).isTrue();
        assertThat(listed(texts, CALL)).isFalse();
        assertThat(listed(calls, SMS)).isFalse();
        assertThat(listed(calls, CALL)).isTrue();
    }

    @Test
    void scenario09LetsTheListOutrankTheConsentAndNamesBoth() {
        var ad = shop.ad("2026-11-23T09:00");
        var answer = CheckResult.listed(local("2026-11-23T00:00"));

        var findings = VIETNAM.registry(ad, registry(answer));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.is(Reason.REGISTERED_DO_NOT_CALL)).isTrue();
            assertThat(finding.values())
                    .containsEntry("consent", ad.standing().inForce().get(0).event())
                    .containsEntry("asOf", "2026-11-22T17:00:00Z");
        });
    }

    @Test
    void scenario09LetsAProvenConsentOutrankTheListWhereTheLawSaysSo() {
        var singapore = VIETNAM.with("""
                {"policy": {"id": "as-in-singapore"}, "rules": [{"id": "vn.registry", "when": {"class": "MARKETING"},
                  "registry": {"id": "vn-dnc", "maxAge": "P21D", "consentOverrides": true}}]}
                """);

        var findings = singapore.registry(shop.ad("2026-11-23T09:00"), registry(CheckResult.listed(Instant.EPOCH)));

        assertThat(findings).extracting(Finding::reason).containsExactly("REGISTRY_OVERRIDDEN");
    }

    @Test
    void scenario11DeniesASenderWhoseRegistrationEndedYesterday() {
        var expired = Shop.SENDER.registeredUntil(local("2026-11-22T09:00"));

        assertThat(VIETNAM.sender(shop.ad("2026-11-23T09:00").sender(expired)))
                .extracting(Finding::reason)
                .containsExactly("SENDER_EXPIRED");
        assertThat(VIETNAM.sender(
                        shop.facts(ONE_TIME_CODE, SMS, "2026-11-23T09:00").sender(expired)))
                .extracting(Finding::reason)
                .containsExactly("NO_RULE");
    }

    @Test
    void scenario12DeniesAPhoneNumberAsSender() {
        var ad = shop.ad("2026-11-23T09:00").sender(Sender.of("0901234567"));

        assertThat(VIETNAM.sender(ad)).singleElement().satisfies(finding -> {
            assertThat(finding.is(Reason.SENDER_KIND)).isTrue();
            assertThat(finding.values()).containsEntry("kind", "PHONE_NUMBER").containsEntry("allowed", "[BRANDNAME]");
        });
    }

    @Test
    void scenario13StopsAtTheWordTcAndConfirmsAtAnyHourWithoutAdvertising() {
        var word = OptOutWords.standard().read("TC", true);
        shop.act("2026-11-23T23:00", word.acts(SMS).get(0));
        var later = shop.ad("2026-11-23T23:00");
        var terms = VIETNAM.optOut(later);

        assertThat(denials(VIETNAM.consent(later))).extracting(Finding::reason).containsOnly("WITHDRAWN");
        assertThat(terms.acknowledge() && terms.acknowledgeAtAnyHour()).isTrue();
        assertThat(terms.reach()).isEqualTo("CHANNEL");
        assertThat(terms.acknowledgement(BRAND, "vi", local("2026-11-23T23:00"), SAIGON))
                .isEqualTo("Shop: da nhan yeu cau tu choi quang cao luc 23:00 23/11/2026. Ngung gui quang cao tu 23:00"
                        + " 23/11/2026.");
        assertThat(later.standing().acknowledgementDue()).isTrue();
        shop.event(ConsentEvent.acknowledged(shop.at("2026-11-23T23:00"), ADS_BY_SMS));
        shop.act("2026-11-23T23:10", word.acts(SMS).get(0));
        assertThat(shop.ad("2026-11-23T23:10").standing().acknowledgementDue()).isFalse();
    }

    @Test
    void scenario17DeniesAtDispatchWhatWasAllowedAtPlanning() {
        assertThat(denials(VIETNAM.evaluate(shop.ad("2026-11-23T09:00")))).isEmpty();

        var stop = Withdrawal.of(Purpose.ADVERTISING)
                .on(SMS)
                .eventsAt(PHONE, shop.at("2026-11-23T09:01"))
                .get(0);
        shop.event(stop);

        assertThat(denials(VIETNAM.evaluate(shop.ad("2026-11-23T09:02"))))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.values()).containsEntry("event", stop.id()));
    }

    @Test
    void scenario29LetsAReceiptThroughAtNightAndTreatsItsBannerAsAdvertising() {
        var receipt = new Shop().facts(TRANSACTIONAL, SMS, "2026-11-23T02:00");
        var content = new TextContent("Cam on ban da mua hang");
        assertThat(denials(VIETNAM.evaluate(receipt))).isEmpty();
        assertThat(VIETNAM.window(receipt).allowed()).isTrue();
        assertThat(VIETNAM.content(receipt, content).content()).isEqualTo(content);

        var inLaw = VIETNAM.messageClass(TRANSACTIONAL, true);
        assertThat(inLaw).isEqualTo(MARKETING);
        var mixed = new Shop().facts(inLaw, SMS, "2026-11-23T02:00");
        assertThat(denials(VIETNAM.consent(mixed))).extracting(Finding::reason).containsOnly("NO_CONSENT");
        assertThat(VIETNAM.window(mixed).allowed()).isFalse();
        assertThat(VIETNAM.content(mixed, content).content().headline()).startsWith("[QC] ");
    }

    @Test
    void scenario30SendsACodeDespiteAMarketingSuppressionAndNotToADeadNumber() {
        assertThat(suppressed(Suppression.MANUAL, ONE_TIME_CODE)).isEmpty();
        assertThat(suppressed(Suppression.COMPLAINT, ONE_TIME_CODE)).isEmpty();
        assertThat(suppressed(Suppression.MANUAL, MARKETING)).containsExactly("SUPPRESSED");
        assertThat(suppressed(Suppression.HARD_BOUNCE, ONE_TIME_CODE)).containsExactly("SUPPRESSED");
    }

    @Test
    void scenario30SendsToAnErasedAddressOnlyWhatTheHostSendsDirectly() {
        var erased = new Shop();
        erased.event(ConsentEvent.plain(
                erased.at("2026-11-20T09:00"), ConsentEvent.Type.ERASED, ConsentScope.EVERYTHING, Actor.SUBJECT));
        var subjects = erased.facts(TRANSACTIONAL, SMS, "2026-11-23T09:00");
        var direct = Facts.of(
                TRANSACTIONAL,
                PHONE,
                BRAND,
                erased.state.standing(
                        new Question(null, BRAND.controller(), SMS, Purpose.FULFILMENT, local("2026-11-23T09:00"))));

        assertThat(denials(VIETNAM.suppression(subjects)))
                .extracting(Finding::reason)
                .containsExactly("ERASED");
        assertThat(denials(VIETNAM.suppression(direct))).isEmpty();
        assertThat(denials(VIETNAM.suppression(direct.messageClass(MARKETING)))).hasSize(1);
    }

    @Test
    void scenario34StartsAfterAGapAtMidnightAndIsNarrowWhereAnHourComesTwice() {
        var cairo = ZoneId.of("Africa/Cairo");
        var night = new LocalHours(EnumSet.allOf(DayOfWeek.class), 0, 30);
        assertThat(night.start(LocalDate.parse("2027-04-30"), cairo)).isEqualTo("2027-04-29T22:00:00Z");
        assertThat(night.end(LocalDate.parse("2027-04-30"), cairo)).isEqualTo("2027-04-29T22:00:00Z");

        var early = new LocalHours(night.days(), 60, 120);
        assertThat(early.start(LocalDate.parse("2027-04-30"), cairo)).isEqualTo("2027-04-29T22:00:00Z");

        var berlin = ZoneId.of("Europe/Berlin");
        var half = new LocalHours(night.days(), 150, 165);
        assertThat(half.start(LocalDate.parse("2027-10-31"), berlin)).isEqualTo("2027-10-31T01:30:00Z");
        assertThat(half.end(LocalDate.parse("2027-10-31"), berlin)).isEqualTo("2027-10-31T00:45:00Z");
    }

    @Test
    void scenario48WantsAGuardiansConsentForAMinorAndLetsNoneGrowUp() {
        var fifteen = shop.ad("2026-11-23T09:00").birthDate(LocalDate.parse("2011-11-01"));
        assertThat(denials(VIETNAM.age(fifteen))).extracting(Finding::reason).containsExactly("GUARDIAN_CONSENT");

        var sixteenSince = shop.ad("2026-11-23T09:00").birthDate(LocalDate.parse("2010-11-10"));
        assertThat(denials(VIETNAM.age(sixteenSince))).hasSize(1);
        assertThat(denials(VIETNAM.age(shop.ad("2026-11-23T09:00")))).isEmpty();

        shop.act("2026-11-02T09:00", YES.actor(Actor.GUARDIAN));
        assertThat(denials(VIETNAM.age(shop.ad("2026-11-23T09:00").birthDate(LocalDate.parse("2011-11-01")))))
                .isEmpty();
    }

    @Test
    void scenario52TakesNothingFromAnOldConsentForWhatANewerNoticeAdds() {
        var old = shop.ad("2026-11-23T09:00");
        assertThat(denials(VIETNAM.consent(old))).isEmpty();
        assertThat(VIETNAM.tracking(tracking("2026-11-23T09:00")))
                .get()
                .extracting(Finding::reason)
                .isEqualTo("TRACKING_OFF");

        shop.act("2026-11-23T10:00", Grant.of(Purpose.TRACKING).on(SMS, EMAIL).shown(notice("checkout", 4)));
        assertThat(VIETNAM.tracking(tracking("2026-11-23T11:00"))).isEmpty();

        shop.act("2026-11-23T12:00", Withdrawal.of(Purpose.TRACKING));
        assertThat(VIETNAM.tracking(tracking("2026-11-23T13:00"))).isPresent();
        assertThat(denials(VIETNAM.consent(shop.ad("2026-11-23T13:00")))).isEmpty();
    }

    private Facts tracking(String local) {
        var question = new Question(MAI, BRAND.controller(), SMS, Purpose.TRACKING, local(local));
        return Facts.of(MARKETING, PHONE, BRAND, shop.state.standing(question));
    }

    @Test
    void scenario51DeniesAListWithoutProofAndAllowsItWhereNoConsentIsNeeded() {
        var imported =
                new Shop().act("2026-11-01T09:00", Grant.of(Purpose.ADVERTISING).actor(Actor.IMPORT));
        assertThat(denials(VIETNAM.consent(imported.ad("2026-11-23T09:00"))))
                .extracting(Finding::reason)
                .containsExactly("IMPORTED_UNPROVEN");

        var american = Policy.parse("""
                {"policy": {"id": "us", "extends": ["base"]}, "rules": [
                  {"id": "us.email", "when": {"class": "MARKETING", "channel": "email"}, "replaces": "base.consent",
                   "consent": {"anyOf": [{"basis": "NOT_OBJECTED"}]}, "ref": {"law": "15 USC 7701", "conf": "T"}}]}
                """);
        assertThat(american.consent(imported.facts(MARKETING, EMAIL, "2026-11-23T09:00")))
                .extracting(Finding::reason)
                .containsExactly("NOT_OBJECTED");
    }

    @Test
    void explainsInBothLanguages() {
        var finding = VIETNAM.window(shop.ad("2026-11-23T21:58")).findings().get(0);

        assertThat(Reasons.text(finding, Locale.ENGLISH))
                .isEqualTo("at 2026-11-23 21:58 in Asia/Ho_Chi_Minh the allowed hours are about to end; waits until"
                        + " 2026-11-24 07:00 [vn.sms.window]");
        assertThat(Reasons.text(finding, Locale.forLanguageTag("vi")))
                .isEqualTo("lúc 2026-11-23 21:58 tại Asia/Ho_Chi_Minh khung giờ cho phép sắp hết; chờ đến 2026-11-24"
                        + " 07:00 [vn.sms.window]");
    }

    private String dressed(String text) {
        return VIETNAM.content(shop.ad("2026-11-23T09:00"), new TextContent(text))
                .content()
                .headline();
    }

    private Cap cap(Brand brand) {
        var facts =
                Facts.of(MARKETING, PHONE, brand, shop.ad("2026-11-23T09:00").standing());
        return VIETNAM.caps(facts).caps().get(0);
    }

    private boolean listed(Registry list, Channel channel) {
        var facts = shop.facts(MARKETING, channel, "2026-11-23T09:00");
        var answers = registry(list.check(PHONE, channel));
        return !denials(VIETNAM.registry(facts, answers)).isEmpty();
    }

    private static List<String> suppressed(Suppression why, MessageClass messageClass) {
        var list = new Shop();
        var when = local("2026-11-20T09:00");
        list.event(ConsentEvent.suppressed(
                new Occasion("s", MAI, BRAND.controller(), when, when), ConsentScope.EVERYTHING, why, Actor.SYSTEM));
        return denials(VIETNAM.suppression(list.facts(messageClass, SMS, "2026-11-23T09:00"))).stream()
                .map(Finding::reason)
                .toList();
    }
}
