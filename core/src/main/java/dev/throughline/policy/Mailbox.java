// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.identity.Address;
import java.util.Map;

/** Whose servers keep a person's mail, where the address says so: providers have rules of their own for those who write to many. */
final class Mailbox {

    private static final Map<String, String> BY_DOMAIN = Map.of(
            "gmail.com", "gmail",
            "googlemail.com", "gmail",
            "yahoo.com", "yahoo",
            "yahoo.com.vn", "yahoo",
            "yahoo.co.uk", "yahoo",
            "yahoo.de", "yahoo",
            "yahoo.fr", "yahoo",
            "ymail.com", "yahoo",
            "rocketmail.com", "yahoo",
            "aol.com", "yahoo");

    private Mailbox() {}

    /** {@code gmail}, {@code yahoo}, or empty. */
    static String of(Address address) {
        return address.kind().equals("email")
                ? BY_DOMAIN.getOrDefault(
                        address.value().substring(address.value().lastIndexOf('@') + 1), "")
                : "";
    }
}
