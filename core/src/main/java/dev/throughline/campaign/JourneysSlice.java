// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.channel.MessageId;
import dev.throughline.customer.Context;
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
import dev.throughline.wire.CompactMap;
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
    private final Map<String, List<Campaign>> byEntry = new HashMap<>();
    private final Map<String, Set<String>> byReaction = new HashMap<>();
    private final Map<String, List<String>> used = new HashMap<>();
    private final BehaviourSlice behaviour;
    private final Walk walk = new Walk();

    /**
     * Journeys of some campaigns.
     *
     * @param campaigns the campaigns; one of each name is entered, all are moved along
     * @param behaviour where conditions look into the past
     */
    public JourneysSlice(Collection<Campaign> campaigns, BehaviourSlice behaviour) {
        this.behaviour = behaviour;
        var sorted =
                campaigns.stream().sorted(Comparator.comparing(Campaign::name)).toList();
        for (Campaign campaign : sorted) {
            byVersion.put(campaign.version(), campaign);
            byEntry.computeIfAbsent(campaign.entry().event(), event -> new ArrayList<>())
                    .add(campaign);
            campaign.reactions().forEach(event -> byReaction
                    .computeIfAbsent(event, name -> new HashSet<>())
                    .add(campaign.name()));
            used.put(
                    campaign.version(),
                    campaign.properties().distinct().sorted().toList());
        }
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
        return input instanceof Input.Told told ? told(journeys, told, context, out) : journeys;
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
            var instance = awaiting(journeys, deferred.message());
            return instance == null
                    ? journeys
                    : journeys.with(
                            instance.at(instance.path(), instance.pending().noted(deferred.reason())));
        }
        return journeys;
    }

    private Journeys observed(Journeys state, Touchpoint touchpoint, Context context, Effects out) {
        var reacting = byReaction.getOrDefault(touchpoint.name(), Set.of());
        var entries = byEntry.getOrDefault(touchpoint.name(), List.of());
        if (touchpoint.origin() == Origin.HISTORY || (reacting.isEmpty() && entries.isEmpty())) {
            return state;
        }
        var moment = new Moment(context, facts(context, touchpoint.properties()), out);
        Journeys journeys = state;
        for (Instance instance : state.in(reacting)) {
            journeys = touched(journeys, instance, touchpoint, moment);
        }
        boolean late = touchpoint.occurredAt().plus(LATEST_ENTRY).isBefore(context.now());
        return late ? journeys : entered(journeys, entries, touchpoint, moment);
    }

    /** Moves on those that waited for an address which she has now. */
    private Journeys reachable(Journeys state, Context context, Effects out) {
        Journeys journeys = state;
        for (Instance instance : state.instances()) {
            Campaign campaign = byVersion.get(instance.version());
            if (campaign != null
                    && instance.pending().kind() == Instance.Kind.ADDRESS
                    && walk.isReachable(instance, campaign, context.customer())) {
                var moment = new Moment(context, facts(context, instance.event()), out);
                journeys = stopped(
                        journeys,
                        walk.leg(instance, campaign, instance.pending().leg(), moment),
                        moment);
            }
        }
        return journeys;
    }

    private Journeys touched(Journeys journeys, Instance instance, Touchpoint touchpoint, Moment moment) {
        Campaign campaign = byVersion.get(instance.version());
        if (campaign == null) {
            return journeys;
        }
        for (EventRule exit : campaign.exits()) {
            if (exit.matches(touchpoint.name(), moment.facts())) {
                moment.out().cancelTimer(campaign.timer(instance));
                return left(journeys, instance, touchpoint, moment);
            }
        }
        Campaign.Node node = campaign.node(instance.path());
        if (node != null
                && instance.pending().kind() == Instance.Kind.EVENT
                && ((Step.Await) node.step()).rule().matches(touchpoint.name(), moment.facts())) {
            return moved(journeys, instance, campaign, node.yes(), moment);
        }
        if (node != null && isResponse(touchpoint, instance, node)) {
            note(instance, Change.RESPONDED, touchpoint.name(), moment);
            return moved(journeys, instance, campaign, node.next(), moment);
        }
        return journeys;
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
    private static Journeys left(Journeys journeys, Instance instance, Touchpoint touchpoint, Moment moment) {
        var wait = instance.pending();
        if (wait.kind() == Instance.Kind.VERDICT && wait.message() != null && wait.address() != null) {
            moment.out()
                    .tell(
                            Key.of(wait.address()),
                            new Cancel(wait.message(), "JOURNEY_EXITED", touchpoint.name(), wait.until()));
        }
        note(instance, Change.EXITED, touchpoint.name(), moment);
        return journeys.without(instance);
    }

    private Journeys entered(Journeys state, List<Campaign> entries, Touchpoint touchpoint, Moment moment) {
        Journeys journeys = state;
        for (Campaign campaign : entries) {
            if (campaign.entry().matches(touchpoint.name(), moment.facts())) {
                journeys = entered(journeys, campaign, touchpoint, moment);
            }
        }
        return journeys;
    }

    private Journeys entered(Journeys journeys, Campaign campaign, Touchpoint touchpoint, Moment moment) {
        String key = campaign.key().isEmpty() ? "" : String.valueOf(touchpoint.property(campaign.key()));
        if (journeys.inside(campaign.name(), key)) {
            return journeys;
        }
        var instance = new Instance(
                Ids.hash("instance", campaign.name(), key, touchpoint.id()),
                campaign.name(),
                campaign.version(),
                key,
                moment.now(),
                kept(campaign, touchpoint),
                campaign.first(),
                Instance.Wait.until(Instance.Kind.TIME, moment.now()));
        if (campaign.once() && journeys.hasEntered(campaign.name())) {
            note(instance, Change.REFUSED, touchpoint.name(), moment);
            return journeys;
        }
        note(instance, Change.STARTED, touchpoint.name(), moment);
        Journeys remembered = campaign.once() ? journeys.entered(campaign.name()) : journeys;
        return moved(remembered, instance, campaign, campaign.first(), moment);
    }

    private Journeys due(Journeys journeys, Input.Due due, Context context, Effects out) {
        Instance instance = journeys.timedBy(due.timer());
        if (instance == null) {
            return journeys;
        }
        Campaign campaign = byVersion.get(instance.version());
        if (campaign == null) {
            out.setTimer(due.timer(), context.now().plus(UNKNOWN_HERE));
        } else if (!due.due().isBefore(instance.pending().until())) {
            return elapsed(journeys, instance, campaign, new Moment(context, facts(context, instance.event()), out));
        }
        return journeys;
    }

    private Journeys elapsed(Journeys journeys, Instance instance, Campaign campaign, Moment moment) {
        Campaign.Node node = campaign.node(instance.path());
        if (node == null) {
            return journeys;
        }
        return switch (instance.pending().kind()) {
            case TIME -> moved(journeys, instance, campaign, node.next(), moment);
            case EVENT -> moved(journeys, instance, campaign, node.no(), moment);
            case RESPONSE, ADDRESS ->
                stopped(
                        journeys,
                        walk.leg(instance, campaign, instance.pending().leg(), moment),
                        moment);
            case VERDICT -> {
                walk.ask(instance, campaign, moment);
                yield journeys;
            }
        };
    }

    private Journeys settled(Journeys journeys, Settled settled, Context context, Effects out) {
        Instance instance = awaiting(journeys, settled.message());
        Campaign campaign = instance == null ? null : byVersion.get(instance.version());
        if (instance == null || campaign == null) {
            return journeys;
        }
        var moment = new Moment(context, facts(context, instance.event()), out);
        return stopped(journeys, walk.afterLeg(instance, campaign, settled, moment), moment);
    }

    private Journeys confirm(Journeys journeys, Confirm confirm, Key contactPoint, Context context, Effects out) {
        Instance instance = awaiting(journeys, confirm.message());
        Campaign campaign = instance == null ? null : byVersion.get(instance.version());
        if (instance == null || campaign == null) {
            out.tell(contactPoint, new Cancel(confirm.message(), "JOURNEY_ENDED", "", context.now()));
            return journeys;
        }
        var moment = new Moment(context, facts(context, instance.event()), out);
        return stopped(journeys, walk.again(instance, campaign, confirm, moment), moment);
    }

    private Journeys moved(Journeys journeys, Instance instance, Campaign campaign, String path, Moment moment) {
        return stopped(journeys, walk.from(instance, campaign, path, moment), moment);
    }

    /** Keeps an instance where it stopped, or lets it go if it came to the end. */
    private static Journeys stopped(Journeys journeys, Instance instance, Moment moment) {
        if (!instance.path().isEmpty()) {
            return journeys.with(instance);
        }
        note(instance, Change.ENDED, "", moment);
        return journeys.without(instance);
    }

    private static @Nullable Instance awaiting(Journeys journeys, MessageId message) {
        for (Instance instance : journeys.instances()) {
            if (instance.awaits(message)) {
                return instance;
            }
        }
        return null;
    }

    private Condition.Facts facts(Context context, Map<String, @Nullable Object> event) {
        return new Condition.Facts(context.customer(), context.parts().of(behaviour), event, context.now());
    }

    private static void note(Instance instance, Change change, String because, Moment moment) {
        moment.note(instance, change, because);
    }

    /** Only what messages and conditions of the campaign use, so that a large event does not make a large customer. */
    private Map<String, @Nullable Object> kept(Campaign campaign, Touchpoint touchpoint) {
        return CompactMap.of(touchpoint.properties(), used.getOrDefault(campaign.version(), List.of()));
    }
}
