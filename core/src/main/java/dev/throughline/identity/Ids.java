// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * Identifiers that are hashes of what caused them (murmur3, 128 bits, seed 0, UTF-8, parts separated by a zero byte), so that
 * the same input gives the same identifiers on every machine and in every replay.
 */
public final class Ids {

    private Ids() {}

    /**
     * A hash of several parts.
     *
     * @param parts what the identifier stands for, in order
     * @return 32 hexadecimal digits
     */
    public static String hash(Object... parts) {
        return code(parts).toString();
    }

    /**
     * A point in [0, 1) for sticky assignment, drawn from the hash of several parts.
     *
     * @param parts what the draw stands for, in order
     * @return the point
     */
    public static double point(Object... parts) {
        return (code(parts).asLong() >>> 11) * 0x1.0p-53;
    }

    static HashCode code(Object... parts) {
        var text = new StringBuilder(96);
        for (Object part : parts) {
            text.append(part).append('\0');
        }
        return Hashing.murmur3_128().hashBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
