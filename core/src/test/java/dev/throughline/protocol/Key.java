// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

/** What one state lives under; the model keeps the kinds that a message passes on its way. */
record Key(Kind kind, int number) implements Comparable<Key> {
    enum Kind {
        CUSTOMER,
        CONTACT_POINT,
        POOL
    }

    static Key customer(int number) {
        return new Key(Kind.CUSTOMER, number);
    }

    static Key contactPoint(int number) {
        return new Key(Kind.CONTACT_POINT, number);
    }

    static Key pool(int number) {
        return new Key(Kind.POOL, number);
    }

    @Override
    public int compareTo(Key other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return kind.name().charAt(0) + "" + (kind == Kind.CONTACT_POINT ? "P" : "") + number;
    }
}
