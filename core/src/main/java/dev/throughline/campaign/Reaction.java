// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;

/** What an event makes of an instance: it reaches goals, leaves, wakes or hears a response. Immutable and thread-safe. */
final class Reaction {

    private final Walk walk;

    Reaction(Walk walk) {
        this.walk = walk;
    }

    void to(Touchpoint touchpoint, Instance before, Campaign campaign, Moment moment) {
        Instance instance = reaching(before, campaign, touchpoint, moment);
        for (EventRule exit : campaign.terms().exits()) {
            if (exit.matches(touchpoint.name(), moment.facts())) {
                Departure.on(touchpoint.name()).of(instance, moment);
                return;
            }
        }
        Node node = campaign.node(instance.path());
        if (node != null) {
            woken(instance, node, touchpoint, moment);
        }
    }

    /** Notes the goals that an event reaches, each once. */
    private static Instance reaching(Instance before, Campaign campaign, Touchpoint touchpoint, Moment moment) {
        Instance instance = before;
        var goals = campaign.terms().goals();
        for (int i = 0; i < goals.size(); i++) {
            if (!instance.hasReached(i) && goals.get(i).matches(touchpoint.name(), moment.facts())) {
                moment.note(
                        instance,
                        Change.REACHED,
                        touchpoint.name(),
                        goals.get(i).toString());
                Instance reached = instance.reaching(i);
                moment.journeys().replace(instance, reached);
                instance = reached;
            }
        }
        return instance;
    }

    private void woken(Instance instance, Node node, Touchpoint touchpoint, Moment moment) {
        Campaign campaign = node.campaign();
        switch (instance.pending().kind()) {
            case EVENT -> {
                if (((Step.Await) node.step()).rule().matches(touchpoint.name(), moment.facts())) {
                    moment.journeys().move(instance, walk.from(instance, campaign, node.yes(), moment));
                }
            }
            case CONDITION -> moment.journeys().move(instance, walk.tested(instance, node, moment));
            case RESPONSE -> {
                if (isResponse(touchpoint, instance, node)) {
                    responded(instance, node, touchpoint, moment);
                }
            }
            case PARKED -> parked(instance, node, touchpoint, moment);
            case TIME, VERDICT, ADDRESS, ANSWER, LOOKUP, AGAIN -> {}
        }
    }

    private void responded(Instance instance, Node node, Touchpoint touchpoint, Moment moment) {
        moment.note(instance, Change.RESPONDED, touchpoint.name());
        moment.journeys().move(instance, walk.from(instance, node.campaign(), node.next(), moment));
    }

    /** Who waits before a leg for those who do not respond, and responds, needs it no more. */
    private void parked(Instance instance, Node node, Touchpoint touchpoint, Moment moment) {
        boolean unanswered = node.step() instanceof Step.Send send
                && send.route().legs().get(instance.pending().leg()).when() == Route.When.NO_RESPONSE;
        if (unanswered && isResponse(touchpoint, instance, node)) {
            responded(instance, node, touchpoint, moment);
        }
    }

    /** What is heard of late may have happened before the message went out; clocks may differ as much as a touchpoint's may. */
    private static boolean isResponse(Touchpoint touchpoint, Instance instance, Node node) {
        if (!Responses.contains(touchpoint)) {
            return false;
        }
        var leg =
                ((Step.Send) node.step()).route().legs().get(instance.pending().leg());
        Instant sent = instance.pending().until().minus(leg.after());
        return !touchpoint.occurredAt().plus(Touchpoint.FUTURE_TOLERANCE).isBefore(sent);
    }
}
