// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

/** Reads the sample of orders and says what it holds. */
public final class Shop {
    private Shop() {}

    /**
     * Prints the counts.
     *
     * @param args none are read
     */
    public static void main(String[] args) throws java.io.IOException {
        System.out.println(RetailOrders.sample().counts());
    }
}
