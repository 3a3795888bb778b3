// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

/** The states that a delivery receipt reports, as SMPP 3.4 writes them in its text (appendix B) and codes them (5.2.28). */
public enum ReceiptState {
    /** On its way. */
    ENROUTE(1),
    /** Arrived at the phone. */
    DELIVRD(2),
    /** Not delivered within its validity. */
    EXPIRED(3),
    /** Deleted by the operator. */
    DELETED(4),
    /** Cannot be delivered. */
    UNDELIV(5),
    /** Taken on the subscriber's behalf by customer service. */
    ACCEPTD(6),
    /** Nobody knows. */
    UNKNOWN(7),
    /** Refused by the network. */
    REJECTD(8);

    private final byte code;

    ReceiptState(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }
}
