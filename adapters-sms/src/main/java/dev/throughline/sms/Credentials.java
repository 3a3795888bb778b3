// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import dev.throughline.identity.ThroughlineException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Named secrets of an account. They are never printed: {@link #toString} gives their names only. */
public final class Credentials {

    private final TreeMap<String, String> secrets;

    private Credentials(Map<String, String> secrets) {
        this.secrets = new TreeMap<>(secrets);
    }

    /**
     * The secrets under their names.
     *
     * @param secrets such as {@code ApiKey}; which names are needed stands in the gateway's description
     * @return the credentials
     * @throws ThroughlineException if a secret is empty
     */
    public static Credentials of(Map<String, String> secrets) {
        secrets.forEach((name, value) -> {
            if (value.isBlank()) {
                throw new ThroughlineException("credentials: '" + name + "' is empty; expected its value");
            }
        });
        return new Credentials(secrets);
    }

    /**
     * One secret.
     *
     * @param name its name
     * @return the value
     * @throws ThroughlineException if there is none of that name
     */
    public String require(String name) {
        String value = secrets.get(name);
        if (value == null) {
            throw new ThroughlineException("credentials: no '" + name + "'; there are " + names());
        }
        return value;
    }

    /**
     * What the secrets are called.
     *
     * @return the names, sorted
     */
    public Set<String> names() {
        return new TreeSet<>(secrets.keySet());
    }

    /**
     * All values, to keep them out of what is logged or stored.
     *
     * @return the values in the order of their names
     */
    public Collection<String> values() {
        return secrets.values();
    }

    @Override
    public String toString() {
        return "Credentials" + names();
    }
}
