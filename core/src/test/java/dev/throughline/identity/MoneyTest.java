// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "850, 850000000, 850 VND",
        "0.0075, 7500, 0.0075 VND",
        "1E+3, 1000000000, 1000 VND",
        "-0.5, -500000, -0.5 VND",
        "0, 0, 0 VND",
        "0.000000, 0, 0 VND",
        "1.000000000, 1000000, 1 VND",
        "9223372036854.775807, 9223372036854775807, 9223372036854.775807 VND"
    })
    void countsInMillionths(String amount, long micros, String shown) {
        var money = Money.of(amount, "VND");

        assertThat(money.micros()).isEqualTo(micros);
        assertThat(money).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0000001", "9223372036854.775808", "-9223372036854.775809", " 5", "NaN", "", "1,5"})
    void refusesWhatItCannotCount(String amount) {
        assertThatThrownBy(() -> Money.of(amount, "VND"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("amount '" + amount + "': expected a number of at most six decimals below 9 * 10^12");
    }

    @Test
    void refusesAnAmountBeyondAllMeasureAtOnce() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThatThrownBy(
                        () -> Money.of("1E+100000000", "VND"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("amount '1E+100000000': expected a number of at most six decimals below 9 * 10^12"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vnd", "VN", "VNDD", "ĐỒN"})
    void refusesACurrencyThatIsNone(String currency) {
        assertThatThrownBy(() -> Money.of("1", currency))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("currency '" + currency + "': expected an ISO 4217 code such as VND");
    }

    @Test
    void wholeUnitsAndTextsAreOneAmount() {
        assertThat(Money.of(850, "VND")).isEqualTo(Money.of("850.00", "VND"));
        assertThat(Money.of("0.05", "USD").times(3)).isEqualTo(Money.of("0.15", "USD"));
    }

    @Test
    void neverOverflowsInSilence() {
        assertThatThrownBy(() -> Money.of(Long.MAX_VALUE, "VND")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.of(1, "VND").times(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    }
}
