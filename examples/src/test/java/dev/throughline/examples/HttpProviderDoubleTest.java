// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.testkit.ProviderDouble.Mood;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HttpProviderDoubleTest {

    @Test
    void answersWhatIsNoMessageAlsoWhileItIsSilent() throws Exception {
        try (var push = new PushProvider()) {
            push.turn(Mood.SILENT);

            assertThat(get(push.url().resolve("/token")).statusCode()).isEqualTo(202);
            assertThat(push.taken()).isEmpty();
            assertThat(push.submissions()).hasValue(0);
            assertThat(push.connections()).isOne();
        }
    }

    private static HttpResponse<String> get(URI at) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(at).build(), HttpResponse.BodyHandlers.ofString());
    }
}
