// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Angus' SMTP client, which speaks the protocol, with an eye on how far each transaction has come: that, and the server's answer
 * to the last command, is what an honest result is made of. It holds its own socket, so that a deadline can cut it.
 */
final class SmtpConnection extends SMTPTransport {

    private static final Duration LOGIN_PAUSE = Duration.ofMinutes(5);
    private static final int PROBE_MILLIS = 5_000;
    private static final int CLOSING = 421; // RFC 5321 section 3.8

    private final Server server;
    private final URLName login;
    private @Nullable Socket socket;
    private @Nullable Attempt attempt;
    private @Nullable Reply reply;
    private Stage stage = Stage.CONNECT;
    private boolean international = true; // while connecting, to keep Angus from complaining to java.util.logging
    private boolean reusable;

    SmtpConnection(Server server) {
        this(server, server.url());
    }

    private SmtpConnection(Server server, URLName login) {
        super(Session.getInstance(server.properties()), login);
        this.server = server;
        this.login = login;
    }

    /** Whether another one has the same secret. */
    boolean logsInLike(SmtpConnection other) {
        return Objects.equals(login.getPassword(), other.login.getPassword());
    }

    /** Dials; says why it failed, or nothing. */
    @Nullable
    SendResult open(Attempt first) {
        try {
            Socket raw = dial(first);
            raw.setSoTimeout((int) server.connectTimeout().toMillis());
            setLocalHost(literal(raw.getLocalAddress()));
            connect(server.tls() == Tls.IMPLICIT ? inTls(raw) : raw);
            raw.setSoTimeout(0);
            reusable = true;
            return null;
        } catch (MessagingException | IOException | RuntimeException failure) {
            hangUp();
            return unconnected(failure);
        }
    }

    /** Submits one message to its one recipient. */
    SendResult deliver(Mail mail, Attempt current) {
        enter(Stage.MAIL);
        attempt = current;
        international = mail.isInternational();
        reusable = false;
        try {
            current.uses(requireSocket());
            if (international && !supportsExtension("SMTPUTF8")) {
                reusable = true;
                return new SendResult.Rejected(
                        FailureCause.NOT_CAPABLE,
                        Scope.ADDRESS,
                        "the address has letters outside ASCII before the @, and the server has no SMTPUTF8 (RFC 6531)");
            }
            if (supportsExtension("SIZE")) {
                mail.setMailExtension("SIZE=" + mail.octets()); // RFC 1870 section 3
            }
            sendMessage(mail, mail.recipient());
            reusable = true;
            return Replies.accepted(reply);
        } catch (MessagingException | IOException | RuntimeException failure) {
            return undelivered(mail, failure);
        }
    }

    /** Whether the server had left before it heard of the message. */
    boolean wasGoneBefore() {
        return stage == Stage.MAIL && !reusable && (reply == null || reply.code() == CLOSING);
    }

    boolean isReusable() {
        return reusable;
    }

    /** Asks for a sign of life. */
    boolean answers(Attempt current) {
        try {
            Socket raw = requireSocket();
            current.uses(raw);
            raw.setSoTimeout(PROBE_MILLIS);
            boolean alive = isConnected();
            raw.setSoTimeout(0);
            return alive;
        } catch (IOException cut) {
            return false;
        }
    }

    /** Takes leave and closes. */
    void quit() {
        try {
            close();
        } catch (MessagingException gone) {
            // nobody is left to take leave of
        }
        hangUp();
    }

