// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An SMTP server that answers exactly as a test says, or not at all, or hangs up: what a well-bred server cannot be made to do. */
final class ScriptedServer implements AutoCloseable {

    static final String SILENCE = "(silence)";
    static final String HANG_UP = "(hang up)";

    final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger queued = new AtomicInteger();
    final List<String> commands = new CopyOnWriteArrayList<>();
    final List<String> messages = new CopyOnWriteArrayList<>();

    private final Map<String, List<String>> answers = new ConcurrentHashMap<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile ServerSocket socket;
    private final List<String> extensions = new CopyOnWriteArrayList<>();

    ScriptedServer() {
        this(0);
    }

    ScriptedServer(int port) {
        socket = listen(port);
    }

    private ServerSocket listen(int port) {
        try {
            var listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            daemon(() -> accept(listening));
            return listening;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /** Listens again at the same port if it was stopped. */
    void start() {
        if (socket.isClosed()) {
            socket = listen(port());
        }
    }

    /** Answers to a command as a well-bred server does. */
    void usually(String command) {
        answers.remove(command);
    }

    /** Answers to a command (or {@code GREETING}, or {@code .}) one after the other; the last one stays. */
    ScriptedServer answer(String command, String... replies) {
        answers.put(command, new ArrayList<>(List.of(replies)));
        return this;
    }

    ScriptedServer extension(String name) {
        extensions.add("250-" + name + "\r\n");
        return this;
    }

    int port() {
        return socket.getLocalPort();
    }

    SmtpEmail client() {
        return SmtpEmail.at("127.0.0.1", port()).tls(Tls.NONE);
    }

    void hangUpAll() {
        sockets.forEach(SmtpConnection::closeQuietly);
    }

    void stop() {
        try {
            socket.close();
        } catch (IOException closed) {
            // closed is what it should be
        }
        hangUpAll();
    }

    @Override
    public void close() {
        stop();
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket client = listening.accept();
                connections.incrementAndGet();
                sockets.add(client);
                if (listening.isClosed()) {
                    SmtpConnection.closeQuietly(client); // a close lets in who comes before it has woken this thread
                    return;
                }
                daemon(() -> talk(client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void talk(Socket client) {
        try (client) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            if (!say(client, "GREETING", "220 scripted ESMTP")) {
                return;
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
                String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                if (!say(client, verb, usual(verb))) {
                    return;
                }
                if (verb.equals("DATA") && next("DATA?", "354").startsWith("354")) {
                    messages.add(message(in));
                    if (!say(client, ".", "250 2.0.0 Ok: queued as 4F2A" + queued.incrementAndGet())) {
                        return;
                    }
                }
            }
        } catch (IOException gone) {
            // so is the client
        }
    }

    private static String message(BufferedReader in) throws IOException {
        var message = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return message.toString();
    }

    private String usual(String verb) {
        return switch (verb) {
            case "EHLO" -> "250-scripted\r\n" + String.join("", extensions) + "250 8BITMIME";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "250 2.0.0 Ok";
        };
    }

    private boolean say(Socket client, String to, String otherwise) throws IOException {
        String reply = next(to, otherwise);
        if (reply.equals(HANG_UP)) {
            return false;
        }
        if (!reply.equals(SILENCE)) {
            client.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        if (to.equals("DATA")) {
            answers.put("DATA?", new ArrayList<>(List.of(reply)));
        }
        return true;
    }

    private String next(String to, String otherwise) {
        List<String> left = answers.get(to);
        if (left == null) {
            return otherwise;
        }
        synchronized (left) {
            return left.size() > 1 ? left.remove(0) : left.get(0);
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }
}
