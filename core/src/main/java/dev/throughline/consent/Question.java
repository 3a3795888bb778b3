// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the consents at an address.
 *
 * @param holder who is meant; {@code null} if nobody is known, who then has granted nothing
 * @param controller on whose behalf
 * @param brand under which brand; empty to leave refusals of single brands aside
 * @param channel over which channel
 * @param purpose what for
 * @param topic about what; empty for nothing in particular
 * @param now when
 */
public record Question(
        @Nullable CustomerId holder,
        String controller,
        String brand,
        Channel channel,
        Purpose purpose,
        String topic,
        Instant now) {

    /**
     * A question that concerns no brand and no topic in particular.
     *
     * @param holder who is meant
     * @param controller on whose behalf
     * @param channel over which channel
     * @param purpose what for
     * @param now when
     */
    public Question(@Nullable CustomerId holder, String controller, Channel channel, Purpose purpose, Instant now) {
        this(holder, controller, "", channel, purpose, "", now);
    }

    /**
     * What a consent act must cover to matter.
     *
     * @return the scope asked about
     */
    public ConsentScope scope() {
        return new ConsentScope(controller, brand, channel.name(), purpose.name(), topic);
    }
}
