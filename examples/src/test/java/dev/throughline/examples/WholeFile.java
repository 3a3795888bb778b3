// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The whole Online Retail file, which is too large to ship; a test that needs it is skipped where it is missing. */
final class WholeFile {

    private WholeFile() {}

    static Path required() {
        var folder = System.getenv("THROUGHLINE_DATA");
        assumeTrue(folder != null, "THROUGHLINE_DATA names no folder with shop/online-retail.csv.gz");
        var file = Path.of(folder, "shop", "online-retail.csv.gz");
        assumeTrue(Files.isReadable(file), file + " cannot be read");
        return file;
    }
}
