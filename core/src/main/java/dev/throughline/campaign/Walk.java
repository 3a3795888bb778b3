// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.CampaignStatus.Mode;
import dev.throughline.campaign.Instance.Kind;
import dev.throughline.campaign.Instance.Wait;
import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.campaign.LookupQuestion.Table;
import dev.throughline.customer.IdentityRules;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Profile;
import dev.throughline.decision.Settled;
import dev.throughline.decision.Verdict;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.segment.Condition;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves one instance from step to step until it waits or ends. Immutable and thread-safe. */
final class Walk {

    /** What becomes of a message that is due while its campaign is paused. */
    private static final Verdict TAKEN_BACK = Verdict.cancelled(JourneysSlice.PAUSED);

    private final Sending sending;
    private final Lookups lookups;
    private final IdentityRules rules;
    private final Crossings crossings;

    Walk(Sending sending, Lookups lookups, IdentityRules rules, Crossings crossings) {
        this.sending = sending;
        this.lookups = lookups;
        this.rules = rules;
        this.crossings = crossings;
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

    /** From the beginning on; where traits have to be read before, it waits there. */
    @Nullable
    Instance begun(Instance instance, Campaign campaign, Moment moment) {
        Instance reading = lookups.beginning(instance, campaign.first(), moment);
        return reading != null ? reading : from(instance, campaign, campaign.first(), moment);
    }

    /** Goes on with what a table of the host's has said, or without it. */
    @Nullable
    Instance looked(Instance instance, Campaign campaign, LookupAnswer answer, Moment before) {
        Node node = Objects.requireNonNull(campaign.node(instance.path()));
        if (!answer.failure().isEmpty()) {
            before.note(instance, Change.CALLED, answer.table().word(), answer.shown());
        }
        if (answer.table() == Table.PRODUCT) {
            return leg(Lookups.knowing(instance, node, answer), campaign, before);
        }
        if (answer.table() == Table.ADDRESS) {
            boolean told = told(Lookups.said(answer, before), before);
            return told ? claiming(instance, node, before) : leg(instance, campaign, before);
        }
        Moment moment = read(answer, instance, before);
        return answer.leg() < 0
                ? at(crossings.place(instance, node, false, moment), moment)
                : leg(instance, campaign, moment);
    }

    private static Instance claiming(Instance instance, Node node, Moment moment) {
        return Sending.claiming(instance, node, instance.pending().leg(), Table.ADDRESS.stage(), moment);
    }

    /** Traits that nobody could read are not taken. */
    private Moment read(LookupAnswer answer, Instance instance, Moment moment) {
        if (!answer.failure().isEmpty()) {
            return moment;
        }
        moment.journeys().keep(moment.journeys().lasting().read(moment.now()));
        Touchpoint said = Lookups.said(answer, moment);
        if (said == null || isKnown(said, moment)) {
            return moment;
        }
        try {
            Profile.check(said);
        } catch (ThroughlineException unreadable) {
            moment.note(instance, Change.CALLED, answer.table().word(), answer.shown() + Answers.UNUSABLE);
            return moment;
        }
        told(said, moment);
        return moment.with(moment.customer().identifiedBy(said, rules));
    }

    private static boolean isKnown(Touchpoint said, Moment moment) {
        var traits = moment.customer().profile().traits();
        return said.properties().entrySet().stream()
                .allMatch(trait -> Objects.equals(traits.get(trait.getKey()), trait.getValue()));
    }

    private static boolean told(@Nullable Touchpoint said, Moment moment) {
        if (said != null) {
            moment.out().tell(moment.customer().key(), new Observed(said));
        }
        return said != null;
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

    /** Goes on behind a step that is done; where a migration has waited for that, in the other version. */
    private @Nullable Instance behind(Instance instance, Node node, Moment moment) {
        return at(crossings.place(instance, node, true, moment), moment);
    }

    private @Nullable Instance at(Crossings.Place place, Moment moment) {
        return place.left()
                ? ended(place.instance(), place.campaign(), Change.EXITED, Crossing.MISSING, moment)
                : from(place.instance(), place.campaign(), place.node(), moment);
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

    static @Nullable Instance ended(Instance instance, Campaign campaign, Change change, String reason, Moment moment) {
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
        if (step instanceof Step.Call) {
            return Move.stay(
                    moment.mode(instance).acts()
                            ? calling(instance, node, 1, moment)
                            : Parking.at(node, 0, 0, instance, moment));
        }
        if (step instanceof Step.Delay || step instanceof Step.Await || step instanceof Step.CalendarDelay) {
            return Move.stay(waiting(instance, node, moment.now(), due(instance, node, moment), moment));
        }
        if (step instanceof Step.Until until) {
            return until.condition().test(moment.facts(instance))
                    ? Move.to(node.yes())
                    : Move.stay(testing(instance, node, moment.now().plus(until.atMost()), moment));
        }
        if (step instanceof Step.SetTrait set) {
            return !moment.mode(instance).acts()
                    ? Move.stay(Parking.at(node, 0, 0, instance, moment))
                    : Move.to(node.next(), said(set, instance, node, moment));
        }
        if (step instanceof Step.Branch branch) {
            return Move.to(branch.condition().test(moment.facts(instance)) ? node.yes() : node.no());
        }
        if (step instanceof Step.Choice choice) {
            return chosen(choice, node, moment.facts(instance));
        }
        if (step instanceof Step.Experiment experiment) {
            int way = experiment.way(moment.drawn("experiment/" + experiment.name()));
            String variant = experiment.variants().get(way).name();
            moment.note(instance, Change.ASSIGNED, "", experiment.name() + ": " + variant);
            return Move.to(node.ways().get(way));
        }
        if (step instanceof Step.DateDelay delay) {
            return dated(delay, instance, node, moment);
        }
        return Move.leave(Change.ENDED, ((Step.End) step).reason());
    }

    private static Instant due(Instance instance, Node node, Moment moment) {
        return Objects.requireNonNull(Waits.of(moment).due(instance, node, moment.now()));
    }

    /** Waits for a time, an event or a condition that does not hold yet, from an instant on until another. */
    static Instance waiting(Instance instance, Node node, Instant since, Instant due, Moment moment) {
        Step step = node.step();
        if (step instanceof Step.Until) {
            return testing(instance, node, due, moment);
        }
        boolean calendar = step instanceof Step.CalendarDelay || step instanceof Step.DateDelay;
        Kind kind = step instanceof Step.Await ? Kind.EVENT : Kind.TIME;
        return Sending.waiting(instance, node, calendar ? Wait.calendar(due, since) : Wait.until(kind, due), moment);
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
        if (((Step.Until) node.step()).condition().test(moment.facts(instance))) {
            return from(instance, node.campaign(), node.yes(), moment);
        }
        return moment.now().isBefore(timeout)
                ? testing(instance, node, timeout, moment)
                : from(instance, node.campaign(), node.no(), moment);
    }

    /** A call is an action: who comes to it while the campaign is paused waits before it, and calls with the same key later. */
    private static Instance calling(Instance instance, Node node, int attempt, Moment moment) {
        return moment.mode(instance).acts()
                ? Calling.asked(instance, node, attempt, moment)
                : Parking.at(node, 0, 0, instance, moment);
    }

    /** The next attempt. */
    @Nullable
    Instance again(Instance instance, Node node, Moment moment) {
        int attempt = instance.pending().round() + 1;
        return kept(calling(instance, node, attempt, moment), node.campaign(), moment);
    }

    /** Goes on when a function of the host has answered, tries it again, or goes the way of failure. */
    @Nullable
    Instance called(Instance instance, Campaign campaign, FunctionAnswer answer, Moment moment) {
        Node node = campaign.node(instance.path());
        if (node == null || !(node.step() instanceof Step.Call call)) {
            return instance;
        }
        moment.note(instance, Change.CALLED, call.function(), answer.shown());
        if (answer.failure().isEmpty()) {
            return behind(Calling.knowing(instance, node, answer), node, moment);
        }
        Instance paused = Calling.paused(instance, node, answer, moment);
        if (paused != null) {
            return paused;
        }
        if (call.ifFails() == null) {
            return ended(instance, campaign, Change.EXITED, "CALL_FAILED", moment);
        }
        Node way = node.yes();
        return way == null
                ? from(instance, campaign, null, moment)
                : at(crossings.place(instance, way, false, moment), moment);
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

    private static Move chosen(Step.Choice choice, Node node, Condition.Facts facts) {
        var options = choice.options();
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).condition().test(facts)) {
                return Move.to(node.ways().get(i));
            }
        }
        return choice.otherwise() == null
                ? Move.leave(Change.EXITED, "NO_BRANCH")
                : Move.to(node.ways().get(options.size()));
    }

    private static Move dated(Step.DateDelay delay, Instance instance, Node node, Moment moment) {
        Optional<Instant> date = Waits.of(moment).date(instance, node);
        if (date.isPresent() && !date.get().isBefore(moment.now())) {
            return Move.stay(waiting(instance, node, moment.now(), date.get(), moment));
        }
        return switch (delay.ifPast()) {
            case PROCEED -> Move.to(node.next());
            case SKIP -> Move.to(node.next() == null ? null : node.next().next());
            case EXIT -> Move.leave(Change.EXITED, date.isPresent() ? "PAST" : "NO_DATE");
        };
    }

    /** Takes the leg that comes next at the step where the instance stands, and goes on if it ends at once. */
    @Nullable
    Instance leg(Instance instance, Campaign campaign, Moment moment) {
        Node node = Sending.sending(instance, campaign);
        Instance planned = sending.planned(instance, node, instance.pending().leg(), moment);
        return planned != null ? kept(planned, campaign, moment) : behind(instance, node, moment);
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
        return after != null ? kept(after, campaign, moment) : behind(instance, node, moment);
    }
}
