// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import dev.throughline.testkit.AdapterConformance;
import dev.throughline.testkit.HttpProviderDouble;
import dev.throughline.testkit.ProviderDouble;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Set;

class ChatConformanceTest extends AdapterConformance {

    /** The host's; it outlives its adapters. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Override
    protected ProviderDouble startProvider() {
        return new Chat();
    }

    private static final class Chat extends HttpProviderDouble {

        @Override
        public ChannelAdapter adapter() {
            return new ChatAdapter(url(), HTTP);
        }

        @Override
        protected String idOf(Call call) {
            return call.header("Idempotency-Key");
        }

        @Override
        protected Answer answer(Mood mood, Call call, boolean repeated) {
            return switch (mood) {
                case KNOWING_NO_RECIPIENT -> new Answer(404, "nobody at +84901234567");
                case THROTTLING -> new Answer(429, "");
                default -> new Answer(202, "chat/" + idOf(call));
            };
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.REFERENCES, Capability.MESSAGE_IDS);
        }

        @Override
        public Address recipient() {
            return Address.phone("+84 90 123 4567");
        }

        @Override
        public Sender sender() {
            return Sender.of("Shop");
        }

        @Override
        public Content content(String words) {
            return new TextContent(words);
        }

        @Override
        public List<Content> unfit() {
            return List.of();
        }
    }
}
