// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.RawCallback;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.Suppression;
import dev.throughline.consent.Wish;
import dev.throughline.consent.Withdrawal;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.link.Form;
import dev.throughline.link.Link;
import dev.throughline.link.LinkKeys;
import dev.throughline.policy.Policy;
import dev.throughline.preference.PreferenceCentre;
import dev.throughline.preference.PreferenceCentre.State;
import dev.throughline.preference.PreferenceChoice;
import dev.throughline.preference.PreferenceChoice.Outcome;
import dev.throughline.preference.PreferenceFields;
import dev.throughline.preference.PreferenceMenu;
import dev.throughline.preference.PreferenceVisit;
import dev.throughline.preference.PreferenceVisit.Kind;
import dev.throughline.store.memory.MemoryStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The logic of a preference centre. */
class PreferencesTest {

    private static final Identity MAI = userId("mai");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final LinkKeys KEYS = LinkKeys.signing(1, "the first secret of a small tea shop");

    private final PreferenceMenu menu = PreferenceMenu.of(Brand.named("Shop").country("VN"), EMAIL, SMS)
            .inLanguage("vi", notice("preferences", 2).saying("Tôi đồng ý nhận quảng cáo của Shop."))
            .inLanguage("en", notice("preferences", 2).saying("I agree to advertising of Shop."))
            .topic("tea", Map.of("en", "New teas", "vi", "Trà mới"))
            .topic("events", Map.of("en", "Events"))
            .atMost(1, WEEK)
            .atMost(1, Duration.ofDays(1))
            .between(LocalTime.of(18, 0), LocalTime.of(21, 0));
    private volatile Instant now = Instant.parse("2026-11-23T02:00:00Z");
    private final Throughline throughline = Throughline.open(t -> t.store(new MemoryStore())
            .environment("test")
            .delivery(Delivery.RECORD)
            .clock(() -> now)
            .lanes(1)
            .links(KEYS)
            .policy(Policy.vietnam())
            .campaign(Campaign.named("quiet")
                    .journey(j -> j.startOn(event("Nothing")).delay(hours(1)))));
    private final Preferences preferences = throughline.preferences(menu);

    @BeforeEach
    void isKnown() {
        throughline.identify(MAI, Map.of("email", "mai@example.com", "phone", "+84 90 000 0001"));
    }

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void showsTheChannelsThatReachHerWithNothingTickedAndNoAddressInTheClear() {
        var centre = shown();

        assertThat(centre.language()).isEqualTo("vi");
        assertThat(centre.channels())
                .extracting(each -> each.channel() + " " + each.address() + " " + each.state() + " " + each.wish())
                .containsExactly("email m•••@example.com OFF " + Wish.NONE, "sms +84•••001 OFF " + Wish.NONE);
        assertThat(centre.channels().get(0).topics())
                .extracting(topic -> topic.topic().name("vi") + " " + topic.chosen())
                .containsExactly("Trà mới false", "events false");
    }

