// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.policy.Policy;

/** A policy that the library brings along. */
public enum Law {
    /** {@link Policy#vietnam()}. */
    VIETNAM,
    /** {@link Policy#base()}. */
    BASE;

    Policy policy() {
        return this == VIETNAM ? Policy.vietnam() : Policy.base();
    }
}
