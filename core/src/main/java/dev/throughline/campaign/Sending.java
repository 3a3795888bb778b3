// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.Instance.Kind;
import dev.throughline.campaign.Instance.Wait;
import dev.throughline.channel.Content;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.TextContent;
import dev.throughline.commerce.Order;
import dev.throughline.customer.Customer;
import dev.throughline.decision.Cancel;
import dev.throughline.decision.Confirm;
import dev.throughline.decision.Decision;
import dev.throughline.decision.MessageOrigin;
import dev.throughline.decision.Plan;
import dev.throughline.decision.Verdict;
import dev.throughline.identity.Channel;
import dev.throughline.link.LinkKeys;
import dev.throughline.message.Message;
import dev.throughline.message.Rendition;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.ring.Payload;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plans the legs of one message after the other and hears what became of them. Immutable and thread-safe. */
final class Sending {

    /** How long an identity's owner may take to be known. */
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private static final Refusal NO_ADDRESS = new Refusal(Verdict.skipped("NO_ADDRESS"), "");

    private final Lookups lookups;
    private final SignedLinks links;
    private final Map<String, Locale> locales = new HashMap<>();

    /** What is said instead of what code says, by the version of the campaign and the message's name. */
    private final Map<String, Map<String, Message>> contents = new HashMap<>();

    /** Through some campaigns, the locales of whose messages are made once. */
    Sending(Roster roster, Lookups lookups, LinkKeys keys) {
        this.lookups = lookups;
        this.links = new SignedLinks(keys);
        roster.all().forEach(campaign -> {
            for (Message message : campaign.messages()) {
                locales.computeIfAbsent(message.brand().language(), Locale::forLanguageTag);
            }
            var said = roster.contents().in(campaign);
            if (!said.isEmpty()) {
                contents.put(campaign.version(), said);
            }
        });
    }

    /** Asks for a verdict that has not come: the first plan once more, whose validity is over. Asks again after twice the time. */
    void ask(Instance instance, Campaign campaign, Moment moment) {
        Wait wait = instance.pending().round(0);
        Node node = sending(instance, campaign);
        tell(wait, plan(instance, node, wait, new TextContent(""), Plan.Said.PLAIN, moment), moment);
        moment.out()
                .setTimer(campaign.timer(instance), moment.now().plus(Duration.between(wait.until(), moment.now())));
    }

    /** A fresh plan for a message that was deferred, rendered from what is known now. */
    Instance again(Instance instance, Campaign campaign, Confirm confirm, Moment moment) {
        Wait wait = instance.pending().round(confirm.round());
        Node node = sending(instance, campaign);
        Written written = written(instance, node, wait.leg(), confirm.message(), moment);
        Rendition rendition = written.rendition();
        boolean reachable = isReachable(instance, campaign, moment.customer());
        if (reachable && rendition instanceof Rendition.Ready ready) {
            tell(wait, plan(instance, node, wait, ready.content(), written.said(), moment), moment);
            return instance.at(instance.path(), wait);
        }
        Refusal refusal = reachable ? refusal(instance, node, rendition) : NO_ADDRESS;
        tell(wait, new Cancel(confirm.message(), refusal.verdict().reason(), refusal.detail(), wait.until()), moment);
        return instance;
    }

    /**
     * Plans a leg, or parks before it while the campaign is paused. If there is no address or nothing to say, its verdict is reached here
     * and the route goes on; {@code null} if that
     * leads to the next step.
     */
    @Nullable
    Instance planned(Instance instance, Node node, int index, Moment moment) {
        int pass = pass(instance, node, index);
        if (!moment.mode(instance).acts()) {
            return Parking.at(node, index, pass, instance, moment);
        }
        Instance asking = lookups.before(instance, node, index, moment);
        if (asking != null) {
            return asking;
        }
        var address = moment.customer().contactPointOn(leg(node, index).channel());
        if (address.isEmpty() && isAsked(instance, node, index, moment)) {
            return claiming(instance, node, index, 0, moment);
        }
        if (address.isEmpty()) {
            return refused(instance, node, index, NO_ADDRESS, moment);
        }
        var id = MessageId.of(instance.deeds(), node.path(), pass, index);
        Written written = written(instance, node, index, id, moment);
        if (!(written.rendition() instanceof Rendition.Ready ready)) {
            return refused(instance, node, index, refusal(instance, node, written.rendition()), moment);
        }
        var until = moment.now().plus(send(node).message().validity());
        var wait = new Wait(Kind.VERDICT, until, id, address.get(), index, 0, "", pass);
        tell(wait, plan(instance, node, wait, ready.content(), written.said(), moment), moment);
        moment.out().setTimer(node.campaign().timer(instance), wait.timed());
        return instance.at(node.path(), wait);
    }

