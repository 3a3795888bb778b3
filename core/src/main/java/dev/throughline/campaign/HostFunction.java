// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Code of the host that a journey calls by its name: reserves stock, opens a ticket, asks a price. It runs after the step that calls it is
 * committed, on a thread of its own, and may block until the step's deadline. It must be thread-safe. It may be called more than once for
 * one step, because a call can fail, come too late or be lost with the process: {@link FunctionCall#key} is the same each time, so that the
 * host does what it does once.
 */
@FunctionalInterface
public interface HostFunction {

    /**
     * Does what it is for.
     *
     * @param call with what
     * @return what the journey is to know, which may be nothing: texts, numbers, flags, instants, dates, lists and maps of at most
     *     {@link FunctionCall#MOST_ANSWERED} bytes; anything else, and {@code null}, is a failed attempt
     * @throws Exception if it could not be done now: the attempt has failed, and is repeated as the step says. What never will be done is
     *     better answered, for a branch behind the step to look at
     */
    Map<String, ? extends @Nullable Object> call(FunctionCall call) throws Exception;
}
