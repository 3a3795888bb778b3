// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.customer.Context;
import dev.throughline.customer.CustomerState;
import dev.throughline.customer.History;
import dev.throughline.customer.IdentityRules;
import dev.throughline.customer.Linked;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Slice;
import dev.throughline.decision.Cancel;
import dev.throughline.decision.Confirm;
import dev.throughline.decision.Deferred;
import dev.throughline.decision.Settled;
import dev.throughline.link.LinkKeys;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.segment.Evidence;
import dev.throughline.segment.SegmentsSlice;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A customer's journeys: entered, moved along and left. An event first ends journeys, then wakes those that wait for it, then
 * starts new ones, so that an order which ends one journey can begin the next. Immutable and thread-safe.
 */
public final class JourneysSlice implements Slice<Object> {

    /** A touchpoint that is older than this when it arrives starts no journey. */
    public static final Duration LATEST_ENTRY = Duration.ofHours(1);

    /** A version that this host cannot read may be stepped by another one, or by this one when it can. */
    private static final Duration UNKNOWN_HERE = Duration.ofMinutes(10);

    /** Why a message that is due is taken back while its campaign is paused. */
    static final String PAUSED = "JOURNEY_PAUSED";

    private final Map<String, Campaign> byVersion = new HashMap<>();
    private final Map<String, Concern> byEvent = new HashMap<>();
    private final Statuses statuses;
    private final Evidence evidence;
    private final Sending sending;
    private final Crossings crossings;
    private final Walk walk;
    private final Relocation relocation;
    private final Entrance entrance;
    private final Reaction reaction;
    private final List<Appointments> appointments;

    /** Whom events concern that no campaign names: those that wait for a condition, which any event may change. */
    private final @Nullable Concern others;

    /** Whom an event concerns: campaigns that it starts, and names of those whose journeys react to it. */
    private record Concern(List<Campaign> entries, Set<String> reacting) {}

    /**
     * Journeys of some campaigns.
     *
     * @param roster the campaigns: some are entered, all are moved along
     * @param rules what becomes of traits that journeys set
     * @param evidence where conditions look
     * @param tables which tables of the host they look up
     * @param links what links in messages are signed with
     */
    public JourneysSlice(Roster roster, IdentityRules rules, Evidence evidence, HostTables tables, LinkKeys links) {
        this.statuses = roster.statuses();
        this.evidence = evidence;
        var lookups = new Lookups(tables);
        this.sending = new Sending(roster, lookups, links);
        for (Campaign campaign : sorted(roster.entered())) {
            byVersion.put(campaign.version(), campaign);
            if (campaign.terms().entry() instanceof EventRule rule) {
                concern(rule.event()).entries.add(campaign);
            }
        }
        byVersion.putAll(roster.older());
        this.crossings = new Crossings(statuses, byVersion);
        this.walk = new Walk(sending, lookups, rules, crossings);
        this.relocation = new Relocation(walk, crossings);
        this.entrance = new Entrance(walk);
        this.reaction = new Reaction(walk);
        this.appointments = Stream.of(new Dates(roster.entered(), entrance), new Schedules(roster.entered(), entrance))
                .filter(kind -> !kind.isEmpty())
                .toList();
        roster.all().forEach(campaign -> campaign.reactions()
                .forEach(event -> concern(event).reacting.add(campaign.name())));
        var testing = roster.all()
                .filter(Campaign::waitsForConditions)
                .map(Campaign::name)
                .collect(Collectors.toSet());
        byEvent.values().forEach(concern -> concern.reacting.addAll(testing));
        this.others = testing.isEmpty() ? null : new Concern(List.of(), testing);
    }

    private static List<Campaign> sorted(Collection<Campaign> campaigns) {
        return campaigns.stream().sorted(Comparator.comparing(Campaign::name)).toList();
    }

    /**
     * Whether a customer has to hear what is said of a campaign: she waits for it to go on, is inside though it was stopped, or is to be
     * moved to another version.
     *
     * @param customer her state
     * @param statuses what is said of campaigns
     * @param campaign the campaign's name
     * @return whether she has
     */
    public static boolean concerns(CustomerState customer, Statuses statuses, String campaign) {
        var orders = statuses.migrations(campaign);
        return inside(customer, campaign).stream()
                .anyMatch(instance -> Parking.isParked(instance)
                        || statuses.isStopped(instance)
                        || orders.stream().anyMatch(order -> order.concerns(instance)));
    }

