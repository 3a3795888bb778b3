// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import java.util.List;

/**
 * What an adapter read in a provider's call. The engine answers the provider only after everything in it has committed.
 *
 * @param answer what to answer then
 * @param receipts news of messages
 * @param inbound messages from people
 */
public record Callback(CallbackAnswer answer, List<Receipt> receipts, List<Inbound> inbound) {

    /** Copies the lists. */
    public Callback {
        receipts = List.copyOf(receipts);
        inbound = List.copyOf(inbound);
    }

    /**
     * A call that brings nothing: forged, malformed, or none of ours.
     *
     * @param answer what to answer, such as 401 or 400
     * @return the callback
     */
    public static Callback nothing(CallbackAnswer answer) {
        return new Callback(answer, List.of(), List.of());
    }
}
