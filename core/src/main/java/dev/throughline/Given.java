// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.identity.ThroughlineException;

/** What a host hands in: a part that is missing is told by name, whatever the types say. */
final class Given {

    private Given() {}

    static <T> T required(String call, String what, T part) {
        if (part == null) {
            throw new ThroughlineException(call + ": " + what + " is missing, expected a value");
        }
        return part;
    }
}