    /** A customer's instances of a campaign. */
    static List<Instance> inside(CustomerState customer, String campaign) {
        return customer.slices().stream()
                .filter(Journeys.class::isInstance)
                .flatMap(slice -> ((Journeys) slice).in(Set.of(campaign)).stream())
                .toList();
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
        var journeys = moved(withoutStopped((Journeys) state, context, out), context, out);
        return moved(applied(journeys, context, input, out), context, out);
    }

    private Journeys applied(Journeys journeys, Context context, Input input, Effects out) {
        if (input instanceof Input.Due due) {
            return due(journeys, due, context, out);
        }
        if (input instanceof Input.Rebuild rebuild) {
            return rebuilt(journeys, rebuild, context, out);
        }
        if (input instanceof Input.Answered answered) {
            return answered(journeys, answered.payload(), context, out);
        }
        if (input instanceof Input.Received received && received.payload() instanceof Steered steered) {
            return steered(journeys, steered.campaign(), context, out);
        }
        return input instanceof Input.Told told ? told(journeys, told, context, out) : journeys;
    }

    /** Timers of dates that nobody asked for before. */
    private Journeys rebuilt(Journeys journeys, Input.Rebuild rebuild, Context context, Effects out) {
        if (!rebuild.needs().isEmpty()) {
            var moment = moment(journeys, Map.of(), context, out);
            appointments.forEach(kind -> kind.known(moment, rebuild.needs()));
        }
        return journeys;
    }

    @Override
    public List<String> needs() {
        return appointments.stream().flatMap(kind -> kind.needs().stream()).toList();
    }

    /** Without those whose campaign has been stopped since they began, whatever the input is about. */
    private Journeys withoutStopped(Journeys journeys, Context context, Effects out) {
        if (statuses.isEmpty() || journeys.instances().stream().noneMatch(statuses::isStopped)) {
            return journeys;
        }
        Moment moment = moment(journeys, Map.of(), context, out);
        journeys.instances().stream()
                .filter(statuses::isStopped)
                .forEach(instance -> Departure.STOPPED.of(instance, moment));
        return moment.journeys().done();
    }

    /** With those in another version whom a migration concerns and who wait for no answer, whatever the input is about. */
    private Journeys moved(Journeys journeys, Context context, Effects out) {
        if (crossings.isEmpty()) {
            return journeys;
        }
        Journeys after = journeys;
        for (Instance instance : journeys.instances()) {
            if (relocation.concerns(instance)) {
                Moment moment = moment(after, instance.event(), context, out);
                moment.journeys().move(instance, relocation.moved(instance, moment));
                after = moment.journeys().done();
            }
        }
        return after;
    }

    /** Those who are parked look again. */
    private Journeys steered(Journeys journeys, String campaign, Context context, Effects out) {
        Journeys after = journeys;
        for (Instance instance : journeys.in(Set.of(campaign))) {
            if (Parking.isParked(instance)) {
                after = looking(after, instance, context, out);
            }
        }
        return after;
    }

    private Journeys looking(Journeys journeys, Instance instance, Context context, Effects out) {
        Campaign campaign = byVersion.get(instance.version());
        if (campaign == null) {
            return journeys;
        }
        Moment moment = moment(journeys, instance.event(), context, out);
        elapsed(instance, campaign, moment);
        return moment.journeys().done();
    }

    @Override
    public Object merge(Both<Object> both, Context context, Effects out) {
        var moment = moment((Journeys) both.survivor(), Map.of(), context, out);
        new Reunion(byVersion, moment).of(both);
        appointments.forEach(kind -> kind.known(moment));
        return moved(withoutStopped(moment.journeys().done(), context, out), context, out);
    }

    /** Her journeys have gone on with somebody else; what she has entered and drawn is hers. */
    @Override
    public Object restored(Both<Object> both, Context context, Effects out) {
        var moment = moment((Journeys) both.survivor(), Map.of(), context, out);
        moment.journeys().keep(((Journeys) both.absorbed()).lasting());
        appointments.forEach(kind -> kind.known(moment));
        return moment.journeys().done();
    }

