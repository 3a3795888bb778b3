// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Named secrets of an account, which may change. They are never printed: {@link #toString} gives their names at most. */
public final class Credentials {

    private final Supplier<Map<String, String>> source;
    private final String shown;

    private Credentials(Supplier<Map<String, String>> source, String shown) {
        this.source = source;
        this.shown = shown;
    }

    /**
     * The secrets under their names.
     *
     * @param secrets such as {@code ApiKey}; which names are needed stands in the gateway's description
     * @return the credentials
     * @throws ThroughlineException if a secret is empty
     */
    public static Credentials of(Map<String, String> secrets) {
        var kept = checked(secrets);
        return new Credentials(() -> kept, "Credentials" + kept.keySet());
    }

    /**
     * Secrets that change while messages go out.
     *
     * @param source tells the secrets under their names: once when the adapter is set up, which must bring all names that it needs, and
     *     then for each request, each login and each callback. May be asked by several threads at once and should answer from memory;
     *     what it throws is {@link dev.throughline.channel.SendResult.NotSent}
     * @return the credentials
     */
    public static Credentials from(Supplier<Map<String, String>> source) {
        return new Credentials(Given.required("credentials", "source", source), "Credentials from a source");
    }

    private static SortedMap<String, String> checked(Map<String, String> secrets) {
        secrets.forEach((name, value) -> {
            if (value.isBlank()) {
                throw new ThroughlineException("credentials: '" + name + "' is empty; expected its value");
            }
        });
        return Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
    }

    /**
     * The secrets as they are at this moment, so that all of one request are of one moment.
     *
     * @return credentials that do not change
     */
    public Credentials now() {
        return of(source.get());
    }

    private SortedMap<String, String> secrets() {
        return checked(source.get());
    }

    /**
     * One secret.
     *
     * @param name its name
     * @return the value
     * @throws ThroughlineException if there is none of that name
     */
    public String require(String name) {
        String value = secrets().get(name);
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
        return new TreeSet<>(secrets().keySet());
    }

    /**
     * All values, to keep them out of what is logged or stored.
     *
     * @return the values in the order of their names
     */
    public Collection<String> values() {
        return secrets().values();
    }

    @Override
    public String toString() {
        return shown;
    }
}
