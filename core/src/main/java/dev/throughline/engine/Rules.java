// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Statuses;

/** What an engine turns, as the store's word on campaigns would have it. */
@FunctionalInterface
public interface Rules {

    /**
     * The steps and ports while some campaigns are paused, closed or stopped. The same statuses give the same steps.
     *
     * @param statuses the status of each campaign
     * @return them
     */
    Machine machine(Statuses statuses);
}