    private Journeys answered(Journeys journeys, Payload payload, Context context, Effects out) {
        if (payload instanceof History history) {
            return remembered(journeys, history, context, out);
        }
        if (payload instanceof LookupAnswer answer) {
            return looked(journeys, answer, context, out);
        }
        return payload instanceof FunctionAnswer answer ? called(journeys, answer, context, out) : journeys;
    }

    /** What comes when nobody waits for it any more means nothing. */
    private Journeys called(Journeys journeys, FunctionAnswer answer, Context context, Effects out) {
        Instance instance = journeys.awaiting(one -> one.awaits(answer));
        Campaign campaign = instance == null ? null : byVersion.get(instance.version());
        if (instance == null || campaign == null) {
            return journeys;
        }
        Moment moment = moment(journeys, instance.event(), context, out);
        moment.journeys().move(instance, walk.called(instance, campaign, answer, moment));
        return moment.journeys().done();
    }

    private Journeys looked(Journeys journeys, LookupAnswer answer, Context context, Effects out) {
        Instance instance = journeys.awaiting(one -> one.awaits(answer));
        Campaign campaign = instance == null ? null : byVersion.get(instance.version());
        if (instance == null || campaign == null) {
            return journeys;
        }
        Moment moment = moment(journeys, instance.event(), context, out);
        moment.journeys().move(instance, walk.looked(instance, campaign, answer, moment));
        return moment.journeys().done();
    }

