// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A shop with orders of its own, and an engagement platform inside. */
@SpringBootApplication
public class ShopApplication {

    /**
     * Starts the shop.
     *
     * @param args settings such as {@code --shop.database=shop.db}
     */
    public static void main(String[] args) {
        SpringApplication.run(ShopApplication.class, args);
    }
}
