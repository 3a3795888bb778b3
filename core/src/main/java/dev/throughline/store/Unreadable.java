// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

/**
 * Stands where a state should be that cannot be read: what comes for its key is set aside, and everybody else goes on.
 *
 * @param reason what is wrong, without personal data
 */
public record Unreadable(String reason) {}
