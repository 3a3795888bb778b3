// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Processor;
import dev.throughline.channel.SendResult;
import dev.throughline.consent.Actor;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Suppression;
import dev.throughline.customer.Customer;
import dev.throughline.customer.ErasureNote;
import dev.throughline.customer.RequestNote;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.PersonRequest;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Pepper;
import dev.throughline.identity.Sender;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.policy.Registry;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Stamp;
import dev.throughline.touchpoint.Touchpoint;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

class RightsTest {

    private static final Identity MAI = userId("KH-88123");
    private static final Identity EMAIL = Identity.email("mai@example.com");
    private static final Identity PHONE = Identity.phone("+84900000001");
    private static final Brand SHOP = Brand.named("Shop").country("VN").sender(SMS, "SHOP");
    private static final Message NEWS = Message.marketing("news", SHOP).on(SMS, text("News"));
    private static final Message THANKS =
            Message.of("thanks", MessageClass.TRANSACTIONAL, SHOP).on(SMS, text("Thanks"));
    private static final String NAMED =
            "request: what is said names the person, and is kept when she is erased: expected such as the number of her"
                    + " request";
    private static final Pepper FIRST = Pepper.of(1, secret("first"));

    private final RecordingChannel sms = new RecordingChannel(SMS, () -> this.now);
    private volatile Instant now = Instant.parse("2026-11-23T03:00:00Z");
    private final MemoryStore kept = new MemoryStore();
    private Throughline shop;

