// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import dev.throughline.ring.Key;

/**
 * The beginning of a key as a number: of two keys the smaller has no greater rank. It is made of hexadecimal digits, which tell
 * customers apart; another text gets the rank of its digits and of what lies next to it.
 */
final class Rank {

    private static final int DIGITS = 15;
    private static final int BITS = 4;

    private Rank() {}

    static long of(Key key) {
        String id = key.id();
        long rank =
                switch (key.kind()) {
                    case IDENTIFIER -> 0;
                    case CUSTOMER -> 1;
                    case CONTACT_POINT -> 2;
                    case POOL -> 3;
                };
        for (int i = 0; i < DIGITS; i++) {
            char c = i < id.length() ? id.charAt(i) : 0;
            int digit = digit(c);
            if (digit < 0) {
                return nextTo(c, rank, (DIGITS - i) * BITS);
            }
            rank = rank << BITS | digit;
        }
        return rank;
    }

    /** Less than zero if it is none. */
    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }

    /** The rank of the digits-only text just before some digits, this character and whatever follows; {@code open} bits are left. */
    private static long nextTo(char c, long digits, int open) {
        if (c < '0') {
            return digits << open;
        }
        long last = c < 'a' ? 9 : 15;
        return (((digits << BITS) + last + 1) << (open - BITS)) - 1;
    }
}
