// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose state a step changes: the unit of atomicity and of order. A value; thread-safe. */
public final class Key implements Comparable<Key> {

    private static final List<Kind> KINDS = List.of(Kind.values());

    private final Kind kind;
    private final String id;

    /** Made once, because keys are looked up several times for every input; the same in every process. */
    private final int hash;

    private @Nullable Object place;

    /**
     * A key.
     *
     * @param kind what lives there
     * @param id which one
     */
    public Key(Kind kind, String id) {
        this.kind = kind;
        this.id = id;
        this.hash = 31 * id.hashCode() + kind.name().hashCode();
    }

    /** What lives under a key. */
    public enum Kind {
        /** Who owns one identity. */
        IDENTIFIER,
        /** A customer: identities, profile and the slices of the rooms above. */
        CUSTOMER,
        /** One address: consents, denies, suppression, caps and open messages. */
        CONTACT_POINT,
        /** A shared quantity. */
        POOL
    }

    /**
     * The key under which an identity's owner is kept.
     *
     * @param identity the identity
     * @return the key
     */
    public static Key of(Identity identity) {
        return new Key(Kind.IDENTIFIER, identity.toString());
    }

    /**
     * A customer's key.
     *
     * @param customer the customer's id
     * @return the key
     */
    public static Key of(CustomerId customer) {
        return new Key(Kind.CUSTOMER, customer.toString());
    }

    /**
     * A contact point's key.
     *
     * @param address the address
     * @return the key
     */
    public static Key of(Address address) {
        return new Key(Kind.CONTACT_POINT, address.toString());
    }

    /**
     * A pool's key.
     *
     * @param name the pool's name
     * @return the key
     */
    public static Key pool(String name) {
        return new Key(Kind.POOL, name);
    }

    /**
     * What lives there.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Which one.
     *
     * @return its name among those of its kind
     */
    public String id() {
        return id;
    }

    /**
     * Reads what {@link #toString} printed.
     *
     * @param text kind, slash, id
     * @return the key
     * @throws ThroughlineException if it is of another form
     */
    public static Key parse(String text) {
        int slash = text.indexOf('/');
        String name = slash < 0 ? "" : text.substring(0, slash);
        for (Kind kind : KINDS) {
            if (kind.name().equals(name)) {
                return new Key(kind, text.substring(slash + 1));
            }
        }
        throw new ThroughlineException("key '" + text + "': expected kind/id, such as POOL/offers");
    }

    /**
     * Where a store on the heap keeps what is under this key: a short cut for that store, which spares it a search, and no part of the
     * value. Another thread may see it late or not at all.
     *
     * @return what {@link #placed} was given last; {@code null} if nothing
     */
    public @Nullable Object place() {
        return place;
    }

    /**
     * Notes where a store keeps what is under this key.
     *
     * @param where the store's own object, which must say whose it is: a key may be used with several stores
     */
    public void placed(Object where) {
        place = where;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Key key && hash == key.hash && kind == key.kind && id.equals(key.id));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public int compareTo(Key other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return kind + "/" + id;
    }
}
