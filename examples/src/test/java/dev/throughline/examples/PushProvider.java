// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import dev.throughline.testkit.HttpProviderDouble;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The push service of {@link PushAdapter}, as the suite of adapters wants it. */
final class PushProvider extends HttpProviderDouble {

    static final String KEY = "k3y-of-the-shop";
    static final String DEVICE = "device-of-mai-0001";

    @Override
    public ChannelAdapter adapter() {
        return new PushAdapter(url(), KEY);
    }

    @Override
    protected @Nullable String idOf(Call call) {
        return call.method().equals("POST") ? call.header("Idempotency-Key") : null;
    }

    @Override
    protected Answer answer(Mood mood, Call call, boolean repeated) {
        return switch (mood) {
            case KNOWING_NO_RECIPIENT -> new Answer(410, "no device " + DEVICE);
            case THROTTLING ->
                new Answer(
                        429,
                        "slow down",
                        Map.of("Retry-After", "" + retryAfter().toSeconds()));
            case REFUSING_LOGIN -> new Answer(401, "who is " + KEY);
            default -> new Answer(repeated ? 409 : 202, "push-" + idOf(call));
        };
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.LOOK_UP));
    }

    @Override
    public Address recipient() {
        return Address.of("push", DEVICE);
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
        return List.of(new EmailContent("Hello", "<p>Hello</p>", ""));
    }

    @Override
    public List<String> secrets() {
        return List.of(KEY);
    }

    @Override
    public Optional<Callbacks> callbacks() {
        return Optional.of(new Callbacks(
                List.of(
                        signed("reference=push-7&event=shown&at=2026-11-23T02:00:00Z", KEY),
                        signed("reference=push-8&event=gone&at=2026-11-23T02:00:00Z", KEY)),
                List.of(signed("reference=push-9&event=shown&at=2026-11-23T02:00:00Z", "guessed"))));
    }

    static RawCallback signed(String body, String key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            String signature = HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
            return new RawCallback(
                    "POST", "/hooks/push", Map.of("X-Signature", List.of(signature)), body.getBytes(UTF_8));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
