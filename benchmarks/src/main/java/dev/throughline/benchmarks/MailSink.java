// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The cheapest SMTP server there can be: it says yes and forgets, so that a figure is about the client. */
final class MailSink implements AutoCloseable {

    private final ServerSocket socket;

    MailSink() throws IOException {
        socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                daemon(() -> talk(client));
            }
        } catch (IOException closed) {
            // the run is over
        }
    }

    private static void talk(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var in = new BufferedInputStream(client.getInputStream(), 16_384);
            var out = new BufferedOutputStream(client.getOutputStream());
            say(out, "220 sink");
            for (String line = line(in); line != null; line = line(in)) {
                if (line.startsWith("DATA")) {
                    say(out, "354 go on");
                    skipMessage(in);
                    say(out, "250 ok");
                } else if (line.startsWith("QUIT")) {
                    say(out, "221 bye");
                    return;
                } else {
                    say(out, line.startsWith("EHLO") ? "250 8BITMIME" : "250 ok");
                }
            }
        } catch (IOException gone) {
            // so is the client
        }
    }

    private static void say(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void skipMessage(InputStream in) throws IOException {
        int matched = 2; // CR LF . CR LF, the first two as after the 354
        for (int next = in.read(); next >= 0 && matched < 5; ) {
            matched = next == "\r\n.\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            if (matched < 5) {
                next = in.read();
            }
        }
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "mail-sink");
        thread.setDaemon(true);
        thread.start();
    }
}
