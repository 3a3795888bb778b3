// SPDX-License-Identifier: Apache-2.0
package dev.throughline.touchpoint;

import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.wire.CompactMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where touchpoints come from: a till, a call, a site, an app. Immutable.
 *
 * @param name what kind of source it is, such as {@code till}; 1 to 200 characters
 * @param details which of its kind, by the names of what is known; kept with each touchpoint as the part of its context that bears the
 *     source's name
 */
public record Source(String name, Map<String, @Nullable Object> details) {

    /** The name of tills. */
    public static final String TILL = "till";

    /** The name of telephone calls. */
    public static final String CALL = "call";

    /** The host itself, where it says nothing else. */
    public static final Source HOST = named("host");

    /**
     * Copies the details.
     *
     * @throws ThroughlineException if the name is empty, too long or holds line breaks
     */
    public Source {
        if (name == null || name.length() > 200 || !Identity.isLine(name)) {
            throw new ThroughlineException(
                    "source '" + Shown.of(name) + "': expected a name of 1 to 200 characters without line breaks");
        }
        details = CompactMap.copyOf(details);
    }

    /**
     * A source of which nothing more is known.
     *
     * @param name such as {@code web}
     * @return the source
     */
    public static Source named(String name) {
        return new Source(name, Map.of());
    }

    /**
     * A till in a store.
     *
     * @param store the store's number or name
     * @param till the till's number
     * @param clerk who sat at it; empty if nobody says so, as at a self-checkout
     * @return the source {@code till} with the details {@code store}, {@code till} and {@code clerk}
     */
    public static Source till(String store, String till, String clerk) {
        Given.required("source till", "store", store);
        Given.required("source till", "till", till);
        Given.required("source till", "clerk", clerk);
        return detailed(TILL, "store", store, "till", till, "clerk", clerk);
    }

    /**
     * A telephone call, whoever rang.
     *
     * @param agent who spoke for the shop; empty if it was a machine
     * @param callId the call's number
     * @return the source {@code call} with the details {@code agent} and {@code id}
     */
    public static Source call(String agent, String callId) {
        Given.required("source call", "agent", agent);
        Given.required("source call", "callId", callId);
        return detailed(CALL, "agent", agent, "id", callId);
    }

    private static Source detailed(String name, String... pairs) {
        var details = new TreeMap<String, @Nullable Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (!pairs[i + 1].isEmpty()) {
                details.put(pairs[i], pairs[i + 1]);
            }
        }
        return new Source(name, details);
    }

    /**
     * What a touchpoint keeps of it besides its name.
     *
     * @return its fields: the details as a part of the context; none without details
     */
    public Map<String, @Nullable Object> fields() {
        return details.isEmpty() ? Map.of() : Map.of("context", Map.of(name, details));
    }
}
