// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class Gsm0338Test {

    private record Mapping(String hex, String text) {}

    @Test
    void mapsAsTheUnicodeConsortiumDoes() {
        var mappings = table();

        assertThat(mappings).hasSize(136);
        assertThat(mappings).allSatisfy(mapping -> {
            byte[] octets = HexFormat.of().parseHex(mapping.hex());
            assertThat(Gsm0338.encode(mapping.text())).isEqualTo(octets);
            assertThat(Gsm0338.decode(octets)).isEqualTo(mapping.text());
            assertThat(Gsm0338.septets(mapping.text().charAt(0))).isEqualTo(octets.length);
        });
    }

    @Test
    void readsCodeNineAsTheCapitalOfTheStandard() {
        assertThat(Gsm0338.decode(new byte[] {9})).isEqualTo("Ç");
        assertThat(Gsm0338.septets('ç')).isZero();
    }

    @Test
    void writesAQuestionMarkForWhatItLacks() {
        assertThat(Gsm0338.encode("ế")).isEqualTo(new byte[] {'?'});
    }

    @Test
    void takesThePlainCharacterAfterAnEscapeWithoutMeaning() {
        assertThat(Gsm0338.decode(new byte[] {0x1b, 'A', 0x1b, 0x1b, 0x1b})).isEqualTo("A ");
    }

    /** Without the escape itself, and without code 9, for which the table has the small letter. */
    private static List<Mapping> table() {
        return resource("/gsm/GSM0338.TXT")
                .lines()
                .filter(line -> line.startsWith("0x") && !line.startsWith("0x1B\t") && !line.startsWith("0x09\t"))
                .map(line -> line.split("\t"))
                .map(columns -> new Mapping(columns[0].substring(2), Character.toString(Integer.decode(columns[1]))))
                .toList();
    }

    static String resource(String path) {
        try (var in = Gsm0338Test.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
