// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.days;
import static dev.throughline.Words.entering;
import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.traitDate;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.basket;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.sum;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Setup;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.segment.Segment;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Stamp;
import dev.throughline.touchpoint.Touchpoint;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a later release needs of customers who were known before is made of their past, and nothing of it is news. */
class RebuildTest {

    private static final Identity MAI = userId("mai");
    private static final Identity LAN = userId("lan");

    enum Kind {
        MEMORY,
        SQLITE
    }

    private final Brand shop = Brand.named("Shop").sender(SMS, "SHOP");
    private final Message news = Message.transactional("news", shop).on(SMS, text("News"));
    private final Segment fromHue = Segment.of("from-hue", trait("city").is("Huế"));
    private final Segment vip =
            Segment.of("vip", sum("Order Completed", "total").within(days(90)).atLeast(1000));
    private final Segment quiet = Segment.of(
            "quiet",
            count("Order Completed")
                    .within(days(60))
                    .below(1)
                    .and(count("Order Completed").atLeast(1)));
    private final Segment filling = Segment.of(
            "filling", basket().contains("TEA-6").and(basket().quantity().atLeast(2)));

    private final Campaign hue =
            Campaign.named("hue").journey(j -> j.startOn(entering(fromHue)).send(news, first(SMS)));
    private final Campaign looker = Campaign.named("looker").journey(j -> j.startOn(event("Product Viewed")
                    .where(count("Product Viewed").atLeast(2).and(basket().isEmpty())))
            .delay(days(300)));
    private final Campaign welcome =
            Campaign.named("welcome").journey(j -> j.startOn(entering(vip)).delay(days(1)));
    private final Campaign winBack =
            Campaign.named("win-back").journey(j -> j.startOn(entering(quiet)).delay(days(1)));
    private final Campaign basketNews = Campaign.named("basket-news")
            .journey(j -> j.startOn(entering(filling)).delay(days(1)));
    private final Campaign birthday = Campaign.named("birthday")
            .journey(j -> j.startYearlyOn(traitDate("birthday").at(LocalTime.NOON))
                    .zone("UTC")
                    .delay(days(1)));

    @TempDir
    Path folder;

    private volatile Instant now = Instant.parse("2026-11-23T03:00:00Z");
    private int number;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void fillsSegmentsWindowsAndBasketsAndStartsNothing(Kind kind) {
        var stores = stores(kind);
        try (var before = open(stores.get(), hue, looker)) {
            before.load(Stream.of(
                    happened(MAI, "Order Completed", 20, Map.of("total", 1200)),
                    happened(MAI, "Product Added", 5, Map.of("sku", "TEA-6", "quantity", 2)),
                    happened(LAN, "Order Completed", 70, Map.of("total", 900))));
        }

        try (var after = open(stores.get(), hue, looker, welcome, winBack, basketNews)) {
            rebuilt(after);

            assertThat(members(after, "vip")).containsExactly("mai");
            assertThat(members(after, "quiet")).containsExactly("lan");
            assertThat(members(after, "filling")).containsExactly("mai");
            assertThat(after.queries().membership(MAI, "vip").orElseThrow().since())
                    .contains(now);
            assertThat(events(after, MAI)).doesNotContain("Segment Entered");
            assertThat(events(after, LAN)).doesNotContain("Segment Entered");
            assertThat(after.health().backlog().get("timers")).isEqualTo(2); // when they fall out of the windows

            after.track(LAN, "Order Completed", Map.of("total", 200));
            assertThat(events(after, LAN)).contains("Segment Entered");
            assertThat(members(after, "vip")).containsExactlyInAnyOrder("mai", "lan");
        }
    }

