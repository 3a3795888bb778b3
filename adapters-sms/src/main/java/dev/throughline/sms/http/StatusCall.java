// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import org.jspecify.annotations.Nullable;

/** How a gateway is asked what became of a message, and how its answer is understood. */
record StatusCall(RequestForm request, Answers answers) {

    static @Nullable StatusCall read(Part part) {
        if (!part.present()) {
            return null;
        }
        part.only("request", "answer");
        return new StatusCall(RequestForm.question(part.child("request")), Answers.read(part.child("answer")));
    }
}
