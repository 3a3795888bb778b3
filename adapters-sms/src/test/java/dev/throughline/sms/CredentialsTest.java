// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    private final Credentials credentials = Credentials.of(Map.of("SecretKey", "s3cret", "ApiKey", "k3y"));

    @Test
    void printsNamesOnly() {
        assertThat(credentials).hasToString("Credentials[ApiKey, SecretKey]");
    }

    @Test
    void saysWhichSecretsThereAre() {
        assertThat(credentials.require("ApiKey")).isEqualTo("k3y");
        assertThatThrownBy(() -> credentials.require("Token"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("credentials: no 'Token'; there are [ApiKey, SecretKey]");
    }

    @Test
    void refusesAnEmptySecret() {
        assertThatThrownBy(() -> Credentials.of(Map.of("ApiKey", " ")))
                .hasMessage("credentials: 'ApiKey' is empty; expected its value");
    }
}
