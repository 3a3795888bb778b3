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

/** What goes to the standard streams and into a log while something is done; the streams get it all the same. */
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
        try {
            work.run();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return seen.toString(StandardCharsets.UTF_8)
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
