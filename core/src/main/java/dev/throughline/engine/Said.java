// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Contents;
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
 * @param contents what was published for messages that follow it
 */
public record Said(Statuses statuses, Approvals approvals, Map<String, Campaign> published, Contents contents) {

    /** Nothing. */
    public static final Said NOTHING = new Said(Statuses.NONE, Approvals.NOT_REQUIRED, Map.of(), Contents.NONE);

    /** Copies the map. */
    public Said {
        published = Collections.unmodifiableMap(new TreeMap<>(published));
    }
}
