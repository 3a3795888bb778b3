// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import org.jspecify.annotations.Nullable;

/**
 * A broken contract: a wrong call, a wrong set-up or a store that cannot be used. Its message says what, where, which value and
 * what was expected. An expected refusal is never an exception but a verdict.
 */
public class ThroughlineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message what, where, which value, what was expected
     */
    public ThroughlineException(String message) {
        super(message);
    }

    /**
     * Says what is wrong and what caused it.
     *
     * @param message what, where, which value, what was expected
     * @param cause the failure underneath
     */
    public ThroughlineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