    /** What happened to her under another name, while these journeys were under way, ends or wakes them now. */
    private Journeys remembered(Journeys journeys, History history, Context context, Effects out) {
        Journeys after = journeys;
        for (Touchpoint touchpoint : history.touchpoints()) {
            Concern concern = byEvent.getOrDefault(touchpoint.name(), others);
            if (concern == null || touchpoint.origin() == Origin.HISTORY) {
                continue;
            }
            Moment moment = moment(after, touchpoint.properties(), context, out);
            for (Instance instance : after.in(concern.reacting)) {
                if (history.about().contains(instance.id())
                        && !touchpoint.occurredAt().isBefore(instance.startedAt())) {
                    reacted(instance, touchpoint, moment);
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
        if (payload instanceof FunctionAnswer || payload instanceof LookupAnswer) {
            return answered(journeys, payload, context, out);
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
        for (Appointments kind : appointments) {
            kind.told(touchpoint, () -> moment(journeys, Map.of(), context, out));
        }
        Concern concern = byEvent.getOrDefault(touchpoint.name(), others);
        if (concern == null || touchpoint.origin() == Origin.HISTORY) {
            return journeys;
        }
        Moment moment = moment(journeys, touchpoint.properties(), context, out);
        for (Instance instance : journeys.in(concern.reacting)) {
            reacted(instance, touchpoint, moment);
        }
        boolean late = touchpoint.occurredAt().plus(LATEST_ENTRY).isBefore(context.now());
        if (!late && !SegmentsSlice.isOfJourney(touchpoint)) {
            entered(concern.entries, touchpoint, moment);
        }
        return moment.journeys().done();
    }

    private void reacted(Instance instance, Touchpoint touchpoint, Moment moment) {
        Campaign campaign = byVersion.get(instance.version());
        if (campaign != null) {
            reaction.to(touchpoint, instance, campaign, moment);
        }
    }

    /** Moves on those that waited for an address which she has now. */
    private Journeys reachable(Journeys journeys, Context context, Effects out) {
        Journeys reached = journeys;
        for (Instance instance : journeys.instances()) {
            Campaign campaign = byVersion.get(instance.version());
            if (campaign != null
                    && instance.pending().kind() == Instance.Kind.ADDRESS
                    && sending.isReachable(instance, campaign, context.customer())) {
                Moment moment = moment(reached, instance.event(), context, out);
                moment.journeys().move(instance, walk.leg(instance, campaign, moment));
                reached = moment.journeys().done();
            }
        }
        return reached;
    }

    private void entered(List<Campaign> entries, Touchpoint touchpoint, Moment moment) {
        for (Campaign campaign : entries) {
            if (((EventRule) campaign.terms().entry()).matches(touchpoint.name(), moment.facts())) {
                entrance.enter(campaign, Entrance.Cause.of(touchpoint), moment);
            }
        }
    }

    private Journeys due(Journeys journeys, Input.Due due, Context context, Effects out) {
        for (Appointments kind : appointments) {
            if (kind.has(due.timer())) {
                Moment moment = moment(journeys, Map.of(), context, out);
                kind.due(due, moment);
                return moment.journeys().done();
            }
        }
        Instance instance = journeys.timedBy(due.timer());
        if (instance == null) {
            return journeys;
        }
        Campaign campaign = byVersion.get(instance.version());
        if (campaign == null) {
            out.setTimer(due.timer(), context.now().plus(UNKNOWN_HERE));
            return journeys;
        }
        boolean early = due.due().isBefore(instance.pending().until());
        if (early && instance.pending().kind() != Instance.Kind.CONDITION) {
            return journeys;
        }
        Moment moment = moment(journeys, instance.event(), context, out);
        elapsed(instance, campaign, moment);
        return moment.journeys().done();
    }

    private void elapsed(Instance instance, Campaign campaign, Moment moment) {
        Node node = campaign.node(instance.path());
        if (node == null) {
            return;
        }
        switch (instance.pending().kind()) {
            case TIME -> moment.journeys().move(instance, walk.from(instance, campaign, node.next(), moment));
            case CONDITION -> moment.journeys().move(instance, walk.tested(instance, node, moment));
            case EVENT -> moment.journeys().move(instance, walk.from(instance, campaign, node.no(), moment));
            case RESPONSE, ADDRESS -> moment.journeys().move(instance, walk.leg(instance, campaign, moment));
            case VERDICT -> sending.ask(instance, campaign, moment);
            case PARKED -> moment.journeys().move(instance, walk.resumed(instance, node, moment));
            case ANSWER ->
                moment.journeys().move(instance, walk.called(instance, campaign, Calling.lost(instance), moment));
            case LOOKUP -> {
                Instance again = Lookups.again(instance, node, moment);
                moment.journeys()
                        .move(
                                instance,
                                again != null
                                        ? again
                                        : walk.looked(instance, campaign, Lookups.none(instance), moment));
            }
            case AGAIN -> moment.journeys().move(instance, walk.again(instance, node, moment));
        }
    }

    private Journeys settled(Journeys journeys, Settled settled, Context context, Effects out) {
        Instance instance = journeys.awaiting(settled.message());
        Campaign campaign = instance == null ? null : byVersion.get(instance.version());
        if (instance == null || campaign == null) {
            return journeys;
        }
        Moment moment = moment(journeys, instance.event(), context, out);
        moment.journeys().move(instance, walk.afterLeg(instance, campaign, settled, moment));
        return moment.journeys().done();
    }

    private Journeys confirm(Journeys journeys, Confirm confirm, Key contactPoint, Context context, Effects out) {
        Instance instance = journeys.awaiting(confirm.message());
        Campaign campaign = instance == null ? null : byVersion.get(instance.version());
        if (instance == null || campaign == null) {
            out.tell(contactPoint, new Cancel(confirm.message(), "JOURNEY_ENDED", "", context.now()));
            return journeys;
        }
        if (!statuses.mode(instance.campaign()).acts()) {
            var until = instance.pending().until();
            out.tell(contactPoint, new Cancel(confirm.message(), PAUSED, "", until));
            return journeys;
        }
        Moment moment = moment(journeys, instance.event(), context, out);
        moment.journeys().move(instance, sending.again(instance, campaign, confirm, moment));
        return moment.journeys().done();
    }

    /** Who is parked or waits for a condition may look at once. */
    @Override
    public void timers(Object state, Context context, Effects out) {
        var journeys = (Journeys) state;
        for (Instance instance : journeys.instances()) {
            Instance.Kind kind = instance.pending().kind();
            boolean looks = kind == Instance.Kind.CONDITION || kind == Instance.Kind.PARKED;
            out.setTimer(
                    instance.timer(), looks ? context.now() : instance.pending().timed());
        }
        if (appointments.stream().anyMatch(kind -> !kind.isEmpty())) {
            Moment moment = moment(journeys, Map.of(), context, out);
            appointments.forEach(kind -> kind.known(moment));
        }
    }

    private Moment moment(Journeys journeys, Map<String, @Nullable Object> event, Context context, Effects out) {
        var facts = evidence.of(context, event);
        return new Moment(context, facts, new Journeys.Draft(journeys), out, statuses);
    }
}
