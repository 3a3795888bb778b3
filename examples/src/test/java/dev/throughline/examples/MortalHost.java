// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import java.io.IOException;
import java.util.Map;

/** A host in a process of its own, which the test kills; its SMSC stays with the test. */
final class MortalHost {

    static final String READY = "READY";

    private MortalHost() {}

    /** Arguments: the database, its URL, and the SMSC's port. */
    public static void main(String[] arguments) throws IOException {
        Hosts hosts = Hosts.at(Database.valueOf(arguments[0]), arguments[1], KillTest.MORNING)
                .lease(KillTest.LEASE)
                .through(() -> KillTest.smpp(Integer.parseInt(arguments[2])));
        hosts.open("production");
        hosts.web().track(hosts.customer("mai", KillTest.PHONE), "Product Added", Map.of("product", "Bo am chen"));
        System.out.println(READY);
        System.out.flush();
        if (System.in.read() >= 0) {
            hosts.clock.moveTo(KillTest.REMINDED);
        }
    }
}
