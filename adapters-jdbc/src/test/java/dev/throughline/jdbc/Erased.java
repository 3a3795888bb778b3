// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;

import dev.throughline.Setup;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Receiver;
import dev.throughline.channel.SendResult;
import dev.throughline.consent.Actor;
import dev.throughline.consent.Grant;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Pepper;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.pool.Pool;
import dev.throughline.segment.Conditions;
import dev.throughline.segment.Segment;
import dev.throughline.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A shop in which Mai is known in every way in which somebody can be known, and its clock. */
final class Erased {

    static final Identity MAI = userId("KH-88123");
    static final Identity BINH = userId("KH-7");
    static final String EMAIL_OF_MAI = "mai.erased@example.com";
    static final String PHONE_OF_MAI = "+84900000188";

    /** In every spelling in which somebody might look for her. */
    static final List<String> TRACES = List.of(
            EMAIL_OF_MAI,
            "mai.erased",
            "KH-88123",
            "CARD-4711",
            "device-77aa",
            "browser-9f",
            "0900000188",
            "900000188",
            "0900 000 188",
            "Maiwenn");

    static final Pepper PEPPER = Pepper.of(1, secret("first"));

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .sender(EMAIL, "news@shop.example")
            .optOutBySms("TC", "8088");
    private static final Message THANKS = Message.transactional("thanks", SHOP)
            .on(SMS, text("Thank you, {{ customer.firstName }}"))
            .drawsOn("gifts");
    private static final Message NEWS = Message.marketing("news", SHOP)
            .on(EMAIL, mail("{{ customer.firstName }}, a letter", "<p>{{ event.street }}</p>"))
            .drawsOn("gifts");
    private static final Message REMINDER = Message.transactional("reminder", SHOP)
            .on(SMS, text("{{ customer.firstName }}, your basket in {{ event.street }}"));

    final Post sms = new Post(SMS);
    final Post email = new Post(EMAIL);
    volatile Instant now = Instant.parse("2026-11-23T03:00:00Z");

    static byte[] secret(String text) {
        return (text + "-0123456789abcdef0123456789abcdef").getBytes(StandardCharsets.UTF_8);
    }

    Throughline open(Store store) {
        return open(store, PEPPER);
    }

    Throughline open(Store store, Pepper pepper) {
        return open(store, t -> t.pepper(pepper));
    }

    Throughline open(Store store, Consumer<Setup> more) {
        return Throughline.open(t -> {
            t.store(store)
                    .environment("test")
                    .delivery(Delivery.LIVE)
                    .lease(Duration.ofSeconds(2))
                    .clock(() -> now)
                    .policy(Policy.base())
                    .channel(sms)
                    .channel(email)
                    .pool(Pool.pieces("gifts", 100))
                    .segment(Segment.of(
                            "buyers", Conditions.count("Order Completed").atLeast(1)))
                    .campaign(Campaign.named("thank")
                            .journey(j -> j.startOn(event("Order Completed")).send(THANKS, first(SMS))))
                    .campaign(Campaign.named("news")
                            .journey(j -> j.startOn(event("Asked For News")).send(NEWS, first(EMAIL))))
                    .campaign(Campaign.named("basket").journey(j -> j.startOn(event("Product Added"))
                            .delay(hours(1))
                            .send(REMINDER, first(SMS))));
            more.accept(t);
        });
    }

    /** Everything that somebody can leave behind. */
    void live(Throughline shop, Identity who, String email, String phone, String name) {
        shop.identify(who, Map.of("email", email, "phone", phone, "firstName", name));
        shop.consent(who).record(yes(name));
        shop.track(who, "Order Completed", Map.of("street", name + " Street"));
        shop.track(who, "Asked For News", Map.of("street", name + " Street"));
        shop.track(who, "Product Added", Map.of("street", name + " Street"));
        shop.list("friends").add(who);
        Hosts.await(() -> shop.queries().decisions(who).size() >= 1);
    }

    /** By other names first, which turn out to be hers, so that she absorbs and is absorbed. */
    void liveAsMai(Throughline shop) {
        shop.track(Identity.loyaltyCard("CARD-4711"), "Order Completed", Map.of("street", "Maiwenn Street"));
        now = now.plusSeconds(1);
        shop.track(Identity.anonymousId("browser-9f"), "Page Viewed", Map.of("name", "Maiwenn's page"));
        now = now.plusSeconds(1);
        live(shop, MAI, EMAIL_OF_MAI, PHONE_OF_MAI, "Maiwenn");
        shop.link(MAI, Identity.loyaltyCard("CARD-4711"));
        shop.link(MAI, Identity.anonymousId("browser-9f"));
        shop.link(MAI, Identity.device("device-77aa"));
        sms.hears("please leave me alone, says Maiwenn, leave me alone", PHONE_OF_MAI, now);
        sms.reports(Receipt.Status.DELIVERED, now).toCompletableFuture().join();
    }

    static Grant yes(String name) {
        return Grant.of(ADVERTISING)
                .on(EMAIL, SMS)
                .actor(Actor.SUBJECT)
                .method("form")
                .proof("signed by " + name)
                .shown(notice("checkout", 3));
    }

    /** Takes messages, and says later what became of them. */
    static final class Post implements ChannelAdapter {
        final List<Outbound> sent = new CopyOnWriteArrayList<>();
        private final Channel channel;
        private volatile Receiver receiver = callback -> CompletableFuture.completedFuture(null);
        volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

        Post(Channel channel) {
            this.channel = channel;
        }

        @Override
        public String id() {
            return "post-" + channel;
        }

        @Override
        public Channel channel() {
            return channel;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            sent.add(message);
            return gate.thenApply(open -> new SendResult.Accepted(List.of("ref-" + message.id()), null));
        }

        @Override
        public void listen(Receiver heard) {
            receiver = heard;
        }

        void hears(String words, String from, Instant at) {
            var inbound = new Inbound("in-" + words.hashCode(), channel, Address.of("phone", from), "8088", words, at);
            receiver.receive(new Callback(CallbackAnswer.text(200, ""), List.of(), List.of(inbound)))
                    .toCompletableFuture()
                    .join();
        }

        /** Done at once where the messages are known, and else once the engine has waited for them. */
        CompletionStage<Void> reports(Receipt.Status status, Instant at) {
            var receipts = new ArrayList<Receipt>();
            sent.forEach(message -> receipts.add(
                    new Receipt("receipt-" + message.id(), null, "ref-" + message.id(), status, null, at, "")));
            return receiver.receive(new Callback(CallbackAnswer.text(200, ""), receipts, List.of()));
        }
    }
}
