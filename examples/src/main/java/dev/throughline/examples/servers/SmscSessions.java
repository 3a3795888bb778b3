// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jsmpp.DefaultPDUReader;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.PDUSender;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.MessageMode;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.jspecify.annotations.Nullable;

/** Listens, lets clients bind, and knows which sessions are alive. */
final class SmscSessions implements AutoCloseable {

    private static final int BIND_WITHIN_MS = 5_000;
    private static final int ACKNOWLEDGE_WITHIN_MS = 10_000;
    private static final int GRACE_MS = 250;

    // One thread handles what a session receives, so that one session's submissions keep their order.
    private static final int THREADS_PER_SESSION = 1;
    // The library throttles the client when this many requests wait; only the scenario may do that here.
    private static final int WAITING_REQUESTS = 10_000;

    private final ServerMessageReceiverListener listener;
    private final PDUSender sender;
    private final BooleanSupplier down;
    private final List<SMPPServerSession> sessions = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(SmscSessions::daemon);
    private @Nullable ServerSocket socket;

    SmscSessions(ServerMessageReceiverListener listener, PDUSender sender, BooleanSupplier down) {
        this.listener = listener;
        this.sender = sender;
        this.down = down;
    }

    synchronized void listen() throws IOException {
        if (socket != null) {
            throw new IllegalStateException("the SMSC has been started before");
        }
        var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket = listening;
        threads.execute(() -> acceptFrom(listening));
    }

    synchronized int port() {
        if (socket == null) {
            throw new IllegalStateException("the SMSC has not been started");
        }
        return socket.getLocalPort();
    }

    int bound() {
        return (int) sessions.stream()
                .filter(session -> session.getSessionState().isBound())
                .count();
    }

    void deliver(Delivery delivery) {
        var session = sessions.stream()
                .filter(candidate -> candidate.getSessionState().isReceivable())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no session is bound as receiver or transceiver"));
        try {
            deliver(delivery, session);
        } catch (PDUException
                | NegativeResponseException
                | ResponseTimeoutException
                | InvalidResponseException
                | IOException e) {
            throw new IllegalStateException("a deliver_sm to " + delivery.to() + " was not acknowledged", e);
        }
    }

    /** Ends a session a moment later: a client that meets the end of the stream may forget the answers it has just read. */
    void hangUp(SMPPServerSession session) {
        try {
            Thread.sleep(GRACE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.close();
    }

    void drop() {
        sessions.forEach(SMPPServerSession::close);
        sessions.clear();
    }

    @Override
    public synchronized void close() {
        closeQuietly(socket);
        drop();
        threads.shutdownNow();
    }

    private static void deliver(Delivery delivery, SMPPServerSession session)
            throws PDUException, NegativeResponseException, ResponseTimeoutException, InvalidResponseException,
                    IOException {
        session.deliverShortMessage(
                "",
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                delivery.from(),
                TypeOfNumber.UNKNOWN,
                NumberingPlanIndicator.UNKNOWN,
                delivery.to(),
                new ESMClass(MessageMode.DEFAULT, delivery.type(), GSMSpecificFeature.DEFAULT),
                (byte) 0,
                (byte) 0,
                new RegisteredDelivery(0),
                new RawDataCoding(delivery.coding().code()),
                delivery.octets(),
                delivery.parameters().toArray(OptionalParameter[]::new));
    }

    private void acceptFrom(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                client.setTcpNoDelay(true);
                threads.execute(() -> welcome(client));
            } catch (IOException e) {
                // The socket was closed, which ends the loop, or one client left before it was served.
            }
        }
    }

    private void welcome(Socket client) {
        try {
            bind(new SocketConnection(client));
        } catch (IOException | TimeoutException | PDUStringException e) {
            closeQuietly(client);
        }
    }

    private void bind(SocketConnection connection) throws IOException, TimeoutException, PDUStringException {
        connection.setSoTimeout(BIND_WITHIN_MS);
        var session = new SMPPServerSession(
                connection,
                null,
                listener,
                null,
                THREADS_PER_SESSION,
                WAITING_REQUESTS,
                sender,
                new DefaultPDUReader());
        session.setTransactionTimer(ACKNOWLEDGE_WITHIN_MS);
        session.addSessionStateListener((now, before, source) -> {
            if (!now.isNotClosed()) {
                sessions.remove(session);
            }
        });
        sessions.add(session);
        var request = session.waitForBind(BIND_WITHIN_MS);
        if (down.getAsBoolean()) {
            // Closing is left to the client, which might see the end of the connection before it sees the refusal.
            request.reject(SMPPConstant.STAT_ESME_RBINDFAIL);
        } else {
            request.accept("examples", InterfaceVersion.IF_34);
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            // It is gone either way.
        }
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "smsc");
        thread.setDaemon(true);
        return thread;
    }
}
