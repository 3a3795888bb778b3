// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.identity.Identity;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Traits are asked for by type, and what is of another type is absent. */
class ProfileTest {

    private static final Instant NOON = Instant.parse("2026-11-23T05:00:00Z");
    private static final Identity MAI = Identity.userId("mai");
    private static final Identity BROWSER = Identity.anonymousId("browser");

    private final Profile profile = new Profile(Map.of(
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
        var odd = new Profile(Map.of("timezone", "Saigon time", "birthday", "01.05.1990"));

        assertThat(odd.zone()).isEmpty();
        assertThat(odd.birthday()).isEmpty();
    }

    @Test
    void changedProfileLeavesTheOldOneAsItWas() {
        var changed = said(profile, NOON, Identity.userId("mai"), Map.of("name", "Lan"));

        assertThat(profile.text("name")).contains("Mai");
        assertThat(changed.text("name")).contains("Lan");
    }

    @Test
    void whatIsHeardLateDoesNotReplaceWhatWasSaidLater() {
        var late = said(
                said(Profile.EMPTY, NOON, MAI, Map.of("city", "Huế")),
                NOON.minusSeconds(60),
                MAI,
                Map.of("city", "Vinh", "name", "Mai"));

        assertThat(late.traits()).isEqualTo(Map.of("city", "Huế", "name", "Mai"));
    }

    @Test
    void whatWasTakenAwayLaterDoesNotComeBack() {
        var nothing = new HashMap<String, Object>();
        nothing.put("city", null);
        var gone = said(said(Profile.EMPTY, NOON.minusSeconds(9), MAI, Map.of("city", "Huế")), NOON, MAI, nothing);

        assertThat(gone.traits()).isEmpty();
        assertThat(said(gone, NOON.minusSeconds(3), MAI, Map.of("city", "Vinh")).traits())
                .isEmpty();
        assertThat(said(gone, NOON.plusSeconds(3), MAI, Map.of("city", "Vinh")).traits())
                .isEqualTo(Map.of("city", "Vinh"));
    }

    @Test
    void whatABrowserSaysDoesNotReplaceWhatWasSaidUnderAName() {
        var named = said(Profile.EMPTY, NOON, MAI, Map.of("city", "Huế"));

        assertThat(said(named, NOON.plusSeconds(3), BROWSER, Map.of("city", "Vinh"))
                        .text("city"))
                .contains("Huế");
    }

    @Test
    void traitsOfTwoBecomeTheSameWhoeverAbsorbsWhom() {
        var one = said(Profile.EMPTY, NOON, MAI, Map.of("city", "Huế", "points", 3L, "since", "2020-01-01"));
        var other = said(
                Profile.EMPTY, NOON.plusSeconds(9), MAI, Map.of("city", "Vinh", "points", 2L, "since", "2021-01-01"));
        var rules = IdentityRules.standard().trait("points", TraitRule.GREATEST).trait("since", TraitRule.EARLIEST);

        var joined = one.joined(other, rules::trait);

        assertThat(joined.traits()).isEqualTo(Map.of("city", "Vinh", "points", 3L, "since", "2020-01-01"));
        assertThat(other.joined(one, rules::trait)).isEqualTo(joined);
        assertThat(joined.joined(one, rules::trait)).isEqualTo(joined);
    }

    private static Profile said(Profile before, Instant at, Identity who, Map<String, Object> traits) {
        var touchpoint = new Touchpoint(
                "t",
                Touchpoint.Call.IDENTIFY,
                "identify",
                List.of(who),
                at,
                NOON.plusSeconds(60),
                traits,
                "web",
                Origin.LIVE);
        return before.with(touchpoint, IdentityRules.standard()::trait);
    }
}
