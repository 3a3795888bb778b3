// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.Instance.Kind;
import dev.throughline.campaign.Instance.Wait;
import dev.throughline.campaign.JourneyNote.Change;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Moves who waits in one version to where she waits in another. A wait keeps its beginning and is reckoned anew: what is overdue ends
 * now. Immutable and thread-safe.
 */
final class Relocation {

    private final Walk walk;
    private final Crossings crossings;

    Relocation(Walk walk, Crossings crossings) {
        this.walk = walk;
        this.crossings = crossings;
    }

    /** Whether a migration is before it, and it is not amid a step: whoever asked or sent something hears first what became of it. */
    boolean concerns(Instance instance) {
        return crossings.of(instance) != null && !isAmid(instance);
    }

    /** Whether it waits for an answer: of a channel, of the host's code, of an identity. */
    static boolean isAmid(Instance instance) {
        return switch (instance.pending().kind()) {
            case VERDICT, ADDRESS, ANSWER, LOOKUP, AGAIN -> true;
            case TIME, EVENT, CONDITION, RESPONSE, PARKED -> false;
        };
    }

    /** Behind all migrations that are before it; {@code null} if it has left or ended. */
    @Nullable
    Instance moved(Instance before, Moment moment) {
        Instance instance = before;
        while (instance != null && concerns(instance)) {
            instance = moved(instance, Objects.requireNonNull(crossings.of(instance)), moment);
        }
        return instance;
    }

    private @Nullable Instance moved(Instance instance, Crossing crossing, Moment moment) {
        Node old = Objects.requireNonNull(crossing.from().node(instance.path()));
        Node now = crossing.counterpart(old);
        if (now != null) {
            return standing(crossing.moved(instance, old, now, moment), old, now, moment);
        }
        if (crossing.holds()) {
            return crossing.pinned(instance, old, moment);
        }
        Node instead = crossing.instead(old);
        return instead == null
                ? Walk.ended(instance, crossing.from(), Change.EXITED, Crossing.MISSING, moment)
                : walk.from(crossing.moved(instance, old, instead, moment), crossing.to(), instead, moment);
    }

    private @Nullable Instance standing(Instance instance, Node old, Node now, Moment moment) {
        return switch (instance.pending().kind()) {
            case RESPONSE -> unanswered(instance, old, now, moment);
            case PARKED -> parked(instance, now, moment);
            default ->
                Waits.isWait(now)
                        ? waiting(instance, now, Waits.of(moment).since(instance, old), moment)
                        : walk.from(instance, now.campaign(), now, moment);
        };
    }

    private @Nullable Instance waiting(Instance instance, Node now, Instant since, Moment moment) {
        if (now.step() instanceof Step.Until until && until.condition().test(moment.facts(instance))) {
            return walk.from(instance, now.campaign(), now.yes(), moment);
        }
        Instant due = Waits.of(moment).due(instance, now, since);
        if (due == null || due.isBefore(since)) {
            return walk.from(instance, now.campaign(), now, moment);
        }
        if (due.isAfter(moment.now())) {
            return Walk.waiting(instance, now, since, due, moment);
        }
        boolean timedOut = now.step() instanceof Step.Await || now.step() instanceof Step.Until;
        return walk.from(instance, now.campaign(), timedOut ? now.no() : now.next(), moment);
    }

    /** A leg for those who do not respond counts from the sending, as before; where it is gone, the message is done. */
    private @Nullable Instance unanswered(Instance instance, Node old, Node now, Moment moment) {
        if (!(now.step() instanceof Step.Send send)) {
            return walk.from(instance, now.campaign(), now, moment);
        }
        Wait wait = instance.pending();
        List<Route.Leg> legs = send.route().legs();
        if (legs.size() <= wait.leg() || legs.get(wait.leg()).when() != Route.When.NO_RESPONSE) {
            return walk.from(instance, now.campaign(), now.next(), moment);
        }
        Instant sent = wait.until().minus(Sending.leg(old, wait.leg()).after());
        Instant due = sent.plus(legs.get(wait.leg()).after());
        var anew = new Wait(Kind.RESPONSE, due, null, null, wait.leg(), 0, "", 0);
        return due.isAfter(moment.now())
                ? Sending.waiting(instance, now, anew, moment)
                : walk.leg(instance.at(now.path(), anew), now.campaign(), moment);
    }

    /** Who waits before an action of a paused campaign waits before its counterpart. */
    private @Nullable Instance parked(Instance instance, Node now, Moment moment) {
        int leg = instance.pending().leg();
        if (now.step() instanceof Step.Send send && send.route().legs().size() <= leg) {
            return walk.from(instance, now.campaign(), now.next(), moment);
        }
        return StepText.shape(now.step()) == Drawing.Shape.ACTION
                ? instance.at(now.path(), instance.pending())
                : walk.from(instance, now.campaign(), now, moment);
    }
}
