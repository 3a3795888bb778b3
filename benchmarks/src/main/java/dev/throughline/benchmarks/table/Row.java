// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.util.Locale;

/**
 * A row of the table.
 *
 * @param work what was done
 * @param ours how fast, in the unit
 * @param reference how fast the hand-written loop was
 * @param unit of what
 * @param remark what else is to be said
 */
record Row(String work, double ours, double reference, String unit, String remark) {

    static final String HEAD = "| Work | Ratio | Throughline | By hand | Remarks |\n|---|---|---|---|---|";

    /** The line in Markdown; more is better, except for times and bytes. */
    String line() {
        boolean less = unit.startsWith("ns") || unit.startsWith("B") || unit.startsWith("s");
        double ratio = less ? reference / ours : ours / reference;
        return String.format(
                Locale.ROOT, "| %s | **%.2f** | %s | %s | %s |", work, ratio, amount(ours), amount(reference), remark);
    }

    private String amount(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f %s" : "%,.0f %s", value, unit);
    }
}
