// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import dev.throughline.identity.Address;
import dev.throughline.identity.ThroughlineException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {

    private static final List<Persona> PERSONAS = IntStream.range(12_346, 18_288)
            .mapToObj(id -> Scenario.persona(Integer.toString(id)))
            .toList();

    @Test
    void givesACustomerTheSamePersonaForEver() {
        assertThat(Scenario.persona("17850"))
                .isEqualTo(new Persona(
                        "17850",
                        "Linh",
                        "linh.17850@example.com",
                        "+84570017850",
                        "en",
                        Scenario.ZONE,
                        "VN",
                        true,
                        true,
                        false,
                        false));
    }

    @Test
    void sharesNoAddressBetweenCustomers() {
        assertThat(PERSONAS).extracting(Persona::email).doesNotHaveDuplicates();
        assertThat(PERSONAS).extracting(Persona::phone).doesNotHaveDuplicates();
    }

    @Test
    void usesOnlyReservedDomainsAndPlainAsciiLocalParts() {
        assertThat(PERSONAS)
                .allSatisfy(persona -> assertThat(persona.email()).matches("[a-z]+\\.\\d+@example\\.(com|org|net)"));
    }

    @Test
    void usesNumbersOfAMobilesLengthThatNoOperatorHolds() throws NumberParseException {
        var numbers = PhoneNumberUtil.getInstance();
        for (var persona : PERSONAS) {
            var number = numbers.parse(persona.phone(), null);
            assertThat(numbers.isPossibleNumberForTypeWithReason(number, PhoneNumberType.MOBILE))
                    .isEqualTo(ValidationResult.IS_POSSIBLE);
            assertThat(numbers.isValidNumber(number)).as(persona.phone()).isFalse();
        }
    }

    @Test
    void givesAddressesInTheLibrarysNormalForm() {
        assertThat(PERSONAS).allSatisfy(persona -> {
            assertThat(Address.email(persona.email()).value()).isEqualTo(persona.email());
            assertThat(Address.phone(persona.phone()).value()).isEqualTo(persona.phone());
            assertThat(Address.phone(persona.phone()).country()).isEqualTo(persona.residence());
        });
    }

    @Test
    void grantsConsentsInTheSharesItDeclares() {
        assertThat(percent(Persona::grantsEmail)).isBetween(68.0, 72.0);
        assertThat(percent(Persona::grantsSms)).isBetween(58.0, 62.0);
        assertThat(percent(Persona::grantsTracking)).isBetween(48.0, 52.0);
        assertThat(percent(Persona::onDoNotCallList)).isBetween(2.0, 4.0);
        assertThat(percent(persona -> persona.language().equals("vi"))).isBetween(83.0, 87.0);
        assertThat(percent(persona -> persona.grantsEmail() && persona.grantsSms()))
                .isBetween(40.0, 44.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "012", "12345678", "KH-1"})
    void refusesAnIdThatDoesNotFitItsPhoneRange(String id) {
        assertThatExceptionOfType(ThroughlineException.class)
                .isThrownBy(() -> Scenario.persona(id))
                .withMessage("customer id is \"" + id + "\", expected a number of at most 7 digits");
    }

    private static double percent(Predicate<Persona> predicate) {
        return 100.0 * PERSONAS.stream().filter(predicate).count() / PERSONAS.size();
    }
}
