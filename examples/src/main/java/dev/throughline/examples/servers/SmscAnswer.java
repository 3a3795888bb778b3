// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

/** How an {@link SmscServer} answers a submission; the codes are those of SMPP 3.4, 5.1.3. */
public enum SmscAnswer {
    /** The message is taken and gets an id. */
    ACCEPT(0x00),
    /** ESME_RTHROTTLED: not taken, the client is too fast. */
    THROTTLE(0x58),
    /** ESME_RMSGQFUL: not taken, the queue is full. */
    QUEUE_FULL(0x14),
    /** ESME_RINVDSTADR: not taken, no such number. */
    BAD_DESTINATION(0x0b),
    /** ESME_RSUBMITFAIL: not taken, for no reason that is told. */
    REJECT(0x45),
    /** The message is taken and never answered. */
    SILENCE(0x00),
    /** The message is taken, and the session ends without an answer, once those given before have had time to arrive. */
    DROP(0x00);

    private final int code;

    SmscAnswer(int code) {
        this.code = code;
    }

    boolean isTaken() {
        return code == 0;
    }

    int code() {
        return code;
    }
}
