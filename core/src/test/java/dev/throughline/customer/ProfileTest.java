// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Traits are asked for by type, and what is of another type is absent. */
class ProfileTest {

    private final Profile profile = Profile.EMPTY.with(Map.of(
            "name", "Mai",
            "points", 3L,
            "share", new BigDecimal("0.5"),
            "gold", true,
            "birthday", "1990-05-01",
            "timezone", "Asia/Ho_Chi_Minh",
            "language", "vi"));

    @Test
    void traitsHaveTheirTypes() {
        assertThat(profile.text("name")).contains("Mai");
        assertThat(profile.number("points")).contains(new BigDecimal(3));
        assertThat(profile.number("share")).contains(new BigDecimal("0.5"));
        assertThat(profile.flag("gold")).contains(true);
        assertThat(profile.birthday()).contains(LocalDate.of(1990, 5, 1));
        assertThat(profile.zone()).contains(ZoneId.of("Asia/Ho_Chi_Minh"));
        assertThat(profile.language()).contains("vi");
        assertThat(profile.country()).isEmpty();
    }

    @Test
    void traitOfAnotherTypeIsAbsent() {
        assertThat(profile.number("name")).isEmpty();
        assertThat(profile.text("points")).isEmpty();
        assertThat(profile.flag("name")).isEmpty();
        assertThat(profile.date("name")).isEmpty();
    }

    @Test
    void wordsThatAreNoZoneOrDateAreAbsent() {
        var odd = Profile.EMPTY.with(Map.of("timezone", "Saigon time", "birthday", "01.05.1990"));

        assertThat(odd.zone()).isEmpty();
        assertThat(odd.birthday()).isEmpty();
    }

    @Test
    void changedProfileLeavesTheOldOneAsItWas() {
        var changed = profile.with(Map.of("name", "Lan"));

        assertThat(profile.text("name")).contains("Mai");
        assertThat(changed.text("name")).contains("Lan");
    }
}
