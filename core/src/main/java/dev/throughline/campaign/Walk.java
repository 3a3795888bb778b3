// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.Instance.Kind;
import dev.throughline.campaign.Instance.Wait;
import dev.throughline.channel.Content;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.TextContent;
import dev.throughline.customer.Customer;
import dev.throughline.decision.Cancel;
import dev.throughline.decision.Confirm;
import dev.throughline.decision.Decision;
import dev.throughline.decision.MessageOrigin;
import dev.throughline.decision.Plan;
import dev.throughline.decision.Settled;
import dev.throughline.decision.Verdict;
import dev.throughline.message.Message;
import dev.throughline.message.Rendition;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Moves one instance from step to step until it waits or ends; an instance that ended stands at the empty path. Holds nothing.
 */
final class Walk {

    /** How long an identity's owner may take to be known. */
    private static final Duration CLAIM = Duration.ofMinutes(1);

    /** How long after a message's validity its verdict must be known. */
    private static final Duration SILENCE = Duration.ofHours(1);

    private static final Refusal NO_ADDRESS = new Refusal(Verdict.skipped("NO_ADDRESS"), "");

    Instance from(Instance instance, Campaign campaign, String start, Moment moment) {
        String path = start;
        while (true) {
            Campaign.Node node = campaign.node(path);
            if (node == null || node.step() instanceof Step.End) {
                return ended(instance, campaign, moment);
            }
            Instance at = instance.at(path, instance.pending());
            if (node.step() instanceof Step.Branch branch) {
                path = branch.condition().test(moment.facts()) ? node.yes() : node.no();
            } else if (node.step() instanceof Step.Delay delay) {
                return waiting(at, campaign, Wait.until(Kind.TIME, moment.now().plus(delay.time())), moment);
            } else if (node.step() instanceof Step.Await await) {
                return waiting(at, campaign, Wait.until(Kind.EVENT, moment.now().plus(await.atMost())), moment);
            } else {
                Instance sent = planned(at, campaign, 0, moment);
                if (sent.path().equals(path)) {
                    return sent;
                }
                path = sent.path();
            }
        }
    }

    /** Takes a leg of the step that the instance stands at, and goes on if it ends at once. */
    Instance leg(Instance instance, Campaign campaign, int leg, Moment moment) {
        Instance planned = planned(instance, campaign, leg, moment);
        return planned.path().equals(instance.path()) ? planned : from(instance, campaign, planned.path(), moment);
    }

    /** What follows a leg's verdict: another leg, a wait for a response, or the next step. */
    Instance afterLeg(Instance instance, Campaign campaign, Settled settled, Moment moment) {
        Instance after =
                following(instance, campaign, instance.pending().leg(), settled.verdict(), settled.at(), moment);
        return after.path().equals(instance.path()) ? after : from(instance, campaign, after.path(), moment);
    }

    /** Asks for a verdict that has not come: the first plan once more, whose validity is over. Asks again after twice the time. */
    void ask(Instance instance, Campaign campaign, Moment moment) {
        Wait wait = instance.pending().round(0);
        plan(instance, send(instance, campaign), wait, new TextContent(""), moment);
        moment.out()
                .setTimer(campaign.timer(instance), moment.now().plus(Duration.between(wait.until(), moment.now())));
    }

    /** A fresh plan for a message that was deferred, rendered from what is known now. */
    Instance again(Instance instance, Campaign campaign, Confirm confirm, Moment moment) {
        Wait wait = instance.pending().round(confirm.round());
        var send = send(instance, campaign);
        Rendition rendition = render(send, wait.leg(), instance, moment);
        boolean reachable = isReachable(instance, campaign, moment.customer());
        if (reachable && rendition instanceof Rendition.Ready ready) {
            plan(instance, send, wait, ready.content(), moment);
            return instance.at(instance.path(), wait);
        }
        Verdict verdict = (reachable ? refusal(rendition) : NO_ADDRESS).verdict();
        tell(wait, new Cancel(confirm.message(), verdict.reason(), "", wait.until()), moment);
        return instance;
    }

    /** Plans a leg. If there is no address or nothing to say, its verdict is reached here and the route goes on. */
    private Instance planned(Instance instance, Campaign campaign, int index, Moment moment) {
        var send = send(instance, campaign);
        var address = moment.customer().addressOn(send.route().legs().get(index).channel());
        Rendition rendition = render(send, index, instance, moment);
        if (address.isPresent() && rendition instanceof Rendition.Ready ready) {
            var id = MessageId.of(instance.id(), instance.path(), 0, index);
            var until = moment.now().plus(send.message().validity());
            var wait = new Wait(Kind.VERDICT, until, id, address.get(), index, 0, "");
            plan(instance, send, wait, ready.content(), moment);
            moment.out().setTimer(campaign.timer(instance), until.plus(SILENCE));
            return instance.at(instance.path(), wait);
        }
        if (address.isEmpty() && isAsked(instance, send, index, moment)) {
            Instant until = moment.now().plus(CLAIM);
            return waiting(instance, campaign, new Wait(Kind.ADDRESS, until, null, null, index, 0, ""), moment);
        }
        Refusal refusal = address.isEmpty() ? NO_ADDRESS : refusal(rendition);
        refuse(instance, send, index, refusal, moment);
        return following(instance, campaign, index, refusal.verdict(), moment.now(), moment);
    }

