// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
    @ValueSource(strings = {"8x8", "", "+84", "+999 12345678", "+1 555 0123"})
    void refusesANumberInAnotherForm(String written) {
        assertThatThrownBy(() -> Identity.phone(written))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("phone number '" + written
                        + "': expected the international form with '+' and country code, such as +84901234567");
    }

    @ParameterizedTest
    @CsvSource({
        "+1 202 555 0123, US",
        "+1 416 555 1234, CA",
        "+7 495 123 45 67, RU",
        "+7 701 123 45 67, KZ",
        "+44 20 7946 0018, GB",
        "+44 1534 123456, JE",
        "+49 30 901820, DE",
        "+84 90 123 4567, VN",
        "+84 1900 0000, VN",
        "+1 000 000 0000, US",
        "+883 510 012345, ''"
    })
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

    @ParameterizedTest
    @ValueSource(strings = {"a\ud800", "\udc00b", "\udc00\ud800", "a\ud83c\udf75\udf75", "\ud83c\ud83c\udf75"})
    void refusesHalvesOfCharactersThatBytesCannotTellApart(String halves) {
        assertThatThrownBy(() -> Identity.userId(halves))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("identity value of " + halves.length() + " characters: expected 1 to 256 characters"
                        + " without line breaks, control characters or halves of characters");
    }

    @Test
    void takesCharactersOfTwoHalves() {
        assertThat(Identity.userId("\ud83c\udf75\ud83c\udf75").value()).hasSize(4);
    }

    @Test
    void refusesAnAddressWithALineBreak() {
        assertThatThrownBy(() -> Identity.email("mai@example.com\r\nBcc: all@example.com"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("e-mail address 'mai@example.com\\r\\nBcc: all@example.com':"
                        + " expected one address such as mai@example.com, without spaces, brackets or line breaks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mai",
                "@example.com",
                "mai@",
                "a@b,c@d",
                "a@b;c@d",
                "a@b@c",
                "mailto:mai@example.com",
                "Mai <mai@example.com>",
                "mai@exa mple.com",
                "mai\u00a0mai@example.com",
                "\u200bmai@example.com",
                "mai@exam\u00adple.com"
            })
    void refusesWhatIsNotOneAddress(String written) {
        assertThatThrownBy(() -> Address.email(written))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("e-mail address '" + written
                        + "': expected one address such as mai@example.com, without spaces, brackets or line breaks");
    }

    @ParameterizedTest
    @ValueSource(strings = {" Mai@Example.COM ", "mai@example.com", "MAI@EXAMPLE.COM"})
    void knowsAnAddressInLowerCase(String written) {
        assertThat(Identity.email(written)).isEqualTo(Identity.of("email", "mai@example.com"));
        assertThat(Address.parse(Address.email(written).toString())).isEqualTo(Address.email("mai@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"o'neil+shop@example.com", "mai@xn--th-q1a.vn", "mai@thư.vn", "\"a@b\"@example.com"})
    void takesUnusualAddresses(String written) {
        assertThat(Address.email(written).value()).isEqualTo(written);
    }

    @Test
    void filesUnderTheMostTrustedName() {
        var names = List.of(
                Identity.device("d"),
                Identity.anonymousId("a"),
                Identity.of("zaloId", "z"),
                Identity.phone("+84901234567"),
                Identity.email("mai@example.com"),
                Identity.loyaltyCard("c"),
                Identity.userId("u"));

        assertThat(names.stream().sorted().map(Identity::type))
                .containsExactly("userId", "loyaltyCard", "email", "phone", "zaloId", "anonymousId", "device");
    }

    @Test
    void refusesTextThatIsNoAddress() {
        assertThatThrownBy(() -> Address.parse("mai"))
                .hasMessage("address 'mai': expected kind:value, such as email:mai@example.com");
    }

    @Test
    void refusesANameThatIsMissingEmptyOrEndless() {
        assertThatThrownBy(() -> Identity.userId(null))
                .hasMessage("identity value is missing: expected 1 to 256 characters, such as userId:KH-88123");
        assertThatThrownBy(() -> Identity.userId("  "))
                .hasMessage(
                        "identity value of 2 characters:"
                                + " expected 1 to 256 characters without line breaks, control characters or halves of characters");
        assertThatThrownBy(() -> Identity.userId("K".repeat(10_000_000)))
                .hasMessage(
                        "identity value of 10000000 characters:"
                                + " expected 1 to 256 characters without line breaks, control characters or halves of characters");
    }
}
