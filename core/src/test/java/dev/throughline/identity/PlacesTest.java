// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @Test
    void anAreaCodeTellsStateAndZone() {
        assertThat(Address.phone("+1 305 555 0100").regions()).containsExactly("US-FL");
        assertThat(Address.phone("+1 305 555 0100").zones()).containsExactly(NEW_YORK);
        assertThat(Address.phone("+1 902 555 0100").regions()).containsExactly("CA-NS", "CA-PE");
    }

    @Test
    void anAreaCodeOfTwoZonesTellsBoth() {
        assertThat(Address.phone("+1 219 555 0100").zones()).containsExactly(ZoneId.of("America/Chicago"), NEW_YORK);
    }

    @Test
    void aNumberOfNoPlaceMayBeAnywhereInItsCountry() {
        Address tollFree = Address.phone("+1 888 555 0100");

        assertThat(tollFree.regions()).isEmpty();
        assertThat(tollFree.zones()).isEqualTo(Places.zones("US")).contains(NEW_YORK, ZoneId.of("Pacific/Honolulu"));
    }

    @Test
    void aCountryOfOneZoneHasOne() {
        assertThat(Address.phone("+84 90 000 0001").zones()).containsExactly(ZoneId.of("Asia/Ho_Chi_Minh"));
        assertThat(Places.zones("DE")).containsExactly(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void aStateHasItsOwnZones() {
        assertThat(Places.zones("US-FL")).containsExactlyInAnyOrder(NEW_YORK, ZoneId.of("America/Chicago"));
        assertThat(Places.zones("US-NY")).containsExactly(NEW_YORK);
    }

    @Test
    void aTerritoryOverseasHasItsOwnZone() {
        assertThat(Places.zones("US-GU")).isEqualTo(Places.zones("GU")).containsExactly(ZoneId.of("Pacific/Guam"));
        assertThat(Places.zones("FR-974")).containsExactly(ZoneId.of("Indian/Reunion"));
        assertThat(Places.zones("FR-RE")).isEqualTo(Places.zones("FR-974"));
        assertThat(Places.zones("DE-BE")).as("Berlin, not Belgium").isEqualTo(Places.zones("DE"));
    }

    @Test
    void everyCountryHasAZone() {
        for (String country : Locale.getISOCountries()) {
            if (!country.equals("BV") && !country.equals("HM")) { // islands where nobody lives
                assertThat(Places.zones(country)).as(country).isNotEmpty();
            }
        }
    }

    @Test
    void whatIsNoPhoneNumberIsNowhere() {
        assertThat(Address.email("ana@example.com").zones()).isEmpty();
        assertThat(Places.zones("XX")).isEmpty();
        assertThat(Places.zones("DE-BY")).isEqualTo(Places.zones("DE"));
    }
}
