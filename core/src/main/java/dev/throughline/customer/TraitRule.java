// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import java.math.BigDecimal;

/**
 * Which of two values of a trait stays, when both were said of one customer: in a merge, and when something is heard late. All rules
 * give the same in whatever order values are heard.
 */
public enum TraitRule {
    /** What was said last; what was said under a name outweighs what an unknown browser said. The default. */
    LATEST,
    /** What was said first. */
    EARLIEST,
    /** The greatest number; what is no number loses. */
    GREATEST,
    /** The least number; what is no number loses. */
    LEAST;

    /** Above 0 if the first stays, below 0 if the second does, 0 if the rule does not say. */
    int prefers(Profile.Said one, Profile.Said other) {
        return switch (this) {
            case LATEST -> Long.compare(one.stamp(), other.stamp());
            case EARLIEST -> Long.compare(Profile.instant(other.stamp()), Profile.instant(one.stamp()));
            case GREATEST -> byNumber(one, other, 1);
            case LEAST -> byNumber(one, other, -1);
        };
    }

    private static int byNumber(Profile.Said one, Profile.Said other, int sign) {
        boolean first = one.value() instanceof Number;
        boolean second = other.value() instanceof Number;
        if (first && second) {
            return sign * number(one).compareTo(number(other));
        }
        return first == second ? Long.compare(one.stamp(), other.stamp()) : Boolean.compare(first, second);
    }

    private static BigDecimal number(Profile.Said said) {
        return new BigDecimal(String.valueOf(said.value()));
    }
}
