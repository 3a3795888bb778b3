// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.channel.MessageClass;
import dev.throughline.commerce.Stage;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Kit;
import dev.throughline.identity.Layout;
import dev.throughline.identity.Sender;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import dev.throughline.segment.Condition;
import dev.throughline.segment.Conditions;
import dev.throughline.segment.Segment;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Makes up campaigns, and what belongs to them, of every kind there is. */
final class Invention {

    private static final List<String> WORDS = List.of(
            "total",
            "city",
            "Order Completed",
            "Giỏ hàng",
            "it's",
            "a\"b\\c",
            "x and y",
            "a\u2028b",
            "1",
            "\uD83D\uDE00");
    private static final List<Channel> CHANNELS =
            List.of(Channel.EMAIL, Channel.SMS, Channel.ZALO, new Channel("viber", "phone"), Channel.named("kiosk"));
    private static final List<String> NUMBERS =
            List.of("0", "1", "-3", "99.50", "1000000000000000000000", "1E+3", "0.000001", "2.00");

    private final Random random;

    Invention(long seed) {
        this.random = new Random(seed);
    }

    Brand brand() {
        var brand = Brand.named("Brand " + word());
        brand = chance() ? brand.country(one(List.of("VN", "DE", "US", ""))) : brand;
        brand = chance() ? brand.controller(word() + " Ltd") : brand;
        brand = chance() ? brand.zone(one(List.of("Asia/Tokyo", "UTC", "+07:00", "Z"))) : brand;
        brand = chance() ? brand.language(one(List.of("vi", "en-GB", "de"))) : brand;
        brand = chance() ? brand.postalAddress(word()) : brand;
        brand = chance() ? brand.sender(Channel.SMS, one(List.of("SHOP", "8088", "+84 90 000 0001"))) : brand;
        brand = chance()
                ? brand.sender(
                        channel(), Sender.of("a@b.example").registeredUntil(Instant.ofEpochSecond(random.nextInt())))
                : brand;
        brand = chance() ? brand.sender(Channel.ZALO, new Sender("12345", Sender.Kind.OTHER, null)) : brand;
        brand = chance() ? brand.optOutBySms("TC", "8088").optOutByEmail("stop@shop.example") : brand;
        brand = chance() ? brand.kit(kit()) : brand;
        return chance() ? brand.optOutByWeb("https://shop.example/u/").optOutByCall("1900 0000") : brand;
    }

    private Kit kit() {
        var kit = Kit.of("#0a5C36").logo("https://shop.example/logo.png").font("Be Vietnam Pro, Arial, sans-serif");
        kit = chance()
                ? kit.colour("accent", "#ffffff").line("1 Trang Tien, Ha Noi").line("Thue: 01")
                : kit;
        kit = chance() ? kit.layout(Layout.html("standard", "<body>{{ content }}{{ brand.name }}</body>")) : kit;
        kit = chance()
                ? kit.layout(Layout.html("bare", "{{ content }}").text("{{ content }}\n--\n{{ brand.name }}"))
                : kit;
        return chance() ? kit.usually(Layout.NONE) : kit;
    }

    Message message(Brand brand) {
        var message = Message.of("message " + random.nextInt(1_000_000), one(List.of(MessageClass.values())), brand);
        for (Channel channel : CHANNELS) {
            message = message.on(channel, draft(channel));
            message =
                    chance() ? message.on(channel, one(List.of("vi", "en-GB", "zh-Hant-TW")), draft(channel)) : message;
        }
        message = chance() ? message.validFor(time()) : message;
        message = chance() ? message.lenient() : message;
        message = chance() ? message.layout(one(List.copyOf(layouts(brand)))) : message;
        message = chance() ? message.drawsOn("sale").drawsOn(word()) : message;
        boolean resendable = message.messageClass() != MessageClass.MARKETING
                && message.messageClass() != MessageClass.CONSENT_REQUEST;
        return resendable && chance() ? message.resendWhenUnknown() : message;
    }

    private static Set<String> layouts(Brand brand) {
        var names = new TreeSet<>(brand.kit().layouts().keySet());
        names.add(Layout.NONE);
        return names;
    }

