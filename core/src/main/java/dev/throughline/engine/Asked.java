// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Question;
import java.util.Comparator;

/**
 * A question to code of the host, put by a step that is committed.
 *
 * @param key who asks
 * @param id names the answer
 * @param port who is asked
 * @param question what
 */
record Asked(Key key, String id, String port, Question question) {

    /** The same in every run. */
    static final Comparator<Asked> ORDER = Comparator.comparing(Asked::key).thenComparing(Asked::id);

    Envelope answered(Payload answer) {
        return new Envelope(key, new Input.Answered(id, answer), "", 0);
    }
}