    @BeforeEach
    void open() {
        shop = open(FIRST);
        shop.identify(MAI, Map.of("email", EMAIL.value(), "phone", PHONE.value(), "firstName", "Mai"));
        shop.track(MAI, "Order Completed", Map.of());
        decided("thank", 1);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void scenario46RefusesWhoWasErasedInAnotherListAndWelcomesHerOwnYesUnderANewId() {
        var before = id(MAI);
        shop.rights().erase(MAI, "ann", "request 17");
        later(Duration.ofDays(1));

        var intake = shop.loadJsonLines(Stream.of(
                "{\"type\":\"identify\",\"userId\":\"NEW-1\",\"traits\":{\"email\":\"Mai@Example.com\"}}",
                "{\"type\":\"identify\",\"userId\":\"NEW-2\",\"traits\":{\"phone\":\"+84900000001\"}}",
                "{\"type\":\"track\",\"userId\":\"KH-88123\",\"event\":\"Order Completed\"}",
                "{\"type\":\"identify\",\"userId\":\"KH-7\",\"traits\":{\"email\":\"binh@example.com\"}}"));

        assertThat(intake.taken()).isEqualTo(1);
        assertThat(intake.refused()).isEqualTo(3);
        assertThat(intake.erased()).isEqualTo(3);
        assertThat(intake.rejected().get(0).reason())
                .endsWith("its email is of somebody who was erased on"
                        + " 2026-11-23T03:00:00Z, expected an act of the person's own that brings her back");
        assertThat(shop.queries().customer(MAI)).isEmpty();
        assertThat(shop.queries().customer(userId("NEW-1"))).isEmpty();

        shop.identify(MAI, Map.of("phone", PHONE.value()));
        shop.track(MAI, "Asked For News", Map.of());
        assertThat(decided("news", 1).verdict()).isEqualTo(Verdict.skipped("ERASED"));

        shop.consent(MAI).record(yes());
        later(Duration.ofHours(1));
        shop.track(MAI, "Asked For News", Map.of());

        assertThat(decided("news", 2).verdict()).isEqualTo(Verdict.SENT);
        assertThat(id(MAI)).isNotEqualTo(before);
        assertThat(shop.load(Stream.of(order("past", now.minus(Duration.ofDays(30))), order("present", now))))
                .satisfies(loaded -> {
                    assertThat(loaded.taken()).isEqualTo(1);
                    assertThat(loaded.erased()).isEqualTo(1);
                });
    }

    @Test
    void scenario47RecognisesUnderANewSecretWhoWasErasedUnderTheOldOne() {
        shop.rights().erase(MAI, "ann", "request 17");
        shop.close();
        later(Duration.ofDays(400));
        shop = open(FIRST.and(2, secret("second")));

        assertThat(shop.load(Stream.of(order("again", now))).erased()).isEqualTo(1);
        shop.identify(MAI, Map.of("phone", PHONE.value()));
        shop.track(MAI, "Order Completed", Map.of());
        assertThat(decided("thank", 1).verdict()).isEqualTo(Verdict.skipped("ERASED"));

        shop.rights().erase(MAI, "ann", "request 18");
        assertThat(shop.queries().customer(MAI)).isEmpty();
        assertThat(shop.load(Stream.of(order("and again", now))).erased()).isEqualTo(1);
    }

    @Test
    void tellsEverythingThatIsHeldAndWhoHasLooked() throws IOException {
        later(Duration.ofHours(1));
        shop.consent(MAI).record(yes());
        shop.list("friends").add(MAI);

        var report = shop.rights().access(MAI, "ann", "request 17");

        var json = new StringBuilder();
        report.json(json);
        var told = new ObjectMapper().readTree(json.toString());
        assertThat(told.get("names").findValuesAsString("name"))
                .containsExactlyInAnyOrder("userId:KH-88123", "email:mai@example.com", "phone:+84900000001");
        assertThat(told.get("traits").findValuesAsString("value")).contains("Mai");
        assertThat(told.get("lists").findValuesAsString("list")).containsExactly("friends");
        assertThat(told.get("consents").findValuesAsString("type")).containsOnly("GRANTED");
        assertThat(told.get("messages").findValuesAsString("outcome")).contains("SENT");
        assertThat(told.get("timeline").toString()).contains("Order Completed", "request 17");
        assertThat(shop.queries().views(MAI)).singleElement().satisfies(view -> assertThat(view.who())
                .isEqualTo("ann"));
    }

    @Test
    void showsItAsAPageInBothLanguages() {
        shop.identify(MAI, Map.of("firstName", "<b>Mai</b>"));
        var english = new StringBuilder();
        var vietnamese = new StringBuilder();

        var report = shop.rights().access(MAI, "herself", "signed in");
        report.html(english, Locale.ENGLISH);
        report.html(vietnamese, Locale.forLanguageTag("vi"));

        assertThat(english)
                .contains("<html lang=\"en\">", "What we hold of you", "&lt;b&gt;Mai&lt;/b&gt;", "phone:+84900000001")
                .doesNotContain("<b>");
        assertThat(vietnamese).contains("<html lang=\"vi\">", "Dữ liệu chúng tôi lưu giữ về bạn", "Giá trị");
    }

    /** In writing on Friday, 5 February 2027, the eve of Tet: no working day until 12 February. */
    @Test
    void scenario49StopsAtOnceAndCountsWorkingDaysOnlyToAcknowledge() {
        shop.close();
        now = Instant.parse("2027-02-04T03:00:00Z");
        shop = vietnamese(false);
        shop.identify(MAI, Map.of("phone", PHONE.value(), "country", "VN"));
        shop.consent(MAI).record(yes());
        later(Duration.ofDays(1));

        var request = shop.rights().received(MAI, PersonRequest.Kind.WITHDRAWAL, now, "ann", "email of 5 February");

        shop.track(MAI, "Asked For News", Map.of());
        assertThat(decided("news", 1).verdict()).isEqualTo(Verdict.skipped("WITHDRAWN"));
        assertThat(request.due()).contains(local("2027-02-16"));
        assertThat(request.completeBy()).contains(local("2027-02-21"));
        later(Duration.ofHours(1));
        shop.rights().acknowledged(request.id(), "ann");
        assertThat(shop.rights().open()).singleElement().satisfies(open -> assertThat(open.due())
                .contains(local("2027-02-21")));
        later(Duration.ofHours(1));
        shop.rights().putOff(request.id(), "ann", "many systems");
        assertThat(shop.rights().open().get(0).completeBy()).contains(local("2027-03-08"));
        assertThatThrownBy(() -> shop.rights().putOff(request.id(), "ann", "again"))
                .hasMessage("request " + request.id() + ": it cannot be put off (any more), expected it to be done by "
                        + local("2027-03-08"));
        later(Duration.ofHours(1));
        shop.rights().done(request.id(), "ann", "all systems told");
        assertThat(shop.rights().open()).isEmpty();
        assertThat(shop.queries().requests(MAI))
                .extracting(RequestNote::step)
                .containsExactly("RECEIVED", "ACKNOWLEDGED", "PUT_OFF", "DONE");
    }

    @Test
    void scenario49GivesFiveDaysMoreWhereAProcessorHasToAct() {
        shop.close();
        shop = vietnamese(true);
        shop.identify(MAI, Map.of("phone", PHONE.value(), "country", "VN"));

        var request = shop.rights().received(MAI, PersonRequest.Kind.OBJECTION, now, "ann", "letter");

        assertThat(request.completeBy()).contains(local("2026-12-14"));
        assertThat(request.terms().extendedUntil()).isEqualTo(local("2026-12-29"));
    }

    @Test
    void letsNothingLeaveForWhoHasHerDataRestrictedUntilThatIsLifted() {
        later(Duration.ofHours(1));
        shop.rights().received(MAI, PersonRequest.Kind.RESTRICTION, now, "ann", "letter");
        shop.track(MAI, "Order Completed", Map.of());
        assertThat(decided("thank", 2).verdict()).isEqualTo(Verdict.skipped("SUPPRESSED"));

        later(Duration.ofHours(1));
        shop.lift(Address.phone(PHONE.value()), Suppression.RESTRICTION, "ann", "request 17 is done");
        shop.track(MAI, "Order Completed", Map.of());
        assertThat(decided("thank", 3).verdict()).isEqualTo(Verdict.SENT);
    }

    @Test
    void keepsAccountOfARequestBeyondAnErasure() {
        var request = shop.rights().received(MAI, PersonRequest.Kind.ERASURE, now, "ann", "letter");

        shop.rights().erase(MAI, "ann", "request " + request.id());
        shop.rights().done(request.id(), "ann", "erased");

        assertThat(kept.entries(Entry.Log.TIMELINE, request.customer().toString()))
                .extracting(Entry::body)
                .hasOnlyElementsOfTypes(RequestNote.class, ErasureNote.class)
                .hasSize(3);
    }

    /** The first instant after the day before this one, in Vietnam. */
    private static Instant local(String day) {
        return LocalDate.parse(day).atStartOfDay(ZoneId.of("Asia/Ho_Chi_Minh")).toInstant();
    }

    @Test
    void refusesToEraseWithoutASecretAndSaysWhatToSet() {
        shop.close();
        shop = open(Pepper.NONE);

        assertThatThrownBy(() -> shop.rights().erase(MAI, "ann", "request 17"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("erase: no secret is set, so that nobody could be recognised who was erased: expected"
                        + " pepper(Pepper.of(1, secret)) where Throughline is opened, on every host, with 32 random"
                        + " bytes from where the host keeps its secrets");
        assertThat(shop.queries().customer(MAI)).isPresent();
    }

    @Test
    void doesNotOpenWithoutTheSecretUnderWhichSomebodyWasErased() {
        shop.rights().erase(MAI, "ann", "request 17");
        shop.close();

        assertThatThrownBy(() -> open(Pepper.of(2, secret("second"))))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("Throughline cannot be opened; people were erased under the versions [1] of its secret:"
                        + " expected pepper(..) with all of them, has [2]");
    }

    @Test
    void erasesAnAddressThatNobodyHolds() {
        var address = Address.phone("+84900000009");
        shop.suppress(address, Suppression.MANUAL, "ann", "list of the old system");

        shop.rights().erase(Identity.phone("+84900000009"), "ann", "request 17");

        assertThat(kept.peek(Key.of(address))).isEmpty();
        assertThat(kept.entries(Entry.Log.LEDGER, address.toString())).isEmpty();
    }

    @Test
    void refusesWhatNamesThePersonOrNobody() {
        assertThatThrownBy(() -> shop.rights().erase(MAI, "ann", "KH-88123 asked for it"))
                .hasMessage(NAMED);
        assertThatThrownBy(() -> shop.rights().erase(MAI, "ann", "MAI@Example.com asked"))
                .hasMessage(NAMED);
        assertThatThrownBy(() -> shop.rights().erase(MAI, "ann", "0900 000 001 has called"))
                .hasMessage(NAMED);
        assertThatThrownBy(() ->
                        shop.rights().received(MAI, PersonRequest.Kind.ACCESS, now, "ann", "email of mai@example.com"))
                .hasMessage(NAMED);
        var request = shop.rights().received(MAI, PersonRequest.Kind.ACCESS, now, "ann", "letter 17");
        assertThatThrownBy(() -> shop.rights().done(request.id(), "ann", "sent to mai@example.com"))
                .hasMessage(NAMED);
        assertThatThrownBy(() -> shop.rights().erase(userId("nobody-1"), "ann", "request 17"))
                .hasMessage("erase: nobody is known by this userId, expected an identity of a customer");
        assertThatThrownBy(() -> shop.rights().erase(MAI, "ann", "two\nlines"))
                .hasMessage(
                        "request: 'two\\nlines', expected one line of at most 1000 characters each that says who and why");
    }

    private static Grant yes() {
        return Grant.of(ADVERTISING).on(SMS).actor(Actor.SUBJECT).method("form").shown(notice("checkout", 3));
    }

    private Touchpoint order(String id, Instant at) {
        return Stamp.of(id, at).track(MAI, "Order Completed", Map.of());
    }

    private Decision decided(String campaign, int number) {
        Awaitility.await().until(() -> of(campaign).size() >= number);
        return of(campaign).get(number - 1);
    }

    private List<Decision> of(String campaign) {
        return shop.queries().decisions(MAI).stream()
                .filter(decision -> decision.origin().campaign().equals(campaign))
                .toList();
    }

    private CustomerId id(Identity who) {
        return shop.queries().customer(who).map(Customer::id).orElseThrow();
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private static byte[] secret(String text) {
        return (text + "-0123456789abcdef0123456789abcdef").getBytes(StandardCharsets.UTF_8);
    }

    /** What the next process opens, too. */
    private static Store lasting(Store behind) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (self, method, arguments) ->
                        method.getName().equals("close") ? null : method.invoke(behind, arguments));
    }

    private Throughline vietnamese(boolean processor) {
        var brand = Brand.named("Shop")
                .country("VN")
                .sender(SMS, Sender.of("SHOP").registeredUntil(now.plus(Duration.ofDays(365))))
                .optOutBySms("TC", "8088")
                .optOutByCall("1900 0000");
        var news = Message.marketing("news", brand).on(SMS, text("News"));
        ChannelAdapter adapter = processor ? new Gateway() : sms;
        return Throughline.open(t -> t.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.LIVE)
                .clock(() -> now)
                .policy(Policy.vietnam(v -> v.doNotCall(Registry.none(now.plus(Duration.ofDays(2))))))
                .channel(adapter)
                .campaign(Campaign.named("news")
                        .journey(j -> j.startOn(event("Asked For News")).send(news, first(SMS)))));
    }

    @Test
    void erasesElsewhereFirstAndNothingHereIfThatFails() {
        shop.close();
        var told = new ArrayList<Identity>();
        var processors = new TreeMap<String, Processor>();
        var broken = new AtomicBoolean(true);
        shop = open(FIRST, t -> t.processor(sms.id(), new Processor("Gateway Ltd", "VN"))
                .onErasure((names, who) -> {
                    if (broken.get()) {
                        throw new IOException("the host's database is away");
                    }
                    told.addAll(names);
                    who.forEach((channel, processor) -> processors.put(channel.name(), processor));
                }));

        assertThatThrownBy(() -> shop.rights().erase(MAI, "ann", "request 17"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "erase: a listener of erasures has failed with java.io.IOException, and nothing was erased here:"
                                + " expected it to erase her, or to be called again");
        assertThat(shop.queries().customer(MAI)).isPresent();

        broken.set(false);
        shop.rights().erase(MAI, "ann", "request 17");

        assertThat(told).containsExactlyInAnyOrder(MAI, EMAIL, PHONE);
        assertThat(processors).isEqualTo(Map.of("sms", new Processor("Gateway Ltd", "VN")));
        assertThat(shop.queries().customer(MAI)).isEmpty();
    }

    @Test
    void refusesAProcessorOfAnAdapterThatIsNotThere() {
        assertThatThrownBy(() -> open(FIRST, t -> t.processor("fax", new Processor("Fax Ltd", "VN"))))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageContaining("- processor: an adapter 'fax', have [" + sms.id() + "]");
    }

    /** One that others run. */
    private final class Gateway implements ChannelAdapter {
        @Override
        public String id() {
            return "gateway";
        }

        @Override
        public Channel channel() {
            return SMS;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            return sms.send(message, deadline);
        }

        @Override
        public Optional<Processor> processor() {
            return Optional.of(new Processor("Gateway Ltd", "VN"));
        }
    }

    private Throughline open(Pepper pepper) {
        return open(pepper, t -> {});
    }

    private Throughline open(Pepper pepper, Consumer<Setup> more) {
        return Throughline.open(t -> common(t.pepper(pepper), more));
    }

    private void common(Setup t, Consumer<Setup> more) {
        more.accept(t);
        t.store(lasting(kept))
                .environment("test")
                .delivery(Delivery.LIVE)
                .clock(() -> now)
                .policy(Policy.base())
                .channel(sms)
                .campaign(Campaign.named("thank")
                        .journey(j -> j.startOn(event("Order Completed")).send(THANKS, first(SMS))))
                .campaign(Campaign.named("news")
                        .journey(j -> j.startOn(event("Asked For News")).send(NEWS, first(SMS))));
    }
}