    @Test
    void recordsATickWithTheWordsThatWereShownAsItsEvidence() {
        var choice = choose(form(shown(), "channel=email", "topic.email=tea", "topic.email=events"));

        assertThat(choice.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(states()).containsExactly(State.ON, State.OFF);
        assertThat(ledger("email")).singleElement().satisfies(line -> {
            assertThat(line.type()).isEqualTo(ConsentEvent.Type.GRANTED);
            assertThat(line.evidence().text()).isEqualTo("Tôi đồng ý nhận quảng cáo của Shop.");
            assertThat(line.evidence().language()).isEqualTo("vi");
            assertThat(line.evidence().method()).isEqualTo("preference centre");
        });
    }

    @Test
    void recordsEachTopicThatIsNotTickedAndTakesTopicsUpAgain() {
        choose(form(shown(), "channel=email", "topic.email=tea"));
        assertThat(topics()).containsExactly(true, false);

        later();
        choose(form(shown(), "channel=email", "topic.email=tea", "topic.email=events"));
        assertThat(topics()).containsExactly(true, true);
        assertThat(ledger("email"))
                .extracting(line -> line.type() + " " + line.scope().topic())
                .containsExactlyInAnyOrder("GRANTED ", "WITHDRAWN events", "GRANTED events");
    }

    @Test
    void recordsHowOftenAndWhen() {
        choose(form(shown(), "frequency.sms=1-PT168H", "hours.sms=1080-1260"));

        assertThat(shown().channels().get(1).wish())
                .isEqualTo(Wish.NONE.atMost(1, WEEK).between(LocalTime.of(18, 0), LocalTime.of(21, 0)));
        later();
        choose(form(shown(), "frequency.sms=any", "hours.sms=any"));
        assertThat(shown().channels().get(1).wish()).isEqualTo(Wish.NONE);
    }

    @Test
    void recordsTheLanguage() {
        choose(form(shown(), "language=en"));

        assertThat(shown().language()).isEqualTo("en");
        assertThat(throughline.queries().customer(MAI).orElseThrow().profile().language())
                .contains("en");
    }

    @Test
    void changesNothingWhereAllIsAsItWas() {
        choose(form(shown(), "channel=sms", "topic.sms=tea", "topic.sms=events"));
        int lines = ledger("phone").size();

        assertThat(choose(form(shown(), "channel=sms", "topic.sms=tea", "topic.sms=events"))
                        .outcome())
                .isEqualTo(Outcome.UNCHANGED);
        assertThat(ledger("phone")).hasSize(lines);
    }

    @Test
    void takesNothingOfAFormWithAFieldOrValueThatThePageDoesNotHave() {
        assertThat(faults("channel=post")).containsExactly("channel");
        assertThat(faults("channel=email", "admin=1")).containsExactly("admin");
        assertThat(faults("channel=email", "topic.email=coffee")).containsExactly("topic.email");
        assertThat(faults("channel=email", "topic.call=tea")).containsExactly("topic.call");
        assertThat(faults("frequency.email=50-PT1H")).containsExactly("frequency.email");
        assertThat(faults("hours.sms=0-1440")).containsExactly("hours.sms");
        assertThat(faults("language=de")).containsExactly("language");
        assertThat(choose(new Form(Map.of())).faults())
                .containsExactly("frequency.email", "frequency.sms", "hours.email", "hours.sms", "language", "version");
        assertThat(ledger("email")).isEmpty();
    }

    @Test
    void takesNothingOfAFormThatWasShownBeforeAStop() {
        choose(form(shown(), "channel=sms", "topic.sms=tea", "topic.sms=events"));
        var old = form(shown(), "channel=sms", "channel=email", "topic.sms=tea", "topic.sms=events");
        later();
        throughline.consent(MAI).record(Withdrawal.of(ADVERTISING).on(SMS).method("call"));
        later();

        assertThat(choose(old).outcome()).isEqualTo(Outcome.STALE);
        assertThat(states()).containsExactly(State.OFF, State.OFF);
    }

    @Test
    void saysFromWhenOnAYesCanFollowANo() {
        choose(form(shown(), "channel=sms", "topic.sms=tea", "topic.sms=events"));
        later();
        choose(form(shown()));
        Instant refused = now;
        now = now.plusSeconds(60);

        var tooSoon = choose(form(shown(), "channel=sms", "topic.sms=tea", "topic.sms=events"));
        assertThat(tooSoon.outcome()).isEqualTo(Outcome.TOO_SOON);
        assertThat(tooSoon.after()).isEqualTo(refused.plus(Duration.ofMinutes(5)));

        now = refused.plus(Duration.ofMinutes(5)).plusMillis(1);
        choose(form(shown(), "channel=sms", "topic.sms=tea", "topic.sms=events"));
        assertThat(states()).containsExactly(State.OFF, State.ON);
    }

    @Test
    void offersNoYesWhereNothingIsSentWhateverSheSays() {
        throughline.suppress(Address.email("mai@example.com"), Suppression.COMPLAINT, "ann", "wrote to us");

        assertThat(states()).containsExactly(State.BLOCKED, State.OFF);
        assertThat(faults("channel=email")).containsExactly("channel");
    }

    @Test
    void isReachedByALinkForSoLongAsItSays() {
        String token = preferences.link(MAI, Duration.ofDays(30));

        assertThat(visit("GET", token, "").kind()).isEqualTo(Kind.SHOWN);
        var centre = visit("GET", token + "?lang=en", "").centre();
        assertThat(centre).isNotNull();
        assertThat(centre.shownIn()).isEqualTo("en");
        assertThat(ledger("email")).isEmpty();

        String posted = encoded(form(centre, "channel=email", "topic.email=tea", "topic.email=events"));
        assertThat(visit("POST", token + "?lang=en", posted).kind()).isEqualTo(Kind.SAVED);
        assertThat(ledger("email"))
                .singleElement()
                .satisfies(line -> assertThat(line.evidence().text()).isEqualTo("I agree to advertising of Shop."));
        assertThat(visit("POST", token, posted).kind()).isEqualTo(Kind.STALE);

        now = now.plus(Duration.ofDays(30));
        assertThat(visit("POST", token, posted).kind()).isEqualTo(Kind.EXPIRED);
        assertThat(ledger("email")).hasSize(1);
    }

    @Test
    void isNotReachedByOtherLinks() {
        String token = preferences.link(MAI, Duration.ofDays(30));
        String customer = throughline.queries().customer(MAI).orElseThrow().id().toString();
        String unsubscribing = KEYS.sign(new Link(Link.Purpose.UNSUBSCRIBE, customer, null));
        String nobody = KEYS.sign(new Link(Link.Purpose.PREFERENCES, "0".repeat(32), now.plusSeconds(60)));

        for (String each : List.of(token.substring(1), unsubscribing, nobody, customer, "")) {
            assertThat(visit("GET", each, "").kind()).as(each).isEqualTo(Kind.INVALID);
            assertThat(visit("POST", each, "channel=email").kind()).as(each).isEqualTo(Kind.INVALID);
        }
        assertThat(visit("PUT", token, "").kind()).isEqualTo(Kind.METHOD);
        assertThat(visit("POST", token, "%zz").kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void linksToNobodyWhoIsUnknown() {
        assertThatThrownBy(() -> preferences.link(userId("lan"), Preferences.VALIDITY))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("preferences link: nobody is known by this userId, expected a customer");
        assertThatThrownBy(() -> preferences.link(MAI, Duration.ZERO))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("preferences link for PT0S: expected PT1S to PT87840H");
    }

    @Test
    void takesNoOldFormForANewYes() {
        var first = form(shown(), "channel=email", "topic.email=tea");
        choose(first);
        later();
        choose(form(shown()));
        assertThat(states()).containsExactly(State.OFF, State.OFF);
        now = now.plus(Duration.ofDays(10));

        assertThat(choose(first).outcome()).isEqualTo(Outcome.STALE);

        assertThat(states()).containsExactly(State.OFF, State.OFF);
    }

    @Test
    void takesBothRefusalsOfTwoFormsThatAreSentAtOnce() {
        choose(form(shown(), "channel=email", "channel=sms"));
        later();
        var centre = shown();
        var noMails = form(centre, "channel=sms");
        var noTexts = form(centre, "channel=email");

        List.of(noMails, noTexts).parallelStream().forEach(this::choose);
        if (!states().equals(List.of(State.OFF, State.OFF))) { // one came first, and the other was told so
            choose(form(shown()));
        }

        assertThat(states()).containsExactly(State.OFF, State.OFF);
    }

    @Test
    void showsWhatIsSentUntilSheSaysNoAndTakesThatNo() {
        try (var american = Throughline.open(t -> t.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.RECORD)
                .clock(() -> now)
                .links(KEYS)
                .policy(Policy.draft("us"))
                .campaign(Campaign.named("quiet")
                        .journey(j -> j.startOn(event("Nothing")).delay(hours(1)))))) {
            american.identify(MAI, Map.of("email", "ana@example.com", "phone", "+1 212 555 0142", "country", "US"));
            var pages =
                    american.preferences(PreferenceMenu.of(Brand.named("Shop").country("US"), EMAIL, SMS)
                            .inLanguage("en", notice("preferences", 2).saying("I agree to advertising of Shop.")));
            var before = pages.show(MAI).orElseThrow();
            assertThat(before.channels()).extracting(each -> each.state()).containsExactly(State.ON, State.OFF);

            assertThat(pages.choose(MAI, form(before)).outcome()).isEqualTo(Outcome.CHANGED);

            assertThat(pages.show(MAI).orElseThrow().channels())
                    .extracting(each -> each.state())
                    .containsExactly(State.OFF, State.OFF);
        }
    }

    private PreferenceVisit visit(String method, String token, String body) {
        return preferences.visit(new RawCallback(
                method,
                "/preferences/" + token,
                Map.of("Content-Type", List.of("application/x-www-form-urlencoded")),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String encoded(Form form) {
        return form.fields().entrySet().stream()
                .flatMap(field -> field.getValue().stream()
                        .map(value -> field.getKey() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)))
                .collect(Collectors.joining("&"));
    }

    private void later() {
        now = now.plus(Duration.ofMinutes(6));
    }

    private PreferenceCentre shown() {
        return preferences.show(MAI).orElseThrow();
    }

    private PreferenceChoice choose(Form form) {
        return preferences.choose(MAI, form);
    }

    private List<String> faults(String... fields) {
        var choice = choose(form(shown(), fields));
        assertThat(choice.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(choice.acts()).isEmpty();
        return choice.faults();
    }

    private List<State> states() {
        return shown().channels().stream()
                .map(PreferenceCentre.ChannelChoice::state)
                .toList();
    }

    private List<Boolean> topics() {
        return shown().channels().get(0).topics().stream()
                .map(PreferenceCentre.TopicChoice::chosen)
                .toList();
    }

    private List<ConsentEvent> ledger(String kind) {
        return throughline.queries().consents(MAI).entrySet().stream()
                .filter(each -> each.getKey().kind().equals(kind))
                .flatMap(each -> each.getValue().stream())
                .toList();
    }

    /** As a browser sends the page: what is not said stays as it is shown, but for the boxes. */
    private static Form form(PreferenceCentre centre, String... said) {
        var fields = new TreeMap<String, List<String>>();
        fields.put(PreferenceFields.VERSION, List.of(centre.version()));
        fields.put(PreferenceFields.LANGUAGE, List.of(centre.language()));
        for (var each : centre.channels()) {
            fields.put(PreferenceFields.frequency(each), List.of(PreferenceFields.code(each.frequency())));
            fields.put(PreferenceFields.hours(each), List.of(PreferenceFields.code(each.times())));
        }
        var spoken = new TreeMap<String, List<String>>();
        for (String each : said) {
            int at = each.indexOf('=');
            spoken.computeIfAbsent(each.substring(0, at), none -> new ArrayList<>())
                    .add(each.substring(at + 1));
        }
        fields.putAll(spoken);
        return new Form(fields);
    }
}
