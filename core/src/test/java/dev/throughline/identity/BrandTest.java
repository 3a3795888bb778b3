// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrandTest {

    private final Brand shop = Brand.named("Shop");

    @Test
    void takesZoneAndLanguageFromItsCountry() {
        var vietnamese = shop.country("VN");

        assertThat(vietnamese.zone()).isEqualTo(ZoneId.of("Asia/Ho_Chi_Minh"));
        assertThat(vietnamese.language()).isEqualTo("vi");
    }

    @Test
    void refusesNamesThatAreNotOneLine() {
        assertThatThrownBy(() -> Brand.named("Sh\0p"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("brand name 'Sh?p': expected one line of text");
        assertThatThrownBy(() -> shop.controller(" "))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("controller name ' ': expected one line of text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vn", "VNM", "Vietnam", "XX", " "})
    void refusesACountryThatNoLawIsFoundBy(String code) {
        assertThatThrownBy(() -> shop.country(code))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("country '" + code
                        + "' of brand Shop: expected an ISO 3166-1 alpha-2 code in capitals, such as VN");
    }

    @Test
    void refusesALanguageThatIsNoTag() {
        assertThatThrownBy(() -> shop.language("vi_VN!"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("language 'vi_VN!' of brand Shop: expected a BCP 47 tag such as vi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://shop.example/u/", "shop.example/u/", "https:///u/", "https://shop.example/u /"})
    void refusesAnOptOutPageThatOneClickCannotCall(String url) {
        assertThatThrownBy(() -> shop.optOutByWeb(url))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("opt-out page '" + url
                        + "' of brand Shop: expected an https address, as one-click unsubscription (RFC 8058) demands");
    }

    @Test
    void refusesSendersAndOptOutsThatNobodyCanReach() {
        var shop = Brand.named("Shop");

        assertThatThrownBy(() -> shop.sender(Channel.EMAIL, "not a mail"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("sender on email of brand 'Shop': 'not a mail', expected a mail address such as"
                        + " news@shop.example");
        assertThatThrownBy(() -> shop.optOutByEmail("x"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("opt-out by e-mail of brand 'Shop': e-mail address 'x': expected one address such as"
                        + " mai@example.com, without spaces, brackets or line breaks");
        assertThatThrownBy(() -> shop.optOutByCall("hello"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("opt-out by call of brand 'Shop': 'hello', expected a number such as 1900 0000");
    }
}
