// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import dev.throughline.identity.ThroughlineException;
import org.jspecify.annotations.Nullable;

/** The store could not be used: it is locked, read-only, full, unreachable or damaged. Nothing of the unit of work was kept. */
public final class StoreException extends ThroughlineException {

    private static final long serialVersionUID = 1L;

    private final boolean transientFault;

    /**
     * Says what could not be done.
     *
     * @param message what, where, and what was expected
     * @param transientFault whether trying again may help: a deadlock, a serialization failure, a lost
     *     connection, a busy file, a full disk; if not, what was to be written counts as the fault, and each input is tried alone
     * @param cause the failure underneath
     */
    public StoreException(String message, boolean transientFault, @Nullable Throwable cause) {
        super(message, cause);
        this.transientFault = transientFault;
    }

    /**
     * Whether trying again may help.
     *
     * @return whether the fault may pass
     */
    public boolean isTransient() {
        return transientFault;
    }
}
