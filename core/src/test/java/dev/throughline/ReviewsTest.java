// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Receiver;
import dev.throughline.channel.SendResult;
import dev.throughline.consent.Actor;
import dev.throughline.consent.Basis;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.Grant;
import dev.throughline.consent.OptOutWords.Meaning;
import dev.throughline.decision.Decision;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Review;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replies that somebody has to read. */
class ReviewsTest {

    private static final Identity ANA = userId("ana");
    private static final Address PHONE = Address.phone("+1 212 555 0142");
    private static final Instant MONDAY = Instant.parse("2026-11-23T17:00:00Z");
    private static final Brand SHOP = Brand.named("Shop")
            .country("US")
            .zone("America/New_York")
            .sender(SMS, "88888")
            .optOutBySms("STOP", "88888");

    private final Phones phones = new Phones();
    private final AtomicReference<Instant> now = new AtomicReference<>(MONDAY);
    private Throughline shop = open(setup -> {});

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void scenario16PausesAtOnceAndShowsTheTenBusinessDays() {
        says("please leave me alone");

        assertThat(shop.reviews().waiting()).singleElement().satisfies(review -> {
            assertThat(review.address()).isEqualTo(PHONE);
            assertThat(review.channel()).isEqualTo(SMS);
            assertThat(review.text()).isEqualTo("please leave me alone");
            assertThat(review.received()).isEqualTo(MONDAY);
            assertThat(review.due()).contains(Instant.parse("2026-12-09T05:00:00Z"));
            assertThat(review.customers())
                    .containsExactly(shop.queries().customer(ANA).orElseThrow().id());
        });
        assertThat(offered()).isEqualTo("SKIPPED(PAUSED_FOR_REVIEW)");
    }

    @Test
    void countsAsARefusalFromWhenItCame() {
        says("please leave me alone");
        now.set(MONDAY.plus(Duration.ofHours(30)));

        shop.reviews().refusal(waiting(), "Lan");

        assertThat(shop.reviews().waiting()).isEmpty();
        assertThat(last(ConsentEvent.Type.WITHDRAWN)).satisfies(event -> {
            assertThat(event.actor()).isEqualTo(Actor.AGENT);
            assertThat(event.occurredAt()).isEqualTo(MONDAY);
            assertThat(event.evidence().text()).isEqualTo("please leave me alone");
            assertThat(event.evidence().proof()).isEqualTo("Lan");
        });
        assertThat(offered()).isEqualTo("SKIPPED(WITHDRAWN)");
    }

    @Test
    void refusalReachesAsFarAsAClearWordWouldAndIsConfirmed() {
        reopen(Policy.draft("us-revoke-all"), setup -> {});
        says("please leave me alone");

        shop.reviews().refusal(waiting(), "Lan");

        assertThat(events())
                .filteredOn(event -> event.type() == ConsentEvent.Type.WITHDRAWN)
                .extracting(
                        event -> event.scope().purpose(), event -> event.scope().channel(), ConsentEvent::actor)
                .contains(tuple("ADVERTISING", "", Actor.AGENT), tuple("CUSTOMER_CARE", "", Actor.AGENT));
        Awaitility.await().until(() -> phones.sent.size() == 1);
        assertThat(phones.sent.get(0)).contains("your refusal of advertising was received");
    }

    @Test
    void isNoRefusalAndAdvertisingGoesOn() {
        says("my neighbours leave me alone at last, thanks to your earplugs");

        shop.reviews().noRefusal(waiting(), "Lan", "praise");

        assertThat(shop.reviews().waiting()).isEmpty();
        assertThat(offered()).isEqualTo("SENT");
    }

    @Test
    void letsALaterReplyWait() {
        says("not interested");
        var first = waiting();
        now.set(MONDAY.plus(Duration.ofMinutes(1)));
        says("leave me alone");

        shop.reviews().noRefusal(first, "Lan", "about tea");

        assertThat(shop.reviews().waiting()).extracting(Review::text).containsExactly("leave me alone");
        assertThat(offered()).isEqualTo("SKIPPED(PAUSED_FOR_REVIEW)");
    }

    @Test
    void isForgottenOnceSheSaysYesHerself() {
        says("not interested");
        now.set(MONDAY.plus(Duration.ofMinutes(10)));
        consents();

        assertThat(shop.reviews().waiting()).isEmpty();
        assertThat(offered()).isEqualTo("SENT");
    }

    @Test
    void classifierFindsARefusalThatNoTableKnows() {
        reopen(setup -> setup.replyClassifier(reply -> Meaning.OPT_OUT));

        says("je ne veux plus rien de vous");

        Awaitility.await().untilAsserted(() -> assertThat(last(ConsentEvent.Type.WITHDRAWN))
                .extracting(event -> event.evidence().method())
                .isEqualTo("sms reply, read by a classifier"));
        Awaitility.await().until(() -> phones.sent.size() == 1);
        assertThat(phones.sent.get(0)).contains("your refusal of advertising was received");
        assertThat(shop.reviews().waiting()).isEmpty();
        assertThat(offered()).isEqualTo("SKIPPED(WITHDRAWN)");
    }

