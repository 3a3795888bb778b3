// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A {@link CrashHost} from outside: started, killed, frozen, or asked to end. What it acknowledges is collected while it lives. */
final class HostProcess {

    private static final Duration LONGEST_START = Duration.ofMinutes(1);
    private static final Duration LONGEST_END = Duration.ofMinutes(15);

    private final Process process;
    private final Thread reader;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Set<String> acknowledged;
    private final AtomicInteger said = new AtomicInteger();

    private HostProcess(Process process, Set<String> acknowledged) {
        this.process = process;
        this.acknowledged = acknowledged;
        this.reader = new Thread(this::read, "host-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a host.
     *
     * @param name which no other host had
     * @param acknowledged where the ids of what it acknowledges are added; safe for many threads
     */
    static HostProcess start(String name, String url, int smtp, Set<String> acknowledged) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var process = new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        CrashHost.class.getName(),
                        name,
                        url,
                        String.valueOf(smtp))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new HostProcess(process, acknowledged);
    }

    /** Waits until it has acknowledged something. */
    void awaitReady() throws InterruptedException {
        if (!ready.await(LONGEST_START.toSeconds(), TimeUnit.SECONDS) || !process.isAlive()) {
            process.destroyForcibly();
            throw new IllegalStateException("a host did not start within " + LONGEST_START);
        }
    }

    /** Waits until it has acknowledged so much more. */
    void awaitMore(int touchpoints) {
        int goal = said.get() + touchpoints;
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (said.get() < goal) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "a host has not acknowledged " + touchpoints + " touchpoints within " + LONGEST_START);
            }
            CrashScene.pause(20);
        }
    }

    /** SIGKILL; returns when it is gone and all that it had said is read. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /** Stands still, as a virtual machine that is moved or a process that is out of memory. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Goes on where it stood. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + code);
        }
    }

    /** Lets it finish what it has taken. */
    void end() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits until it has ended; on a shared database no host is done before the others have been told to end. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("a host did not finish within " + LONGEST_END);
        }
        reader.join();
        if (process.exitValue() != 0) {
            throw new IllegalStateException("a host ended with " + process.exitValue());
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = whole(output); !line.isEmpty(); line = whole(output)) {
                acknowledged.add(line);
                said.incrementAndGet();
                ready.countDown();
            }
        } catch (IOException gone) {
            // Its death may break the pipe; what came before has been read.
        }
        ready.countDown();
    }

    /** The next line that has an end; empty if there is none. */
    private static String whole(BufferedReader output) throws IOException {
        var line = new StringBuilder();
        for (int next = output.read(); next >= 0; next = output.read()) {
            if (next == '\n') {
                return line.toString();
            }
            line.append((char) next);
        }
        return "";
    }

    /** Of this process; within Maven the class loader alone knows it. */
    private static String classPath() {
        if (HostProcess.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs())
                    .map(HostProcess::file)
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private static String file(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
