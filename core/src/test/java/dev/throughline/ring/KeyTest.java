// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {

    private static final List<Key> KEYS = List.of(
            Key.of(Identity.userId("KH/88:123")),
            Key.of(CustomerId.of(Instant.EPOCH, "mai")),
            Key.of(Address.phone("+84900000001")),
            Key.pool("offers/2026"));

    @Test
    void survivesItsText() {
        assertThat(KEYS.stream().map(Key::toString).map(Key::parse)).isEqualTo(KEYS);
    }

    @Test
    void isOrderedByKindAndId() {
        assertThat(KEYS).isSorted();
        assertThat(Key.pool("a")).isLessThan(Key.pool("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CUSTOMER", "customer/1", "/1"})
    void refusesTextThatIsNoKey(String text) {
        assertThatThrownBy(() -> Key.parse(text))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("key '" + text + "': expected kind/id, such as POOL/offers");
    }
}
