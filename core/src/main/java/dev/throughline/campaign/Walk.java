// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.Sending.waiting;

import dev.throughline.campaign.CampaignStatus.Mode;
import dev.throughline.campaign.Instance.Kind;
import dev.throughline.campaign.Instance.Wait;
import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.customer.IdentityRules;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Settled;
import dev.throughline.decision.Verdict;
import dev.throughline.message.Message;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves one instance from step to step until it waits or ends. Immutable and thread-safe. */
final class Walk {

    /** What becomes of a message that is due while its campaign is paused. */
    private static final Verdict TAKEN_BACK = Verdict.cancelled(JourneysSlice.PAUSED);

    private final Sending sending;
    private final IdentityRules rules;

    Walk(Sending sending, IdentityRules rules) {
        this.sending = sending;
        this.rules = rules;
    }

    /** What a step makes of an instance at once: it stays here, leaves, or goes on. */
    private record Move(
            @Nullable Instance stays,
            @Nullable Change leaves,
            String reason,
            @Nullable Node to,
            @Nullable Moment changed) {

        static Move stay(Instance instance) {
            return new Move(instance, null, "", null, null);
        }

        static Move leave(Change change, String reason) {
            return new Move(null, change, reason, null, null);
        }

        static Move to(@Nullable Node node) {
            return new Move(null, null, "", node, null);
        }

        static Move to(@Nullable Node node, Moment changed) {
            return new Move(null, null, "", node, changed);
        }
    }

    /** From a step on: the instance where it stops next, or {@code null} if it comes to the end, which is noted. */
    @Nullable
    Instance from(Instance instance, Campaign campaign, @Nullable Node start, Moment before) {
        Moment moment = before;
        Node node = start;
        while (node != null) {
            Move move = move(instance, node, moment);
            moment = move.changed == null ? moment : move.changed;
            if (move.stays != null) {
                return kept(move.stays, campaign, moment);
            }
            if (move.leaves != null) {
                return ended(instance, campaign, move.leaves, move.reason, moment);
            }
            node = move.to;
        }
        return ended(instance, campaign, Change.ENDED, "", moment);
    }

    /** Who comes to an action of a campaign that drops them leaves instead of being parked. */
    private static @Nullable Instance kept(Instance instance, Campaign campaign, Moment moment) {
        boolean dropped = Parking.isParked(instance) && moment.mode(instance) == Mode.DROPPING;
        return dropped ? ended(instance, campaign, Change.EXITED, "PAUSED", moment) : instance;
    }

    /** Who is parked goes on with the action before which she waits, unless the campaign is still paused. */
    @Nullable
    Instance resumed(Instance instance, Node node, Moment moment) {
        Campaign campaign = node.campaign();
        if (moment.mode(instance) == Mode.HELD) {
            Parking.waits(instance, moment);
            return instance;
        }
        if (moment.mode(instance) == Mode.DROPPING) {
            return kept(instance, campaign, moment);
        }
        moment.note(instance, Change.RESUMED, "");
        return node.step() instanceof Step.Send
                ? leg(instance, campaign, moment)
                : from(instance, campaign, node, moment);
    }

    private static @Nullable Instance ended(
            Instance instance, Campaign campaign, Change change, String reason, Moment moment) {
        moment.out().cancelTimer(campaign.timer(instance));
        moment.note(instance, change, "", reason);
        return null;
    }

    private Move move(Instance instance, Node node, Moment moment) {
        Step step = node.step();
        if (step instanceof Step.Send) {
            Instance planned = sending.planned(instance, node, 0, moment);
            return planned == null ? Move.to(node.next()) : Move.stay(planned);
        }
        if (step instanceof Step.Delay delay) {
            return until(Kind.TIME, moment.now().plus(delay.time()), instance, node, moment);
        }
        if (step instanceof Step.Await await) {
            return until(Kind.EVENT, moment.now().plus(await.atMost()), instance, node, moment);
        }
        if (step instanceof Step.Until until) {
            return until.condition().test(moment.facts())
                    ? Move.to(node.yes())
                    : Move.stay(testing(instance, node, moment.now().plus(until.atMost()), moment));
        }
        if (step instanceof Step.SetTrait set) {
            return !moment.mode(instance).acts()
                    ? Move.stay(Parking.at(node, 0, 0, instance, moment))
                    : Move.to(node.next(), said(set, instance, node, moment));
        }
        if (step instanceof Step.Branch branch) {
            return Move.to(branch.condition().test(moment.facts()) ? node.yes() : node.no());
        }
        if (step instanceof Step.Choice choice) {
            return chosen(choice, node, moment);
        }
        if (step instanceof Step.Experiment experiment) {
            int way = experiment.way(moment.drawn("experiment/" + experiment.name()));
            String variant = experiment.variants().get(way).name();
            moment.note(instance, Change.ASSIGNED, "", experiment.name() + ": " + variant);
            return Move.to(node.ways().get(way));
        }
        if (step instanceof Step.CalendarDelay delay) {
            return until(Kind.TIME, calendar(node, moment).after(moment.now(), delay), instance, node, moment);
        }
        if (step instanceof Step.DateDelay delay) {
            return dated(delay, instance, node, moment);
        }
        return Move.leave(Change.ENDED, ((Step.End) step).reason());
    }

