// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.customer.CustomerState;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A customer whose state cannot be written does not keep the others from going on. */
class PoisonTest {

    private static final String PHONE = "+84 90 000 0001";
    private static final String OTHER = "+84 90 000 0002";

    @TempDir
    private Path directory;

    private final AtomicBoolean broken = new AtomicBoolean();
    private RuntimeException fault = new IllegalStateException("cannot be written");

    @ParameterizedTest
    @EnumSource
    void isToldToWhoeverHandsItIn(Database database) {
        try (Hosts hosts = hosts(database)) {
            Identity mai = hosts.customer("mai", PHONE);
            Identity lan = hosts.customer("lan", OTHER);
            broken.set(true);

            assertThatThrownBy(() -> hosts.web().track(mai, "Product Added", Map.of("product", "Bo am chen")))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("cannot be written");
            hosts.web().track(lan, "Product Added", Map.of("product", "Bo am chen"));

            assertThat(hosts.web().queries().timeline(lan)).hasSize(3);
            assertThat(hosts.web().queries().timeline(mai)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void becomesADeadLetterWhereNobodyWouldHandItInAgain(Database database) {
        becomesADeadLetterWhereNobodyWouldHandItInAgain(database, "java.lang.IllegalStateException at ");
    }

    private void becomesADeadLetterWhereNobodyWouldHandItInAgain(Database database, String error) {
        try (Hosts hosts = hosts(database)) {
            for (Identity her : new Identity[] {hosts.customer("mai", PHONE), hosts.customer("lan", OTHER)}) {
                hosts.web().track(her, "Product Added", Map.of("product", "Bo am chen"));
            }
            broken.set(true);

            hosts.clock.moveTo("2026-11-23T10:00+07:00");
            Hosts.await(
                    "it is set aside",
                    () -> hosts.web().deadLetters().all().findAny().isPresent());
            Hosts.await("the other is reminded", () -> hosts.sentTo(OTHER).size() == 1);

            var letter = hosts.web().deadLetters().all().findAny().orElseThrow();
            assertThat(letter.error()).startsWith(error);
            assertThat(hosts.sentTo(PHONE)).isEmpty();

            broken.set(false);
            hosts.web().deadLetters().retry(letter.id());
            Hosts.await("she is reminded, too", () -> hosts.sentTo(PHONE).size() == 1);
            assertThat(hosts.till().deadLetters().all()).isEmpty();
            assertThatThrownBy(() -> hosts.till().deadLetters().retry(letter.id()))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("dead letter " + letter.id() + ": there is none, expected an id of deadLetters().all();"
                            + " it may have been retried or thrown away");
        }
    }

    @ParameterizedTest
    @EnumSource
    void isSetAsideAlsoWhereTheDatabaseRefusesIt(Database database) {
        fault = new StoreException("cannot be written", false, null);

        becomesADeadLetterWhereNobodyWouldHandItInAgain(database, "dev.throughline.store.StoreException at ");
    }

    @ParameterizedTest
    @EnumSource
    void isThrownAwayAndOthersStay(Database database) {
        try (Hosts hosts = hosts(database)) {
            hosts.web().track(hosts.customer("mai", PHONE), "Product Added", Map.of("product", "Bo am chen"));
            broken.set(true);
            hosts.clock.moveTo("2026-11-23T10:00+07:00");
            var letters = hosts.web().deadLetters();
            Hosts.await("it is set aside", () -> letters.all().findAny().isPresent());
            long id = letters.all().findAny().orElseThrow().id();

            assertThatThrownBy(() -> letters.discard(id, "ann@shop.example", " "))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("dead letter " + id + ": why is ' ', expected one line that is not empty");
            assertThat(letters.all()).hasSize(1);

            letters.discard(id, "ann@shop.example", "a test order");
            broken.set(false);
            assertThat(letters.all()).isEmpty();
            hosts.awaitQuiet();
            assertThat(hosts.sentTo(PHONE)).isEmpty();
        }
    }

    private Hosts hosts(Database database) {
        return Hosts.on(database, directory, "2026-11-23T09:00+07:00")
                .watching(this::breaking)
                .opened();
    }

    private Store breaking(Store store) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    Object result = called(method, store, arguments);
                    return result instanceof Unit unit ? breaking(unit) : result;
                });
    }

    private Unit breaking(Unit unit) {
        return (Unit) Proxy.newProxyInstance(
                Unit.class.getClassLoader(), new Class<?>[] {Unit.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit") && broken.get() && concernsMai((Changes) arguments[0])) {
                        throw fault;
                    }
                    return called(method, unit, arguments);
                });
    }

    private static boolean concernsMai(Changes changes) {
        return changes.states().stream()
                .map(Changes.State::state)
                .anyMatch(state -> state instanceof CustomerState her
                        && her.customer().identities().contains(Identity.userId("mai")));
    }

    private static Object called(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw Objects.requireNonNull(thrown.getCause());
        }
    }
}
