// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.identity.Ids;
import dev.throughline.touchpoint.Touchpoint;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets a customer into a campaign, or notes why not. Immutable and thread-safe. */
final class Entrance {

    private final Walk walk;

    Entrance(Walk walk) {
        this.walk = walk;
    }

    /**
     * What starts a campaign.
     *
     * @param id names it, whoever it happens to
     * @param because what it is, for the timeline
     * @param properties what is known of it
     */
    record Cause(String id, String because, Map<String, @Nullable Object> properties) {
        static Cause of(Touchpoint touchpoint) {
            return new Cause(touchpoint.id(), touchpoint.name(), touchpoint.properties());
        }
    }

    /** What starts a campaign has happened. Where she is inside already, it means nothing. */
    void enter(Campaign campaign, Cause cause, Moment moment) {
        var terms = campaign.terms();
        String key = terms.key().isEmpty() ? "" : Objects.toString(cause.properties.get(terms.key()), "");
        boolean keyless = key.isEmpty() && !terms.key().isEmpty();
        if (!keyless && moment.journeys().inside(campaign.name(), key)) {
            return;
        }
        var instance = begun(campaign, key, cause, moment);
        var lasting = moment.journeys().lasting();
        String refusal = refusal(campaign, keyless, moment);
        if (refusal != null) {
            moment.note(instance, Change.REFUSED, cause.because, refusal);
            return;
        }
        if (terms.reentry().isLimited() || terms.entry() instanceof DateEntry) {
            moment.journeys().keep(lasting.entered(campaign.name(), moment.now()));
        }
        if (isHeldOut(campaign, moment)) {
            moment.note(instance, Change.HELD_OUT, cause.because);
            return;
        }
        moment.note(instance, Change.STARTED, cause.because);
        Instance stopped = walk.begun(instance, campaign, moment);
        if (stopped != null) {
            moment.journeys().add(stopped);
        }
    }

    private static @Nullable String refusal(Campaign campaign, boolean keyless, Moment moment) {
        var mode = moment.statuses().mode(campaign.name());
        if (mode != CampaignStatus.Mode.RUNNING) {
            return mode.refusal();
        }
        var entered = moment.journeys().lasting().entered(campaign.name());
        return keyless ? "NO_KEY" : campaign.terms().reentry().refusal(entered, moment.now());
    }

    private static boolean isHeldOut(Campaign campaign, Moment moment) {
        int holdout = campaign.terms().holdout();
        return holdout > 0 && moment.drawn("holdout/" + campaign.name()) < holdout / 100.0;
    }

    static Instance begun(Campaign campaign, String key, Cause cause, Moment moment) {
        return new Instance(
                Ids.hash("instance", campaign.name(), key, cause.id),
                campaign.name(),
                campaign.version(),
                key,
                moment.now(),
                campaign.kept(cause.properties),
                campaign.first().path(),
                Instance.Wait.NOTHING,
                0,
                moment.statuses().stops(campaign.name()),
                Map.of(),
                moment.statuses().migrated(campaign.name()));
    }
}
