// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.consent.Actor;
import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Notice;
import dev.throughline.consent.Purpose;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.touchpoint.Touchpoint.Call;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The shop's year as touchpoints, by the instant at which they happen. A customer registers and answers the consent form at her
 * first row; the sale is announced in four waves during one night two weeks before the last row.
 */
final class ShopFeed {

    static final String SALE = "Sale Announced";
    static final int WAVES = 4;

    private static final int DAYS_FROM_SALE_TO_END = 14;
    private static final LocalTime FIRST_WAVE = LocalTime.of(21, 30);
    private static final int HOURS_BETWEEN_WAVES = 3;
    private static final int PRODUCTS = 3;
    private static final Notice NOTICE = new Notice(
            "register",
            1,
            "content: offers of the shop; method: e-mail and text message; form: text; frequency: at most 3 a day");

    private final NavigableMap<Instant, Moment> moments = new TreeMap<>();
    private final Map<String, Instant> firstSeen = new TreeMap<>();
    private final LocalDate saleDay;

    /** What happens at one instant; who registers does so before anything else. */
    record Moment(List<Touchpoint> registrations, List<Touchpoint> events) {
        static Moment empty() {
            return new Moment(new ArrayList<>(), new ArrayList<>());
        }

        void shuffle(Random random) {
            Collections.shuffle(registrations, random);
            Collections.shuffle(events, random);
        }

        List<Touchpoint> touchpoints() {
            return Stream.concat(registrations.stream(), events.stream()).toList();
        }

        int size() {
            return registrations.size() + events.size();
        }
    }

    private ShopFeed(LocalDate saleDay) {
        this.saleDay = saleDay;
    }

    /** The feed of at least one invoice. */
    static ShopFeed of(List<Order> invoices) {
        var last = invoices.get(invoices.size() - 1).at().atZone(Scenario.ZONE).toLocalDate();
        var feed = new ShopFeed(last.minusDays(DAYS_FROM_SALE_TO_END));
        invoices.forEach(feed::invoice);
        for (int wave = 1; wave <= WAVES; wave++) {
            feed.announce(wave);
        }
        return feed;
    }

    NavigableMap<Instant, Moment> moments() {
        return moments;
    }

    /** Everybody who is fed, sorted. */
    List<String> customers() {
        return List.copyOf(firstSeen.keySet());
    }

    int touchpoints() {
        return moments.values().stream().mapToInt(Moment::size).sum();
    }

    private void invoice(Order order) {
        if (firstSeen.putIfAbsent(order.customerId(), order.at()) == null) {
            register(Scenario.persona(order.customerId()), order.at());
        }
        at(order.at()).events().add(order.isCancellation() ? cancellation(order) : sale(order));
    }

    private void register(Persona persona, Instant at) {
        var registrations = at(at).registrations();
        registrations.add(new Touchpoint(
                "identify-" + persona.customerId(),
                Call.IDENTIFY,
                "identify",
                List.of(
                        Identity.userId(persona.customerId()),
                        Identity.email(persona.email()),
                        Identity.phone(persona.phone())),
                at,
                at,
                Map.of(
                        "firstName", persona.firstName(),
                        "language", persona.language(),
                        "timezone", persona.zone().getId(),
                        "country", persona.residence()),
                "web",
                Origin.LIVE));
        acts(persona)
                .forEach((name, act) -> registrations.add(new Touchpoint(
                        "consent-" + name + '-' + persona.customerId(),
                        Call.CONSENT,
                        act.name(),
                        List.of(Identity.userId(persona.customerId())),
                        at,
                        at,
                        Map.copyOf(act.properties()),
                        "web",
                        Origin.LIVE)));
    }

    private static Map<String, ConsentAct> acts(Persona persona) {
        var acts = new TreeMap<String, ConsentAct>();
        if (persona.grantsEmail()) {
            acts.put("email", grant(Purpose.ADVERTISING).on(Channel.EMAIL));
        }
        if (persona.grantsSms()) {
            acts.put("sms", grant(Purpose.ADVERTISING).on(Channel.SMS));
        }
        if (persona.grantsTracking()) {
            acts.put("tracking", grant(Purpose.TRACKING));
        }
        return acts;
    }

    private static Grant grant(Purpose purpose) {
        return Grant.of(purpose).actor(Actor.SUBJECT).shown(NOTICE).method("web form");
    }

    private static Touchpoint sale(Order order) {
        var products = order.products(PRODUCTS);
        return event(
                "order-" + order.invoice(),
                "Order Completed",
                order.customerId(),
                order.at(),
                Map.of(
                        "order_id",
                        order.invoice(),
                        "total",
                        order.total(),
                        "products",
                        products,
                        "product",
                        products.isEmpty() ? order.lines().get(0).stockCode() : products.get(0)));
    }

    private static Touchpoint cancellation(Order order) {
        return event(
                "cancellation-" + order.invoice(),
                "Order Cancelled",
                order.customerId(),
                order.at(),
                Map.of("order_id", order.invoice(), "total", order.total().negate()));
    }

    private void announce(int wave) {
        var at = saleDay.atTime(FIRST_WAVE)
                .plusHours((long) HOURS_BETWEEN_WAVES * (wave - 1))
                .atZone(Scenario.ZONE)
                .toInstant();
        firstSeen.forEach((customer, since) -> {
            if (since.isBefore(at)) {
                at(at).events()
                        .add(event(
                                "sale-" + saleDay + '-' + wave + '-' + customer,
                                SALE,
                                customer,
                                at,
                                Map.of("wave", wave, "code", "SALE" + wave)));
            }
        });
    }

    private static Touchpoint event(String id, String name, String customer, Instant at, Map<String, ?> properties) {
        return new Touchpoint(
                id,
                Call.TRACK,
                name,
                List.of(Identity.userId(customer)),
                at,
                at,
                Map.copyOf(properties),
                "shop",
                Origin.LIVE);
    }

    private Moment at(Instant at) {
        return moments.computeIfAbsent(at, instant -> Moment.empty());
    }
}
