// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RawCallbackTest {

    @Test
    void headersAreFoundInAnyCase() {
        var call = new RawCallback("POST", "/sms", Map.of("X-Signature", List.of("abc", "def")), new byte[0]);

        assertThat(call.header("x-signature")).contains("abc");
        assertThat(call.header("X-SIGNATURE")).contains("abc");
        assertThat(call.header("X-Other")).isEmpty();
    }

    @Test
    void headerThatComesInTwoCasesKeepsBothValues() {
        var call = new RawCallback("POST", "/sms", Map.of("X-Part", List.of("a"), "x-part", List.of("b")), new byte[0]);

        assertThat(call.headers().get("x-part")).containsExactly("a", "b");
    }
}
