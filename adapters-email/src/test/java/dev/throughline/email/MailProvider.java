// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.TemplateContent;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import dev.throughline.testkit.ProviderDouble;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The scripted server as the suite of adapters wants it. */
final class MailProvider implements ProviderDouble {

    private static final Pattern OUR_ID = Pattern.compile("(?im)^Message-ID: <([0-9a-f]{32})@");

    private final ScriptedServer server = new ScriptedServer();

    @Override
    public ChannelAdapter adapter() {
        return server.client();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.REFERENCES, Capability.MESSAGE_IDS, Capability.HEALTH);
    }

    @Override
    public Address recipient() {
        return Address.email("mai@example.com");
    }

    @Override
    public Sender sender() {
        return Sender.of("Shop <news@shop.example>");
    }

    @Override
    public Content content(String words) {
        return new EmailContent(words, "<p>" + words + "</p>", words);
    }

    @Override
    public List<Content> unfit() {
        return List.of(new TextContent("Hello"), new TemplateContent("t-7", "vi", Map.of()));
    }

    @Override
    public void turn(Mood mood) {
        List.of("RCPT", ".").forEach(server::usually);
        switch (mood) {
            case ACCEPTING -> server.start();
            case KNOWING_NO_RECIPIENT -> server.answer("RCPT", "550 5.1.1 <mai@example.com> does not exist here");
            case THROTTLING -> server.answer("RCPT", "450 4.7.1 too many messages, mai@example.com must wait");
            case REFUSING_LOGIN -> throw new IllegalArgumentException("not declared: a login needs TLS, see TlsTest");
            case SILENT -> server.answer(".", ScriptedServer.SILENCE);
            case DROPPING -> server.answer(".", ScriptedServer.HANG_UP);
            case DOWN -> server.stop();
        }
    }

    @Override
    public List<String> taken() {
        return server.messages.stream().map(MailProvider::ourId).toList();
    }

    private static String ourId(String message) {
        var id = OUR_ID.matcher(message);
        return id.find() ? id.group(1) : "";
    }

    @Override
    public int connections() {
        return server.connections.get();
    }

    @Override
    public Optional<Path> logFile() {
        return Optional.of(Path.of("target", "test.log"));
    }

    @Override
    public void close() {
        server.close();
    }
}
