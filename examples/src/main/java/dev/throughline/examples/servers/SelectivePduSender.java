// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.jsmpp.PDUStringException;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.bean.OptionalParameter;

/** Sends everything but the answers to chosen submissions: the library has no other way not to answer one. */
final class SelectivePduSender extends SynchronizedPDUSender {

    private final Set<String> unansweredIds;

    SelectivePduSender(Set<String> unansweredIds) {
        this.unansweredIds = unansweredIds;
    }

    @Override
    public byte[] sendSubmitSmResp(
            OutputStream os, int sequenceNumber, String messageId, OptionalParameter... parameters)
            throws PDUStringException, IOException {
        if (unansweredIds.contains(messageId)) {
            return new byte[0];
        }
        // The superclass locks around every other operation, but not around this one.
        synchronized (os) {
            return super.sendSubmitSmResp(os, sequenceNumber, messageId, parameters);
        }
    }
}
