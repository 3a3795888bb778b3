// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

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
        return HexFormat.of().formatHex(code(parts).asBytes());
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
        var texts = new String[parts.length + 1];
        for (int i = 0; i < parts.length; i++) {
            texts[i] = String.valueOf(parts[i]);
        }
        texts[parts.length] = "";
        return Hashing.murmur3_128().hashBytes(String.join("\0", texts).getBytes(StandardCharsets.UTF_8));
    }
}
