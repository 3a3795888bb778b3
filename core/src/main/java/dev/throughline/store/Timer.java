// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import dev.throughline.ring.Key;
import java.time.Instant;

/**
 * A wait in the index of waits; the aggregate is the truth about it.
 *
 * @param key whose
 * @param name its name under the key; there is one timer of a name
 * @param due when it is due
 */
public record Timer(Key key, String name, Instant due) {}
