// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class Gsm0338Test {

    @Test
    void decodesEveryCodeOfTheOfficialTable() throws IOException {
        try (var stream = Objects.requireNonNull(getClass().getResourceAsStream("GSM0338.TXT"));
                var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            var rows = lines.lines()
                    .filter(line -> line.startsWith("0x"))
                    .map(line -> line.split("\t"))
                    .toList();

            assertThat(rows).hasSize(128 + 10);
            assertThat(rows).allSatisfy(row -> assertThat(Gsm0338.decode(septets(row[0])))
                    .as(Arrays.toString(row))
                    .isEqualTo(row[0].equals("0x1B") ? "" : character(row[1])));
        }
    }

    @Test
    void readsAnUnknownExtensionAsThePlainCharacter() {
        assertThat(Gsm0338.decode(new byte[] {0x1b, 0x41, 0x42})).isEqualTo("AB");
    }

    private static byte[] septets(String code) {
        return HexFormat.of().parseHex(code.substring(2));
    }

    private static String character(String code) {
        return Character.toString(Integer.parseInt(code.substring(2), 16));
    }
}
