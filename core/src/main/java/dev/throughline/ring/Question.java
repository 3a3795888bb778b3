// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import java.time.Duration;

/**
 * What code of the host is asked, by way of {@link Effect.Ask}: after the commit and by another thread, so that no lane waits for it. The
 * answer comes back as {@link Input.Answered}; if the process dies it does not, so whoever asks sets a timer for longer than
 * {@link #deadline} and {@link #PATIENCE} together.
 */
public interface Question extends Payload {

    /** How long a question may wait for its turn where as many are under way as may be. */
    Duration PATIENCE = Duration.ofMinutes(1);

    /** Why there is no answer. */
    enum Lack {
        /** The host's code has thrown. */
        THREW,
        /** It has not come back within the deadline. What it answers later is not heard. */
        TIMEOUT,
        /** So many are under way that this one did not get its turn. */
        BUSY,
        /** There is no such code on this host. */
        ABSENT
    }

    /**
     * How long the host's code may take.
     *
     * @return from its start on
     */
    Duration deadline();

    /**
     * The answer where there is none.
     *
     * @param lack why
     * @param detail more of it, without personal data; may be empty
     * @return what the asker is told
     */
    Payload unanswered(Lack lack, String detail);
}
