// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The host's secret by which the names of people whose data were erased are still recognised: of a name only its HMAC-SHA-256 under the
 * secret is kept, which nobody can guess back without it. A secret has a version; the highest counts for whoever is erased from now on, and
 * the older ones stay to look up who was erased under them, because nobody can hash anew what is gone. Prints nothing of the secrets.
 * Immutable and thread-safe.
 */
public final class Pepper {

    /** Of a host that erases nobody. */
    public static final Pepper NONE = new Pepper(new TreeMap<>());

    /** Begins the kind of what stands for a name that was erased; no other name has such a kind. */
    public static final String KIND = "erased-";

    private static final int SHORTEST = 32;

    private final NavigableMap<Integer, HashFunction> versions;

    private Pepper(NavigableMap<Integer, HashFunction> versions) {
        this.versions = Collections.unmodifiableNavigableMap(versions);
    }

    /**
     * A secret.
     *
     * @param version its number, from 1 on
     * @param secret at least 32 random bytes, from where the host keeps its secrets: whoever has them and the store can try names
     * @return the pepper
     * @throws ThroughlineException if the number is below 1 or the secret is shorter
     */
    public static Pepper of(int version, byte[] secret) {
        return NONE.and(version, secret);
    }

    /**
     * With another version of the secret.
     *
     * @param version its number, from 1 on
     * @param secret at least 32 random bytes
     * @return the pepper with both
     * @throws ThroughlineException if the number is taken or below 1, or the secret is shorter
     */
    public Pepper and(int version, byte[] secret) {
        Given.required("pepper", "secret", secret);
        if (version < 1 || secret.length < SHORTEST || versions.containsKey(version)) {
            throw new ThroughlineException("pepper version " + version + " of " + secret.length
                    + " bytes: expected a number from 1 on that is not in " + versions.keySet() + ", and at least "
                    + SHORTEST + " random bytes");
        }
        var more = new TreeMap<>(versions);
        more.put(version, Hashing.hmacSha256(secret));
        return new Pepper(more);
    }

    /**
     * Whether there is any secret.
     *
     * @return whether somebody can be erased
     */
    public boolean isKnown() {
        return !versions.isEmpty();
    }

    /**
     * The versions that there are.
     *
     * @return their numbers, in their order
     */
    public Set<Integer> versions() {
        return versions.keySet();
    }

    /**
     * What stands for a name once it is erased.
     *
     * @param name an identity or an address as it prints itself, in its normal form
     * @return kind and HMAC by the newest secret, such as {@code erased-2:8f3c..}
     * @throws IllegalStateException if there is no secret
     */
    public String standIn(String name) {
        if (versions.isEmpty()) {
            throw new IllegalStateException("a name is to be erased and this host has no pepper");
        }
        return standIn(versions.lastKey(), name);
    }

    /**
     * What may stand for a name, by whichever secret it was erased.
     *
     * @param name an identity or an address as it prints itself, in its normal form
     * @return one of each version, the newest first; empty if there is no secret
     */
    public List<String> standIns(String name) {
        return versions.isEmpty() || name.startsWith(KIND)
                ? List.of()
                : versions.descendingKeySet().stream()
                        .map(version -> standIn(version, name))
                        .toList();
    }

    @SuppressWarnings("NullAway") // asked for versions that there are
    private String standIn(int version, String name) {
        return KIND + version + ":" + versions.get(version).hashString(name, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Pepper of versions " + versions.keySet();
    }
}
