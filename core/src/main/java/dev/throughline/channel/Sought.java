// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import dev.throughline.identity.Address;
import java.util.List;

/**
 * A message whose outcome is unknown.
 *
 * @param id our id, which the provider was given with each attempt
 * @param to to whom it was
 * @param references what the provider has called its parts, as far as it said so
 */
public record Sought(MessageId id, Address to, List<String> references) {

    /** Copies the list. */
    public Sought {
        references = List.copyOf(references);
    }
}
