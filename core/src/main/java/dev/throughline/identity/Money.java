// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of money, counted in millionths of the currency's unit, so that prices of a tenth of a cent add up exactly.
 *
 * @param micros millionths of one unit
 * @param currency the ISO 4217 code
 */
public record Money(long micros, String currency) {

    private static final int MOST_DIGITS = 13;

    /**
     * Checks the currency.
     *
     * @throws ThroughlineException if it is not three capital letters
     */
    public Money {
        Given.required("amount", "currency", currency);
        if (!currency.matches("[A-Z]{3}")) {
            throw new ThroughlineException("currency '" + currency + "': expected an ISO 4217 code such as VND");
        }
    }

    /**
     * An amount.
     *
     * @param amount in units, such as {@code 0.0075}; at most six decimals
     * @param currency the ISO 4217 code
     * @return the amount
     * @throws ThroughlineException if the amount is not a number, has more decimals or is too large
     */
    public static Money of(String amount, String currency) {
        Given.required("amount of", "amount", amount);
        Given.required("amount of", "currency", currency);
        try {
            var units = new BigDecimal(amount);
            if ((long) units.precision() - units.scale() > MOST_DIGITS) {
                throw new ArithmeticException("too large to be written out");
            }
            long micros = units.movePointRight(6)
                    .setScale(0, RoundingMode.UNNECESSARY)
                    .longValueExact();
            return new Money(micros, currency);
        } catch (ArithmeticException | NumberFormatException unusable) {
            throw new ThroughlineException(
                    "amount '" + amount + "': expected a number of at most six decimals below 9 * 10^12", unusable);
        }
    }

    /**
     * An amount of whole units.
     *
     * @param units such as 850
     * @param currency the ISO 4217 code
     * @return the amount
     */
    public static Money of(long units, String currency) {
        return new Money(Math.multiplyExact(units, 1_000_000L), currency);
    }

    /**
     * This amount several times.
     *
     * @param times how often
     * @return the product
     */
    public Money times(long times) {
        return new Money(Math.multiplyExact(micros, times), currency);
    }

    /** The amount in units and the currency, such as {@code 850 VND}. */
    @Override
    public String toString() {
        BigDecimal units = BigDecimal.valueOf(micros, 6).stripTrailingZeros();
        return units.toPlainString() + " " + currency;
    }
}
