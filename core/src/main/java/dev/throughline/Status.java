// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.channel.Health;
import dev.throughline.engine.KillSwitch;
import dev.throughline.engine.Progress;
import dev.throughline.engine.Role;
import dev.throughline.store.HostInbox;
import dev.throughline.store.Queue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the library fares.
 *
 * @param held why nothing is taken, stepped or sent: the store bears another stamp, it is a copy of which nobody has said yet how it goes
 *     on, or an {@link Error} such as an exhausted memory has ended the engine; empty if all goes on
 * @param adapters how each adapter last fared, by its id
 * @param backlog how much waits, by where
 * @param queues what waits in the outbox by channel and lane, and since when; without queues that are empty
 * @param killSwitches the switches that are thrown
 * @param sources when each source was last heard of by this host since it was opened, by its name; the first 1,000 sources
 * @param rebuilding how far the customers who were known before are brought to what the campaigns need now: new windows, baskets, segments
 *     and dates
 * @param inboxes how much waits in databases of the host's own, by the {@link Setup#inbox inbox's} name, as of about a second ago
 * @param roles what this host does
 * @param clock what is wrong with this host's clock: it was set by more than five seconds within the last hour, or is more than a second
 *     apart from that of the database that hosts share; empty if all is well
 */
public record Status(
        String held,
        Map<String, Health> adapters,
        Map<String, Long> backlog,
        List<Queue> queues,
        List<KillSwitch> killSwitches,
        Map<String, Instant> sources,
        Progress rebuilding,
        Map<String, HostInbox.Depth> inboxes,
        Set<Role> roles,
        String clock) {}
