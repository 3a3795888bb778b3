// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void tellsTimes() {
        assertThat(Words.minutes(45)).isEqualTo(Duration.ofMinutes(45));
        assertThat(Words.hours(-1)).isEqualTo(Duration.ofHours(-1));
        assertThat(Words.days(2)).isEqualTo(Duration.ofDays(2));
    }

    @Test
    void refusesTimesThatNoDurationHolds() {
        assertThatThrownBy(() -> Words.hours(Long.MAX_VALUE))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("hours(9223372036854775807): expected a time that can be waited for");
    }
}
