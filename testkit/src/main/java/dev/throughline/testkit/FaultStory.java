// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.minutes;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Pause;
import dev.throughline.channel.MessageClass;
import dev.throughline.consent.Actor;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Notice;
import dev.throughline.consent.Purpose;
import dev.throughline.customer.IdentityRules;
import dev.throughline.engine.Directives;
import dev.throughline.engine.KillSwitch;
import dev.throughline.engine.Machine;
import dev.throughline.engine.Model;
import dev.throughline.engine.Rules;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.policy.Registry;
import dev.throughline.pool.Pool;
import dev.throughline.store.Exclusion;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two days of a shop with two customers, in which everything that writes is used: touchpoints, a merge, consents, delays and waits, mails
 * and short messages with a receipt, a code that is sent again, a pool of one piece, a cap, a kill switch, a message that is taken back, a
 * dead letter, a pause and a STOP.
 */
final class FaultStory {

    static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    /** What is thrown at until the host is mended. */
    static final String POISON = "Warranty Claimed";

    private static final String MAIS_PHONE = "+84570000001";
    private static final Identity MAI = Identity.userId("mai");
    private static final Identity LAN = Identity.userId("lan");
    private static final Identity VISITOR = Identity.anonymousId("web-7");
    private static final Notice NOTICE = new Notice("checkout", 3, "content, method, form and frequency");
    private static final Exclusion SALE = new Exclusion(Exclusion.By.CAMPAIGN, "sale");

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    private static final Message REMINDER = Message.marketing("reminder", SHOP)
            .on(EMAIL, mail("{{ event.product }}", "<p>{{ event.product }} is still there.</p>"))
            .on(SMS, text("{{ event.product }} dang cho ban"))
            .drawsOn("gifts");
    private static final Message NUDGE = Message.marketing("nudge", SHOP).on(SMS, text("{{ event.product }}?"));
    private static final Message OFFER = Message.marketing("offer", SHOP).on(SMS, text("Giam gia {{ event.sale }}"));
    private static final Message CODE = Message.of("code", MessageClass.ONE_TIME_CODE, SHOP)
            .on(SMS, text("Ma cua ban: {{ event.code }}"))
            .validFor(Duration.ofMinutes(10));

    static final List<Campaign> CAMPAIGNS = List.of(
            Campaign.named("basket").journey(j -> j.startOn(event("Product Added"))
                    .exitOn(event("Order Completed"))
                    .delay(hours(1))
                    .send(REMINDER, first(EMAIL).thenIfUndeliverable(SMS))
                    .waitUntil(
                            event("Page Viewed"),
                            hours(4),
                            seen -> seen.end("seen"),
                            not -> not.send(NUDGE, first(SMS)))),
            Campaign.named("sale").journey(j -> j.startOn(event("Sale Announced"))
                    .keyedBy("sale")
                    .exitOn(event("Order Completed"))
                    .send(OFFER, first(SMS))),
            Campaign.named("code")
                    .journey(j -> j.startOn(event("Code Requested")).send(CODE, first(SMS))));

    /** Each is handed in as a whole, and again if the process ended before it was done. */
    static final List<Act> ACTS = List.of(
            act("two customers make themselves known", 0, host -> {
                host.identify("mai-1", MAI, Identity.email("mai@example.com"), Identity.phone(MAIS_PHONE));
                host.consent("mai-2", MAI, grant(EMAIL, SMS));
                host.identify("lan-1", LAN, Identity.phone("+84570000002"));
                host.consent("lan-2", LAN, grant(SMS));
            }),
            act("both fill their baskets, one without a name", 1, host -> {
                host.track("web-1", VISITOR, "Product Added", Map.of("product", "Tea set"));
                host.track("lan-3", LAN, "Product Added", Map.of("product", "Lamp"));
            }),
            act("the nameless one logs in", 1, host -> host.identify("web-2", VISITOR, MAI)),
            act("reminders go out, and there is one gift", 61, host -> {}),
            act("the mail arrives, a code is asked for, and something cannot be stepped", 61, host -> {
                host.deliver();
                host.track("lan-4", LAN, "Code Requested", Map.of("code", "4711"));
                host.track("mai-3", MAI, POISON, Map.of());
            }),
            act("the sale is held", 61, host -> {
                host.set(new KillSwitch(SALE, KillSwitch.Mode.HOLD, "ann", "wait", host.now()).settings());
                host.track("lan-5", LAN, "Sale Announced", Map.of("sale", "A"));
                host.track("mai-4", MAI, "Sale Announced", Map.of("sale", "A"));
            }),
            act("one has bought meanwhile, and the host is mended", 61, host -> {
                host.track("lan-6", LAN, "Order Completed", Map.of());
                host.mendAndRetry();
            }),
            act("the sale goes on, more often than one may be told of it in a day", 61, host -> {
                host.set(KillSwitch.released(SALE));
                for (String sale : List.of("B", "C", "D")) {
                    host.track("mai-5-" + sale, MAI, "Sale Announced", Map.of("sale", sale));
                }
            }),
            act(
                    "the basket is paused",
                    61,
                    host -> host.steer("basket", basket -> basket.pause(Pause.HOLD, "ann", "wait"))),
            act("and goes on", 62, host -> host.steer("basket", basket -> basket.resume("ann", "go on"))),
            act("nobody has looked at the basket", 301, host -> {}),
            act("one has had enough", 301, host -> host.reply("reply-1", MAIS_PHONE, "TC")),
            act("two days pass", 3_000, host -> {}));

    private final Rules rules = new Model(
                    CAMPAIGNS,
                    Policy.vietnam().doNotCall(Registry.none(START.plus(Duration.ofHours(1)))),
                    List.of(Pool.pieces("gifts", 1)),
                    List.of(new FaultProvider(EMAIL, Map.of()), new FaultProvider(SMS, Map.of())),
                    IdentityRules.standard(),
                    Set.of(),
                    true)
            .rules(false);
    private final Map<Directives, Machine> machines = new HashMap<>();

    /** Something that happens at an instant, or the time until then. */
    record Act(String name, Instant at, Deed deed) {}

    /** What the host does. */
    interface Deed {
        void in(FaultHost host);
    }

    /** The machine under what a store says; made once. */
    synchronized Machine machine(Directives said) {
        return machines.computeIfAbsent(said, rules::machine);
    }

    private static Act act(String name, int minute, Deed deed) {
        return new Act(name, START.plus(minutes(minute)), deed);
    }

    private static Grant grant(Channel... channels) {
        return Grant.of(Purpose.ADVERTISING)
                .on(channels)
                .actor(Actor.SUBJECT)
                .shown(NOTICE)
                .method("web form");
    }
}