    private Draft draft(Channel channel) {
        String text = "{{ customer.firstName }}, "
                + one(List.of("\u00fd", "\"quoted\"", "{{ event.product }}", "two\nlines"));
        if (chance()) {
            return new Draft.Template(word(), Map.of("name", text, "code", "{{ event.code }}"));
        }
        return channel.equals(Channel.EMAIL)
                ? new Draft.Mail("About " + random.nextInt(9), "<p>" + text + "</p>", chance() ? text : "")
                : new Draft.Text(text);
    }

    Condition condition(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> Conditions.trait(word()).is(one(List.of(word(), 3, 3.5, true, number(), Long.MAX_VALUE)));
            case 1 -> chance() ? Conditions.property(word()).exists() : shopping();
            case 2 ->
                chance()
                        ? Conditions.trait(word()).atLeast(number())
                        : Conditions.property(word()).below(number());
            case 3 -> counted(Conditions.count(word()));
            case 4 -> summed(Conditions.sum(word(), word()));
            case 5 -> condition(depth - 1).and(condition(depth - 1));
            case 6 -> condition(depth - 1).or(condition(depth - 1));
            default -> condition(depth - 1).negate();
        };
    }

    private Condition shopping() {
        var placed = Conditions.orders().placed();
        return one(List.of(
                Conditions.basket().isEmpty(),
                Conditions.onList(word()),
                Conditions.basket().contains(word()),
                Conditions.basket().total().atLeast(number()),
                Conditions.group(word()).is(word()),
                placed.within(Duration.ofHours(1 + random.nextInt(99))).atLeast(random.nextInt(20)),
                placed.below(1 + random.nextInt(20)),
                Conditions.orders().at(one(List.of(Stage.values()))).exactly(random.nextInt(3))));
    }

    private Condition counted(Conditions.Past past) {
        var within = chance() ? past.within(Duration.ofHours(1 + random.nextInt(9_000))) : past;
        return chance() ? within.moreThan(random.nextInt(99)) : within.exactly(random.nextInt(99));
    }

    private Condition summed(Conditions.Past past) {
        var less = chance() ? past.minus(word()) : past;
        return chance() ? less.atLeast(number()) : less.below(number());
    }

    Campaign campaign() {
        var brand = brand();
        var messages = IntStream.range(0, 3).mapToObj(i -> message(brand)).toList();
        return Campaign.named("campaign " + word()).journey(j -> {
            entry(j);
            IntStream.range(0, random.nextInt(3)).forEach(i -> j.exitOn(rule()));
            if (chance()) {
                j.goal(rule());
            }
            if (chance()) {
                j.holdout(1 + random.nextInt(99));
            }
            j.zone(one(List.of("Asia/Ho_Chi_Minh", "+07:00")));
            steps(j, messages, 3);
        });
    }

    private void entry(JourneyBuilder j) {
        switch (random.nextInt(5)) {
            case 0 -> j.startOnCall().once();
            case 3 -> j.startOn(schedule(), chance() ? Conditions.onList(word()) : Conditions.in(segment()));
            case 1 -> j.startOn(DateRule.of(DateRule.Source.TRAIT, word()).daysBefore(random.nextInt(99)));
            case 2 -> j.startYearlyOn(date(DateRule.Source.TRAIT)).reenterAfter(time());
            default -> j.startOn(rule()).keyedBy(word());
        }
    }

    private Schedule schedule() {
        var at = LocalTime.of(random.nextInt(24), 30);
        return one(List.of(
                Schedule.daily(at),
                Schedule.weekly(one(List.of(DayOfWeek.values())), at),
                Schedule.monthly(1 + random.nextInt(31), at),
                Schedule.once(Instant.ofEpochSecond(2_000_000_000L + random.nextInt(1_000_000)))));
    }

    private Segment segment() {
        return Segment.of(word(), counted(Conditions.count(word())));
    }

    private DateRule date(DateRule.Source source) {
        var date = DateRule.of(source, word()).daysAfter(random.nextInt(99));
        date = chance() ? date.at(LocalTime.of(random.nextInt(24), 30)) : date;
        return chance() ? date.before(Duration.ofMinutes(random.nextInt(10_000))) : date;
    }

    private void steps(JourneyBuilder j, List<Message> messages, int depth) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            switch (random.nextInt(depth > 0 ? 13 : 8)) {
                case 0 -> j.delay(time());
                case 1, 2 -> j.send(one(messages), route());
                case 3 ->
                    j.setTrait(
                            "t" + word(), one(List.of(1, "gold", true, number(), List.of(1, "a"), Map.of("k", 2.5))));
                case 4 -> calendar(j);
                case 5 ->
                    j.delayUntil(date(DateRule.Source.EVENT), one(List.of(IfPast.values())))
                            .setTrait("x", null);
                case 6 -> j.waitUntil(ofHer(), time(), met -> {}, timeout -> {});
                case 7 -> j.call("plain-" + random.nextInt(9));
                case 8 ->
                    j.branch(condition(2), then -> steps(then, messages, depth - 1), otherwise -> {
                        if (chance()) {
                            otherwise.end(one(List.of("", "TOO_SMALL")));
                        }
                    });
                case 9 -> j.branch(ways -> choice(ways, messages, depth - 1));
                case 10 ->
                    j.experiment(word(), variants -> variants.variant("a", 30, a -> steps(a, messages, depth - 1))
                            .variant("b", 70, b -> {}));
                case 11 -> call(j, messages, depth - 1);
                default -> j.waitUntil(rule(), time(), happened -> steps(happened, messages, depth - 1), timeout -> {});
            }
        }
    }

    private void call(JourneyBuilder j, List<Message> messages, int depth) {
        j.call("reserve-stock", call -> {
            call.with("quantity", number()).take("order", "event.order_id").take("tier", "customer." + word("t"));
            call.as("stock").attempts(1 + random.nextInt(10));
            if (chance()) {
                call.backoff(Duration.ofSeconds(1 + random.nextInt(999))).deadline(Duration.ofMillis(500));
            }
            if (chance()) {
                call.ifFails(failed -> steps(failed, messages, depth));
            }
        });
        j.branch(Conditions.called("stock.reserved").is(true), yes -> {}, no -> {});
    }

    /** A word without a dot. */
    private String word(String prefix) {
        return prefix + random.nextInt(9);
    }

    private void choice(Branches ways, List<Message> messages, int depth) {
        ways.when(condition(1), then -> steps(then, messages, depth)).when(condition(1), then -> {});
        if (chance()) {
            ways.otherwise(otherwise -> {});
        }
    }

    private void calendar(JourneyBuilder j) {
        var at = LocalTime.of(random.nextInt(24), random.nextInt(60));
        switch (random.nextInt(4)) {
            case 0 -> j.delayDays(1 + random.nextInt(99));
            case 1 -> j.delayDays(1 + random.nextInt(99), at);
            case 2 -> j.delayUntil(at);
            default -> j.delayUntil(one(List.of(DayOfWeek.values())), at);
        }
    }

    /** A condition that looks at no event. */
    private Condition ofHer() {
        var condition = condition(2);
        return condition.properties().findAny().isEmpty() ? condition : ofHer();
    }

    private Route route() {
        var route = Route.first(channel());
        while (chance()) {
            route = chance() ? route.thenIfNoResponse(time(), channel()) : route.thenIfUndeliverable(channel());
        }
        return route;
    }

    private EventRule rule() {
        return new EventRule(word(), chance() ? condition(2) : null);
    }

    private Duration time() {
        return chance() ? Duration.ofDays(1 + random.nextInt(500)) : Duration.ofSeconds(1 + random.nextInt(100_000), 5);
    }

    private BigDecimal number() {
        return new BigDecimal(one(NUMBERS));
    }

    private Channel channel() {
        return one(CHANNELS);
    }

    private String word() {
        return one(WORDS);
    }

    private boolean chance() {
        return random.nextBoolean();
    }

    private <T> T one(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }
}
