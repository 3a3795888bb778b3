// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

/** On what a permission rests. A policy names the set that it accepts; there is no order among them. */
public enum Basis {
    /** The person said yes by a clear act. */
    EXPRESS,
    /** Said yes in writing, signed (47 CFR 64.1200(f)(9)). */
    EXPRESS_WRITTEN,
    /** The address came from a sale, for similar goods, with the offer to object (Directive 2002/58/EC art. 13(2)). */
    SOFT_OPT_IN,
    /** Follows from a purchase, contract or inquiry, for a time (CASL s. 10(9)-(14)). */
    IMPLIED,
    /** Follows from conduct and a relationship (Spam Act 2003, Australia, Sch. 2). */
    INFERRED,
    /** A contract is running, and the message is about it. */
    RUNNING_CONTRACT,
    /** The controller's legitimate interest. */
    LEGITIMATE_INTEREST,
    /** Nothing but the absence of an objection; never recorded, only accepted by policies. */
    NOT_OBJECTED
}
