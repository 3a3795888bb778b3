// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes the salts of ledger lines, of a secret that is nowhere written down: who has the store but not the salt of a line cannot find out
 * by trying what the line said. Prints nothing of the secret. Immutable.
 */
public final class Salts {

    /** Of rehearsals, which give the same bytes each time. */
    public static final Salts REHEARSED = new Salts("rehearsed");

    private static final int LENGTH = 16;

    private final byte[] secret;

    private Salts(String secret) {
        this.secret =
                Hashing.sha256().hashString(secret, StandardCharsets.UTF_8).asBytes();
    }

    /**
     * Of a secret.
     *
     * @param secret at least 128 bits that nobody can guess, forgotten with the process: what is salted needs it no more
     * @return the salts
     */
    public static Salts of(String secret) {
        return new Salts(secret);
    }

    /** The same for the same line. */
    byte[] salt(LedgerHead before, String subject, ConsentEvent event) {
        byte[] hash = Hashing.sha256()
                .newHasher()
                .putBytes(secret)
                .putBytes(before.link())
                .putString(subject, StandardCharsets.UTF_8)
                .putByte((byte) 0)
                .putString(event.id(), StandardCharsets.UTF_8)
                .hash()
                .asBytes();
        return Arrays.copyOf(hash, LENGTH);
    }
}
