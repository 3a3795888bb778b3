// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Statuses;
import dev.throughline.decision.Approvals;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a store says of campaigns and messages.
 *
 * @param statuses which campaigns are paused, closed or stopped
 * @param approvals the messages that are approved
 * @param published campaigns that hosts have published, by version; also those of this host
 */
public record Said(Statuses statuses, Approvals approvals, Map<String, Campaign> published) {

    /** Nothing. */
    public static final Said NOTHING = new Said(Statuses.NONE, Approvals.NOT_REQUIRED, Map.of());

    /** Copies the map. */
    public Said {
        published = Collections.unmodifiableMap(new TreeMap<>(published));
    }
}
