// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Receipt.Status;
import org.jspecify.annotations.Nullable;

/** What a receipt means that has certain values; the first rule that holds decides. */
record StatusRule(Condition when, Status status, @Nullable FailureCause cause) {

    static StatusRule read(Part part) {
        part.only("when", "is", "cause");
        if (!part.child("is").present()) {
            part.child("is").fault(Part.names(Status.class));
        }
        return new StatusRule(
                Condition.read(part.child("when")),
                part.child("is").oneOf(Status.class, Status.ACCEPTED),
                part.child("cause").present()
                        ? part.child("cause").oneOf(FailureCause.class, FailureCause.UNCLASSIFIED)
                        : null);
    }
}
