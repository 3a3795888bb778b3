// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.ring.Payload;
import dev.throughline.ring.Question;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Code of the host that steps may ask. Immutable.
 *
 * @param ports by the names under which they are asked
 * @param executor runs them; {@code null} for threads of the engine's own
 */
public record HostPorts(Map<String, Port> ports, @Nullable Executor executor) {

    /** No code of the host. */
    public static final HostPorts NONE = new HostPorts(Map.of(), null);

    /** Copies the map. */
    public HostPorts {
        ports = Map.copyOf(ports);
    }

    /**
     * One that is asked.
     *
     * @param answering may block until the question's deadline, and may throw
     * @param atOnce how many questions it is asked at once
     */
    public record Port(Answering answering, int atOnce) {}

    /** What code of the host makes of a question. */
    @FunctionalInterface
    public interface Answering {

        /**
         * Answers.
         *
         * @param question what is asked
         * @return the answer
         * @throws Exception if there is none
         */
        Payload answer(Question question) throws Exception;
    }
}
