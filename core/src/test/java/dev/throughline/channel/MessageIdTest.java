// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdTest {

    @Test
    void isTheSameForTheSameLegOfTheSamePassForEver() {
        assertThat(MessageId.of("instance", "0.then.1", 0, 1)).hasToString("2e4260b87256f24f111aafa9a7d2c993");
    }

    @Test
    void everyLegOfEveryPassHasItsOwn() {
        assertThat(Stream.of(
                        MessageId.of("a", "0", 0, 0),
                        MessageId.of("b", "0", 0, 0),
                        MessageId.of("a", "1", 0, 0),
                        MessageId.of("a", "0", 1, 0),
                        MessageId.of("a", "0", 0, 1),
                        MessageId.of("a", "0.0", 0, 0)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123",
                "0123456789ABCDEF0123456789ABCDEF",
                "g123456789abcdef0123456789abcdef",
                "٠1٢3456789abcdef0123456789abcdef"
            })
    void refusesTextOfAnotherForm(String text) {
        assertThatThrownBy(() -> new MessageId(text))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("message id '" + text + "': expected 32 hexadecimal digits");
    }
}
