// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

/** How a value is held against another. */
enum Operator {
    IS("is", "is"),
    EXISTS("exists", "exists"),
    AT_LEAST("atLeast", ">="),
    MORE_THAN("moreThan", ">"),
    BELOW("below", "<"),
    EXACTLY("exactly", "=");

    private final String word;
    private final String sign;

    Operator(String word, String sign) {
        this.word = word;
        this.sign = sign;
    }

    /** How code and JSON call it. */
    String word() {
        return word;
    }

    /** How canonical texts write it. */
    String sign() {
        return sign;
    }

    /** Whether a number that differs so from another, as by {@code compareTo}, stands to it as this says. */
    boolean accepts(int difference) {
        return switch (this) {
            case AT_LEAST -> difference >= 0;
            case MORE_THAN -> difference > 0;
            case BELOW -> difference < 0;
            default -> difference == 0;
        };
    }
}
