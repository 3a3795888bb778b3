// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.*;
import static dev.throughline.consent.Actor.SUBJECT;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.*;
import static dev.throughline.segment.Conditions.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.IfPast;
import dev.throughline.campaign.Migration;
import dev.throughline.campaign.OnMissing;
import dev.throughline.campaign.Pause;
import dev.throughline.campaign.Route;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Withdrawal;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Sender;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.segment.Segment;
import dev.throughline.sms.Credentials;
import dev.throughline.sms.http.HttpSms;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds docs/campaigns.md to what runs. */
class CampaignsGuideTest {

    private static final Guide GUIDE = new Guide("campaigns.md");
    private static final String PHONE = "+84900000001";
    private static final Map<String, Object> BASKET = Map.of(
            "product",
            "Bình trà gốm Bát Tràng",
            "total",
            1_250_000,
            "until",
            "2026-11-23T09:00:00Z",
            "items",
            List.of(Map.of("name", "Bình trà", "price", 1_250_000)));

    private final Brand shop = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");
    private final Message news = Message.marketing("news", shop)
            .on(EMAIL, mail("News", "<p>News</p>"))
            .on(SMS, text("News"));

    @Test
    void showsACampaignThatRuns() {
        try (var rehearsal =
                Rehearsal.of(basketRecovery()).under(Policy.vietnam()).startingAt("2026-11-23T09:00+07:00")) {
            var report = rehearsal
                    .customer("mai", m -> m.email("mai@example.com")
                            .phone(PHONE)
                            .grants(ADVERTISING, EMAIL, SMS)
                            .does("Order Completed", Map.of("total", 6_000_000))
                            .does("Product Added", BASKET))
                    .customer("lan", m -> m.email("lan@example.com")
                            .grants(ADVERTISING, EMAIL)
                            .does("Product Added", BASKET))
                    .customer("hoa", m -> m.does("Product Added", Map.of("total", 1)))
                    .advance(hours(2))
                    .report();

            assertThat(report.decisions())
                    .extracting(decision -> decision.channel() + " " + decision.verdict())
                    .containsExactlyInAnyOrder("sms SENT", "email SENT");
            assertThat(report.toString())
                    .contains("\"[QC] BÌNH TRÀ... 1.250.000d, den 16:00 23/11")
                    .contains("\"[QC] Quy khach, gio hang dang cho\"");
        }
    }

    private static Campaign basketRecovery() {
        // spotless:off
        var shop = Brand.named("Shop").country("VN").sender(SMS, "SHOP").optOutBySms("TC", "8088").optOutByCall("1900 0000");

        var reminder = Message.marketing("basket-reminder", shop)
                .on(EMAIL, mail(
                        "{{ customer.firstName | default('Quy khach') }}, gio hang dang cho",
                        "{% for item in event.items %}<p>{{ item.name }}: {{ item.price | money('VND') }}</p>{% endfor %}"))
                .on(SMS, text("{{ event.product | upper | abbreviate(11) }} {{ event.total | number }}d, den {{ event.until | date('HH:mm d/M') }}"))
                .validFor(hours(12));

        var basketRecovery = Campaign.named("basket-recovery").journey(j -> j
                .startOn(event("Product Added").where(property("total").atLeast(200_000)))
                .exitOn(event("Order Completed"))
                .waitUntil(event("Checkout Started"), hours(1),
                        begun -> begun.delay(minutes(30)),
                        idle -> {})
                .branch(sum("Order Completed", "total").within(days(90)).moreThan(5_000_000),
                        vip -> vip.send(reminder, first(SMS)),
                        other -> other.send(reminder, first(EMAIL).thenIfUndeliverable(SMS))));
        // spotless:on
        return basketRecovery;
    }

    @Test
    void showsASegmentThatStartsAJourney() {
        // spotless:off
        var quiet = Segment.of("quiet", count("Order Completed").within(days(60)).below(1).and(count("Order Completed").atLeast(1)));

        var winBack = Campaign.named("win-back").journey(j -> j
                .startOn(entering(quiet))
                .exitOn(leaving(quiet))
                .send(news, first(EMAIL).thenIfUndeliverable(SMS)));
        // spotless:on

        try (var rehearsal = Rehearsal.of(winBack).under(Policy.base())) {
            var report = rehearsal
                    .customer("mai", m -> m.email("mai@example.com")
                            .grants(ADVERTISING, EMAIL)
                            .does("Order Completed"))
                    .advance(days(61))
                    .report();

            assertThat(report.decisions()).hasSize(1);
        }
    }

