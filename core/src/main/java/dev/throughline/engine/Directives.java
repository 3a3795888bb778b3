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
 * What operators have said of campaigns and messages, as a store tells it.
 *
 * @param statuses which campaigns are paused, closed or stopped
 * @param approvals the messages that are approved
 * @param published campaigns that hosts have published, by version; also those of this host
 * @param contents what was published for messages that follow it
 */
public record Directives(Statuses statuses, Approvals approvals, Map<String, Campaign> published, Contents contents) {

    /** Nothing. */
    public static final Directives NOTHING =
            new Directives(Statuses.NONE, Approvals.NOT_REQUIRED, Map.of(), Contents.NONE);

    /** Copies the map. */
    public Directives {
        published = Collections.unmodifiableMap(new TreeMap<>(published));
    }
}
