// SPDX-License-Identifier: Apache-2.0
package dev.throughline.commerce;

import dev.throughline.touchpoint.EventNames;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** How far an order has come; told by an event each. In the order in which they count within one instant. */
public enum Stage {
    /** Placed, or paid at a till. */
    PLACED(EventNames.ORDER_COMPLETED),
    /** Ready to be picked up. */
    READY(EventNames.ORDER_READY),
    /** Picked up. */
    PICKED_UP(EventNames.ORDER_PICKED_UP),
    /** Delivered. */
    DELIVERED(EventNames.ORDER_DELIVERED),
    /** Brought or sent back. */
    RETURNED(EventNames.ORDER_RETURNED),
    /** Paid back, in whole or in part. */
    REFUNDED(EventNames.ORDER_REFUNDED),
    /** Cancelled. */
    CANCELLED(EventNames.ORDER_CANCELLED);

    private final String event;

    Stage(String event) {
        this.event = event;
    }

    /**
     * What tells that an order has come so far.
     *
     * @return the event's name
     */
    public String event() {
        return event;
    }

    static Map<String, Stage> byEvent() {
        var byEvent = new TreeMap<String, Stage>();
        Arrays.stream(values()).forEach(stage -> byEvent.put(stage.event, stage));
        return byEvent;
    }
}