    @Test
    void showsFiltersThatGiveWhatItSays() {
        assertThat(rendered("{{ event.total | money('VND') }}")).isEqualTo("1.250.000\u00a0₫");
        assertThat(rendered("{{ event.total | number }} {{ event.rate | number(1) }}"))
                .isEqualTo("1.250.000 12,5");
        assertThat(rendered("{{ event.until | date('HH:mm d/M') }}")).isEqualTo("09:00 23/11");
        assertThat(rendered("{{ event.product | upper }}")).isEqualTo("BÌNH TRÀ");
        assertThat(rendered("{{ event.product | abbreviate(6) }}")).isEqualTo("Bìn...");
        assertThat(rendered("{{ event.product | replace('trà', 'sứ') }}")).isEqualTo("Bình sứ");
        assertThat(rendered("{{ event.names | join(', ') }}; {{ event.names | first }}"))
                .isEqualTo("ấm, chén; ấm");
        assertThat(rendered("{{ event.product | escape('url_param') }}")).isEqualTo("B%C3%ACnh%20tr%C3%A0");
        assertThat(rendered("{{ customer.firstName | default('bạn') }}")).isEqualTo("bạn");
    }

    private String rendered(String template) {
        var told = Message.transactional("told", shop).on(SMS, text(template));
        var campaign =
                Campaign.named("told").journey(j -> j.startOn(event("Told")).send(told, first(SMS)));
        var sms = new RecordingChannel(SMS, InstantSource.system());
        try (var rehearsal = Rehearsal.of(campaign).channel(sms)) {
            rehearsal.customer("mai", m -> m.phone(PHONE)
                    .does(
                            "Told",
                            Map.of(
                                    "total",
                                    1_250_000,
                                    "rate",
                                    12.5,
                                    "until",
                                    "2026-11-23T02:00:00Z",
                                    "product",
                                    "Bình trà",
                                    "names",
                                    List.of("ấm", "chén"))));
            rehearsal.report();
        }
        return sms.recorded().get(0).message().content().headline();
    }

    @Test
    void takesTheNextLegAtOnceIfTheOneBeforeWasSurelyNotSent() {
        assertThat(sent(first(EMAIL).thenIfUndeliverable(SMS), "mai@example.com"))
                .containsExactly("email SENT");
        assertThat(sent(first(EMAIL).thenIfUndeliverable(SMS), ""))
                .containsExactly("email SKIPPED(NO_ADDRESS)", "sms SENT");
        assertThat(sent(first(EMAIL).thenIfNoResponse(hours(4), SMS), "mai@example.com"))
                .containsExactly("email SENT", "sms SENT");
        assertThat(sent(first(EMAIL).thenIfNoResponse(hours(4), SMS), "")).containsExactly("email SKIPPED(NO_ADDRESS)");
    }

