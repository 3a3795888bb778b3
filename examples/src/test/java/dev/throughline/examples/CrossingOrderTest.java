// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.userId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.engine.KillSwitch;
import dev.throughline.identity.Address;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.Exclusion;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders commit while reminders leave. An order that commits before the reminder's row is marked as being sent stops it; one that
 * commits later may cross it, and the time between that commit and the adapter's call is the window that is measured here.
 */
@Timeout(180)
class CrossingOrderTest {

    private static final Logger LOG = LoggerFactory.getLogger(CrossingOrderTest.class);
    private static final Exclusion EVERYTHING = new Exclusion(Exclusion.By.EVERYTHING, "");
    private static final int CUSTOMERS = 150;

    @TempDir
    private Path directory;

    private final Map<Address, Long> sentAt = new ConcurrentHashMap<>();
    private final Map<Address, Long> takenAt = new ConcurrentHashMap<>();
    private final Map<Address, Long> paidAt = new TreeMap<>();

    @ParameterizedTest
    @EnumSource
    void crossesItsReminderOnlyWithinTheWindow(Database database) {
        try (Hosts hosts = Hosts.on(database, directory, "2026-11-23T09:00+07:00")
                .watching(this::watched)
                .opened()) {
            hosts.sms.answering(this::sent);
            held(hosts);

            hosts.web().release(EVERYTHING);
            for (int number = CUSTOMERS - 1; number >= 0; number--) {
                paidAt.put(Address.phone(phone(number)), hosts.pays(customer(number), true));
            }
            hosts.awaitQuiet();

            LongSummaryStatistics window = sentAt.entrySet().stream()
                    .mapToLong(sent -> (sent.getValue() - takenAt.getOrDefault(sent.getKey(), 0L)) / 1_000)
                    .summaryStatistics();
            long crossed = paidAt.entrySet().stream()
                    .filter(paid -> sentAt.getOrDefault(paid.getKey(), 0L) > paid.getValue())
                    .count();
            LOG.info(
                    "{}: {} orders, {} stopped their reminder, {} crossed it; window {} us on average, {} us at most",
                    database,
                    CUSTOMERS,
                    CUSTOMERS - sentAt.size(),
                    crossed,
                    Math.round(window.getAverage()),
                    window.getMax());
            assertThat(hosts.sms.sent())
                    .extracting(Outbound::to)
                    .doesNotHaveDuplicates()
                    .hasSizeLessThan(CUSTOMERS);
            assertThat(paidAt.entrySet().stream()
                            .filter(paid -> takenAt.getOrDefault(paid.getKey(), 0L) > paid.getValue())
                            .map(Map.Entry::getKey))
                    .as("reminders whose row was taken after their order had committed")
                    .isEmpty();
            assertThat(window.getMax()).as("window in us").isLessThan(2_000_000);
        }
    }

    private CompletionStage<SendResult> sent(Outbound message) {
        sentAt.put(message.to(), System.nanoTime());
        return CompletableFuture.supplyAsync(
                () -> new SendResult.Accepted(List.of(), null),
                CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
    }

    /** The store, with a note of the instant before each row was taken: the window cannot begin earlier. */
    private Store watched(Store store) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    Object result = called(method, store, arguments);
                    return result instanceof Unit unit ? watched(unit) : result;
                });
    }

    private Unit watched(Unit unit) {
        return (Unit) Proxy.newProxyInstance(
                Unit.class.getClassLoader(), new Class<?>[] {Unit.class}, (proxy, method, arguments) -> {
                    long before = System.nanoTime();
                    Object result = called(method, unit, arguments);
                    if (method.getName().equals("take")) {
                        ((List<?>) result)
                                .forEach(row ->
                                        takenAt.put(((Outgoing) row).message().to(), before));
                    }
                    return result;
                });
    }

    private static Object called(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw Objects.requireNonNull(thrown.getCause());
        }
    }

    /** All reminders are in the outbox, where a kill switch holds them. */
    private static void held(Hosts hosts) {
        for (int number = 0; number < CUSTOMERS; number++) {
            Identity her = hosts.customer(customer(number).value(), phone(number));
            hosts.web().track(her, "Product Added", Map.of("product", "Bo am chen"));
        }
        hosts.web().stop(EVERYTHING, KillSwitch.Mode.HOLD, "Lan", "wrong price");
        hosts.clock.moveTo("2026-11-23T10:00+07:00");
        Hosts.await("all are in the outbox", () -> hosts.store().backlog().getOrDefault("outbox", 0L) == CUSTOMERS);
    }

    private static Identity customer(int number) {
        return userId("customer-" + number);
    }

    private static String phone(int number) {
        return String.format(Locale.ROOT, "+84 90 000 %04d", number);
    }
}
