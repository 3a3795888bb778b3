// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.error.AttributeNotFoundException;

/** An attribute that is not there; {@code default} and {@code is defined} catch it. Without a stack trace, because they do so often. */
final class Missing extends AttributeNotFoundException {
    private static final long serialVersionUID = 1;

    Missing(String attribute, int line) {
        super(null, "missing", attribute, line, null);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
