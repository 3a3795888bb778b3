// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.traitDate;
import static dev.throughline.segment.Conditions.basket;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.orders;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Definitions;
import dev.throughline.campaign.Migration;
import dev.throughline.campaign.Product;
import dev.throughline.campaign.Schedule;
import dev.throughline.channel.Processor;
import dev.throughline.channel.TextContent;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Notice;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Withdrawal;
import dev.throughline.customer.IdentityRules;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Sample;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Kit;
import dev.throughline.identity.Layout;
import dev.throughline.identity.Money;
import dev.throughline.identity.Sender;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.pool.Pool;
import dev.throughline.pool.RateLimit;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.segment.Conditions;
import dev.throughline.segment.EventType;
import dev.throughline.segment.Segment;
import dev.throughline.touchpoint.Source;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the types say, a host may hand in nothing: each word that it builds with says which part is missing. */
class MissingPartsTest {

    private static final Brand SHOP = Brand.named("Shop").country("VN");
    private static final Message NEWS = Message.marketing("news", SHOP).on(Channel.SMS, text("hi"));
    private static final Set<String> ASKED_BY_THE_ENGINE =
            Set.of("read", "render", "optOut", "content", "window", "caps", "messageClass", "admitted");
    private static final List<Class<?>> WORDS = List.of(
            Words.class,
            Conditions.class,
            Schedule.class,
            Pool.class,
            Definitions.class,
            Migration.class,
            EventType.class);
    private static final EventType<Ordered> ORDERED = EventType.of("Ordered", Ordered.class);
    private static final List<Object> SPOKEN_TO = spokenTo();
    private static final List<Object> SAMPLES = List.of(
            "a",
            1,
            1L,
            1.5,
            true,
            Duration.ofHours(1),
            Instant.EPOCH,
            LocalTime.NOON,
            Map.of(),
            List.of(),
            new TextContent("hi"),
            Identity.userId("mai"),
            Gap.class,
            ORDERED,
            Purpose.ADVERTISING,
            ORDERED.text("order_id", Ordered::orderId).is("A-17"),
            Delivery.LIVE,
            CustomerId.parse("018f0000000000000000000000000000"),
            Pool.pieces("cards", 1),
            RateLimit.perSecond(1),
            new Processor("Gateway Ltd", "VN"),
            Definitions.of(List.of()),
            Schedule.daily(LocalTime.NOON),
            new Product("Tea", null, "", "", true, Map.of()));

    record Ordered(String orderId) {}

    private static List<Object> spokenTo() {
        var all = new ArrayList<Object>(List.of(
                SHOP,
                Kit.NONE,
                Layout.html("plain", "{{ content }}"),
                Sender.of("SHOP"),
                Channel.SMS,
                Money.of(1, "VND"),
                Address.email("mai@example.com"),
                Identity.userId("mai"),
                Source.named("till"),
                NEWS,
                text("hi"),
                event("Viewed"),
                traitDate("birthday"),
                first(Channel.SMS),
                trait("tier"),
                trait("tier").is("gold"),
                basket(),
                orders(),
                count("Viewed"),
                Segment.of("vip", trait("tier").is("gold")),
                Grant.of(Purpose.ADVERTISING),
                Withdrawal.of(Purpose.ADVERTISING),
                new Notice("signup", 1, "news"),
                Policy.vietnam(),
                IdentityRules.standard(),
                Sample.event(Map.of()),
                new Setup(),
                Rehearsal.of(),
                Campaign.named("news")));
        Rehearsal.of().customer("mai", all::add);
        all.add(Campaign.named("news").journey(j -> {
            all.add(j);
            j.startOn(event("Viewed")).call("score", all::add).end();
        }));
        return all;
    }

    /** A word of the library, whom it is said to, and what stands for one of its parts. */
    record Gap(
            Method word,
            @Nullable Object spokenTo,
            int part,
            @Nullable Object hole) {

        void say() throws Throwable {
            var types = word.getParameterTypes();
            var parts = IntStream.range(0, types.length)
                    .mapToObj(place -> place == part ? hole : sample(types[place]))
                    .toArray();
            try {
                word.invoke(spokenTo, parts);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }

        @Override
        public String toString() {
            String type = word.getDeclaringClass().getSimpleName();
            return type + "." + word.getName() + "(" + word.getParameters()[part].getName() + ")";
        }
    }

    @ParameterizedTest
    @MethodSource("gaps")
    void eachWordTellsThatAPartIsMissing(Gap gap) {
        assertThatThrownBy(gap::say).isInstanceOf(ThroughlineException.class).hasMessageContaining("expected");
    }

    @Test
    void refusalsNameThePart() {
        assertThatThrownBy(() -> Brand.named(null)).hasMessage("brand: name is missing, expected a value");
        assertThatThrownBy(() -> event((String) null)).hasMessage("event: event is missing, expected a value");
        assertThatThrownBy(() -> new Setup().proofs((Address) null))
                .hasMessage("setup: proofs is missing, expected a value");
        assertThatThrownBy(() -> SHOP.sender(Channel.SMS, (String) null))
                .hasMessage("brand sender: value is missing, expected a value");
    }

    static Stream<Gap> gaps() {
        return Stream.concat(
                WORDS.stream().flatMap(type -> gaps(type, null)),
                SPOKEN_TO.stream().flatMap(one -> gaps(one.getClass(), one)));
    }

    private static Stream<Gap> gaps(Class<?> type, @Nullable Object one) {
        return Arrays.stream(type.getMethods())
                .filter(word -> word.getDeclaringClass() == type && !word.isSynthetic())
                .filter(word -> one != null || Modifier.isStatic(word.getModifiers()))
                .filter(word -> word.getReturnType().getName().startsWith("dev.throughline."))
                .filter(word -> !ASKED_BY_THE_ENGINE.contains(word.getName()))
                .flatMap(word -> IntStream.range(0, word.getParameterCount())
                        .filter(part -> isRequired(word.getParameters()[part]))
                        .boxed()
                        .flatMap(part -> holes(word.getParameters()[part])
                                .map(hole -> new Gap(word, one, part, hole.orElse(null)))));
    }

    private static boolean isRequired(Parameter part) {
        return !part.getType().isPrimitive()
                && part.getType() != Object.class
                && !part.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Nothing, and in place of many also many of whom one is nothing. */
    private static Stream<Optional<Object>> holes(Parameter part) {
        return part.isVarArgs()
                ? Stream.of(
                        Optional.empty(),
                        Optional.of(Array.newInstance(part.getType().getComponentType(), 1)))
                : Stream.of(Optional.empty());
    }

    private static Object sample(Class<?> type) {
        if (type.isArray() || type.isEnum()) {
            return type.isEnum() ? type.getEnumConstants()[0] : Array.newInstance(type.getComponentType(), 0);
        }
        return Stream.concat(SPOKEN_TO.stream(), SAMPLES.stream())
                .filter(MethodType.methodType(type).wrap().returnType()::isInstance)
                .findFirst()
                .orElseGet(() -> Proxy.newProxyInstance(
                        MissingPartsTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, called, with) -> null));
    }
}
