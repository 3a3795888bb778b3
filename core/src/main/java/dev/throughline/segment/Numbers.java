// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers of properties, compared exactly and added up in millionths. */
final class Numbers {

    private Numbers() {}

    static BigDecimal exact(Number number) {
        return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
    }

    /** Millionths, rounded half up; what does not fit 64 bits counts as the nearest that does. */
    static long micros(Number number) {
        BigDecimal micros = exact(number).movePointRight(6).setScale(0, RoundingMode.HALF_UP);
        if (micros.unscaledValue().bitLength() < Long.SIZE) {
            return micros.longValue();
        }
        return micros.signum() < 0 ? Long.MIN_VALUE / 4 : Long.MAX_VALUE / 4;
    }
}
