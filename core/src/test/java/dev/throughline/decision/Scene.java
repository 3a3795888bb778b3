// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Preparation;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.TextContent;
import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Occasion;
import dev.throughline.consent.OptOutWords;
import dev.throughline.consent.Salts;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Ids;
import dev.throughline.identity.Money;
import dev.throughline.identity.Sender;
import dev.throughline.link.LinkKeys;
import dev.throughline.policy.CheckResult;
import dev.throughline.policy.Policy;
import dev.throughline.pool.HoldAnswer;
import dev.throughline.pool.Pool;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Withdrawn;
import dev.throughline.wire.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The phone of Mai, who has agreed to a Vietnamese shop's advertising; keeps its timers and what its last step wanted done. */
final class Scene {

    /** Ten in the morning in Saigon. */
    static final Instant START = Instant.parse("2026-11-23T03:00:00Z");

    static final Address PHONE = Address.phone("+84900000001");
    static final CustomerId MAI = CustomerId.of(Instant.parse("2026-01-01T00:00:00Z"), "mai");
    static final Brand BRAND = Brand.named("Shop")
            .country("VN")
            .sender(SMS, Sender.of("SHOP").registeredUntil(Instant.parse("2028-01-01T00:00:00Z")))
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    private static final Key CUSTOMER = Key.of(MAI);

    private final ContactPointAggregate aggregate;
    private final Map<String, Instant> timers = new TreeMap<>();
    private final List<Decision> decisions = new ArrayList<>();
    private List<Effect> effects = List.of();
    private int inputs;
    private Object state;
    private Instant now = START;

    private Scene(Policy policy, @Nullable Money price, Brand... others) {
        this(policy, price, Set.of(), others);
    }

    private Scene(Policy policy, @Nullable Money price, Set<String> lookUps, Brand... others) {
        this(policy, price, lookUps, false, others);
    }

    private Scene(Policy policy, @Nullable Money price, Set<String> lookUps, boolean classified, Brand... others) {
        aggregate = new ContactPointAggregate(new DecisionRules(
                policy,
                Stream.concat(Stream.of(BRAND), Stream.of(others))
                        .collect(Collectors.toMap(Brand::name, brand -> brand)),
                Map.of("sms", content -> new Preparation(content, 1, price, List.of(), null)),
                Map.of(
                        "offers", Pool.pieces("offers", 10),
                        "codes", Pool.pieces("codes", 10),
                        "money", Pool.budget("money", Money.of(10_000, "VND"))),
                OptOutWords.standard().with(BRAND),
                Set.of(),
                false,
                lookUps,
                Approvals.NOT_REQUIRED,
                LinkKeys.NONE,
                Salts.REHEARSED,
                classified));
        state = aggregate.initial(Key.of(PHONE));
    }

    /** Nobody has agreed to anything, and the provider can be asked what became of a message. */
    static Scene lookingUp() {
        return new Scene(Policy.vietnam(), null, Set.of("sms"));
    }

    /** The customer has agreed, and a classifier reads replies. */
    static Scene classified() {
        return new Scene(Policy.vietnam(), null, Set.of(), true)
                .act(Grant.of(ADVERTISING).on(SMS).shown(notice("checkout", 3)));
    }

    /** Nobody has agreed to anything. */
    static Scene empty() {
        return new Scene(Policy.vietnam(), null);
    }

    /** Nobody has agreed to anything, and the host has more brands. */
    static Scene of(Brand... others) {
        return new Scene(Policy.vietnam(), null, others);
    }

    static Scene agreed() {
        return agreed(Policy.vietnam());
    }

    static Scene agreed(Policy policy) {
        return agreed(policy, null);
    }

    /** Where a text has a price. */
    static Scene priced(Money price) {
        return agreed(Policy.vietnam(), price);
    }

    private static Scene agreed(Policy policy, @Nullable Money price) {
        return new Scene(policy, price).act(Grant.of(ADVERTISING).on(SMS).shown(notice("checkout", 3)));
    }