    private List<String> sent(Route route, String email) {
        var campaign =
                Campaign.named("news").journey(j -> j.startOn(event("Started")).send(news, route));
        try (var rehearsal = Rehearsal.of(campaign).startingAt("2026-11-23T09:00+07:00")) {
            rehearsal.customer("mai", m -> {
                m.phone(PHONE);
                if (!email.isEmpty()) {
                    m.email(email);
                }
                m.grants(ADVERTISING, EMAIL, SMS).does("Started");
            });
            return rehearsal.advance(hours(5)).report().decisions().stream()
                    .map(decision -> decision.channel() + " " + decision.verdict())
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"4, SKIPPED(WITHDRAWN)", "6, SENT"})
    void countsAGrantThatIsGivenMoreThanFiveMinutesAfterAStop(int minutes, String verdict) {
        var campaign = Campaign.named("news")
                .journey(j -> j.startOn(event("Started")).send(news, first(SMS)).send(news, first(EMAIL)));
        try (var rehearsal = Rehearsal.of(campaign).under(Policy.vietnam()).startingAt("2026-11-23T09:00+07:00")) {
            var decisions = rehearsal
                    .customer(
                            "mai", m -> m.email("mai@example.com").phone(PHONE).grants(ADVERTISING, EMAIL, SMS))
                    .advance(hours(1))
                    .replies(SMS, Address.phone(PHONE), "TC")
                    .advance(minutes(minutes))
                    .customer("mai", m -> m.grants(ADVERTISING, SMS).does("Started"))
                    .advance(hours(1))
                    .report()
                    .decisions();

            assertThat(decisions)
                    .filteredOn(decision -> decision.origin().message().equals("news"))
                    .extracting(decision -> decision.channel() + " " + decision.verdict())
                    .containsExactlyInAnyOrder("sms " + verdict, "email SENT");
            assertThat(decisions)
                    .filteredOn(decision -> decision.origin().message().equals("opt-out-confirmation"))
                    .extracting(decision -> decision.verdict())
                    .containsExactly(Verdict.SENT);
        }
    }

    @Test
    void showsConsentActsAndOneClockForAll() {
        var clock = InstantSource.fixed(Instant.parse("2026-11-23T02:00:00Z"));
        var credentials = Credentials.of(Map.of("Url", "http://127.0.0.1:9/", "Token", "none"));
        var signed = Brand.named("Shop").sender(SMS, Sender.of("SHOP"));
        var welcome = Message.transactional("welcome", signed).on(SMS, text("Hi"));
        var campaign = Campaign.named("welcome")
                .journey(j -> j.startOn(event("Signed Up")).send(welcome, first(SMS)));

        // spotless:off
        var sms = HttpSms.gateway("generic", credentials).clock(clock);
        var ring = Throughline.open(t -> t.clock(clock)
                .channel(sms)
                // spotless:on
                .store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .campaign(campaign));
        try (var throughline = ring) {
            var mai = userId("mai");
            throughline.identify(mai, Map.of("phone", PHONE));
            // spotless:off
            throughline
                    .consent(mai)
                    .record(Grant.of(ADVERTISING).on(EMAIL, SMS).actor(SUBJECT).shown(notice("checkout", 3)));
            throughline.consent(mai).record(Withdrawal.of(ADVERTISING).on(SMS).actor(SUBJECT));
            // spotless:on

            assertThat(throughline.queries().consents(mai).get(Address.phone(PHONE)))
                    .allSatisfy(line -> assertThat(line.recordedAt()).isEqualTo(clock.instant()))
                    .extracting(ConsentEvent::type)
                    .containsExactlyInAnyOrder(ConsentEvent.Type.GRANTED, ConsentEvent.Type.WITHDRAWN);
        }
    }

