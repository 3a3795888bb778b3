// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.basket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Migration;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Explanation;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.Definition;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hosts whose code changes while customers are inside; the store stays. */
class VersionsTest {

    private static final Identity MAI = userId("mai");
    private static final Campaign OTHER =
            Campaign.named("other").journey(j -> j.startOn(event("Never")).delay(hours(1)));

    private final MemoryStore store = new MemoryStore();
    private volatile Instant now = Instant.parse("2026-11-23T03:00:00Z");

    @AfterEach
    void close() {
        store.close();
    }

    /** The campaign as one release has it: after some hours it says which it was. */
    private static Campaign care(int version) {
        return Campaign.named("care").journey(j -> j.startOnCall()
                .exitOn(event("Case Closed"))
                .delay(hours(version))
                .setTrait("version", version));
    }

    @Test
    void whoIsInsideGoesOnInHerVersionAndComesBackInTheNewest() {
        try (var before = host(care(1))) {
            before.start("care", MAI, Map.of());
        }
        try (var after = host(care(2))) {
            after.start("care", MAI, Map.of());
            passes(hours(1));
            assertThat(eventually(() -> version(after).equals("1"))).isTrue();

            passes(Duration.ofSeconds(1));
            after.start("care", MAI, Map.of());
            passes(hours(2));
            assertThat(eventually(() -> version(after).equals("2"))).isTrue();
            assertThat(changes(after))
                    .containsExactly(
                            "journey started (Start care)",
                            "journey ended",
                            "journey started (Start care)",
                            "journey ended");
        }
    }

    @Test
    void whoIsInsideACampaignThatIsDeletedFromTheCodeGoesOnAndCanStillLeave() {
        try (var before = host(care(1))) {
            before.start("care", MAI, Map.of());
        }
        try (var after = host(OTHER)) {
            passes(Duration.ofSeconds(1));
            after.track(MAI, "Case Closed", Map.of());

            assertThat(changes(after)).containsExactly("journey started (Start care)", "journey left (Case Closed)");
            assertThat(after.campaign("care").stop("ann", "it is over").status().stops())
                    .isEqualTo(1);
        }
    }

    @Test
    void hostThatIsOpenLearnsWhatAnotherPublishes() {
        try (var older = host(OTHER);
                var newer = host(care(1))) {
            newer.start("care", MAI, Map.of());
            passes(Duration.ofSeconds(1));

            older.track(MAI, "Case Closed", Map.of());

            assertThat(changes(newer)).containsExactly("journey started (Start care)", "journey left (Case Closed)");
        }
    }

    @Test
    void whoIsInsideAVersionThatLooksAtBasketsGoesOnWhereTheCodeDoesNot() {
        var looking = Campaign.named("care").journey(j -> j.startOnCall()
                .delay(hours(1))
                .branch(
                        basket().contains("TEA-6"),
                        tea -> tea.setTrait("version", 6),
                        none -> none.setTrait("version", 0)));
        try (var before = host(looking)) {
            before.track(MAI, "Product Added", Map.of("product_id", "TEA-6", "quantity", 1));
            before.start("care", MAI, Map.of());
        }
        try (var after = host(OTHER)) {
            passes(hours(1));

            assertThat(eventually(() -> version(after).equals("6"))).isTrue();
        }
    }

    @Test
    void hostDoesNotStepAVersionOfANewerFormat() {
        try (var before = host(care(1))) {
            before.start("care", MAI, Map.of());
        }
        try (var after = host(care(2), json -> json.replace("\"format\": 1", "\"format\": 99"))) {
            passes(hours(3));
            after.track(MAI, "Case Closed", Map.of());

            assertThat(changes(after)).containsExactly("journey started (Start care)");
        }
        try (var able = host(care(2))) {
            able.track(MAI, "Case Closed", Map.of());

            assertThat(changes(able)).containsExactly("journey started (Start care)", "journey left (Case Closed)");
        }
    }