    static MessageId id(String name) {
        return new MessageId(Ids.hash("message", name));
    }

    static Plan advert(String name, String... pools) {
        return plan(name, MessageClass.MARKETING, Duration.ofDays(1), false, pools);
    }

    static Plan advert(Duration validity, String name) {
        return plan(name, MessageClass.MARKETING, validity, false);
    }

    static Plan news(String name, String... pools) {
        return plan(name, MessageClass.TRANSACTIONAL, Duration.ofDays(3), false, pools);
    }

    static Plan request(String name) {
        return plan(name, MessageClass.CONSENT_REQUEST, Duration.ofDays(3), false);
    }

    static Plan code(String name, String... pools) {
        return plan(name, MessageClass.ONE_TIME_CODE, Duration.ofHours(1), true, pools);
    }

    private static Plan plan(
            String name, MessageClass messageClass, Duration validity, boolean resends, String... pools) {
        return new Plan(
                id(name),
                0,
                new MessageOrigin("campaign", "instance", "0", 0, name),
                messageClass,
                "Shop",
                SMS,
                new TextContent("Xin chao"),
                new Plan.Person(CUSTOMER, "Asia/Ho_Chi_Minh", "vi", "VN", "1990-05-01"),
                START.plus(validity),
                resends,
                List.of(pools),
                Plan.Said.PLAIN);
    }

    Scene tell(Payload payload) {
        return apply(new Input.Told("told-" + inputs++, CUSTOMER, payload));
    }

    Scene receive(Payload payload) {
        return apply(new Input.Received("received-" + inputs++, payload));
    }

    /** What the do-not-call list says to the last question. */
    Scene listed(boolean listed) {
        RegistryCheck question = asked().get(0);
        var result = listed ? CheckResult.listed(now) : CheckResult.clear(now);
        return answer(question.answered(Map.of("vn-dnc", result)));
    }

    Scene answer(Payload answer) {
        return apply(new Input.Answered("answered-" + inputs++, answer));
    }

    Scene held(Plan plan, String pool) {
        return tell(new HoldAnswer(plan.id() + "/" + plan.round(), pool, true, null));
    }

    /** An advertisement that the list does not stop, in the outbox. */
    Scene enqueued(Plan advert) {
        return tell(advert).listed(false);
    }

    Scene attempt(MessageId message, int attempt, SendResult result) {
        return receive(new Attempted(message, attempt, now, "", result));
    }

    Scene accepted(Plan plan, String... references) {
        return attempt(plan.id(), plan.round() + 1, new SendResult.Accepted(List.of(references), null));
    }

