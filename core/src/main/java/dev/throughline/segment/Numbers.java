// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.ToIntFunction;

/** Numbers of properties, compared exactly and added up in millionths. */
final class Numbers {

    private Numbers() {}

    static BigDecimal exact(Number number) {
        return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
    }

    /** How a number compares with a limit; whole numbers, which most are, without a decimal in between. */
    static ToIntFunction<Number> comparison(BigDecimal limit) {
        boolean whole = limit.stripTrailingZeros().scale() <= 0 && limit.precision() - limit.scale() <= 18;
        if (!whole) {
            return number -> exact(number).compareTo(limit);
        }
        long bound = limit.longValueExact();
        return number -> number instanceof Long value
                ? Long.compare(value, bound)
                : exact(number).compareTo(limit);
    }

    /** A number of millionths, written out. */
    static String ofMicros(long micros) {
        var number = BigDecimal.valueOf(micros, 6).stripTrailingZeros();
        return number.setScale(Math.max(0, number.scale())).toPlainString();
    }

    /** Millionths, rounded half up; what does not fit 64 bits counts as the nearest that does. */
    static long micros(Number number) {
        if (number instanceof Long whole && Math.abs(whole) <= Long.MAX_VALUE / 1_000_000 && whole != Long.MIN_VALUE) {
            return whole * 1_000_000;
        }
        BigDecimal micros = exact(number).movePointRight(6).setScale(0, RoundingMode.HALF_UP);
        if (micros.unscaledValue().bitLength() < Long.SIZE) {
            return micros.longValue();
        }
        return micros.signum() < 0 ? Long.MIN_VALUE / 4 : Long.MAX_VALUE / 4;
    }
}
