// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.json.Json;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a condition remembers of a customer's past: how often something happened, or the sum of one property, within a time.
 * Immutable.
 */
public final class Window {

    private final String event;
    private final String property;
    private final String lessEvent;
    private final Duration within;
    private final String key;

    /**
     * A look into the past.
     *
     * @param event the event that counts
     * @param property the property that is added up; empty to count occurrences
     * @param lessEvent an event whose property is subtracted; empty if there is none
     * @param within how far back it looks, at most 400 days
     */
    public Window(String event, String property, String lessEvent, Duration within) {
        this.event = event;
        this.property = property;
        this.lessEvent = lessEvent;
        this.within = within;
        this.key = event + "\u001f" + property + "\u001f" + lessEvent;
    }

    /**
     * The event that counts.
     *
     * @return its name
     */
    public String event() {
        return event;
    }

    /**
     * The property that is added up; empty to count occurrences.
     *
     * @return the name
     */
    public String property() {
        return property;
    }

    /**
     * An event whose property is subtracted; empty if there is none.
     *
     * @return the name
     */
    public String lessEvent() {
        return lessEvent;
    }

    /**
     * How far back it looks.
     *
     * @return at most 400 days
     */
    public Duration within() {
        return within;
    }

    boolean sums() {
        return !property.isEmpty();
    }

    boolean listens(Touchpoint touchpoint) {
        return touchpoint.name().equals(event)
                || (!lessEvent.isEmpty() && touchpoint.name().equals(lessEvent));
    }

    /** What a touchpoint adds: 1 for an occurrence, millionths for a sum; 0 if the property is no number. */
    long contribution(Touchpoint touchpoint) {
        long amount = 1;
        if (sums()) {
            amount = touchpoint.property(property) instanceof Number number ? Numbers.micros(number) : 0;
        }
        return touchpoint.name().equals(event) ? amount : -amount;
    }

    /** The name under which it is stored; windows of one name share what they remember. */
    String key() {
        return key;
    }

    /** Its parts by name, in the order in which they are told. */
    Map<String, Object> data() {
        var data = new LinkedHashMap<String, Object>();
        data.put(sums() ? "sum" : "count", sums() ? property : event);
        if (sums()) {
            data.put("of", event);
        }
        if (!lessEvent.isEmpty()) {
            data.put("minus", lessEvent);
        }
        data.put("within", Json.text(within));
        return data;
    }

    private String time() {
        long days = within.toDays();
        return within.equals(Duration.ofDays(days)) ? days + (days == 1 ? " day" : " days") : within.toString();
    }

    /** The canonical text. */
    @Override
    public String toString() {
        String what = property.isEmpty() ? "count" : "sum of '" + property + "'";
        String less = lessEvent.isEmpty() ? "" : " minus '" + lessEvent + "'";
        return what + " of '" + event + "'" + less + " within " + time();
    }
}