    @Test
    void showsStepsThatRun() {
        var hints = Message.transactional("hints", shop)
                .on(EMAIL, mail("Hints", "<p>Hints</p>"))
                .on(SMS, text("Hints"));
        var warmHints = Message.transactional("warm-hints", shop).on(SMS, text("Warm hints"));
        // spotless:off
        var trip = Campaign.named("trip").journey(j -> j
                .startOn(event("Order Completed").where(property("check_in").exists()))
                .keyedBy("order_id")
                .exitOn(event("Order Cancelled"))
                .goal(event("Product Reviewed"))
                .holdout(10)
                .zone("Asia/Ho_Chi_Minh")
                .delayUntil(eventDate("check_in").daysBefore(3).at(LocalTime.of(9, 0)), IfPast.SKIP)
                .send(hints, first(EMAIL))
                .delayUntil(eventDate("check_in").daysAfter(1).at(LocalTime.of(18, 0)), IfPast.PROCEED)
                .waitUntil(trait("checkedIn").is(true), days(2),
                        there -> there.setTrait("stage", "guest"),
                        absent -> absent.end("NEVER_CAME"))
                .experiment("hint-tone", v -> v
                        .variant("plain", 50, plain -> plain.send(hints, first(SMS)))
                        .variant("warm", 50, warm -> warm.send(warmHints, first(SMS))))
                .branch(b -> b
                        .when(count("Order Completed").atLeast(5), friend -> friend.delayUntil(DayOfWeek.MONDAY, LocalTime.of(10, 0)))
                        .when(count("Order Completed").atLeast(2), known -> known.delayDays(2))
                        .otherwise(fresh -> fresh.delay(hours(48)))));

        var birthday = Campaign.named("birthday").journey(j -> j
                .startYearlyOn(traitDate("birthday").at(LocalTime.of(9, 0)))
                .send(hints, first(SMS)));

        var callBack = Campaign.named("call-back").journey(j -> j.startOnCall().keyedBy("case").send(hints, first(SMS)));
        // spotless:on
        try (var rehearsal =
                Rehearsal.of(trip, birthday, callBack).under(Policy.vietnam()).startingAt("2026-11-23T09:00+07:00")) {
            var report = rehearsal
                    .customer("mai", m -> m.email("mai@example.com")
                            .phone(PHONE)
                            .trait("birthday", "1990-11-24")
                            .does("Order Completed", Map.of("order_id", "A-17", "check_in", "2026-12-01"))
                            .started("call-back", Map.of("case", "C-9")))
                    .advance(days(9).plus(hours(10)))
                    .customer("mai", m -> m.trait("checkedIn", true))
                    .advance(days(5))
                    .report();

            assertThat(report.decisions())
                    .extracting(decision -> decision.origin().campaign() + " " + decision.channel() + " "
                            + decision.at().toString().substring(0, 10))
                    .containsExactly(
                            "call-back sms 2026-11-23",
                            "birthday sms 2026-11-24",
                            "trip email 2026-11-28",
                            "trip sms 2026-12-02");
            assertThat(report.toString()).contains("journey trip ended");
        }
    }

    @Test
    void showsACallThatStartsACampaign() {
        var callBack = Campaign.named("call-back")
                .journey(j -> j.startOnCall().keyedBy("case").delay(hours(1)));
        var ring = Throughline.open(t -> t.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .campaign(callBack));
        try (var throughline = ring) {
            var mai = userId("mai");
            // spotless:off
            throughline.start("call-back", mai, Map.of("case", "C-9"), "C-9");
            // spotless:on

            assertThat(throughline.explain(mai, "call-back").toString()).contains("journey started");

            // spotless:off
            throughline.campaign("call-back").pause(Pause.HOLD, "ann", "the line is down");
            throughline.campaign("call-back").resume("ann", "the line is up");
            // spotless:on

            assertThat(throughline.campaign("call-back").status().why()).isEqualTo("the line is up");
        }
    }

    @Test
    void showsHowWhoIsInsideIsMovedToANewerVersion() {
        var before = Campaign.named("call-back").journey(j -> j.startOnCall()
                .delay(hours(5))
                .waitUntil(event("Call Taken"), hours(1), taken -> {}, missed -> {})
                .setTrait("called", true));
        var callBack = Campaign.named("call-back")
                .journey(j -> j.startOnCall().delay(hours(1)).delay(minutes(5)).setTrait("called", true));
        var ring = Throughline.open(t -> t.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .campaign(before));
        try (var throughline = ring) {
            throughline.start("call-back", userId("mai"), Map.of());

            // spotless:off
            var sooner = Migration.to(callBack).step("1", "1").onMissing(OnMissing.NEXT);

            System.out.println(throughline.campaign("call-back").tryOut(sooner));
            throughline.campaign("call-back").migrate(sooner, "ann", "five hours are too long");
            // spotless:on

            assertThat(throughline.campaign("call-back").tryOut(sooner).faults())
                    .isEmpty();
        }
    }

    @Test
    void listsEveryEventThatCountsAsAResponse() throws IOException {
        String source =
                Files.readString(Path.of("../core/src/main/java/dev/throughline/campaign/Responses.java"), UTF_8);
        var events = Pattern.compile("\"([A-Z][A-Za-z ]+)\"")
                .matcher(source)
                .results()
                .map(found -> found.group(1));

        assertThat(events).isNotEmpty().allSatisfy(event -> assertThat(GUIDE.text())
                .contains("`" + event + "`"));
    }

    @Test
    void showsCodeThatStandsHere() throws IOException {
        GUIDE.isCutFrom(9, CampaignsGuideTest.class);
    }
}
