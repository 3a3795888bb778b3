// SPDX-License-Identifier: Apache-2.0
package dev.throughline.touchpoint;

import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The traits {@code email} and {@code phone}, which are identities as well. */
final class Addresses {

    private static final List<String> TYPES = List.of("email", "phone");

    private Addresses() {}

    /**
     * Makes identities of addresses, and brings the traits to the same form.
     *
     * @throws ThroughlineException if one is no text or no address
     */
    static void named(Map<String, @Nullable Object> traits, List<Identity> names) {
        for (String type : TYPES) {
            Object address = traits.get(type);
            if (address != null) {
                Identity identity = identity(names, type, address);
                names.add(identity);
                traits.put(type, identity.value());
            }
        }
    }

    /** Adds the addresses that can be read, of traits that are only remarks beside another call. */
    static void mentioned(Map<String, @Nullable Object> traits, List<Identity> names) {
        for (String type : TYPES) {
            if (traits.get(type) instanceof String text && isAddress(type, text)) {
                names.add(Identity.of(type, text));
            }
        }
    }

    private static boolean isAddress(String type, String text) {
        try {
            Identity.of(type, text);
            return true;
        } catch (ThroughlineException unreadable) {
            return false;
        }
    }

    private static Identity identity(List<Identity> names, String type, Object address) {
        Identity who = names.isEmpty() ? null : names.get(0);
        String where = "identify of " + (who == null ? "nobody" : who.type()) + ", trait '" + type + "': ";
        if (!(address instanceof String text)) {
            throw new ThroughlineException(where + "a " + address.getClass().getName() + ", expected text such as "
                    + (type.equals("email") ? "mai@example.com" : "+84901234567"));
        }
        try {
            return Identity.of(type, text);
        } catch (ThroughlineException unreadable) {
            throw new ThroughlineException(where + unreadable.getMessage(), unreadable);
        }
    }
}
