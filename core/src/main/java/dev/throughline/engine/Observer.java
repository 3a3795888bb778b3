// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import java.time.Duration;
import java.util.Map;

/**
 * Where the library's figures go: the host's metrics. Names begin with {@code throughline.}; {@code docs/embedding.md} lists them. Tags
 * have few values each, and none names a person.
 *
 * <p>It is called by one thread of its own, so that a slow one holds nothing up: what it cannot take in time is dropped and counted as
 * {@code throughline.observer.dropped}. What it throws is swallowed and counted as {@code throughline.observer.failed}.
 */
public interface Observer {

    /**
     * Something has happened.
     *
     * @param metric what, such as {@code throughline.verdicts}
     * @param number how often since this was last told; at least 1
     * @param tags of which kind, in the order of names
     */
    void count(String metric, long number, Map<String, String> tags);

    /**
     * Something has taken its time.
     *
     * @param metric what, such as {@code throughline.send}
     * @param took how long
     * @param tags of which kind, in the order of names
     */
    void time(String metric, Duration took, Map<String, String> tags);

    /**
     * Something stands at a level, until the next one is told.
     *
     * @param metric what, such as {@code throughline.backlog}
     * @param value how much
     * @param tags of which kind, in the order of names
     */
    void level(String metric, long value, Map<String, String> tags);
}
