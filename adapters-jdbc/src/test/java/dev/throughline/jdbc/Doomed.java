// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process of its own that opens a store, enqueues messages 1 to 3, is sending message 1, has taken message 2 without a commit, and
 * then hangs until it is killed.
 */
final class Doomed {

    private static final String READY = "ready";

    private Doomed() {}

    /** Starts the process and waits until it hangs. */
    static Process on(String url) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        classPath(),
                        Doomed.class.getName(),
                        url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (!READY.equals(line)) {
            process.destroyForcibly();
            throw new IOException("the other process said '" + line + "', expected '" + READY + "'");
        }
        return process;
    }

    @SuppressWarnings("SystemOut") // how it tells its parent
    public static void main(String... arguments) throws Exception {
        Store store = JdbcStore.url(arguments[0]);
        store.open(Rows.codecs());
        Rows.change(store, changes -> {
            for (int i = 1; i <= 3; i++) {
                changes.enqueued().add(Rows.advertisement(i));
            }
        });
        Rows.take(store, 1);
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(Rows.MAI), true);
            unit.take(Rows.slots(1));
            var changes = Changes.none();
            changes.change(Rows.MAI, "never committed");
            System.out.println(READY);
            Thread.sleep(Long.MAX_VALUE);
            unit.commit(changes);
        }
    }

    /** The places that the classes of this process come from; a patched module has two and names one. */
    private static String classPath() {
        var places = new LinkedHashSet<Path>();
        Stream.concat(
                        Stream.of(Doomed.class, Store.class, org.jspecify.annotations.Nullable.class),
                        Stream.of(
                                        "org.slf4j.LoggerFactory",
                                        "com.google.common.hash.Hashing",
                                        "com.google.common.util.concurrent.internal.InternalFutureFailureAccess",
                                        "com.google.i18n.phonenumbers.PhoneNumberUtil")
                                .map(Doomed::named))
                .forEach(type -> places.add(place(type)));
        DriverManager.drivers().map(Driver::getClass).forEach(type -> places.add(place(type)));
        places.add(place(Doomed.class).resolveSibling("classes"));
        places.add(place(Doomed.class).resolveSibling("test-classes"));
        return places.stream().map(Path::toString).collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name, false, Store.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static Path place(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