    /** A leg that was taken back is planned under another id than the message that was cancelled. */
    static int pass(Instance instance, Node node, int leg) {
        Wait wait = instance.pending();
        boolean again = wait.kind() == Kind.PARKED || wait.kind() == Kind.ADDRESS || wait.kind() == Kind.LOOKUP;
        return again && wait.leg() == leg && instance.path().equals(node.path()) ? wait.pass() : 0;
    }

    /** Waits for an address whose owner is asked; the host's tables up to {@code asked} are asked already. */
    static Instance claiming(Instance instance, Node node, int leg, int asked, Moment moment) {
        Instant until = moment.now().plus(CLAIM);
        return waiting(
                instance,
                node,
                new Wait(Kind.ADDRESS, until, null, null, leg, asked, "", pass(instance, node, leg)),
                moment);
    }

    /** Whether she has the address that an instance waits for. */
    boolean isReachable(Instance instance, Campaign campaign, Customer customer) {
        var leg = leg(sending(instance, campaign), instance.pending().leg());
        return customer.addressOn(leg.channel()).isPresent();
    }

    /** Whether an address may be hers in a moment; that is waited for once. */
    static boolean isAsked(Instance instance, Node node, int index, Moment moment) {
        String kind = leg(node, index).channel().addressKind();
        return instance.pending().kind() != Kind.ADDRESS
                && moment.customer().addressesAsked().stream()
                        .anyMatch(address -> address.kind().equals(kind));
    }

    /** A leg that has ended. */
    record Past(int leg, Verdict verdict, Instant at) {}

    /** What follows a leg at its step, or {@code null} if nothing does. */
    @Nullable
    Instance following(Instance instance, Node node, Past past, Moment moment) {
        List<Route.Leg> legs = send(node).route().legs();
        for (int next = past.leg + 1; next < legs.size(); next++) {
            Route.When when = legs.get(next).when();
            if (when == Route.When.UNDELIVERABLE && !past.verdict.mayHaveArrived()) {
                return planned(instance, node, next, moment);
            }
            if (when == Route.When.NO_RESPONSE && past.verdict.mayHaveArrived()) {
                Instant until = past.at.plus(legs.get(next).after());
                return waiting(instance, node, new Wait(Kind.RESPONSE, until, null, null, next, 0, "", 0), moment);
            }
        }
        return null;
    }

    static Instance waiting(Instance instance, Node node, Wait wait, Moment moment) {
        moment.out().setTimer(node.campaign().timer(instance), wait.until());
        return instance.at(node.path(), wait);
    }

    /** The step at which an instance that sends stands. */
    static Node sending(Instance instance, Campaign campaign) {
        Node node = campaign.node(instance.path());
        if (node != null && node.step() instanceof Step.Send) {
            return node;
        }
        throw new IllegalStateException("instance " + instance.id() + " stands at step '" + instance.path()
                + "' of campaign '" + campaign.name() + "', which sends nothing");
    }

    private static Step.Send send(Node node) {
        return (Step.Send) node.step();
    }

    static Route.Leg leg(Node node, int index) {
        return send(node).route().legs().get(index);
    }

    /** What a message says to her, and which of its wordings that is. */
    private record Written(Rendition rendition, Plan.Said said) {}

    private Message said(Node node) {
        Message own = send(node).message();
        return own.isFollowingContent()
                ? contents.getOrDefault(node.campaign().version(), Map.of()).getOrDefault(own.name(), own)
                : own;
    }

