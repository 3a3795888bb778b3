// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Statuses;
import dev.throughline.decision.Approvals;

/** What an engine turns, as the store's word on campaigns and messages would have it. */
@FunctionalInterface
public interface Rules {

    /**
     * The steps and ports while some campaigns are paused, closed or stopped. The same words give the same steps.
     *
     * @param statuses the status of each campaign
     * @param approvals the messages that are approved
     * @return them
     */
    Machine machine(Statuses statuses, Approvals approvals);
}
