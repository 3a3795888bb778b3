// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import java.time.Instant;
import java.util.Optional;

/**
 * One submit_sm: a whole message, or one part of a long one.
 *
 * @param at the server's clock when it was handled
 * @param id what the server calls it in its answer and in receipts
 * @param messageId the sender's own message id, from the vendor TLV {@value SmscServer#MESSAGE_ID_TAG}
 * @param text of this part, decoded; a surrogate pair that is split over two parts is whole again when they are joined
 * @param wantsReceipt whether the sender asked for a delivery receipt
 */
public record Submission(
        Instant at,
        String id,
        Optional<String> messageId,
        String source,
        String destination,
        Part part,
        String text,
        boolean wantsReceipt) {

    /**
     * The place of a part in its message.
     *
     * @param reference the same for all parts of one message
     * @param number from 1 to {@code total}
     */
    public record Part(int reference, int total, int number) {

        /** A message that is not divided. */
        public static final Part WHOLE = new Part(0, 1, 1);

        /** A place that makes no sense is ignored, as 3GPP TS 23.040 9.2.3.24.1 asks. */
        static Part of(int reference, int total, int number) {
            boolean sensible = number >= 1 && number <= total;
            return sensible ? new Part(reference, total, number) : WHOLE;
        }
    }
}
