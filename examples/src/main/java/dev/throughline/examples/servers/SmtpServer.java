// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/**
 * A real SMTP server in this process: it listens on a free port of the loopback interface, takes every mail for every
 * recipient, stamps it with the given clock and delivers nothing.
 *
 * <p>It can be told to misbehave as servers do: {@link #answering} per recipient, {@link #downBetween} by its clock. Safe
 * for many threads and connections. An idle connection is kept for ten minutes of real time.
 */
public final class SmtpServer implements AutoCloseable {

    private static final Duration IDLE = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final SMTPServer server;
    private final List<ReceivedMail> received = new ArrayList<>();
    private volatile Function<String, SmtpAnswer> answers = recipient -> SmtpAnswer.ACCEPT;
    private volatile Outage outage = Outage.NEVER;
    private volatile boolean keepsBodies;

    private SmtpServer(InstantSource clock) {
        this.clock = clock;
        this.server = new SMTPServer.Builder()
                .bindAddress(InetAddress.getLoopbackAddress())
                .port(0)
                .hostName("localhost")
                .softwareName("examples")
                .connectionTimeoutMs((int) IDLE.toMillis())
                .insertReceivedHeaders(false)
                .sessionHandler(new Door())
                .messageHandlerFactory(Transaction::new)
                .build();
    }

    /** A server that is not started yet and will stamp what it receives with {@code clock}. */
    public static SmtpServer on(InstantSource clock) {
        return new SmtpServer(clock);
    }

    /** Begins to listen; a server starts once. */
    public SmtpServer start() {
        server.start();
        return this;
    }

    /** The port it listens on, known once it has started. */
    public int port() {
        return server.getPortAllocated();
    }

    /** A copy of what has been taken so far, in the order of arrival. */
    public List<ReceivedMail> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** Keeps the bodies of the mails that arrive from now on; by default only the headers are kept. */
    public SmtpServer keepingBodies() {
        keepsBodies = true;
        return this;
    }

    /** Answers each recipient from now on as {@code answers} says, which several threads may ask at once. */
    public SmtpServer answering(Function<String, SmtpAnswer> answers) {
        this.answers = answers;
        return this;
    }

    /**
     * Is down while its clock stands in [{@code from}, {@code to}): new connections end before the greeting, open ones
     * when a transaction is begun on them or its data ends. No mail is taken, and nothing is answered. Replaces an
     * earlier outage.
     */
    public SmtpServer downBetween(Instant from, Instant to) {
        outage = new Outage(from, to);
        return this;
    }

    /** Stops listening and ends all connections; idempotent. What was received can still be read. */
    @Override
    public void close() {
        server.stop();
    }

    private boolean isDown() {
        return outage.covers(clock.instant());
    }

    private static DropConnectionException hangUp(MessageContext context) {
        // Closed first, so that the reply which the exception would send has nowhere to go.
        ((Session) context).quit();
        return new DropConnectionException();
    }

    private final class Door implements SessionHandler {

        @Override
        public SessionAcceptance accept(Session session) {
            if (!isDown()) {
                return SessionAcceptance.success();
            }
            session.quit();
            return SessionAcceptance.failure(421, "down");
        }

        @Override
        public void onSessionEnd(Session session) {}
    }

    private final class Transaction implements MessageHandler {

        private final MessageContext context;
        private final List<String> recipients = new ArrayList<>();
        private String sender = "";
        private boolean dropping;

        Transaction(MessageContext context) {
            this.context = context;
        }

        @Override
        public void from(String from) throws RejectException {
            if (isDown()) {
                throw hangUp(context);
            }
            sender = from;
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            var answer = answers.apply(recipient);
            if (answer == SmtpAnswer.REJECT) {
                throw new RejectException(550, "5.1.1 no such mailbox here");
            }
            if (answer == SmtpAnswer.DEFER) {
                throw new RejectException(451, "4.3.0 try again later");
            }
            dropping |= answer == SmtpAnswer.DROP_AFTER_DATA;
            recipients.add(recipient);
        }

        @Override
        public @Nullable String data(InputStream data) throws RejectException, IOException {
            var content = new String(data.readAllBytes(), StandardCharsets.ISO_8859_1);
            if (isDown()) {
                throw hangUp(context);
            }
            keep(content);
            if (dropping) {
                throw hangUp(context);
            }
            return null;
        }

        @Override
        public void done() {}

        private void keep(String content) {
            var kept = keepsBodies ? content : head(content);
            synchronized (received) {
                received.add(new ReceivedMail(clock.instant(), sender, recipients, kept));
            }
        }

        private static String head(String content) {
            int end = content.indexOf("\r\n\r\n");
            return end < 0 ? content : content.substring(0, end + 4);
        }
    }
}