    /** Whether she has the address that an instance waits for. */
    boolean isReachable(Instance instance, Campaign campaign, Customer customer) {
        var leg = send(instance, campaign).route().legs().get(instance.pending().leg());
        return customer.addressOn(leg.channel()).isPresent();
    }

    /** Whether an address may be hers in a moment; that is waited for once. */
    private static boolean isAsked(Instance instance, Step.Send send, int index, Moment moment) {
        String kind = send.route().legs().get(index).channel().addressKind();
        return instance.pending().kind() != Kind.ADDRESS
                && moment.customer().addressesAsked().stream()
                        .anyMatch(address -> address.kind().equals(kind));
    }

    private Instance following(
            Instance instance, Campaign campaign, int leg, Verdict verdict, Instant at, Moment moment) {
        List<Route.Leg> legs = send(instance, campaign).route().legs();
        for (int next = leg + 1; next < legs.size(); next++) {
            Route.When when = legs.get(next).when();
            if (when == Route.When.UNDELIVERABLE && !verdict.mayHaveArrived()) {
                return planned(instance, campaign, next, moment);
            }
            if (when == Route.When.NO_RESPONSE && verdict.mayHaveArrived()) {
                Instant until = at.plus(legs.get(next).after());
                return waiting(instance, campaign, new Wait(Kind.RESPONSE, until, null, null, next, 0, ""), moment);
            }
        }
        Campaign.Node node = campaign.node(instance.path());
        return instance.at(node == null ? "" : node.next(), instance.pending());
    }

    private static Instance waiting(Instance instance, Campaign campaign, Wait wait, Moment moment) {
        moment.out().setTimer(campaign.timer(instance), wait.until());
        return instance.at(instance.path(), wait);
    }

    private static Step.Send send(Instance instance, Campaign campaign) {
        Campaign.Node node = campaign.node(instance.path());
        if (node != null && node.step() instanceof Step.Send send) {
            return send;
        }
        throw new IllegalStateException("instance " + instance.id() + " stands at step '" + instance.path()
                + "' of campaign '" + campaign.name() + "', which sends nothing");
    }

    private static Rendition render(Step.Send send, int leg, Instance instance, Moment moment) {
        Message message = send.message();
        var profile = moment.customer().profile();
        Locale locale =
                Locale.forLanguageTag(profile.language().orElse(message.brand().language()));
        ZoneId zone = profile.zone().orElse(message.brand().zone());
        Map<String, ?> model = Map.of("customer", profile.traits(), "event", instance.event());
        return message.render(send.route().legs().get(leg).channel(), model, locale, zone);
    }

    private static void plan(Instance instance, Step.Send send, Wait wait, Content content, Moment moment) {
        Message message = send.message();
        var profile = moment.customer().profile();
        var person = new Plan.Person(
                Key.of(moment.customer().id()),
                profile.zone().map(ZoneId::getId).orElse(""),
                profile.language().orElse(""),
                profile.country().orElse(""),
                profile.birthday().map(LocalDate::toString).orElse(""));
        var plan = new Plan(
                Objects.requireNonNull(wait.message()),
                wait.round(),
                origin(instance, send, wait.leg()),
                message.messageClass(),
                message.brand().name(),
                send.route().legs().get(wait.leg()).channel(),
                content,
                person,
                wait.until(),
                message.resentWhenUnknown(),
                message.pools());
        tell(wait, plan, moment);
    }

    private static void tell(Wait wait, Payload payload, Moment moment) {
        moment.out().tell(Key.of(Objects.requireNonNull(wait.address())), payload);
    }

    private static MessageOrigin origin(Instance instance, Step.Send send, int leg) {
        return new MessageOrigin(
                instance.campaign(),
                instance.id(),
                instance.path(),
                leg,
                send.message().name());
    }

    private record Refusal(Verdict verdict, String detail) {}

    private static Refusal refusal(Rendition rendition) {
        if (rendition instanceof Rendition.Aborted aborted) {
            return new Refusal(Verdict.skipped("ABORTED"), aborted.reason());
        }
        String error = rendition instanceof Rendition.Failed failed ? failed.error() : "";
        return new Refusal(Verdict.failed("RENDER_FAILED"), error);
    }

    private static void refuse(Instance instance, Step.Send send, int leg, Refusal refusal, Moment moment) {
        var reason = refusal.verdict().reason();
        var finding = new Finding(
                "plan",
                "",
                Outcome.DENY,
                reason,
                refusal.detail().isEmpty() ? Map.of() : Map.of("detail", refusal.detail()));
        var decision = new Decision(
                MessageId.of(instance.id(), instance.path(), 0, leg),
                moment.now(),
                Key.of(moment.customer().id()),
                origin(instance, send, leg),
                send.message().messageClass(),
                send.route().legs().get(leg).channel(),
                refusal.verdict(),
                List.of(finding),
                false);
        moment.out().append(decision.entry());
    }

    private static Instance ended(Instance instance, Campaign campaign, Moment moment) {
        moment.out().cancelTimer(campaign.timer(instance));
        return instance.at("", instance.pending());
    }
}
