// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.jdbc.JdbcStore;
import java.io.IOException;

/** The test's shop in a process of its own, which the test kills; its mail server stays with the test. */
final class MortalShop {

    private MortalShop() {}

    /** Arguments: the store's URL, and the mail server's port. */
    public static void main(String[] arguments) throws IOException {
        var mail = new ShopChannels.Place("127.0.0.1", Integer.parseInt(arguments[1]));
        var setup = ShopRun.Setup.of(ShopTest.slice(RetailOrders.sample()), JdbcStore.url(arguments[0]))
                .through(mail, null);
        var unused = ShopRun.of(setup).play(happened -> {});
    }
}
