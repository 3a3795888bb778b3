// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.commerce.Commerce;
import dev.throughline.commerce.CommerceSlice;
import dev.throughline.customer.Context;
import dev.throughline.customer.History;
import dev.throughline.customer.Linked;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Slice;
import dev.throughline.decision.Cancel;
import dev.throughline.decision.Confirm;
import dev.throughline.decision.Deferred;
import dev.throughline.decision.Settled;
import dev.throughline.identity.Ids;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.segment.BehaviourSlice;
import dev.throughline.segment.Condition;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A customer's journeys: entered, moved along and left. An event first ends journeys, then wakes those that wait for it, then
 * starts new ones, so that an order which ends one journey can begin the next. Immutable and thread-safe.
 */
public final class JourneysSlice implements Slice<Object> {

    /** A touchpoint that is older than this when it arrives starts no journey. */
    public static final Duration LATEST_ENTRY = Duration.ofHours(1);

    /** A campaign that this host does not know may be stepped by another one, or by this one when it knows it again. */
    private static final Duration UNKNOWN_HERE = Duration.ofMinutes(10);

    private final Map<String, Campaign> byVersion = new HashMap<>();
    private final Map<String, Concern> byEvent = new HashMap<>();
    private final BehaviourSlice behaviour;
    private final @Nullable CommerceSlice commerce;
    private final Walk walk;

    /** Whom an event concerns: campaigns that it starts, and names of those whose journeys react to it. */
    private record Concern(List<Campaign> entries, Set<String> reacting) {}

    /**
     * Journeys of some campaigns.
     *
     * @param campaigns the campaigns; one of each name is entered, all are moved along
     * @param behaviour where conditions look into the past
     */
    public JourneysSlice(Collection<Campaign> campaigns, BehaviourSlice behaviour) {
        this(campaigns, behaviour, null);
    }

    /**
     * Journeys of some campaigns, of which one looks at baskets or orders.
     *
     * @param campaigns the campaigns
     * @param behaviour where conditions look into the past
     * @param commerce where baskets and orders are; {@code null} if they are not kept
     */
    public JourneysSlice(Collection<Campaign> campaigns, BehaviourSlice behaviour, @Nullable CommerceSlice commerce) {
        this.behaviour = behaviour;
        this.commerce = commerce;
        this.walk = new Walk(campaigns);
        var sorted =
                campaigns.stream().sorted(Comparator.comparing(Campaign::name)).toList();
        for (Campaign campaign : sorted) {
            byVersion.put(campaign.version(), campaign);
            concern(campaign.entry().event()).entries.add(campaign);
            campaign.reactions().forEach(event -> concern(event).reacting.add(campaign.name()));
        }
    }

    private Concern concern(String event) {
        return byEvent.computeIfAbsent(event, name -> new Concern(new ArrayList<>(), new HashSet<>()));
    }

    @Override
    public String name() {
        return "journeys";
    }

    @Override
    public Object initial() {
        return Journeys.NONE;
    }

    @Override
    public Object apply(Object state, Context context, Input input, Effects out) {
        var journeys = (Journeys) state;
        if (input instanceof Input.Due due) {
            return due(journeys, due, context, out);
        }
        if (input instanceof Input.Answered answered && answered.payload() instanceof History history) {
            return remembered(journeys, history, context, out);
        }
        return input instanceof Input.Told told ? told(journeys, told, context, out) : journeys;
    }

    @Override
    public Object merge(Both<Object> both, Context context, Effects out) {
        var moment = moment((Journeys) both.survivor(), Map.of(), context, out);
        new Reunion(byVersion, moment).of(both);
        return moment.journeys().done();
    }

    /** What happened to her under another name, while these journeys were under way, ends or wakes them now. */
    private Journeys remembered(Journeys journeys, History history, Context context, Effects out) {
        Journeys after = journeys;
        for (Touchpoint touchpoint : history.touchpoints()) {
            Concern concern = byEvent.get(touchpoint.name());
            if (concern == null || touchpoint.origin() == Origin.HISTORY) {
                continue;
            }
            Moment moment = moment(after, touchpoint.properties(), context, out);
            for (Instance instance : after.in(concern.reacting)) {
                if (history.about().contains(instance.id())
                        && !touchpoint.occurredAt().isBefore(instance.startedAt())) {
                    touched(instance, touchpoint, moment);
                }
            }
            after = moment.journeys().done();
        }
        return after;
    }