    @Test
    void publishesEachVersionOnce() {
        for (int i = 0; i < 2; i++) {
            host(care(1)).close();
            host(care(2)).close();
        }

        assertThat(store.definitions())
                .filteredOn(one -> one.kind().equals("campaign"))
                .extracting(Definition::kind, Definition::name, Definition::version, Definition::who)
                .containsExactlyInAnyOrder(
                        tuple("campaign", "care", care(1).version(), "test"),
                        tuple("campaign", "care", care(2).version(), "test"));
    }

    @Test
    void refusesACampaignThatCannotBeWritten() {
        var shop = Brand.named("Shop").country("VN").sender(SMS, "SHOP");
        var one = Message.marketing("news", shop).on(SMS, text("Tra"));
        var two = Message.marketing("news", shop).on(SMS, text("Banh"));
        var campaign = Campaign.named("care")
                .journey(j -> j.startOnCall().send(one, first(SMS)).send(two, first(SMS)));

        assertThatThrownBy(() -> host(campaign))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageContaining("campaign 'care': one that can be written as JSON and read again, but: "
                        + "message 'news' has two contents, expected one content for a name");
    }

    @Test
    void whoIsInsideIsMovedAlsoByAHostWhoseCodeIsOlder() {
        try (var older = host(care(3))) {
            older.start("care", MAI, Map.of());
            passes(Duration.ofSeconds(1));
            older.campaign("care").migrate(Migration.to(care(2)), "ann", "sooner");
            assertThat(eventually(() -> changes(older).size() == 2)).isTrue();

            passes(hours(2));

            assertThat(eventually(() -> version(older).equals("2"))).isTrue();
            assertThat(changes(older).get(1)).startsWith("journey moved to another version (ann: sooner: ");
            assertThat(store.definitions()).extracting(Definition::version).contains(care(2).version());
        }
    }

    @Test
    void whoIsInsideIsMovedToAVersionThatANewerHostHasPublished() {
        try (var older = host(care(3));
                var newer = host(care(2))) {
            older.start("care", MAI, Map.of());
            passes(Duration.ofSeconds(1));
            older.campaign("care").migrate(Migration.to(care(2).version()), "ann", "sooner");

            newer.track(MAI, "Page Viewed", Map.of());
            passes(hours(2));

            assertThat(eventually(() -> version(newer).equals("2"))).isTrue();
            assertThat(changes(newer)).hasSize(3);
        }
    }

    // Hosts.

    private Throughline host(Campaign campaign) {
        return host(campaign, UnaryOperator.identity());
    }

    private Throughline host(Campaign campaign, UnaryOperator<String> json) {
        return Throughline.open(t -> t.store(lasting(json))
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .clock(() -> now)
                .campaign(campaign));
    }

    /** The store, which outlives its hosts, and tells what is published in other words. */
    private Store lasting(UnaryOperator<String> json) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, args) -> {
                    try {
                        return switch (method.getName()) {
                            case "close" -> null;
                            case "definitions" ->
                                store.definitions().stream()
                                        .map(one -> new Definition(
                                                one.kind(),
                                                one.name(),
                                                one.version(),
                                                json.apply(one.json()),
                                                one.at(),
                                                one.who()))
                                        .toList();
                            default -> method.invoke(store, args);
                        };
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private void passes(Duration time) {
        now = now.plus(time);
    }

    private static String version(Throughline host) {
        return String.valueOf(
                host.queries().customer(MAI).orElseThrow().profile().traits().get("version"));
    }

    private static boolean eventually(BooleanSupplier seen) {
        for (int i = 0; i < 200 && !seen.getAsBoolean(); i++) {
            try {
                Thread.sleep(25);
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        }
        return seen.getAsBoolean();
    }

    private static List<String> changes(Throughline host) {
        return host.explain(MAI, "care").lines().stream()
                .map(Explanation.Line::english)
                .filter(line -> line.startsWith("journey"))
                .toList();
    }
}
