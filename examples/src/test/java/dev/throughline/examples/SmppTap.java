// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.throughline.examples.servers.SmscServer;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in the line between a client and its SMSC and notes what is written and what is answered, message by message. It can end
 * the first session: after so many answers it holds the others back, and hangs up when so many submissions wait for one.
 */
final class SmppTap implements AutoCloseable {

    private static final int SUBMIT_SM = 0x00000004;
    private static final int SUBMIT_SM_RESP = 0x80000004;

    private final int smsc;
    private final ServerSocket door;
    private final Set<String> written = new ConcurrentSkipListSet<>();
    private final Set<String> answered = new ConcurrentSkipListSet<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile int answersAtMost = Integer.MAX_VALUE;
    private volatile int waitingAtMost = Integer.MAX_VALUE;

    private SmppTap(int smsc) throws IOException {
        this.smsc = smsc;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::welcome);
    }

    static SmppTap on(SmscServer smsc) {
        try {
            return new SmppTap(smsc.port());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Hangs up on the first session once it has had {@code answers} and {@code waiting} more submissions are written. */
    SmppTap hangingUpAfter(int answers, int waiting) {
        answersAtMost = answers;
        waitingAtMost = waiting;
        return this;
    }

    int port() {
        return door.getLocalPort();
    }

    int sessions() {
        return sessions.get();
    }

    /** Ids of messages of which a submission was written and none was answered. */
    Set<String> unanswered() {
        var unanswered = new TreeSet<>(written);
        unanswered.removeAll(answered);
        return unanswered;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void welcome() {
        while (!door.isClosed()) {
            try {
                new Session(
                        door.accept(),
                        new Socket(InetAddress.getLoopbackAddress(), smsc),
                        sessions.incrementAndGet() == 1);
            } catch (IOException closed) {
                // Whoever closed it knows.
            }
        }
    }

    private static void start(Runnable task) {
        var thread = new Thread(task, "smpp-tap");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Session {
        private final Socket client;
        private final boolean doomed;
        private final Map<Integer, String> waiting = new ConcurrentHashMap<>();
        private int answers;

        Session(Socket client, Socket server, boolean doomed) {
            this.client = client;
            this.doomed = doomed;
            start(() -> relay(client, server));
            start(() -> relay(server, client));
        }

        private void relay(Socket from, Socket to) {
            try (from;
                    to) {
                var in = new DataInputStream(from.getInputStream());
                while (true) {
                    byte[] pdu = pdu(in);
                    if (passes(pdu)) {
                        to.getOutputStream().write(pdu);
                    }
                }
            } catch (IOException ended) {
                // One side has hung up; both sockets are closed.
            }
        }

        /** Notes it before it goes on, so that nothing is answered that is not written. */
        private synchronized boolean passes(byte[] pdu) throws IOException {
            int command = ByteBuffer.wrap(pdu).getInt(4);
            int sequence = ByteBuffer.wrap(pdu).getInt(12);
            if (command == SUBMIT_SM) {
                String message = messageId(pdu);
                waiting.put(sequence, message);
                written.add(message);
                hangUpIfDue();
            }
            if (command != SUBMIT_SM_RESP) {
                return true;
            }
            if (doomed && answers >= answersAtMost) {
                return false;
            }
            answers++;
            answered.add(waiting.remove(sequence));
            return true;
        }

        /** The client reads the end; what it still writes is noted until it has closed, too. */
        private void hangUpIfDue() throws IOException {
            if (doomed && answers >= answersAtMost && waiting.size() >= waitingAtMost) {
                client.shutdownOutput();
            }
        }

        private static byte[] pdu(DataInputStream in) throws IOException {
            int length = in.readInt();
            if (length < 16) {
                throw new EOFException("a PDU of " + length + " octets");
            }
            byte[] pdu = new byte[length];
            ByteBuffer.wrap(pdu).putInt(length);
            in.readFully(pdu, 4, length - 4);
            return pdu;
        }

        private static String messageId(byte[] pdu) {
            for (int at = pdu.length - 36; at > 16; at--) {
                var parameter = ByteBuffer.wrap(pdu, at, 4);
                if (parameter.getShort() == SmscServer.MESSAGE_ID_TAG && parameter.getShort() == 32) {
                    return new String(pdu, at + 4, 32, US_ASCII);
                }
            }
            throw new IllegalStateException("a submission without the message id in parameter 0x1401");
        }
    }
}