    @Override
    @SuppressWarnings("unchecked") // this slice's part is always a Journeys
    public Codec<Object> codec() {
        return (Codec<Object>) (Codec<?>) Journeys.CODEC;
    }

    private Journeys told(Journeys journeys, Input.Told input, Context context, Effects out) {
        Payload payload = input.payload();
        if (payload instanceof Observed observed) {
            return observed(journeys, observed.touchpoint(), context, out);
        }
        if (payload instanceof Linked) {
            return reachable(journeys, context, out);
        }
        if (payload instanceof Settled settled) {
            return settled(journeys, settled, context, out);
        }
        if (payload instanceof Confirm confirm) {
            return confirm(journeys, confirm, input.from(), context, out);
        }
        if (payload instanceof Deferred deferred) {
            var instance = journeys.awaiting(deferred.message());
            return instance == null ? journeys : noted(journeys, instance, deferred.reason());
        }
        return journeys;
    }

    private static Journeys noted(Journeys journeys, Instance instance, String reason) {
        var draft = new Journeys.Draft(journeys);
        draft.replace(instance, instance.at(instance.path(), instance.pending().noted(reason)));
        return draft.done();
    }

    private Journeys observed(Journeys journeys, Touchpoint touchpoint, Context context, Effects out) {
        Concern concern = byEvent.get(touchpoint.name());
        if (concern == null || touchpoint.origin() == Origin.HISTORY) {
            return journeys;
        }
        Moment moment = moment(journeys, touchpoint.properties(), context, out);
        for (Instance instance : journeys.in(concern.reacting)) {
            touched(instance, touchpoint, moment);
        }
        if (!touchpoint.occurredAt().plus(LATEST_ENTRY).isBefore(context.now())) {
            entered(concern.entries, touchpoint, moment);
        }
        return moment.journeys().done();
    }

    /** Moves on those that waited for an address which she has now. */
    private Journeys reachable(Journeys journeys, Context context, Effects out) {
        Journeys reached = journeys;
        for (Instance instance : journeys.instances()) {
            Campaign campaign = byVersion.get(instance.version());
            if (campaign != null
                    && instance.pending().kind() == Instance.Kind.ADDRESS
                    && walk.isReachable(instance, campaign, context.customer())) {
                Moment moment = moment(reached, instance.event(), context, out);
                stopped(instance, walk.leg(instance, campaign, moment), moment);
                reached = moment.journeys().done();
            }
        }
        return reached;
    }

    private void touched(Instance instance, Touchpoint touchpoint, Moment moment) {
        Campaign campaign = byVersion.get(instance.version());
        if (campaign == null) {
            return;
        }
        for (EventRule exit : campaign.exits()) {
            if (exit.matches(touchpoint.name(), moment.facts())) {
                moment.out().cancelTimer(campaign.timer(instance));
                left(instance, touchpoint, moment);
                return;
            }
        }
        Campaign.Node node = campaign.node(instance.path());
        if (node != null
                && instance.pending().kind() == Instance.Kind.EVENT
                && ((Step.Await) node.step()).rule().matches(touchpoint.name(), moment.facts())) {
            stopped(instance, walk.from(instance, campaign, node.yes(), moment), moment);
        } else if (node != null && isResponse(touchpoint, instance, node)) {
            moment.note(instance, Change.RESPONDED, touchpoint.name());
            stopped(instance, walk.from(instance, campaign, node.next(), moment), moment);
        }
    }

    /** What is heard of late may have happened before the message went out; clocks may differ as much as a touchpoint's may. */
    private static boolean isResponse(Touchpoint touchpoint, Instance instance, Campaign.Node node) {
        if (instance.pending().kind() != Instance.Kind.RESPONSE || !Responses.contains(touchpoint)) {
            return false;
        }
        var leg =
                ((Step.Send) node.step()).route().legs().get(instance.pending().leg());
        Instant sent = instance.pending().until().minus(leg.after());
        return !touchpoint.occurredAt().plus(Touchpoint.FUTURE_TOLERANCE).isBefore(sent);
    }

    /** Ends the instance at once, wherever it stands; what it has planned is cancelled at the contact point. */
    private static void left(Instance instance, Touchpoint touchpoint, Moment moment) {
        var wait = instance.pending();
        if (wait.kind() == Instance.Kind.VERDICT && wait.message() != null && wait.contactPoint() != null) {
            moment.out()
                    .tell(
                            wait.contactPoint(),
                            new Cancel(wait.message(), "JOURNEY_EXITED", touchpoint.name(), wait.until()));
        }
        moment.note(instance, Change.EXITED, touchpoint.name());
        moment.journeys().remove(instance);
    }

