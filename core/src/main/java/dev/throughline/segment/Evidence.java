// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.commerce.Commerce;
import dev.throughline.commerce.CommerceSlice;
import dev.throughline.customer.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where conditions look for what is known of a customer.
 *
 * @param behaviour her past
 * @param commerce her basket and orders; {@code null} if they are not kept
 * @param lists the static lists that she is on; {@code null} if they are not kept
 */
public record Evidence(
        BehaviourSlice behaviour,
        @Nullable CommerceSlice commerce,
        @Nullable ListsSlice lists) {

    /**
     * What conditions are asked about.
     *
     * @param context of whom and when
     * @param event the properties of the event at hand; empty if there is none
     * @return the facts
     */
    public Condition.Facts of(Context context, Map<String, @Nullable Object> event) {
        var parts = context.parts();
        return new Condition.Facts(
                context.customer(),
                parts.of(behaviour),
                commerce == null ? Commerce.NONE : parts.of(commerce),
                lists == null ? Lists.NONE : parts.of(lists),
                event,
                Map.of(),
                context.now());
    }
}
