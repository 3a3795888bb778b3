// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import static dev.throughline.email.Letters.letter;
import static dev.throughline.email.Letters.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

@Timeout(60)
class TlsTest {

    private static SSLContext localhost;

    @BeforeAll
    static void makesACertificate(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("localhost.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int status = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "smtp",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start()
                .waitFor();
        assertThat(status).isZero();
        localhost = context(file);
    }

    @Test
    void sendsOverStartTls() {
        try (var server = new MailServer(TlsTest::withTls);
                var smtp = at("localhost", server).tls(Tls.REQUIRED)) {
            assertThat(send(smtp, letter())).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.received).hasSize(1);
        }
    }

    @Test
    void sendsOverTlsFromTheFirstByte() {
        try (var server = new MailServer(settings -> settings.serverSocketFactory(localhost));
                var smtp = at("localhost", server).tls(Tls.IMPLICIT)) {
            assertThat(send(smtp, letter())).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Test
    void givesNothingToAServerWithoutTheTlsItRequires() {
        try (var server = new ScriptedServer();
                var smtp = server.client().tls(Tls.REQUIRED)) {
            assertThat(send(smtp, letter()))
                    .isEqualTo(new SendResult.NotSent(
                            FailureCause.NETWORK,
                            Scope.CHANNEL,
                            null,
                            "127.0.0.1:" + server.port()
                                    + ": STARTTLS is required but host does not support STARTTLS"));
            assertThat(server.commands).containsExactly("EHLO [127.0.0.1]");
        }
    }

    @Test
    void givesNothingToAServerWhoseCertificateIsUntrustedOrForAnotherName() {
        try (var server = new MailServer(TlsTest::withTls);
                var untrusting = SmtpEmail.at("localhost", server.port());
                var elsewhere = at("127.0.0.1", server).tls(Tls.REQUIRED);
                var implicit = new MailServer(settings -> settings.serverSocketFactory(localhost));
                var elsewhereToo = at("127.0.0.1", implicit).tls(Tls.IMPLICIT)) {
            assertNotConnected(send(untrusting, letter()));
            assertNotConnected(send(elsewhere, letter()));
            assertNotConnected(send(elsewhereToo, letter()));
            assertThat(server.received).isEmpty();
        }
    }

    @Test
    void takesTlsWhereThereIsSomeAndDoesWithoutWhereThereIsNone() {
        try (var secure = new MailServer(settings -> withTls(settings).requireTLS());
                var plain = new MailServer();
                var toSecure = at("localhost", secure).tls(Tls.OPPORTUNISTIC);
                var toPlain = at("localhost", plain).tls(Tls.OPPORTUNISTIC)) {
            assertThat(send(toSecure, letter())).isInstanceOf(SendResult.Accepted.class);
            assertThat(send(toPlain, letter())).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Test
    void neverSaysAPasswordInTheClear() {
        try (var server = new ScriptedServer().extension("AUTH PLAIN LOGIN");
                var smtp = server.client().tls(Tls.OPPORTUNISTIC).credentials("shop", () -> "s3cret")) {
            assertThat(send(smtp, letter())).isInstanceOf(SendResult.NotSent.class);
            assertThat(server.commands).containsExactly("EHLO [127.0.0.1]");
        }
    }

    @Test
    void logsInWithTheSecretOfTheDay() {
        var secret = new AtomicReference<>("yesterday");
        try (var server = new MailServer(settings -> withTls(settings)
                        .requireAuth()
                        .authenticationHandlerFactory(
                                new EasyAuthenticationHandlerFactory((user, password, context) -> {
                                    if (!user.equals("shop") || !password.equals("today")) {
                                        throw new LoginFailedException("wrong password for " + user);
                                    }
                                })));
                var smtp = at("localhost", server).tls(Tls.REQUIRED).credentials("shop", secret::get)) {
            SendResult before = send(smtp, letter());
            secret.set("today");
            SendResult after = send(smtp, letter());

            assertThat(before).isInstanceOfSatisfying(SendResult.NotSent.class, notSent -> {
                assertThat(notSent.cause()).isEqualTo(FailureCause.AUTH);
                assertThat(notSent.scope()).isEqualTo(Scope.CHANNEL);
                assertThat(notSent.retryAfter()).isEqualTo(Duration.ofMinutes(5));
                assertThat(notSent.detail()).startsWith("535 ");
            });
            assertThat(after).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Test
    void losesNoMailWhenThePasswordChangesWhileMailsGoOut() {
        var valid = new AtomicReference<>("old");
        var vault = new AtomicReference<>("old");
        var asked = new AtomicInteger();
        try (var server = new MailServer(settings -> requiring(valid, settings));
                var smtp = at("localhost", server)
                        .tls(Tls.REQUIRED)
                        .connections(2)
                        .messagesPerConnection(2)
                        .credentials("shop", () -> {
                            String known = vault.get();
                            vault.set(valid.get()); // what changes is known to the vault a moment later
                            asked.incrementAndGet();
                            return known;
                        })) {
            for (int number = 0; number < 24; number++) {
                if (number == 7 || number == 16) {
                    valid.set("new since " + number);
                }
                assertThat(send(smtp, letter(number))).isInstanceOf(SendResult.Accepted.class);
            }
            assertThat(server.received).hasSize(24);
            assertThat(asked).hasValueGreaterThan(12);
        }
    }

    @Test
    void asksOnceMoreOnlyWhenALoginIsRefused() {
        var asked = new AtomicInteger();
        try (var server = new MailServer(settings -> requiring(new AtomicReference<>("right"), settings));
                var smtp = at("localhost", server).tls(Tls.REQUIRED).credentials("shop", () -> {
                    asked.incrementAndGet();
                    return "wrong";
                })) {
            assertThat(send(smtp, letter())).isInstanceOf(SendResult.NotSent.class);
            assertThat(asked).hasValue(2);
            assertThat(server.connections)
                    .as("the same password is not tried again")
                    .hasValue(1);
        }
    }

    private static SMTPServer.Builder requiring(AtomicReference<String> valid, SMTPServer.Builder settings) {
        return withTls(settings)
                .requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {
                    if (!password.equals(valid.get())) {
                        throw new LoginFailedException("wrong password for " + user);
                    }
                }));
    }

    @Test
    void survivesASecretThatCannotBeHad() {
        try (var server = new ScriptedServer();
                var smtp = server.client().tls(Tls.REQUIRED).credentials("shop", () -> {
                    throw new IllegalStateException("vault is locked");
                })) {
            assertThat(send(smtp, letter()))
                    .isEqualTo(new SendResult.NotSent(
                            FailureCause.UNCLASSIFIED, Scope.MESSAGE, null, "java.lang.IllegalStateException"));
        }
    }

    private static void assertNotConnected(SendResult result) {
        assertThat(result).isInstanceOfSatisfying(SendResult.NotSent.class, notSent -> {
            assertThat(notSent.cause()).isEqualTo(FailureCause.NETWORK);
            assertThat(notSent.scope()).isEqualTo(Scope.CHANNEL);
        });
    }

    private static SmtpEmail at(String host, MailServer server) {
        return SmtpEmail.at(host, server.port()).trusting(localhost);
    }

    private static SMTPServer.Builder withTls(SMTPServer.Builder settings) {
        return settings.enableTLS().startTlsSocketFactory(localhost);
    }

    private static SSLContext context(Path file) throws Exception {
        char[] password = "changeit".toCharArray();
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, password);
        }
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, password);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
