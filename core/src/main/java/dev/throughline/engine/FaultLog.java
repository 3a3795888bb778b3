// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.store.StoreException;
import org.slf4j.Logger;

/** Logs a fault of the store once, however often it is met before it passes. Used by one thread. */
final class FaultLog {

    private final Logger log;
    private String last = "";

    FaultLog(Logger log) {
        this.log = log;
    }

    void met(StoreException fault) {
        String message = String.valueOf(fault.getMessage());
        if (!message.equals(last)) {
            last = message;
            log.atWarn().addKeyValue("transient", fault.isTransient()).log(message);
        }
    }

    void passed() {
        last = "";
    }
}
