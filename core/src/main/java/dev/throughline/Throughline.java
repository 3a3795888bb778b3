// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Cross-channel customer engagement inside the host's own process. */
public final class Throughline {
    private Throughline() {}

    /**
     * The version of this library as its build named it, such as {@code 0.1.0}.
     *
     * @return the version; never empty
     */
    public static String version() {
        var properties = new Properties();
        try (InputStream in = Throughline.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties of throughline-core cannot be read", e);
        }
        return properties.getProperty("version");
    }
}
