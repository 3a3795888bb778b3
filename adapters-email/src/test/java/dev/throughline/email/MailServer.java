// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/** A real SMTP server in the process, which keeps what it takes and counts who comes. */
final class MailServer implements AutoCloseable {

    final List<Received> received = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    private final AtomicInteger open = new AtomicInteger();
    private final SMTPServer server;

    MailServer() {
        this(0, builder -> builder);
    }

    MailServer(UnaryOperator<SMTPServer.Builder> settings) {
        this(0, settings);
    }

    MailServer(int port, UnaryOperator<SMTPServer.Builder> settings) {
        var builder = SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .messageHandler((context, from, to, data) -> take(new Received(from, to, data)))
                .sessionHandler(new Counter());
        server = settings.apply(builder).build();
        server.start();
    }

    private void take(Received mail) throws RejectException {
        received.add(mail);
    }

    int port() {
        return server.getPortAllocated();
    }

    SmtpEmail client() {
        return SmtpEmail.at("localhost", port()).tls(Tls.NONE);
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Counter implements SessionHandler {

        @Override
        public SessionAcceptance accept(Session session) {
            connections.incrementAndGet();
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            return SessionAcceptance.success();
        }

        @Override
        public void onSessionEnd(Session session) {
            open.decrementAndGet();
        }
    }
}
