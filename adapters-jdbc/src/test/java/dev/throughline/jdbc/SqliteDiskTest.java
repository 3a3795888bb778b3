// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, one that cannot be written, and a batch that is lost. */
class SqliteDiskTest {

    private static final int PAGES = 100;

    @TempDir
    Path directory;

    private final List<Connection> connections = new ArrayList<>();
    private Path file;
    private JdbcStore store;

    @BeforeEach
    void make() {
        file = directory.resolve("shop.db");
        store = JdbcStore.sqlite(file, this::noted);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keepsNothingOfAUnitThatFindsTheDiskFullAndGoesOnWhenThereIsSpace() throws SQLException {
        store.open(Rows.codecs());
        allow(PAGES);

        assertThatThrownBy(this::fill)
                .isInstanceOfSatisfying(StoreException.class, fault -> assertThat(fault.isTransient())
                        .isTrue())
                .hasMessage("SQLite " + file + ": could not write to timeline: the disk is full,"
                        + " expected space for the file and its write-ahead log");
        assertThat(store.peek(Rows.MAI)).isEmpty();

        allow(100 * PAGES);
        fill();

        assertThat(store.peek(Rows.MAI)).contains("full");
    }

    @Test
    void saysThatAReadOnlyFileCannotBeWritten() {
        store.open(Rows.codecs());
        Rows.change(store, changes -> changes.change(Rows.MAI, "before"));
        store.close();
        store = JdbcStore.sqlite(file, this::readOnly);
        store.open(Rows.codecs());

        assertThatThrownBy(() -> Rows.change(store, changes -> changes.change(Rows.MAI, "after")))
                .isInstanceOfSatisfying(StoreException.class, fault -> assertThat(fault.isTransient())
                        .isFalse())
                .hasMessage("SQLite " + file + ": could not write to states:"
                        + " it is read-only, expected file and directory to be writable");
        assertThat(store.peek(Rows.MAI)).contains("before");
    }

    @Test
    void writesNoRowsOfAFailedUnitWithTheNext() {
        var failing = new AtomicBoolean();
        store = JdbcStore.sqlite(file, connection -> failing(connection, failing));
        store.open(Rows.codecs());
        failing.set(true);
        assertThatThrownBy(() -> tell(1)).isInstanceOf(StoreException.class);
        failing.set(false);

        tell(2);

        try (Unit unit = store.begin()) {
            assertThat(unit.takeTold(10)).extracting(told -> told.input().id()).containsExactly("r2");
        }
    }

    private void tell(int number) {
        Rows.change(store, changes -> changes.told().add(Rows.input(Rows.MAI, number)));
    }

    /** Its batches are lost before they are executed. */
    private static Connection failing(Connection real, AtomicBoolean failing) {
        return proxy(Connection.class, (method, arguments) -> {
            Object made = method.invoke(real, arguments);
            return made instanceof PreparedStatement statement ? failing(statement, failing) : made;
        });
    }

    private static PreparedStatement failing(PreparedStatement real, AtomicBoolean failing) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (failing.get() && method.getName().equals("executeBatch")) {
                throw new SQLException("interrupted");
            }
            return method.invoke(real, arguments);
        });
    }

    private interface Answer {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                SqliteDiskTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method, arguments)));
    }

    private void fill() {
        Rows.change(store, changes -> {
            changes.change(Rows.MAI, "full");
            for (int i = 0; i < 20_000; i++) {
                changes.entries().add(Rows.line(i));
            }
        });
    }

    private Connection noted(Connection connection) {
        connections.add(connection);
        return connection;
    }

    private void allow(int pages) throws SQLException {
        for (Connection connection : connections) {
            if (!connection.isClosed()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("pragma max_page_count = " + pages);
                }
            }
        }
    }

    /** As the driver opens a file whose permissions forbid writing, which whoever is root could write all the same. */
    private Connection readOnly(Connection usual) {
        var settings = new Properties();
        settings.setProperty("open_mode", "1");
        try {
            usual.close();
            return DriverManager.getConnection("jdbc:sqlite:" + file, settings);
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
