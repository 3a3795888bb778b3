// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThroughlineTest {
    @Test
    void namesTheVersionThatItsBuildGave() {
        assertThat(Throughline.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }
}
