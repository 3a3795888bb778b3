// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Providers' ids as every store can keep and look up. What a result and a later receipt say of one message is changed alike, so that
 * they still match.
 */
final class References {

    private static final int LONGEST = 256;

    private References() {}

    static List<String> clean(List<String> references) {
        if (references.isEmpty()) {
            return List.of();
        }
        return references.stream()
                .map(References::clean)
                .filter(reference -> !reference.isBlank())
                .toList();
    }

    static @Nullable String cleanIfGiven(@Nullable String reference) {
        return reference == null ? null : clean(reference);
    }

    /**
     * Without control characters and unpaired surrogates, as NUL is no text in PostgreSQL; what is longer than an index takes is told by
     * its hash.
     */
    private static String clean(String reference) {
        String line = Identity.isLine(reference) ? reference : reference.replaceAll("[\\p{Cntrl}\\p{Cs}]", "");
        return line.length() > LONGEST ? Ids.hash("reference", line) : line;
    }
}
