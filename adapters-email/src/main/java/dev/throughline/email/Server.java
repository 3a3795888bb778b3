// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.identity.ThroughlineException;
import jakarta.mail.URLName;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Which server to dial, and how.
 *
 * @param context where TLS sockets come from, or {@code null} for the JVM's own
 * @param login who logs in, or {@code null}
 * @param connectTimeout for each step of making a connection
 */
record Server(
        String host,
        int port,
        Tls tls,
        @Nullable SSLContext context,
        @Nullable Login login,
        Duration connectTimeout) {

    private static final int SUBMISSIONS = 465; // RFC 8314 section 7.3

    Server {
        if (!host.matches("[A-Za-z0-9.:_-]+")) {
            throw new ThroughlineException(
                    "SMTP host '" + Refusal.printable(host) + "': expected a name such as mail.shop.example");
        }
        if (port < 1 || port > 65_535) {
            throw new ThroughlineException("SMTP port " + port + " of " + host + ": expected 1 to 65535");
        }
        if (login != null && tls == Tls.NONE) {
            throw new ThroughlineException(
                    "SMTP server " + host + ":" + port + ": credentials are only sent over TLS, and tls is NONE");
        }
        if (connectTimeout.toMillis() < 1 || connectTimeout.toMillis() > Integer.MAX_VALUE) {
            throw new ThroughlineException(
                    "connect timeout " + connectTimeout + " of " + host + ": expected at least 1 ms");
        }
    }

    static Server at(String host, int port) {
        Tls tls = port == SUBMISSIONS ? Tls.IMPLICIT : Tls.REQUIRED;
        return new Server(host, port, tls, null, null, Duration.ofSeconds(10));
    }

    Server credentials(String user, Supplier<String> secret) {
        return new Server(host, port, tls, context, new Login(user, secret), connectTimeout);
    }

    Server tls(Tls tls) {
        return new Server(host, port, tls, context, login, connectTimeout);
    }

    Server trusting(SSLContext context) {
        return new Server(host, port, tls, context, login, connectTimeout);
    }

    Server connectTimeout(Duration timeout) {
        return new Server(host, port, tls, context, login, timeout);
    }

    /** Where Angus finds the login; asks for the secret. */
    URLName url() {
        return login == null
                ? new URLName("smtp", host, port, null, null, null)
                : new URLName(
                        "smtp", host, port, null, login.user(), login.secret().get());
    }

    Properties properties() {
        var properties = new Properties();
        properties.setProperty("mail.smtp.auth", String.valueOf(login != null));
        properties.setProperty(
                "mail.smtp.starttls.enable", String.valueOf(tls == Tls.REQUIRED || tls == Tls.OPPORTUNISTIC));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(mustStartTls()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.mime.allowutf8", "true");
        if (context != null) {
            properties.put("mail.smtp.ssl.socketFactory", context.getSocketFactory());
        }
        return properties;
    }

    private boolean mustStartTls() {
        return tls == Tls.REQUIRED || (tls == Tls.OPPORTUNISTIC && login != null);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }

    /** Who logs in; says only that there is somebody. */
    record Login(String user, Supplier<String> secret) {
        @Override
        public String toString() {
            return "login";
        }
    }
}
