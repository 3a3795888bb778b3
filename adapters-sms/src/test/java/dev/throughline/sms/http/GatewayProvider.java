// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import dev.throughline.sms.Credentials;
import dev.throughline.testkit.HttpProviderDouble;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A gateway of the description {@code generic}, as the suite of adapters wants it. */
final class GatewayProvider extends HttpProviderDouble {

    private static final String TOKEN = "t0ken-of-the-shop";
    private static final String CALLBACK_SECRET = "c4llback-of-the-shop";

    @Override
    public ChannelAdapter adapter() {
        var secrets = Map.of("Url", url() + "send", "Token", TOKEN, "CallbackSecret", CALLBACK_SECRET);
        return HttpSms.gateway("generic", Credentials.of(secrets)).callbackUrl("https://shop.example/hooks/sms");
    }

    @Override
    protected @Nullable String idOf(Call call) {
        return call.method().equals("GET") ? null : call.header("Idempotency-Key");
    }

    @Override
    protected Answer answer(Mood mood, Call call, boolean repeated) {
        if (call.method().equals("GET")) {
            return status(call.target().substring(call.target().lastIndexOf('/') + 1));
        }
        return switch (mood) {
            case KNOWING_NO_RECIPIENT ->
                new Answer(200, "{\"code\":\"bad-number\",\"message\":\"nobody at +84901234567\"}");
            case THROTTLING ->
                new Answer(
                        429,
                        "{\"code\":\"busy\"}",
                        Map.of("Retry-After", "" + retryAfter().toSeconds()));
            case REFUSING_LOGIN -> new Answer(401, "{\"message\":\"no such token: " + TOKEN + "\"}");
            default ->
                new Answer(
                        200,
                        "{\"status\":\"" + (repeated ? "" : "accepted") + "\",\"code\":\""
                                + (repeated ? "duplicate" : "") + "\",\"messageId\":\"m-" + idOf(call) + "\"}");
        };
    }

    private Answer status(String id) {
        return taken().contains(id)
                ? new Answer(200, "{\"status\":\"sent\",\"messageId\":\"m-" + id + "\"}")
                : new Answer(404, "{\"code\":\"unknown-message\"}");
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public Address recipient() {
        return Address.phone("+84 90 123 4567");
    }

    @Override
    public Sender sender() {
        return Sender.of("SHOP");
    }

    @Override
    public Content content(String words) {
        return new TextContent(words);
    }

    @Override
    public List<Content> unfit() {
        return List.of(new EmailContent("Hello", "<p>Hello</p>", ""));
    }

    @Override
    public List<String> secrets() {
        return List.of(TOKEN, CALLBACK_SECRET);
    }

    @Override
    public Optional<Callbacks> callbacks() {
        String delivered = "{\"messageId\":\"m1\",\"status\":\"delivered\",\"at\":\"2026-11-23T08:59:00+07:00\"}";
        String reply = "{\"messageId\":\"i1\",\"from\":\"+84901234567\",\"to\":\"8088\",\"text\":\"STOP\","
                + "\"at\":\"2026-11-23T09:00:00+07:00\"}";
        return Optional.of(new Callbacks(
                List.of(call("?token=" + CALLBACK_SECRET, delivered), call("?token=" + CALLBACK_SECRET, reply)),
                List.of(call("?token=guessed", delivered), call("", reply))));
    }

    private static RawCallback call(String query, String json) {
        return new RawCallback(
                "POST",
                "/hooks/sms" + query,
                Map.of("Content-Type", List.of("application/json")),
                json.getBytes(UTF_8));
    }
}