    private static Move until(Kind kind, Instant until, Instance instance, Node node, Moment moment) {
        return Move.stay(waiting(instance, node, Wait.until(kind, until), moment));
    }

    /** Waits for a condition, with a timer for the next instant at which time alone may change it. */
    private static Instance testing(Instance instance, Node node, Instant timeout, Moment moment) {
        Instant next = ((Step.Until) node.step())
                .condition()
                .windows()
                .flatMap(window -> moment.facts().behaviour().expiry(window, moment.now()).stream())
                .filter(expiry -> expiry.isAfter(moment.now()) && expiry.isBefore(timeout))
                .min(Comparator.naturalOrder())
                .orElse(timeout);
        moment.out().setTimer(node.campaign().timer(instance), next);
        return instance.at(node.path(), Wait.until(Kind.CONDITION, timeout));
    }

    /** Tests what an instance waits for again. */
    @Nullable
    Instance tested(Instance instance, Node node, Moment moment) {
        Instant timeout = instance.pending().until();
        if (((Step.Until) node.step()).condition().test(moment.facts())) {
            return from(instance, node.campaign(), node.yes(), moment);
        }
        return moment.now().isBefore(timeout)
                ? testing(instance, node, timeout, moment)
                : from(instance, node.campaign(), node.no(), moment);
    }

    /** Tells herself, so that everybody hears it; the steps behind know it already. */
    private Moment said(Step.SetTrait set, Instance instance, Node node, Moment moment) {
        var who = moment.smallest();
        if (who.isEmpty()) {
            return moment;
        }
        var touchpoint = TraitSet.of(set, instance, node.path(), who.get(), moment.now());
        moment.out().tell(moment.customer().key(), new Observed(touchpoint));
        return moment.with(moment.customer().identifiedBy(touchpoint, rules));
    }

    private static Move chosen(Step.Choice choice, Node node, Moment moment) {
        var options = choice.options();
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).condition().test(moment.facts())) {
                return Move.to(node.ways().get(i));
            }
        }
        return choice.otherwise() == null
                ? Move.leave(Change.EXITED, "NO_BRANCH")
                : Move.to(node.ways().get(options.size()));
    }

    private static Move dated(Step.DateDelay delay, Instance instance, Node node, Moment moment) {
        Object value = delay.date().source() == DateRule.Source.TRAIT
                ? moment.customer().profile().traits().get(delay.date().name())
                : instance.event().get(delay.date().name());
        Optional<Instant> date = calendar(node, moment)
                .find(delay.date(), value)
                .filter(found -> !found.isAfter(moment.now().plus(Message.LONGEST)));
        if (date.isPresent() && !date.get().isBefore(moment.now())) {
            return until(Kind.TIME, date.get(), instance, node, moment);
        }
        return switch (delay.ifPast()) {
            case PROCEED -> Move.to(node.next());
            case SKIP -> Move.to(node.next() == null ? null : node.next().next());
            case EXIT -> Move.leave(Change.EXITED, date.isPresent() ? "PAST" : "NO_DATE");
        };
    }

    private static LocalCalendar calendar(Node node, Moment moment) {
        ZoneId hers = moment.customer().profile().zone().orElse(node.campaign().zone());
        return new LocalCalendar(hers);
    }

    /** Takes the leg that comes next at the step where the instance stands, and goes on if it ends at once. */
    @Nullable
    Instance leg(Instance instance, Campaign campaign, Moment moment) {
        Node node = Sending.sending(instance, campaign);
        Instance planned = sending.planned(instance, node, instance.pending().leg(), moment);
        return planned != null ? kept(planned, campaign, moment) : from(instance, campaign, node.next(), moment);
    }

    /** What follows a leg's verdict: another leg, a wait for a response, or the next step. */
    @Nullable
    Instance afterLeg(Instance instance, Campaign campaign, Settled settled, Moment moment) {
        Node node = Sending.sending(instance, campaign);
        if (settled.verdict().equals(TAKEN_BACK)) {
            var wait = instance.pending();
            var parked = Parking.at(node, wait.leg(), wait.pass() + 1, instance, moment);
            return moment.mode(parked) == Mode.HELD ? parked : resumed(parked, node, moment);
        }
        var past = new Sending.Past(instance.pending().leg(), settled.verdict(), settled.at());
        Instance after = sending.following(instance, node, past, moment);
        return after != null ? kept(after, campaign, moment) : from(instance, campaign, node.next(), moment);
    }
}