    /** Closes without a word. */
    void hangUp() {
        Socket raw = socket;
        if (raw != null) {
            closeQuietly(raw);
        }
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // closed is what it should be
        }
    }

    /** What is known of a message when code of ours failed. */
    static SendResult broken(@Nullable SmtpConnection connection, String detail) {
        return connection != null && connection.stage == Stage.DOT
                ? new SendResult.Unknown(FailureCause.UNCLASSIFIED, List.of(), detail)
                : new SendResult.NotSent(FailureCause.UNCLASSIFIED, Scope.MESSAGE, null, detail);
    }

    @Override
    protected void mailFrom() throws MessagingException {
        enter(Stage.MAIL);
        super.mailFrom();
    }

    @Override
    protected void rcptTo() throws MessagingException {
        enter(Stage.RCPT);
        super.rcptTo();
    }

    @Override
    protected OutputStream data() throws MessagingException {
        enter(Stage.DATA);
        return super.data();
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        if (attempt != null) {
            attempt.commit();
        }
        enter(Stage.DOT);
        super.finishData();
    }

    /** Keeps the first answer of a stage, since Angus resets the transaction when it is refused. */
    @Override
    protected int readServerResponse() throws MessagingException {
        int code = super.readServerResponse();
        if (stage == Stage.CONNECT || reply == null) {
            reply = code < 0 ? null : Reply.parse(getLastServerResponse());
        }
        return code;
    }

    /** SMTPUTF8 is asked for only where the address needs it: the next server may not have it. */
    @Override
    public boolean supportsExtension(String extension) {
        boolean hidden = extension.equals("SMTPUTF8") && !international;
        boolean pretended = extension.equals("SMTPUTF8") && stage == Stage.CONNECT;
        return pretended || (!hidden && super.supportsExtension(extension));
    }

    private void enter(Stage next) {
        stage = next;
        reply = null;
    }

    private SendResult undelivered(Mail mail, Exception failure) {
        Reply said = reply;
        if (said != null && said.isAnswerTo(stage)) {
            reusable = said.code() != CLOSING && super.isConnected();
            return Replies.classify(stage, said, mail);
        }
        String detail = server + ": " + describe(failure);
        return stage == Stage.DOT
                ? new SendResult.Unknown(
                        FailureCause.NETWORK, List.of(), "the connection broke before the server answered; " + detail)
                : new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, detail);
    }

    private SendResult unconnected(Exception failure) {
        Reply said = reply;
        if (said != null && said.isNegative()) {
            return Replies.unconnected(said);
        }
        String detail = server + ": " + describe(failure);
        return failure instanceof AuthenticationFailedException
                ? new SendResult.NotSent(FailureCause.AUTH, Scope.CHANNEL, LOGIN_PAUSE, detail)
                : new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, detail);
    }

    private Socket dial(Attempt first) throws IOException {
        IOException last = new UnknownHostException("has no address");
        for (InetAddress resolved : InetAddress.getAllByName(server.host())) {
            var raw = new Socket();
            socket = raw;
            first.uses(raw);
            try {
                raw.setTcpNoDelay(true);
                // With the name in it Angus checks the certificate against that, and asks no DNS for it.
                InetAddress named = InetAddress.getByAddress(server.host(), resolved.getAddress());
                raw.connect(new InetSocketAddress(named, server.port()), (int)
                        server.connectTimeout().toMillis());
                return raw;
            } catch (IOException unreachable) {
                closeQuietly(raw);
                last = unreachable;
            }
        }
        throw last;
    }

    private Socket inTls(Socket raw) throws IOException {
        var factory = server.context() == null
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : server.context().getSocketFactory();
        var secure = (SSLSocket) factory.createSocket(raw, server.host(), server.port(), true);
        var parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(
                "HTTPS"); // the rules of RFC 6125, which RFC 7817 takes over for mail
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private Socket requireSocket() throws IOException {
        Socket raw = socket;
        if (raw == null) {
            throw new IOException("not connected");
        }
        return raw;
    }

    /** RFC 5321 section 4.1.3: how a client without a name of its own says hello. */
    private static String literal(InetAddress local) {
        String plain = local.getHostAddress();
        int zone = plain.indexOf('%');
        String address = zone < 0 ? plain : plain.substring(0, zone);
        return local instanceof Inet6Address ? "[IPv6:" + address + "]" : "[" + address + "]";
    }

    private static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof SSLException)) {
            root = root.getCause();
        }
        String what = root instanceof SocketTimeoutException ? "timed out" : String.valueOf(root.getMessage());
        return Reply.redacted(what, "");
    }
}
