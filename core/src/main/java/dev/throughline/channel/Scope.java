// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

/** How far a failure reaches, so that one bad number does not stop a channel and an empty account does not suppress a person. */
public enum Scope {
    /** This message only. */
    MESSAGE,
    /** Every message to this address. */
    ADDRESS,
    /** Every message of this sender. */
    SENDER,
    /** Every message through this adapter. */
    CHANNEL
}
