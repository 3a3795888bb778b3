// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvLineTest {

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("a,b", new String[] {"a", "b"}),
                Arguments.of("", new String[] {""}),
                Arguments.of(",", new String[] {"", ""}),
                Arguments.of("a,\"AIRLINE LOUNGE,METAL SIGN\",2", new String[] {"a", "AIRLINE LOUNGE,METAL SIGN", "2"}),
                Arguments.of(
                        "\"RECORD FRAME 7\"\" SINGLE SIZE\",1", new String[] {"RECORD FRAME 7\" SINGLE SIZE", "1"}),
                Arguments.of("\"\"\"KEY\"\" RING\",\"\"", new String[] {"\"KEY\" RING", ""}),
                Arguments.of("7\" FRAME,1", new String[] {"7\" FRAME", "1"}));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void splitsAtCommasOutsideQuotes(String line, String[] fields) {
        assertThat(CsvLine.split(line)).containsExactly(fields);
    }

    @Test
    void refusesAQuoteThatIsNeverClosed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvLine.split("a,\"b,c"))
                .withMessage("a quoted field does not end on its line");
    }
}
