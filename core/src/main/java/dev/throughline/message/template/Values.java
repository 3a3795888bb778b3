// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The kinds of value a template can use. Everything else a host may put into a model is refused where it is used. */
final class Values {
    /** Longer numbers are not amounts but attacks: 1E+1000000000 is eleven characters of JSON and a gigabyte of digits. */
    private static final int LONGEST_NUMBER = 400;

    private Values() {}

    static String text(Object value, int line) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Number number) {
            return decimal(number, line).toPlainString();
        }
        if (value instanceof Boolean || isDate(value)) {
            return value.toString();
        }
        throw new Refusal(line, kind(value) + " cannot be written as text");
    }

    static BigDecimal decimal(Object value, int line) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        if (value instanceof BigDecimal number) {
            return bounded(number, line);
        }
        if (value instanceof BigInteger number && number.bitLength() < LONGEST_NUMBER * 3) {
            return new BigDecimal(number);
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return BigDecimal.valueOf(number).stripTrailingZeros();
        }
        if (value instanceof Float number && Float.isFinite(number)) {
            return new BigDecimal(number.toString()).stripTrailingZeros();
        }
        throw new Refusal(line, kind(value) + " is used where a number of ordinary size is expected");
    }

    static BigDecimal computed(BigDecimal number, int line) {
        return bounded(number.round(MathContext.DECIMAL128).stripTrailingZeros(), line);
    }

    private static BigDecimal bounded(BigDecimal number, int line) {
        if (number.precision() > LONGEST_NUMBER || Math.abs((long) number.scale()) > LONGEST_NUMBER) {
            throw new Refusal(line, "a number of more than " + LONGEST_NUMBER + " digits is used");
        }
        return number;
    }

    static int whole(Object value, int line) {
        try {
            return decimal(value, line).intValueExact();
        } catch (ArithmeticException e) {
            throw new Refusal(line, "a number is used where a whole one of at most ten digits is expected");
        }
    }

    static boolean isDate(Object value) {
        return value instanceof Instant
                || value instanceof LocalDate
                || value instanceof OffsetDateTime
                || value instanceof ZonedDateTime;
    }

    static boolean isPlain(Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean || isDate(value);
    }

    /** Names what a value is without telling the value. */
    static String kind(Object value) {
        if (value instanceof String) {
            return "a text";
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        if (value instanceof Map) {
            return "a map";
        }
        if (value instanceof List) {
            return "a list";
        }
        if (value instanceof Set) {
            return "a value of java.util.Set";
        }
        return isDate(value) ? "a date" : "a value of " + value.getClass().getName();
    }
}