    private void entered(List<Campaign> entries, Touchpoint touchpoint, Moment moment) {
        for (Campaign campaign : entries) {
            if (campaign.entry().matches(touchpoint.name(), moment.facts())) {
                entered(campaign, touchpoint, moment);
            }
        }
    }

    private void entered(Campaign campaign, Touchpoint touchpoint, Moment moment) {
        String key = campaign.key().isEmpty() ? "" : String.valueOf(touchpoint.property(campaign.key()));
        if (moment.journeys().inside(campaign.name(), key)) {
            return;
        }
        var instance = new Instance(
                Ids.hash("instance", campaign.name(), key, touchpoint.id()),
                campaign.name(),
                campaign.version(),
                key,
                moment.now(),
                campaign.kept(touchpoint),
                campaign.first().path(),
                Instance.Wait.NOTHING);
        if (campaign.once() && moment.journeys().hasEntered(campaign.name())) {
            moment.note(instance, Change.REFUSED, touchpoint.name());
            return;
        }
        moment.note(instance, Change.STARTED, touchpoint.name());
        if (campaign.once()) {
            moment.journeys().enter(campaign.name());
        }
        Instance stopped = walk.from(instance, campaign, campaign.first(), moment);
        if (stopped == null) {
            moment.note(instance, Change.ENDED, "");
        } else {
            moment.journeys().add(stopped);
        }
    }

    private Journeys due(Journeys journeys, Input.Due due, Context context, Effects out) {
        Instance instance = journeys.timedBy(due.timer());
        if (instance == null) {
            return journeys;
        }
        Campaign campaign = byVersion.get(instance.version());
        if (campaign == null) {
            out.setTimer(due.timer(), context.now().plus(UNKNOWN_HERE));
            return journeys;
        }
        if (due.due().isBefore(instance.pending().until())) {
            return journeys;
        }
        Moment moment = moment(journeys, instance.event(), context, out);
        elapsed(instance, campaign, moment);
        return moment.journeys().done();
    }

    private void elapsed(Instance instance, Campaign campaign, Moment moment) {
        Campaign.Node node = campaign.node(instance.path());
        if (node == null) {
            return;
        }
        switch (instance.pending().kind()) {
            case TIME -> stopped(instance, walk.from(instance, campaign, node.next(), moment), moment);
            case EVENT -> stopped(instance, walk.from(instance, campaign, node.no(), moment), moment);
            case RESPONSE, ADDRESS -> stopped(instance, walk.leg(instance, campaign, moment), moment);
            case VERDICT -> walk.ask(instance, campaign, moment);
        }
    }

    private Journeys settled(Journeys journeys, Settled settled, Context context, Effects out) {
        Instance instance = journeys.awaiting(settled.message());
        Campaign campaign = instance == null ? null : byVersion.get(instance.version());
        if (instance == null || campaign == null) {
            return journeys;
        }
        Moment moment = moment(journeys, instance.event(), context, out);
        stopped(instance, walk.afterLeg(instance, campaign, settled, moment), moment);
        return moment.journeys().done();
    }

    private Journeys confirm(Journeys journeys, Confirm confirm, Key contactPoint, Context context, Effects out) {
        Instance instance = journeys.awaiting(confirm.message());
        Campaign campaign = instance == null ? null : byVersion.get(instance.version());
        if (instance == null || campaign == null) {
            out.tell(contactPoint, new Cancel(confirm.message(), "JOURNEY_ENDED", "", context.now()));
            return journeys;
        }
        Moment moment = moment(journeys, instance.event(), context, out);
        stopped(instance, walk.again(instance, campaign, confirm, moment), moment);
        return moment.journeys().done();
    }

    /** Keeps an instance where it stopped, or lets it go if it came to the end. */
    private static void stopped(Instance instance, @Nullable Instance after, Moment moment) {
        if (after != null) {
            moment.journeys().replace(instance, after);
        } else {
            moment.note(instance, Change.ENDED, "");
            moment.journeys().remove(instance);
        }
    }

    private Moment moment(Journeys journeys, Map<String, @Nullable Object> event, Context context, Effects out) {
        var parts = context.parts();
        var shopping = commerce == null ? Commerce.NONE : parts.of(commerce);
        var facts = new Condition.Facts(context.customer(), parts.of(behaviour), shopping, event, context.now());
        return new Moment(context, facts, new Journeys.Draft(journeys), out);
    }
}
