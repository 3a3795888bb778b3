// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.Outbound;
import dev.throughline.identity.Address;
import dev.throughline.ring.Outgoing;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How messages really leave. A host with a real adapter must choose, so that no test system writes to customers by oversight.
 * Immutable.
 */
public final class Delivery {

    /** To those they are for. */
    public static final Delivery LIVE = new Delivery("LIVE", Set.of(), Map.of());

    /** Nowhere: each message counts as sent and is only recorded. */
    public static final Delivery RECORD = new Delivery("RECORD", Set.of(), Map.of());

    private final String mode;
    private final Set<Address> allowed;
    private final Map<String, Address> redirects;

    private Delivery(String mode, Set<Address> allowed, Map<String, Address> redirects) {
        this.mode = mode;
        this.allowed = allowed;
        this.redirects = redirects;
    }

    /**
     * To these addresses; what is for others is skipped.
     *
     * @param addresses the addresses
     * @return the mode
     */
    public static Delivery only(Address... addresses) {
        return new Delivery("ONLY", new TreeSet<>(Arrays.asList(addresses)), Map.of());
    }

    /**
     * To these addresses instead of those they are for; what has an address of another kind is skipped.
     *
     * @param addresses one of each kind
     * @return the mode
     */
    public static Delivery redirectTo(Address... addresses) {
        var redirects = new TreeMap<String, Address>();
        Arrays.asList(addresses).forEach(address -> redirects.put(address.kind(), address));
        return new Delivery("REDIRECT", Set.of(), redirects);
    }

    boolean records() {
        return mode.equals("RECORD");
    }

    /** The mode's name where it changes what happens to a message; empty for {@link #LIVE}. */
    String note() {
        return mode.equals("LIVE") ? "" : mode;
    }

    /** The message as it leaves, or null if it must not. */
    @Nullable
    Outbound admit(Outgoing row) {
        Outbound message = row.message();
        if (mode.equals("ONLY")) {
            return allowed.contains(message.to()) ? message : null;
        }
        if (!mode.equals("REDIRECT")) {
            return message;
        }
        Address other = redirects.get(message.to().kind());
        return other == null
                ? null
                : new Outbound(
                        message.id(),
                        message.attempt(),
                        other,
                        message.from(),
                        message.messageClass(),
                        message.content(),
                        message.notAfter(),
                        message.unsubscribe());
    }

    /** The mode's name. */
    @Override
    public String toString() {
        return mode;
    }
}
