// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.Instance.Kind;
import dev.throughline.campaign.Instance.Wait;
import dev.throughline.customer.History;
import dev.throughline.customer.Slice;
import dev.throughline.decision.Cancel;
import dev.throughline.identity.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes one customer's journeys of two customers'. Of two instances of one journey the one that is further on goes on, and the other
 * ends without having sent what it still could. What either did under her own name counts for the journeys of the other, from when
 * they began.
 */
final class Reunion {

    /** The further one first: of equals the older. */
    static final Comparator<Instance> FURTHER = Comparator.comparing(Instance::path, Reunion::byPath)
            .thenComparingInt(instance -> instance.pending().leg())
            .thenComparing(instance -> rank(instance.pending()))
            .reversed()
            .thenComparing(Instance::startedAt)
            .thenComparing(Instance::id);

    private final Map<String, Campaign> byVersion;
    private final Moment moment;

    Reunion(Map<String, Campaign> byVersion, Moment moment) {
        this.byVersion = byVersion;
        this.moment = moment;
    }

    void of(Slice.Both<Object> both) {
        var hers = (Journeys) both.survivor();
        var others = (Journeys) both.absorbed();
        var went = new ArrayList<>(hers.instances());
        var came = new ArrayList<Instance>();
        for (Instance other : others.instances()) {
            Instance known = moment.journeys().find(other.campaign(), other.key());
            boolean behind = known != null && FURTHER.compare(known, other) <= 0;
            if (behind || (known == null && isRefusedAfter(hers.lasting(), other))) {
                end(other);
                continue;
            }
            if (known == null) {
                moment.journeys().add(other);
            } else {
                end(known);
                went.remove(known);
                moment.journeys().replace(known, other);
            }
            came.add(other);
            moment.out().setTimer(other.timer(), timed(other));
        }
        for (Instance instance : List.copyOf(went)) {
            if (others.in(Set.of(instance.campaign())).isEmpty() && isRefusedAfter(others.lasting(), instance)) {
                went.remove(instance);
                end(instance);
                moment.out().cancelTimer(instance.timer());
                moment.journeys().remove(instance);
            }
        }
        moment.journeys().keep(hers.lasting().and(others.lasting()));
        went.stream()
                .filter(instance -> instance.pending().kind() == Kind.CONDITION)
                .forEach(instance -> moment.out().setTimer(instance.timer(), timed(instance)));
        ask(both.hers(), came);
        ask(both.others(), went);
    }

    /** What waits for a condition is tested again at once: she has more traits and has done more than was known. */
    private Instant timed(Instance instance) {
        return instance.pending().kind() == Kind.CONDITION
                ? moment.now()
                : instance.pending().timed();
    }

    /** Whether she would not have been let in, had it been known that she has been inside under the other name. */
    private boolean isRefusedAfter(Lasting entered, Instance instance) {
        Campaign campaign = byVersion.get(instance.version());
        return campaign != null
                && campaign.terms().reentry().refusal(entered.entered(instance.campaign()), instance.startedAt())
                        != null;
    }

    /** What has been planned is cancelled at the contact point. */
    private void end(Instance instance) {
        Wait wait = instance.pending();
        if (wait.kind() == Kind.VERDICT && wait.message() != null && wait.contactPoint() != null) {
            moment.out().tell(wait.contactPoint(), new Cancel(wait.message(), "MERGED", "", wait.until()));
        }
        moment.note(instance, JourneyNote.Change.MERGED, "");
    }

    private void ask(List<CustomerId> whose, List<Instance> about) {
        var listening = about.stream().filter(this::listens).toList();
        listening.stream()
                .map(Instance::startedAt)
                .min(Comparator.<Instant>naturalOrder())
                .ifPresent(since -> moment.out()
                        .ask(
                                History.PORT,
                                History.of(
                                        whose,
                                        since,
                                        listening.stream().map(Instance::id).toList())));
    }

    private boolean listens(Instance instance) {
        Campaign campaign = byVersion.get(instance.version());
        return campaign != null && campaign.reactions().findAny().isPresent();
    }

    /** Step by step; of two branches neither is further. */
    private static int byPath(String one, String other) {
        String[] steps = one.split("\\.", -1);
        String[] others = other.split("\\.", -1);
        for (int i = 0; i < Math.min(steps.length, others.length); i++) {
            if (!steps[i].equals(others[i])) {
                return isNumber(steps[i]) && isNumber(others[i])
                        ? Integer.compare(Integer.parseInt(steps[i]), Integer.parseInt(others[i]))
                        : 0;
            }
        }
        return Integer.compare(steps.length, others.length);
    }

    private static boolean isNumber(String step) {
        return step.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /** At one step: who has sent something is further than who has not. */
    private static int rank(Wait wait) {
        return switch (wait.kind()) {
            case VERDICT -> 2;
            case RESPONSE, ANSWER, AGAIN -> 1;
            case TIME, EVENT, CONDITION, ADDRESS, LOOKUP, PARKED -> 0;
        };
    }
}
