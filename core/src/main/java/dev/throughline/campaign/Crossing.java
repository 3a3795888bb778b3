// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.JourneyNote.Change;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A migration between two versions.
 *
 * @param order who ordered it, and how
 * @param from the old version
 * @param to the new version
 * @param counterparts for paths of the old version those of the new one
 */
record Crossing(MigrationOrder order, Campaign from, Campaign to, Map<String, String> counterparts) {

    /** Why somebody leaves. */
    static final String MISSING = "STEP_MISSING";

    private static final int SHORT = 8;

    static Crossing of(MigrationOrder order, Campaign from, Campaign to) {
        return of(order, from, to, Counterparts.of(from, to));
    }

    /** With what has been found before. */
    static Crossing of(MigrationOrder order, Campaign from, Campaign to, Map<String, String> found) {
        var counterparts = new TreeMap<>(found);
        counterparts.putAll(order.steps());
        return new Crossing(order, from, to, counterparts);
    }

    @Nullable
    Node counterpart(Node old) {
        String path = counterparts.get(old.path());
        return path == null ? null : to.node(path);
    }

    /** The counterpart of the first step behind one that has any. */
    @Nullable
    Node following(Node old) {
        for (Node next = old.next(); next != null; next = next.next()) {
            Node counterpart = counterpart(next);
            if (counterpart != null) {
                return counterpart;
            }
        }
        return null;
    }

    /** Where whoever stands at a step goes that has no counterpart; {@code null} if she leaves or stays. */
    @Nullable
    Node instead(Node old) {
        return order.onMissing() == OnMissing.NEXT ? following(old) : null;
    }

    boolean holds() {
        return order.onMissing() == OnMissing.HOLD;
    }

    /** In the new version, though not yet at one of its steps. */
    Instance moved(Instance instance, Node old, Node now, Moment moment) {
        String steps = shown(from) + " step " + old.path() + " -> " + shown(to) + " step " + now.path();
        moment.note(instance, Change.MIGRATED, order.because(), steps);
        return instance.into(to.version(), order.number(), reached(instance));
    }

    /** In the old version, for good as far as this migration is concerned. */
    Instance pinned(Instance instance, Node old, Moment moment) {
        moment.note(
                instance,
                Change.PINNED,
                order.because(),
                shown(from) + " step " + old.path() + ", which " + shown(to) + " lacks");
        return instance.into(from.version(), order.number(), instance.reached());
    }

    /** As people tell versions apart. */
    static String shown(Campaign version) {
        return version.version().substring(0, SHORT);
    }

    /** A goal is reached if it was and both versions have it. */
    private int reached(Instance instance) {
        List<String> goals =
                to.terms().goals().stream().map(EventRule::toString).toList();
        int reached = 0;
        for (int i = 0; i < from.terms().goals().size(); i++) {
            int place = goals.indexOf(from.terms().goals().get(i).toString());
            if (instance.hasReached(i) && place >= 0) {
                reached |= 1 << place;
            }
        }
        return reached;
    }
}
