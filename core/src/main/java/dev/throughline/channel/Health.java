// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

/**
 * How an adapter last fared; asking causes no traffic.
 *
 * @param state in one word
 * @param detail in one line, without secrets and personal data
 */
public record Health(State state, String detail) {

    /** How it fares. */
    public enum State {
        /** Nothing was tried yet. */
        UNTRIED,
        /** The last attempt reached the provider. */
        UP,
        /** The last attempt did not. */
        DOWN
    }
}
