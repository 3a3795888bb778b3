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

    /**
     * Code of the host that steps may ask, whatever the statuses.
     *
     * @return by default that of the machine under no status
     */
    default HostPorts hosted() {
        return machine(Statuses.NONE, Approvals.NOT_REQUIRED).hosted();
    }
}
