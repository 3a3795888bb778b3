// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.Throughline;

/** Names the library that it runs on. */
public final class Shop {
    private Shop() {}

    /**
     * Prints the version.
     *
     * @param args none are read
     */
    public static void main(String[] args) {
        System.out.println("Throughline " + Throughline.version());
    }
}
