// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.util.Arrays;

/** Amounts in the order of time, as a hand-written loop would keep them: two arrays that grow. */
final class Series {

    private long[] at = new long[2];
    private long[] amounts = new long[2];
    private int size;

    void add(long second, long amount, int most) {
        if (size > 0 && most == 400 && at[size - 1] == second) {
            amounts[size - 1] += amount;
            return;
        }
        if (size == most) {
            System.arraycopy(at, 1, at, 0, --size);
            System.arraycopy(amounts, 1, amounts, 0, size);
        } else if (size == at.length) {
            at = Arrays.copyOf(at, size * 2);
            amounts = Arrays.copyOf(amounts, size * 2);
        }
        at[size] = second;
        amounts[size++] = amount;
    }

    long since(long second) {
        long sum = 0;
        for (int i = size - 1; i >= 0 && at[i] > second; i--) {
            sum += amounts[i];
        }
        return sum;
    }
}
