// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

/** A template that cannot be compiled. */
final class ThroughlineException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    ThroughlineException(String message) {
        super(message);
    }
}
