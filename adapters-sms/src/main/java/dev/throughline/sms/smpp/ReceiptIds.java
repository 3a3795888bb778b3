// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import java.math.BigInteger;
import java.util.Locale;

/** How the id in a receipt relates to the id in the answer to a submission; centres differ, and then receipts find no message. */
public enum ReceiptIds {
    /** Both are written alike. */
    SAME,
    /** The answer's is hexadecimal, the receipt's the same number in decimal. */
    DECIMAL,
    /** The answer's is decimal, the receipt's the same number in hexadecimal. */
    HEXADECIMAL;

    String answered(String id) {
        return this == SAME ? id : number(id, this == DECIMAL ? 16 : 10);
    }

    String receipted(String id) {
        return this == SAME ? id : number(id, this == DECIMAL ? 10 : 16);
    }

    private static String number(String id, int radix) {
        try {
            return new BigInteger(id, radix).toString(16);
        } catch (NumberFormatException noNumber) {
            return id.toLowerCase(Locale.ROOT);
        }
    }
}
