// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import dev.throughline.sms.Credentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.PDUException;
import org.jsmpp.PDUReader;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.jspecify.annotations.Nullable;

/** A session whose submissions are written without waiting for their answers. */
final class SmppSession extends SMPPSession {

    // Each delivery occupies a thread until it is stored.
    private static final int DELIVERIES_AT_A_TIME = 8;
    private static final int DELIVERIES_WAITING = 1_000;

    private final SmppSettings settings;

    SmppSession(SmppSettings settings, PDUReader reader) {
        super(
                new SynchronizedPDUSender(new DefaultPDUSender()),
                reader,
                (host, port) -> connection(
                        host, port, settings.dialect().tls(), settings.timing().answerWithin()));
        this.settings = settings;
        setPduProcessorDegree(DELIVERIES_AT_A_TIME);
        setQueueCapacity(DELIVERIES_WAITING);
        setEnquireLinkTimer((int) settings.timing().enquireLink().toMillis());
        setTransactionTimer(settings.timing().answerWithin().toMillis());
    }

    /** Connects and binds as transceiver. */
    void bind() throws IOException {
        Credentials account = account();
        var parameter = new BindParameter(
                BindType.BIND_TRX,
                secret(account, SmppSettings.SYSTEM_ID),
                secret(account, SmppSettings.PASSWORD),
                settings.systemType(),
                TypeOfNumber.UNKNOWN,
                NumberingPlanIndicator.UNKNOWN,
                "");
        connectAndBind(
                settings.host(),
                settings.port(),
                parameter,
                settings.timing().answerWithin().toMillis());
    }

    /** As it is now; what keeps it from being read is like a server that cannot be reached. */
    private Credentials account() throws IOException {
        try {
            return settings.credentials().now();
        } catch (RuntimeException unavailable) {
            throw new IOException("the account could not be read", unavailable);
        }
    }

    private static String secret(Credentials account, String name) {
        return account.names().contains(name) ? account.require(name) : "";
    }

    int nextSequence() {
        return sequence().nextValue();
    }

    void submit(int sequence, Submission submission, int part) throws PDUException, IOException {
        submission.write(pduSender(), connection().getOutputStream(), sequence, part);
    }

    private static Connection connection(String host, int port, @Nullable SSLContext tls, Duration within)
            throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), (int) within.toMillis());
            return new SocketConnection(tls == null ? socket : encrypted(socket, host, port, tls));
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    private static Socket encrypted(Socket plain, String host, int port, SSLContext tls) throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
