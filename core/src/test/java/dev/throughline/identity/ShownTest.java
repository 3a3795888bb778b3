// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShownTest {

    @Test
    void tellsWhatCouldHaveBeenSaid() {
        assertThat(Shown.oneOf(List.of("tea", "coffee"))).isEqualTo("expected one of [tea, coffee]");
        assertThat(Shown.oneOf(List.of())).isEqualTo("there is none");
    }
}
