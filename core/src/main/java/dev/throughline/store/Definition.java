// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import java.time.Instant;

/**
 * A definition that a host has published. It stays in the store for good, so that what began under it can end under it.
 *
 * @param kind what it defines, such as {@code campaign}
 * @param name its name among those of its kind
 * @param version the hash of its content
 * @param json its content
 * @param at when it was published
 * @param who who has published it
 */
public record Definition(String kind, String name, String version, String json, Instant at, String who) {}
