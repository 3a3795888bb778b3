// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.examples.ShopChannels.Place;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where mails and texts go, as options of a command. */
final class ServerOptions {

    @Option(
            names = "--smtp",
            paramLabel = "HOST:PORT",
            description = "Another mail server than the one in the process.")
    private @Nullable String smtp;

    @Option(names = "--smsc", paramLabel = "HOST:PORT", description = "Another SMSC than the one in the process.")
    private @Nullable String smsc;

    @Option(
            names = "--deliver-to-real-addresses",
            description = "Allows servers beyond the loopback interface, which may deliver.")
    private boolean anywhere;

    /** The mail server; null for the one in the process. */
    @Nullable
    Place mail() {
        return smtp == null ? null : Place.parse("--smtp", smtp, anywhere);
    }

    /** The SMSC; null for the one in the process. */
    @Nullable
    Place text() {
        return smsc == null ? null : Place.parse("--smsc", smsc, anywhere);
    }
}
