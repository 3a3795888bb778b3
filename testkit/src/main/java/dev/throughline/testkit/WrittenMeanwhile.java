// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What goes to the standard streams, to the platform's logging and into a log file while something is done; they get it all the same.
 * Logging is heard by a handler of our own, because its console handler keeps the stream that stood when it was first used.
 */
final class WrittenMeanwhile {

    private WrittenMeanwhile() {}

    @SuppressWarnings("SystemOut") // they are listened to
    static String by(Optional<Path> log, Runnable work) {
        var seen = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        long before = log.map(WrittenMeanwhile::size).orElse(0L);
        System.setOut(both(out, seen));
        System.setErr(both(err, seen));
        var logging = new Heard();
        Logger root = Logger.getLogger("");
        root.addHandler(logging);
        try {
            work.run();
        } finally {
            root.removeHandler(logging);
            System.setOut(out);
            System.setErr(err);
        }
        return seen.toString(StandardCharsets.UTF_8)
                + logging.lines()
                + log.map(file -> since(file, before)).orElse("");
    }

    private static PrintStream both(PrintStream usual, ByteArrayOutputStream seen) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int octet) {
                        usual.write(octet);
                        seen.write(octet);
                    }

                    @Override
                    public void flush() {
                        usual.flush();
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }

    /** What loggers say, with the failures that they tell. */
    private static final class Heard extends Handler {

        private final StringBuilder lines = new StringBuilder();
        private final Formatter form = new SimpleFormatter();

        @Override
        public synchronized void publish(LogRecord one) {
            lines.append(form.format(one));
        }

        synchronized String lines() {
            return lines.toString();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String since(Path file, long before) {
        try {
            byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            int from = (int) Math.min(before, all.length);
            return new String(all, from, all.length - from, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
