// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

/** Why a template cannot be compiled or rendered. The reason names no value of the model: values are personal, reasons are logged. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final String reason;

    Refusal(int line, String reason) {
        super(reason, null, false, false);
        this.line = line;
        this.reason = reason;
    }

    int line() {
        return line;
    }

    String reason() {
        return reason;
    }
}
