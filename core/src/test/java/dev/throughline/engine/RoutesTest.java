// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import static dev.throughline.engine.Rows.NOW;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.Inbound;
import dev.throughline.identity.Address;
import dev.throughline.ring.Key;
import org.junit.jupiter.api.Test;

class RoutesTest {

    @Test
    void replyOfANumberInAnotherFormFindsItsContactPoint() {
        assertThat(to("+84 90 123 45 67")).isEqualTo(Key.of(Address.phone("+84901234567")));
    }

    @Test
    void replyOfANumberThatNobodyCanReadIsTakenAsItIs() {
        assertThat(to("8088")).isEqualTo(Key.of(new Address("phone", "8088")));
    }

    private static Key to(String from) {
        return Routes.of(new Inbound("in", SMS, new Address("phone", from), "", "STOP", NOW))
                .to();
    }
}
