// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Customers of whom a condition is true. They enter and leave it as they act, as their traits change and as time passes; each change is a
 * touchpoint {@link #ENTERED} or {@link #LEFT}. A described segment is a persona. Immutable.
 *
 * @param name names it, for ever
 * @param condition who is in it; about her and what she did, not about an event at hand
 * @param description for people; may be empty
 */
public record Segment(String name, Condition condition, String description) {

    /** The event of entering; its property {@code segment} names the segment. */
    public static final String ENTERED = "Segment Entered";

    /** The event of leaving; its property {@code segment} names the segment. */
    public static final String LEFT = "Segment Left";

    private static final Set<String> OWN = Set.of(ENTERED, LEFT);

    /**
     * Checks it.
     *
     * @throws ThroughlineException if the name is no line of 1 to 100 characters, or if the condition looks at an event at hand, at answers
     *     within a journey or at who enters and leaves segments
     */
    public Segment {
        if (name.length() > 100 || !Identity.isLine(name)) {
            throw new ThroughlineException("segment name '" + Shown.of(name)
                    + "': expected 1 to 100 characters, without line breaks or other control characters");
        }
        var properties = condition.properties().sorted().toList();
        if (!properties.isEmpty()) {
            throw new ThroughlineException("segment '" + name + "' looks at the properties " + properties
                    + " of an event, expected a condition that is true or false of a customer at any time");
        }
        if (condition.answers().findAny().isPresent()) {
            throw new ThroughlineException("segment '" + name + "' looks at what functions have answered in a journey"
                    + ", expected a condition that is true or false of a customer at any time");
        }
        if (condition.windows().anyMatch(window -> OWN.contains(window.event()) || OWN.contains(window.lessEvent()))) {
            throw new ThroughlineException("segment '" + name
                    + "' counts who enters and leaves segments, expected a condition that does not follow from itself");
        }
    }

    /**
     * A segment without a description.
     *
     * @param name names it, for ever
     * @param condition who is in it
     * @return the segment
     * @throws ThroughlineException as the constructor says
     */
    public static Segment of(String name, Condition condition) {
        Given.required("segment of", "name", name);
        Given.required("segment of", "condition", condition);
        return new Segment(name, condition, "");
    }

    /**
     * Whether another one says the same.
     *
     * @param other the other
     * @return whether name and condition are the same
     */
    public boolean isSame(Segment other) {
        return name.equals(other.name) && condition.toString().equals(other.condition.toString());
    }

    /**
     * As a part of a document. For the rooms above.
     *
     * @return its members, in the order in which they are told
     */
    public Map<String, Object> data() {
        var data = new LinkedHashMap<String, Object>();
        data.put("segment", name);
        data.put("where", condition.data());
        if (!description.isEmpty()) {
            data.put("description", description);
        }
        return data;
    }

    /**
     * With a description.
     *
     * @param text for people
     * @return the changed segment
     */
    public Segment describedAs(String text) {
        Given.required("segment", "describedAs", text);
        return new Segment(name, condition, text);
    }
}
