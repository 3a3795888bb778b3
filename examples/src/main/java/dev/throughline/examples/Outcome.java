// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a run came to. */
interface Outcome {

    /** How many messages were planned, counted on their way to the checks. */
    long planned();

    /** One for each message, sorted. */
    List<ShopDecision> decisions();

    /** What the servers in this process received, or {@code null} if one was somebody else's. */
    @Nullable
    ShopReceipts receipts();

    /** The ids of advertisements. */
    default Set<String> advertising() {
        return decisions().stream()
                .filter(ShopDecision::isAdvertising)
                .map(ShopDecision::message)
                .collect(Collectors.toSet());
    }
}
