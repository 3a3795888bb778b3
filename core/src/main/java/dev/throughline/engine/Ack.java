// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

/** How far what was handed in has come. */
public enum Ack {
    /** The owning customer's step, or the contact point's, has committed. */
    APPLIED,
    /**
     * It is durable: in the host's own transaction, and will be applied after that commits, or in the store, where another host applies
     * it. Also what another host has in its hands, if it has not said within a lease, or before this one is closed, that it has applied it;
     * and what has become a dead letter, because it, or what follows from it, cannot be applied until somebody has mended what is wrong.
     */
    RECORDED
}
