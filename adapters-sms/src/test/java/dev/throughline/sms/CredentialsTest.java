// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import java.util.Map;
import java.util.TreeMap;
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
    void tellsWhatItsSourceTellsNow() {
        var secrets = new TreeMap<>(Map.of("Token", "old"));
        var changing = Credentials.from(() -> secrets);
        var before = changing.now();

        secrets.put("Token", "new");

        assertThat(changing.require("Token")).isEqualTo("new");
        assertThat(before.require("Token")).isEqualTo("old");
        assertThat(changing).hasToString("Credentials from a source");
        secrets.put("Token", "");
        assertThatThrownBy(changing::now).hasMessage("credentials: 'Token' is empty; expected its value");
    }

    @Test
    void refusesAnEmptySecret() {
        assertThatThrownBy(() -> Credentials.of(Map.of("ApiKey", " ")))
                .hasMessage("credentials: 'ApiKey' is empty; expected its value");
    }
}
