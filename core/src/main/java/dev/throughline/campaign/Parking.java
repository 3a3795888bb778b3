// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.CampaignStatus.Mode;
import dev.throughline.campaign.Instance.Kind;
import dev.throughline.campaign.Instance.Wait;
import dev.throughline.campaign.JourneyNote.Change;
import java.time.Duration;
import java.time.Instant;

/** Where those wait who come to an action of a campaign that is paused. */
final class Parking {

    /** The engine tells them when the campaign goes on. Who parked while it looked for them finds out by herself, later and later. */
    private static final Duration SOONEST = Duration.ofMinutes(1);

    private static final Duration LATEST = Duration.ofDays(1);

    private Parking() {}

    static boolean isParked(Instance instance) {
        return instance.pending().kind() == Kind.PARKED;
    }

    /**
     * Parks an instance before an action: one that is to leave instead is not noted and has no timer.
     *
     * @param leg the leg of a message that is the action; 0 for other actions
     * @param pass how often this leg has been planned
     */
    static Instance at(Node node, int leg, int pass, Instance instance, Moment moment) {
        Instance parked = instance.at(node.path(), Wait.parked(moment.now(), leg, pass));
        if (moment.mode(parked) == Mode.HELD) {
            moment.note(parked, Change.PARKED, "", "PAUSED");
            waits(parked, moment);
        }
        return parked;
    }

    /** Sets the timer after which it looks again. */
    static void waits(Instance parked, Moment moment) {
        Instant since = parked.pending().until();
        var again = Duration.between(since, moment.now());
        var clamped = again.compareTo(SOONEST) < 0 ? SOONEST : again.compareTo(LATEST) > 0 ? LATEST : again;
        moment.out().setTimer(parked.timer(), moment.now().plus(clamped));
    }
}