    @Test
    void classifierEndsThePauseThatItsReplyHasMade() {
        reopen(setup -> setup.replyClassifier(reply -> Meaning.NONE));

        says("not interested in tea, but do you have coffee?");

        Awaitility.await().untilAsserted(() -> assertThat(last(ConsentEvent.Type.LIFTED))
                .extracting(event -> event.evidence().method())
                .isEqualTo("classifier"));
        assertThat(shop.reviews().waiting()).isEmpty();
        assertThat(offered()).isEqualTo("SENT");
    }

    @Test
    void classifierThatThrowsLeavesItToPeople() {
        var asked = new CompletableFuture<String>();
        reopen(setup -> setup.replyClassifier(reply -> {
            asked.complete(reply.text());
            throw new IllegalStateException("no model");
        }));

        says("not interested");

        assertThat(asked).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("not interested");
        assertThat(shop.reviews().waiting()).hasSize(1);
        assertThat(offered()).isEqualTo("SKIPPED(PAUSED_FOR_REVIEW)");
    }

    @Test
    void classifierIsNotAskedAboutClearWordsAndItsYesIsNoConsent() {
        reopen(setup -> setup.replyClassifier(reply -> Meaning.OPT_IN));

        says("STOP");
        says("sure, why not");

        assertThat(offered()).isEqualTo("SKIPPED(WITHDRAWN)");
        assertThat(events()).extracting(ConsentEvent::type).containsOnlyOnce(ConsentEvent.Type.GRANTED);
    }

    // What happens.

    private Throughline open(Consumer<Setup> more) {
        return open(Policy.draft("us"), more);
    }

    private Throughline open(Policy policy, Consumer<Setup> more) {
        var offer = Message.marketing("offer", SHOP).on(SMS, text("Two for one"));
        var opened = Throughline.open(t -> {
            t.store(new MemoryStore())
                    .environment("test")
                    .delivery(Delivery.LIVE)
                    .clock(now::get)
                    .channel(phones)
                    .policy(policy)
                    .campaign(Campaign.named("offer")
                            .journey(j -> j.startOn(event("Added")).send(offer, first(SMS))));
            more.accept(t);
        });
        opened.identify(ANA, Map.of("phone", PHONE.value(), "timezone", "America/New_York"));
        opened.consent(ANA)
                .record(Grant.of(ADVERTISING)
                        .on(SMS)
                        .basis(Basis.EXPRESS_WRITTEN)
                        .shown(notice("form", 1)));
        return opened;
    }

    private void reopen(Consumer<Setup> more) {
        reopen(Policy.draft("us"), more);
    }

    private void reopen(Policy policy, Consumer<Setup> more) {
        shop.close();
        shop = open(policy, more);
    }

    private void consents() {
        shop.consent(ANA)
                .record(Grant.of(ADVERTISING)
                        .on(SMS)
                        .basis(Basis.EXPRESS_WRITTEN)
                        .shown(notice("form", 1)));
    }

    private void says(String text) {
        var inbound = new Inbound(text, SMS, PHONE, "88888", text, now.get());
        phones.receiver
                .receive(new Callback(CallbackAnswer.text(200, ""), List.of(), List.of(inbound)))
                .toCompletableFuture()
                .join();
    }

    private Review waiting() {
        return shop.reviews().waiting().findFirst().orElseThrow();
    }

    private List<ConsentEvent> events() {
        return shop.queries().consents(ANA).get(PHONE);
    }

    private ConsentEvent last(ConsentEvent.Type type) {
        return events().stream()
                .filter(event -> event.type() == type)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** What becomes of an advertisement now. */
    private String offered() {
        shop.track(ANA, "Added", Map.of());
        Awaitility.await().until(() -> offers().findAny().isPresent());
        return offers().findFirst().orElseThrow().verdict().toString();
    }

    private Stream<Decision> offers() {
        return shop.queries().decisions(ANA).stream()
                .filter(decision -> decision.origin().message().equals("offer"));
    }

    private static final class Phones implements ChannelAdapter {
        private final List<String> sent = new CopyOnWriteArrayList<>();
        private volatile Receiver receiver = callback -> CompletableFuture.completedFuture(null);

        @Override
        public String id() {
            return "phones";
        }

        @Override
        public Channel channel() {
            return SMS;
        }

        @Override
        public void listen(Receiver other) {
            receiver = other;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            sent.add(message.content().headline());
            return CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));
        }
    }
}