    Scene notSent(Plan plan) {
        return attempt(
                plan.id(),
                plan.round() + 1,
                new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, "connection refused"));
    }

    Scene rejected(Plan plan, FailureCause cause, Scope scope) {
        return attempt(plan.id(), plan.round() + 1, new SendResult.Rejected(cause, scope, "550"));
    }

    Scene unknown(Plan plan, String... references) {
        return attempt(
                plan.id(),
                plan.round() + 1,
                new SendResult.Unknown(FailureCause.NETWORK, List.of(references), "reset after the data"));
    }

    Scene withdrawn(Plan plan) {
        return receive(new Withdrawn(plan.id()));
    }

    Scene recalled(Plan plan, Recalled.Why why) {
        return receive(new Recalled(plan.id(), plan.round() + 1, why, ""));
    }

    Scene receipt(MessageId message, Receipt.Status status) {
        return receive(new Reported(new Receipt("r-" + status, message, null, status, null, now, "")));
    }

    Scene bounced(MessageId message, FailureCause cause) {
        return receive(new Reported(new Receipt("r-bounce", message, null, Receipt.Status.BOUNCED, cause, now, "550")));
    }

    Scene replies(String text) {
        return replies(text, now);
    }

    /** By the clock of a gateway. */
    Scene replies(String text, Instant at) {
        return receive(new Replied(new Inbound("in-" + inputs, SMS, PHONE, "8088", text, at)));
    }

    Scene act(ConsentAct act) {
        var occasion = new Occasion("act-" + inputs, MAI, BRAND.controller(), now, now);
        act.eventsAt(PHONE, occasion).forEach(this::tell);
        return this;
    }

    /** Time passes, and no timer is due in it. */
    Scene after(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** Time passes, and every timer fires when it is due. */
    Scene waiting(Duration time) {
        Instant end = now.plus(time);
        while (next() != null && !timers.get(next()).isAfter(end)) {
            now = now.isAfter(timers.get(next())) ? now : timers.get(next());
            fire(next());
        }
        now = end;
        return this;
    }

    /** The host stands still for so long, and only then hears its timers. */
    Scene asleep(Duration time) {
        now = now.plus(time);
        for (String timer : List.copyOf(timers.keySet())) {
            if (!timers.get(timer).isAfter(now)) {
                fire(timer);
            }
        }
        return this;
    }

    /** The timer that is due first, fired when it is due. */
    Scene fireNext() {
        now = timers.get(next());
        return fire(next());
    }

    private Scene fire(String timer) {
        Instant due = timers.remove(timer);
        return apply(new Input.Due("due-" + inputs++, timer, due));
    }

    private String next() {
        return timers.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    Scene input(Input input) {
        return apply(input);
    }

    private Scene apply(Input input) {
        var out = new Effects();
        state = aggregate.apply(state, input, now, out);
        effects = out.list();
        survives(ContactPoint.CODEC, (ContactPoint) state);
        for (Effect effect : effects) {
            if (effect instanceof Effect.SetTimer timer) {
                timers.put(timer.timer(), timer.due());
            } else if (effect instanceof Effect.CancelTimer timer) {
                timers.remove(timer.timer());
            } else if (effect instanceof Effect.Record line && line.entry().body() instanceof Decision decision) {
                decisions.add(decision);
            }
        }
        return this;
    }

    /** A value is the same after it has been stored. */
    static <T> void survives(Codec<T> codec, T value) {
        byte[] bytes = codec.encode(value);
        T back = codec.decode(bytes);

        assertThat(back)
                .usingRecursiveComparison()
                .withEqualsForType(MessageId::equals, MessageId.class)
                .withEqualsForType(Key::equals, Key.class)
                .isEqualTo(value);
        assertThat(codec.encode(back)).isEqualTo(bytes);
    }

    Instant now() {
        return now;
    }

    Object state() {
        return state;
    }

    ContactPoint point() {
        return (ContactPoint) state;
    }

    Open open(Plan plan) {
        return point().open().get(plan.id());
    }

    List<Effect> effects() {
        return effects;
    }

    Map<String, Instant> timers() {
        return timers;
    }

    /** All verdicts and corrections so far. */
    List<Verdict> verdicts() {
        return decisions.stream().map(Decision::verdict).toList();
    }

    List<Decision> decisions() {
        return decisions;
    }

    /** The reasons of the findings of the last decision, in their order. */
    List<String> reasons() {
        return decisions.get(decisions.size() - 1).findings().stream()
                .map(finding -> finding.reason())
                .toList();
    }

    /** What the last step told, of one type. */
    <P extends Payload> List<P> told(Class<P> type) {
        return of(Effect.Tell.class)
                .map(Effect.Tell::payload)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    List<RegistryCheck> asked() {
        return asked(RegistryCheck.class);
    }

    /** What the last step asked, of one type. */
    <P extends Payload> List<P> asked(Class<P> type) {
        return of(Effect.Ask.class)
                .map(Effect.Ask::question)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    List<Outgoing> rows() {
        return of(Effect.Enqueue.class).map(Effect.Enqueue::outgoing).toList();
    }

    List<MessageId> takenBack() {
        return of(Effect.Cancel.class).map(Effect.Cancel::message).toList();
    }

    private <E extends Effect> Stream<E> of(Class<E> type) {
        return effects.stream().filter(type::isInstance).map(type::cast);
    }
}
