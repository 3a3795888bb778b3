// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import static dev.throughline.engine.Rows.NOW;
import static dev.throughline.engine.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.store.Exclusion;
import dev.throughline.store.Exclusion.By;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KillSwitchTest {

    @ParameterizedTest
    @EnumSource(By.class)
    void survivesAsASetting(By by) {
        var thrown = new KillSwitch(new Exclusion(by, "a/b c"), KillSwitch.Mode.DROP, "Lan", "wrong price: 1 / 2", NOW);

        assertThat(KillSwitch.of(thrown.settings())).containsExactly(thrown);
    }

    @Test
    void isReadInTheOrderOfWhatItStops() {
        var settings = new TreeMap<String, String>();
        settings.put("environment", "production");
        settings.putAll(hold(By.SENDER, "SHOP").settings());
        settings.putAll(hold(By.CAMPAIGN, "b").settings());
        settings.putAll(hold(By.CAMPAIGN, "a").settings());

        assertThat(KillSwitch.of(settings))
                .extracting(thrown -> thrown.exclusion().value())
                .containsExactly("a", "b", "SHOP");
    }

    @Test
    void isReleasedByWhatItStops() {
        var exclusion = new Exclusion(By.CHANNEL, "sms");

        assertThat(KillSwitch.released(exclusion)).isEqualTo(Map.of("kill/CHANNEL/sms", ""));
        assertThat(hold(By.CHANNEL, "sms").settings()).containsOnlyKeys("kill/CHANNEL/sms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines", "a\ttab"})
    void wantsOneWhoAndOneWhy(String text) {
        var exclusion = new Exclusion(By.CHANNEL, "sms");
        String message = "kill switch for Exclusion[by=CHANNEL, value=sms]:"
                + " expected one line that says who and one that says why";

        assertThatThrownBy(() -> new KillSwitch(exclusion, KillSwitch.Mode.HOLD, text, "why", NOW))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> new KillSwitch(exclusion, KillSwitch.Mode.HOLD, "who", text, NOW))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(message);
    }

    @Test
    void classAndChannelAreKnownInCapitalsAndInLowerCase() {
        assertThat(new Exclusion(By.CHANNEL, "SMS").covers(row("tea"))).isTrue();
        assertThat(new Exclusion(By.CLASS, "marketing").covers(row("tea"))).isTrue();
    }

    @Test
    void coversWhatItNamesAndNothingElse() {
        assertThat(new Exclusion(By.EVERYTHING, "").covers(row("tea"))).isTrue();
        covers(By.CLASS, "MARKETING", "SERVICE");
        covers(By.CHANNEL, "sms", "email");
        covers(By.SENDER, "SHOP", "shop");
        covers(By.CAMPAIGN, "campaign", "");
    }

    private static void covers(By by, String value, String other) {
        assertThat(new Exclusion(by, value).covers(row("tea"))).isTrue();
        assertThat(new Exclusion(by, other).covers(row("tea"))).isFalse();
    }

    private static KillSwitch hold(By by, String value) {
        return new KillSwitch(new Exclusion(by, value), KillSwitch.Mode.HOLD, "Lan", "why", NOW);
    }
}
