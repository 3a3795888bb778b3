// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.touchpoint.Touchpoint;
import java.util.Set;

/**
 * What counts as a response to a message: a click, a visit, a reply or a purchase. An open does not: mail programs open by
 * themselves, and tracking opens needs a consent of its own.
 */
final class Responses {

    static final Set<String> EVENTS = Set.of(
            "Link Clicked",
            "Email Link Clicked",
            "SMS Link Clicked",
            "Push Notification Tapped",
            "Message Received",
            "Page Viewed",
            "Screen Viewed",
            "Products Searched",
            "Product List Viewed",
            "Product Viewed",
            "Product Added",
            "Product Removed",
            "Cart Viewed",
            "Checkout Started",
            "Checkout Step Completed",
            "Payment Info Entered",
            "Product Added to Wishlist",
            "Product Reviewed",
            "Order Completed");

    private Responses() {}

    static boolean contains(Touchpoint touchpoint) {
        return EVENTS.contains(touchpoint.name());
    }
}
