// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.Instance.Kind;
import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.decision.Cancel;
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
                moment.out().cancelTimer(campaign.timer(instance));
                left(instance, touchpoint, moment);
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

    /** Ends the instance at once, wherever it stands; what it has planned is cancelled at the contact point. */
    private static void left(Instance instance, Touchpoint touchpoint, Moment moment) {
        var wait = instance.pending();
        if (wait.kind() == Kind.VERDICT && wait.message() != null && wait.contactPoint() != null) {
            moment.out()
                    .tell(
                            wait.contactPoint(),
                            new Cancel(wait.message(), "JOURNEY_EXITED", touchpoint.name(), wait.until()));
        }
        moment.note(instance, Change.EXITED, touchpoint.name());
        moment.journeys().remove(instance);
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
                    moment.note(instance, Change.RESPONDED, touchpoint.name());
                    moment.journeys().move(instance, walk.from(instance, campaign, node.next(), moment));
                }
            }
            case TIME, VERDICT, ADDRESS -> {}
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
