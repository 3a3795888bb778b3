// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

/** A run has broken a law of the protocol. */
final class LawBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LawBroken(String message) {
        super(message);
    }
}
