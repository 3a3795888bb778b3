// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.crash;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.MessageClass;
import dev.throughline.consent.Grant;
import dev.throughline.email.SmtpEmail;
import dev.throughline.email.Tls;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The shop whose hosts are killed. Everything that its customers do bears an id and starts a journey under it: an order is confirmed a
 * second later, a login gets its code at once, a visit an advertisement, of which nobody may get more than three.
 */
final class CrashShop {

    private static final String ORDER = "Order Completed";
    private static final String LOGIN = "Login Requested";
    private static final String VISIT = "Product Viewed";

    /** What happens, each as often as the others. */
    static final List<String> EVENTS = List.of(ORDER, LOGIN, VISIT);

    /** What each event starts. */
    static final Map<String, String> CAMPAIGNS = Map.of(ORDER, "confirmation", LOGIN, "code", VISIT, "advertisement");

    /** The property that holds the id. */
    static final String ID = "id";

    static final int MOST_ADS = 3;
    static final int CUSTOMERS = 60;

    /** Short, so that what a dead host was sending is soon another's. */
    static final Duration LEASE = Duration.ofSeconds(2);

    private static final String CAP = """
            {"policy": {"id": "crash", "version": "1"}, "rules": [{
              "id": "crash.cap", "when": {"class": "MARKETING", "channel": ["email"]},
              "cap": {"max": MOST, "per": ["address"], "window": {"sliding": "PT24H"}, "count": "ATTEMPT"}}]}
            """.replace("MOST", String.valueOf(MOST_ADS));

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .postalAddress("1 Le Loi, Ho Chi Minh City")
            .sender(EMAIL, "news@shop.example")
            .optOutByEmail("stop@shop.example");

    private CrashShop() {}

    /** A host, to be started. */
    static Throughline host(JdbcStore store, int smtp) {
        return Throughline.build(setup -> setup.store(store)
                .environment("crash")
                .delivery(Delivery.LIVE)
                .policy(Policy.base().with(CAP))
                .channel(SmtpEmail.at("127.0.0.1", smtp).tls(Tls.NONE).messageIdDomain("shop.example"))
                .campaign(confirmation())
                .campaign(code())
                .campaign(advertisement())
                .lease(LEASE));
    }

    static Identity customer(int number) {
        return userId("c" + number);
    }

    /** Everybody agrees to advertising. */
    static void open(Throughline host) {
        for (int number = 0; number < CUSTOMERS; number++) {
            Identity who = customer(number);
            host.identify(who, Map.of("email", who.value() + "@customers.example"));
            host.consent(who)
                    .record(Grant.of(ADVERTISING)
                            .on(EMAIL)
                            .shown(notice("checkout", 1))
                            .method("web form"));
        }
    }

    private static Campaign confirmation() {
        var message = Message.transactional("confirmation", SHOP)
                .on(EMAIL, mail("Your order {{ event.id }}", "<p>We have your order {{ event.id }}.</p>"));
        return Campaign.named("confirmation").journey(j -> j.startOn(event(ORDER))
                .keyedBy(ID)
                .delay(Duration.ofSeconds(1))
                .send(message, first(EMAIL)));
    }

    private static Campaign code() {
        var message = Message.of("code", MessageClass.ONE_TIME_CODE, SHOP)
                .on(EMAIL, mail("Your code", "<p>Your code is {{ event.id }}.</p>"))
                .validFor(Duration.ofMinutes(5));
        return Campaign.named("code")
                .journey(j -> j.startOn(event(LOGIN)).keyedBy(ID).send(message, first(EMAIL)));
    }

    private static Campaign advertisement() {
        var message = Message.marketing("advertisement", SHOP)
                .on(EMAIL, mail("Still thinking about it?", "<p>You looked at {{ event.id }}.</p>"))
                .validFor(Duration.ofMinutes(30));
        return Campaign.named("advertisement")
                .journey(j -> j.startOn(event(VISIT)).keyedBy(ID).send(message, first(EMAIL)));
    }
}
