// SPDX-License-Identifier: Apache-2.0
package dev.throughline.wire;

/** Bytes that are not of the expected form: cut short, damaged, or of a type that is not registered. */
public final class WireException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what was wrong and where.
     *
     * @param message what was found and what was expected
     */
    public WireException(String message) {
        super(message);
    }
}
