// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.consent.ConsentAct;
import dev.throughline.engine.CampaignControl;
import dev.throughline.identity.Identity;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** What a host does in {@link FaultStory}. All of it may be done again. */
interface FaultHost {

    Instant now();

    void identify(String id, Identity... names);

    void consent(String id, Identity who, ConsentAct act);

    void track(String id, Identity who, String event, Map<String, ?> properties);

    /** The provider tells of each mail that it has delivered it. */
    void deliver();

    void reply(String id, String from, String text);

    void set(Map<String, String> settings);

    void steer(String campaign, Consumer<CampaignControl> how);

    /** What could not be stepped can, and is tried again. */
    void mendAndRetry();
}