    @Test
    void fillsSegmentsThatNoCampaignAsksFor() {
        var stores = stores(Kind.SQLITE);
        try (var before = open(stores.get(), welcome)) {
            before.load(Stream.of(
                    happened(LAN, "Order Completed", 70, Map.of("total", 900)),
                    happened(MAI, "Product Added", 5, Map.of("sku", "TEA-6", "quantity", 2))));
        }

        try (var after =
                open(stores.get(), t -> t.campaign(welcome).segment(quiet).segment(filling))) {
            rebuilt(after);
            assertThat(members(after, "quiet")).containsExactly("lan");
            assertThat(members(after, "filling")).containsExactly("mai");

            after.track(LAN, "Order Completed", Map.of("total", 1));
            assertThat(members(after, "quiet")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "SQLITE")
    void whoWasAbsorbedUnderAReleaseWithoutTheSegmentIsNoMember(Kind kind) {
        var stores = stores(kind);
        var plain =
                Campaign.named("plain").journey(j -> j.startOn(event("Visited")).delay(days(1)));
        Consumer<Setup> watching = t -> t.campaign(plain).segment(fromHue);
        try (var before = open(stores.get(), watching)) {
            before.identify(Identity.email("mai@example.com"), Map.of("city", "Huế"));
            before.identify(Identity.phone("+84900000001"), Map.of("city", "Huế"));
            assertThat(members(before, "from-hue")).hasSize(2);
        }
        try (var without = open(stores.get(), plain)) {
            rebuilt(without);
            without.identify(Identity.email("mai@example.com"), Map.of("phone", "+84900000001", "city", "Hội An"));
            without.identify(LAN, Map.of("city", "Huế"));
            until(() ->
                    !without.queries().merges(Identity.phone("+84900000001")).isEmpty());
        }

        try (var again = open(stores.get(), watching)) {
            rebuilt(again);

            assertThat(members(again, "from-hue")).containsExactly("lan");
        }
    }

    /** Who was split off has her own again at once, and the survivor what is hers alone. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void countsAnewForBothWhoWereSplit(Kind kind) {
        try (var host = open(stores(kind).get(), welcome, basketNews)) {
            host.track(MAI, "Order Completed", Map.of("total", 600));
            now = now.plusSeconds(60);
            host.track(LAN, "Order Completed", Map.of("total", 700));
            now = now.plusSeconds(60);
            host.track(LAN, "Product Added", Map.of("sku", "TEA-6", "quantity", 2));
            host.alias(MAI, LAN);
            until(() -> members(host, "vip").equals(List.of("mai"))
                    && members(host, "filling").equals(List.of("mai")));
            var absorbed = host.queries().merges(MAI).get(0).other();
            until(() -> !host.queries().merges(LAN).isEmpty());

            host.split(absorbed, "agent 7", "two sisters");

            until(() ->
                    members(host, "vip").isEmpty() && members(host, "filling").equals(List.of("lan")));
            now = now.plusSeconds(60);
            host.track(LAN, "Order Completed", Map.of("total", 300));
            until(() -> members(host, "vip").equals(List.of("lan")));
            assertThat(members(host, "filling")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void changesNothingThatWasThere(Kind kind) {
        var stores = stores(kind);
        String journey;
        try (var before = open(stores.get(), hue, looker)) {
            before.identify(MAI, Map.of("city", "Huế", "phone", "+84900000001"));
            before.track(MAI, "Product Viewed", Map.of());
            before.track(MAI, "Product Viewed", Map.of());
            journey = before.explain(MAI, "looker").toString();
        }
        var then = now;
        now = now.plus(days(1));

        try (var after = open(stores.get(), hue, looker, welcome)) {
            rebuilt(after);
            after.track(MAI, "Product Viewed", Map.of());

            var membership = after.queries().membership(MAI, "from-hue").orElseThrow();
            assertThat(membership.since()).contains(then);
            assertThat(after.explain(MAI, "looker").toString()).startsWith(journey.replaceAll("\\]$", ""));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void doesSoBeforeTheNextThingThatSheDoes(Kind kind) {
        var stores = stores(kind);
        try (var before = open(stores.get(), hue, looker)) {
            before.load(Stream.of(happened(MAI, "Order Completed", 70, Map.of("total", 5))));
        }

        try (var after = open(stores.get(), hue, looker, winBack)) {
            after.track(MAI, "Product Viewed", Map.of());

            assertThat(after.queries().membership(MAI, "quiet").orElseThrow().inside())
                    .isTrue();
            assertThat(events(after, MAI)).doesNotContain("Segment Entered");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void setsTheTimersOfDates(Kind kind) {
        var stores = stores(kind);
        try (var before = open(stores.get(), hue, looker)) {
            before.identify(MAI, Map.of("birthday", "1990-12-24"));
        }

        try (var after = open(stores.get(), hue, looker, birthday)) {
            rebuilt(after);
            assertThat(after.explain(MAI, "birthday").lines()).isEmpty();

            now = Instant.parse("2026-12-24T12:00:00Z");
            until(() -> !after.explain(MAI, "birthday").lines().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void knowsWhatHappenedUnderAReleaseThatWasTakenBack(Kind kind) {
        var stores = stores(kind);
        try (var first = open(stores.get(), hue, looker, welcome)) {
            first.track(MAI, "Order Completed", Map.of("total", 600));
        }
        try (var back = open(stores.get(), hue, looker)) {
            back.track(MAI, "Order Completed", Map.of("total", 500));
        }

        try (var again = open(stores.get(), hue, looker, welcome)) {
            rebuilt(again);

            assertThat(members(again, "vip")).containsExactly("mai");
            assertThat(events(again, MAI))
                    .as("what is published is looked at by a release without it too, which lets nobody in")
                    .containsExactlyInAnyOrder("Order Completed", "Order Completed", "Segment Entered");
            assertThat(again.explain(MAI, "welcome").lines()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "SQLITE")
    void letsNobodyInWhoWasKnownBeforeAnythingWasNeeded(Kind kind) {
        var stores = stores(kind);
        var plain =
                Campaign.named("plain").journey(j -> j.startOn(event("Visited")).delay(days(1)));
        try (var before = open(stores.get(), plain)) {
            before.identify(MAI, Map.of("city", "Huế"));
        }

        try (var after = open(stores.get(), plain, hue)) {
            rebuilt(after);
            assertThat(members(after, "from-hue")).containsExactly("mai");

            after.identify(MAI, Map.of("points", 3));
            assertThat(events(after, MAI)).doesNotContain("Segment Entered");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void judgesASegmentAnewThatSaysSomethingElse(Kind kind) {
        var stores = stores(kind);
        try (var before = open(stores.get(), hue, looker)) {
            before.identify(MAI, Map.of("city", "Huế"));
            before.identify(LAN, Map.of("city", "Hội An"));
            assertThat(members(before, "from-hue")).containsExactly("mai");
        }
        var other = Campaign.named("hue").journey(j -> j.startOn(
                        entering(Segment.of("from-hue", trait("city").is("Hội An"))))
                .delay(days(1)));

        try (var after = open(stores.get(), other, looker)) {
            rebuilt(after);

            assertThat(members(after, "from-hue")).containsExactly("lan");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void goesOnWhereItBrokeOff(Kind kind) {
        var stores = stores(kind);
        try (var before = open(stores.get(), hue, looker)) {
            before.load(IntStream.range(0, 2000)
                    .mapToObj(
                            i -> happened(userId("c" + i), "Order Completed", 20, Map.of("total", 1000 + i % 2 - 1))));
        }
        long swept;
        try (var killed = open(stores.get(), hue, looker, welcome)) {
            until(() -> killed.health().rebuilding().customers() > 0);
            swept = killed.health().rebuilding().customers();
        }

        try (var after = open(stores.get(), hue, looker, welcome)) {
            assertThat(after.health().rebuilding().customers()).isGreaterThanOrEqualTo(swept);
            rebuilt(after);

            assertThat(after.health().rebuilding().customers()).isEqualTo(2000);
            assertThat(after.queries().members("vip")).hasSize(1000);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void hasNothingToDoWhereNothingIsNew(Kind kind) {
        var stores = stores(kind);
        try (var before = open(stores.get(), hue, looker)) {
            before.track(MAI, "Product Viewed", Map.of());
            rebuilt(before);
        }

        try (var after = open(stores.get(), looker, hue)) {
            assertThat(after.health().rebuilding().done()).isTrue();
        }
    }

    private Supplier<Store> stores(Kind kind) {
        if (kind == Kind.SQLITE) {
            return () -> JdbcStore.sqlite(folder.resolve("shop.db"));
        }
        var memory = new MemoryStore();
        return () -> lasting(memory);
    }

    /** Outlives the host that closes it. */
    private static Store lasting(Store store) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, args) -> {
                    try {
                        return method.getName().equals("close") ? null : method.invoke(store, args);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private Throughline open(Store store, Campaign... campaigns) {
        return open(store, t -> List.of(campaigns).forEach(t::campaign));
    }

    private Throughline open(Store store, Consumer<Setup> release) {
        return Throughline.open(t -> release.accept(t.store(store)
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .clock(() -> now)
                .channel(new RecordingChannel(SMS, () -> now))));
    }

    private Touchpoint happened(Identity who, String event, int daysAgo, Map<String, ?> properties) {
        var at = now.minus(days(daysAgo));
        return Stamp.of("t" + ++number, at).track(who, event, properties);
    }

    private static void rebuilt(Throughline throughline) {
        until(() -> throughline.health().rebuilding().done());
    }

    private static void until(Supplier<Boolean> condition) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(60))
                .until(condition::get);
    }

    private static List<String> members(Throughline throughline, String segment) {
        return throughline
                .queries()
                .members(segment)
                .map(customer -> customer.identities().get(0).value())
                .toList();
    }

    private static List<String> events(Throughline throughline, Identity who) {
        var names = new ArrayList<String>();
        throughline.queries().timeline(who).forEach(touchpoint -> names.add(touchpoint.name()));
        return names;
    }
}
