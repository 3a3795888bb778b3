// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.store.Timer;
import java.time.Instant;

/** Timers as inputs. */
final class Timers {

    private Timers() {}

    static Envelope due(Timer timer) {
        Instant due = timer.due();
        String id = timer.name() + "@" + due.getEpochSecond() + "." + due.getNano();
        return new Envelope(timer.key(), new Input.Due(id, timer.name(), timer.due()), "", 0);
    }
}
