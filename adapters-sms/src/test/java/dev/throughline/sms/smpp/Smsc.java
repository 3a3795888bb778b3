// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.jsmpp.DefaultPDUReader;
import org.jsmpp.PDUStringException;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.jsmpp.util.MessageId;
import org.jspecify.annotations.Nullable;

/** A real SMSC on the loopback interface that answers as it is told to. */
final class Smsc implements AutoCloseable {

    /** To take a submission and never answer it. */
    static final int SILENCE = -1;

    private volatile ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<SMPPServerSession> sessions = new CopyOnWriteArrayList<>();
    private final List<SubmitSm> submissions = new CopyOnWriteArrayList<>();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lastId = new AtomicInteger();
    private final AtomicInteger binds = new AtomicInteger();
    private final AtomicInteger handling = new AtomicInteger();
    private final AtomicInteger mostHandling = new AtomicInteger();
    private volatile ToIntFunction<SubmitSm> answer = pdu -> 0;
    private volatile long delay;
    private static final int WRONG_PASSWORD = 0x0e;

    private volatile @Nullable String password;
    private volatile int bindStatus;
    private volatile boolean mute;

    Smsc() {
        this(0);
    }

    Smsc(int port) {
        socket = listen(port);
    }

    private ServerSocket listen(int port) {
        try {
            var listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            threads.execute(() -> accept(listening));
            return listening;
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
    }

    /** Listens at its port and lets everybody in, or neither. */
    void up(boolean up) {
        if (up && socket.isClosed()) {
            socket = listen(port());
        } else if (!up) {
            stop();
        }
    }

    private void stop() {
        try {
            socket.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        drop();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** A status for each submission: 0, a refusal, or {@link #SILENCE}. */
    Smsc answering(ToIntFunction<SubmitSm> answer) {
        this.answer = answer;
        return this;
    }

    Smsc after(long millis) {
        delay = millis;
        return this;
    }

    Smsc refusingBinds(int status) {
        bindStatus = status;
        return this;
    }

    /** To stay connected and say nothing any more, not even that it is there. */
    Smsc mute(boolean mute) {
        this.mute = mute;
        return answering(pdu -> mute ? SILENCE : 0);
    }

    List<SubmitSm> submissions() {
        return submissions;
    }

    /** From now on nobody binds without it. */
    Smsc requiring(String secret) {
        password = secret;
        return this;
    }

    int binds() {
        return binds.get();
    }

    long sessions() {
        return sessions.stream()
                .filter(session -> session.getSessionState().isBound())
                .count();
    }

    int mostHandledAtATime() {
        return mostHandling.get();
    }

    /** The message id that a submission carries. */
    static String ours(SubmitSm pdu) {
        var id = (OptionalParameter.OctetString) pdu.getOptionalParameter((short) 0x1401);
        return new String(id.getValue(), StandardCharsets.US_ASCII);
    }

    void drop() {
        sessions.forEach(SMPPServerSession::close);
        sessions.clear();
    }

    /** Delivers a PDU and returns when it is acknowledged. */
    void deliver(ESMClass type, String from, int coding, byte[] octets, OptionalParameter... parameters)
            throws Exception {
        sessions.get(sessions.size() - 1)
                .deliverShortMessage(
                        "",
                        TypeOfNumber.INTERNATIONAL,
                        NumberingPlanIndicator.ISDN,
                        from,
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        "8088",
                        type,
                        (byte) 0,
                        (byte) 0,
                        new RegisteredDelivery(0),
                        new RawDataCoding((byte) coding),
                        octets,
                        parameters);
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                if (listening.isClosed()) {
                    client.close(); // a close lets in who comes before it has woken this thread
                    return;
                }
                threads.execute(() -> bind(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void bind(Socket client) {
        try {
            var session = new SMPPServerSession(
                    new SocketConnection(client),
                    null,
                    new Listener(),
                    null,
                    30,
                    10_000,
                    new Sender(),
                    new DefaultPDUReader());
            session.setTransactionTimer(5_000);
            var request = session.waitForBind(5_000);
            String wanted = password;
            if (wanted != null && !wanted.equals(request.getPassword())) {
                request.reject(WRONG_PASSWORD);
                return;
            }
            if (bindStatus != 0) {
                request.reject(bindStatus);
                return;
            }
            binds.incrementAndGet();
            sessions.add(session);
            request.accept("smsc", InterfaceVersion.IF_34);
        } catch (IOException | TimeoutException | PDUStringException gone) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }

    private final class Listener extends SubmitOnly {

        @Override
        public SubmitSmResult onAcceptSubmitSm(SubmitSm pdu, SMPPServerSession session) throws ProcessRequestException {
            mostHandling.accumulateAndGet(handling.incrementAndGet(), Math::max);
            try {
                submissions.add(pdu);
                Thread.sleep(delay);
                return answer(pdu);
            } catch (InterruptedException closing) {
                throw new ProcessRequestException("closing", 8);
            } finally {
                handling.decrementAndGet();
            }
        }

        private SubmitSmResult answer(SubmitSm pdu) throws ProcessRequestException {
            int status = answer.applyAsInt(pdu);
            if (status > 0) {
                throw new ProcessRequestException("told to", status);
            }
            String id = String.format(Locale.ROOT, "%08x", lastId.incrementAndGet());
            if (status == SILENCE) {
                unanswered.add(id);
            }
            try {
                return new SubmitSmResult(new MessageId(id), new OptionalParameter[0]);
            } catch (PDUStringException tooLong) {
                throw new IllegalStateException(tooLong);
            }
        }
    }

    /** The library has no other way not to answer. */
    private final class Sender extends SynchronizedPDUSender {

        @Override
        public byte[] sendSubmitSmResp(OutputStream out, int sequence, String id, OptionalParameter... parameters)
                throws PDUStringException, IOException {
            if (unanswered.contains(id)) {
                return new byte[0];
            }
            synchronized (out) {
                return super.sendSubmitSmResp(out, sequence, id, parameters);
            }
        }

        @Override
        public byte[] sendEnquireLinkResp(OutputStream out, int sequence) throws IOException {
            return mute ? new byte[0] : super.sendEnquireLinkResp(out, sequence);
        }
    }
}