    private Written written(Instance instance, Node node, int leg, MessageId id, Moment moment) {
        Message message = said(node);
        Channel channel = leg(node, leg).channel();
        var profile = moment.customer().profile();
        String language = profile.language().orElse(message.brand().language());
        Locale known = locales.get(language);
        ZoneId zone = profile.zone().orElse(message.brand().zone());
        Map<String, ?> model = message.usesCommerce()
                ? withCommerce(instance, moment)
                : Map.of("customer", profile.traits(), "event", instance.event(), "call", instance.answers());
        Locale locale = known != null ? known : Locale.forLanguageTag(language);
        String variant = message.language(channel, locale);
        Map<String, ?> filled = links.in(
                message.usesProduct() ? withProduct(model, instance) : model,
                message,
                id,
                moment.customer(),
                moment.now());
        return new Written(
                message.render(channel, filled, locale, zone),
                new Plan.Said(variant, message.hash(), null, message.topic()));
    }

    private static Map<String, ?> withProduct(Map<String, ?> model, Instance instance) {
        var more = new TreeMap<String, Object>(model);
        more.put("product", product(instance));
        return more;
    }

    /** What is known of the product that the starting event names. */
    private static Map<?, ?> product(Instance instance) {
        return instance.answers().get(Lookups.PRODUCT) instanceof Map<?, ?> product ? product : Map.of();
    }

    /** The order is the one that the starting event is about, if it is about one. */
    private static Map<String, ?> withCommerce(Instance instance, Moment moment) {
        var commerce = moment.facts().commerce();
        Object id = instance.event().get(Campaign.ORDER_ID);
        var order = id == null ? commerce.lastOrder() : commerce.order(id.toString());
        return Map.of(
                "customer", moment.customer().profile().traits(),
                "event", instance.event(),
                "call", instance.answers(),
                "basket", commerce.basket().model(),
                "order", order.map(Order::model).orElse(Map.of()));
    }

    private static Plan plan(Instance instance, Node node, Wait wait, Content content, Plan.Said said, Moment moment) {
        Message message = send(node).message();
        var profile = moment.customer().profile();
        var person = new Plan.Person(
                moment.customer().key(),
                profile.zone().map(ZoneId::getId).orElse(""),
                profile.language().orElse(""),
                profile.residence().orElse(""),
                profile.birthday().map(LocalDate::toString).orElse(""));
        return new Plan(
                Objects.requireNonNull(wait.message()),
                wait.round(),
                origin(instance, node, wait.leg()),
                message.messageClass(),
                message.brand().name(),
                leg(node, wait.leg()).channel(),
                content,
                person,
                wait.until(),
                message.resentWhenUnknown(),
                message.pools(),
                said);
    }

    private static void tell(Wait wait, Payload payload, Moment moment) {
        moment.out().tell(Objects.requireNonNull(wait.contactPoint()), payload);
    }

    private static MessageOrigin origin(Instance instance, Node node, int leg) {
        return new MessageOrigin(
                instance.campaign(),
                instance.id(),
                node.path(),
                leg,
                send(node).message().name());
    }

    private record Refusal(Verdict verdict, String detail) {}

    private static Refusal refusal(Instance instance, Node node, Rendition rendition) {
        boolean unknown =
                send(node).message().usesProduct() && product(instance).isEmpty();
        return unknown && rendition instanceof Rendition.Failed failed
                ? new Refusal(Verdict.skipped("NO_PRODUCT"), failed.error())
                : refusal(rendition);
    }

    private static Refusal refusal(Rendition rendition) {
        if (rendition instanceof Rendition.Aborted aborted) {
            return new Refusal(Verdict.skipped("ABORTED"), aborted.reason());
        }
        String error = rendition instanceof Rendition.Failed failed ? failed.error() : "";
        return new Refusal(Verdict.failed("RENDER_FAILED"), error);
    }

    private @Nullable Instance refused(Instance instance, Node node, int leg, Refusal refusal, Moment moment) {
        var reason = refusal.verdict().reason();
        var finding = new Finding(
                "plan",
                "",
                Outcome.DENY,
                reason,
                refusal.detail().isEmpty() ? Map.of() : Map.of("detail", refusal.detail()));
        var decision = new Decision(
                MessageId.of(instance.deeds(), node.path(), 0, leg),
                moment.now(),
                moment.customer().key(),
                origin(instance, node, leg),
                send(node).message().messageClass(),
                leg(node, leg).channel(),
                refusal.verdict(),
                List.of(finding),
                false,
                "");
        moment.out().append(decision.entry());
        return following(instance, node, new Past(leg, refusal.verdict(), moment.now()), moment);
    }
}
