// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    @ParameterizedTest
    @ValueSource(strings = {"+84901234567", "+84 90 123 4567", "+84-90-123-4567", " +84 (90) 123 4567 "})
    void knowsANumberInAnyInternationalForm(String written) {
        assertThat(Identity.phone(written).value()).isEqualTo("+84901234567");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0901 234 567", "84901234567", "0084901234567"})
    void suggestsTheFormThatANationalNumberMayMean(String written) {
        assertThatThrownBy(() -> Identity.phone(written))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("phone number '" + written + "': expected the international form with '+' and country code,"
                        + " such as +84901234567 if it is Vietnamese");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8x8", "", "+84", "+999 12345678"})
    void refusesANumberInAnotherForm(String written) {
        assertThatThrownBy(() -> Identity.phone(written))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("phone number '" + written
                        + "': expected the international form with '+' and country code, such as +84901234567");
    }

    @ParameterizedTest
    @CsvSource({"+1 202 555 0123, US", "+49 30 901820, DE", "+84 90 123 4567, VN", "+883 510 012345, ''"})
    void knowsTheCountryOfAForeignNumber(String written, String country) {
        assertThat(Address.phone(written).country()).isEqualTo(country);
    }

    @Test
    void showsLineBreaksAndEndlessNumbersSafely() {
        assertThatThrownBy(() -> Identity.phone("+84 90\r\nBcc: all@example.com"))
                .hasMessage("phone number '+84 90\\r\\nBcc: all@example.com':"
                        + " expected the international form with '+' and country code, such as +84901234567");
        assertThatThrownBy(() -> Identity.phone("9".repeat(10_000_000)))
                .hasMessage("phone number '" + "9".repeat(60)
                        + "…': expected the international form with '+' and country code, such as +84901234567");
    }

    @Test
    void refusesAnAddressWithALineBreak() {
        assertThatThrownBy(() -> Identity.email("mai@example.com\r\nBcc: all@example.com"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("e-mail address 'mai@example.com\\r\\nBcc: all@example.com':"
                        + " expected one address such as mai@example.com, without spaces, brackets or line breaks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mai", "@example.com", "mai@", "a@b,c@d", "Mai <mai@example.com>", "mai@exa mple.com"})
    void refusesWhatIsNotOneAddress(String written) {
        assertThatThrownBy(() -> Address.email(written))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("e-mail address '" + written
                        + "': expected one address such as mai@example.com, without spaces, brackets or line breaks");
    }

    @Test
    void refusesANameThatIsMissingEmptyOrEndless() {
        assertThatThrownBy(() -> Identity.userId(null))
                .hasMessage("identity value is missing: expected 1 to 256 characters, such as userId:KH-88123");
        assertThatThrownBy(() -> Identity.userId("  "))
                .hasMessage("identity value of 2 characters:"
                        + " expected 1 to 256 characters without line breaks or other control characters");
        assertThatThrownBy(() -> Identity.userId("K".repeat(10_000_000)))
                .hasMessage("identity value of 10000000 characters:"
                        + " expected 1 to 256 characters without line breaks or other control characters");
    }
}
