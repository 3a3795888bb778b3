// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.MessageId;
import dev.throughline.customer.Claim;
import dev.throughline.customer.CustomerAggregate;
import dev.throughline.customer.CustomerState;
import dev.throughline.customer.IdentityRules;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Tie;
import dev.throughline.decision.Confirm;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Plan;
import dev.throughline.decision.Settled;
import dev.throughline.decision.Verdict;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.link.LinkKeys;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Payloads;
import dev.throughline.ring.Question.Lack;
import dev.throughline.segment.BehaviourSlice;
import dev.throughline.segment.Evidence;
import dev.throughline.segment.ListsSlice;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Mai on her way through campaigns; keeps her timers and what her steps told. */
final class Way {

    static final Instant START = Instant.parse("2026-11-23T03:00:00Z");
    static final CustomerId MAI = CustomerId.of(Instant.parse("2026-01-01T00:00:00Z"), "mai");
    static final Address PHONE = Address.phone("+84900000001");
    static final Address MAIL = Address.email("mai@example.com");
    static final Brand SHOP = Brand.named("Shop").country("VN");
    static final Message REMINDER = Message.marketing("reminder", SHOP)
            .on(EMAIL, new Draft.Mail("{{ event.product }}", "<p>{{ event.product }}</p>", ""))
            .on(SMS, new Draft.Text("{{ event.product }}"));

    private CustomerAggregate aggregate;
    private JourneysSlice journeys;
    private final Map<String, Instant> timers = new TreeMap<>();
    private final List<Payload> told = new ArrayList<>();
    private final List<JourneyNote> notes = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private List<Effect> effects = List.of();
    private FunctionQuestion question;
    private final List<LookupQuestion> lookups = new ArrayList<>();
    private CustomerState state;
    private Instant now = START;
    private int inputs;

    private Identity name = Identity.userId("mai");

    private final HostTables tables;

    private Way(HostTables tables, Campaign... campaigns) {
        this.tables = tables;
        publish(campaigns);
        state = aggregate.initial(Key.of(MAI));
    }

    private void publish(Campaign... campaigns) {
        var windows =
                Arrays.stream(campaigns).flatMap(one -> one.windows().stream()).toList();
        var behaviour = new BehaviourSlice(windows);
        var lists = new ListsSlice();
        var evidence = new Evidence(behaviour, null, lists);
        journeys = new JourneysSlice(
                Roster.of(List.of(campaigns)), IdentityRules.standard(), evidence, tables, LinkKeys.NONE);
        aggregate =
                new CustomerAggregate(List.of(behaviour, lists, journeys), IdentityRules.standard(), new Payloads());
    }

    /** From now on the host has these campaigns. */
    Way publishing(Campaign... campaigns) {
        publish(campaigns);
        return this;
    }

    /** What she does from now on, she does under another name. */
    Way as(Identity other) {
        name = other;
        return this;
    }

    /** A customer with a mail address and a phone. */
    static Way through(Campaign... campaigns) {
        return nameless(campaigns).owns(identity(MAIL)).owns(identity(PHONE));
    }

    /** A customer of whom no address is known. */
    static Way nameless(Campaign... campaigns) {
        return new Way(HostTables.NONE, campaigns);
    }

    /** A customer with a mail address and a phone, of a host with tables. */
    static Way asking(HostTables tables, Campaign... campaigns) {
        return new Way(tables, campaigns).owns(identity(MAIL)).owns(identity(PHONE));
    }

    Way owns(Identity identity) {
        return input(new Input.Told("claim-" + inputs, Key.of(identity), new Claim(identity, MAI, Tie.STRONG, 0)));
    }

    Way trait(String name, Object value) {
        return touched(touchpoint("t-" + inputs, "identify", now, Map.of(name, value), Origin.LIVE));
    }

    Way does(String event) {
        return does(event, Map.of());
    }

    Way does(String event, Map<String, ?> properties) {
        return touched(touchpoint("t-" + inputs, event, now, properties, Origin.LIVE));
    }

    /** Heard of late. */
    Way did(String event, Duration ago) {
        return touched(touchpoint("t-" + inputs, event, now.minus(ago), Map.of(), Origin.LIVE));
    }

    Way remembers(String event) {
        return touched(touchpoint("t-" + inputs, event, now, Map.of(), Origin.HISTORY));
    }

    Way touched(Touchpoint touchpoint) {
        return input(new Input.Told(touchpoint.id() + ".0", Key.of(touchpoint.identity()), new Observed(touchpoint)));
    }

    Touchpoint touchpoint(String id, String event, Instant occurredAt, Map<String, ?> properties, Origin origin) {
        var call = event.equals("identify") ? Touchpoint.Call.IDENTIFY : Touchpoint.Call.TRACK;
        return new Touchpoint(
                id,
                call,
                event,
                List.of(name),
                occurredAt,
                now.isBefore(occurredAt) ? occurredAt : now,
                new TreeMap<>(properties),
                "web",
                origin);
    }

    Way settled(Verdict verdict) {
        return settled(plan().id(), verdict);
    }

    Way settled(MessageId message, Verdict verdict) {
        return input(new Input.Told("settled-" + inputs, Key.of(PHONE), new Settled(message, verdict, now)));
    }

    Way asked(MessageId message, int round) {
        return input(new Input.Told("confirm-" + inputs, Key.of(PHONE), new Confirm(message, round)));
    }

    /** What a function of the host was asked last. */
    FunctionQuestion question() {
        return question;
    }

    /** What tables of the host's were asked, the last question last. */
    List<LookupQuestion> lookups() {
        return lookups;
    }

    Way looked(LookupAnswer answer) {
        return input(new Input.Answered("answer-" + inputs, answer));
    }

    Way answered(Map<String, ?> values) {
        return answer(question.answered(values));
    }

    Way unanswered(Lack lack) {
        return answer(question.unanswered(lack, ""));
    }

    Way answer(FunctionAnswer answer) {
        return input(new Input.Answered("answer-" + inputs, answer));
    }

    Way tell(Payload payload) {
        return input(new Input.Told("told-" + inputs, Key.of(PHONE), payload));
    }

    /** Time passes, and every timer fires when it is due. */
    Way waiting(Duration time) {
        Instant end = now.plus(time);
        while (next() != null && !timers.get(next()).isAfter(end)) {
            now = timers.get(next());
            String timer = next();
            input(new Input.Due("due-" + inputs, timer, timers.remove(timer)));
        }
        now = end;
        return this;
    }

    private String next() {
        return timers.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    Way input(Input input) {
        inputs++;
        var out = new Effects();
        state = aggregate.apply(state, input, now, out);
        effects = out.list();
        survives();
        for (Effect effect : effects) {
            if (effect instanceof Effect.SetTimer timer) {
                timers.put(timer.timer(), timer.due());
            } else if (effect instanceof Effect.CancelTimer timer) {
                timers.remove(timer.timer());
            } else if (effect instanceof Effect.Tell tell) {
                told.add(tell.payload());
            } else if (effect instanceof Effect.Ask ask && ask.question() instanceof FunctionQuestion asked) {
                question = asked;
            } else if (effect instanceof Effect.Ask ask && ask.question() instanceof LookupQuestion asked) {
                lookups.add(asked);
            } else if (effect instanceof Effect.Record line) {
                recorded(line.entry());
            }
        }
        isTimed();
        var told = effects;
        told.forEach(this::heard);
        effects = told;
        return this;
    }

    /** What she tells herself. */
    private void heard(Effect effect) {
        if (effect instanceof Effect.Tell tell && tell.to().equals(Key.of(MAI))) {
            input(new Input.Told("self-" + inputs, Key.of(MAI), tell.payload()));
        }
    }

    private void recorded(Entry entry) {
        if (entry.body() instanceof JourneyNote note) {
            notes.add(note);
        } else if (entry.body() instanceof Decision decision) {
            decisions.add(decision);
        }
    }

    /** A journey is the same after it has been stored. */
    private void survives() {
        byte[] bytes = Journeys.CODEC.encode(journeys());
        Journeys back = Journeys.CODEC.decode(bytes);

        assertThat(back.instances()).isEqualTo(instances());
        assertThat(Journeys.CODEC.encode(back)).isEqualTo(bytes);
    }

    /** Every journey waits with a timer, and no timer is left over. */
    private void isTimed() {
        assertThat(timers.keySet().stream().filter(timer -> !timer.matches("journeys[@%].*")))
                .containsExactlyInAnyOrderElementsOf(
                        instances().stream().map(Instance::timer).toList());
    }

    private Journeys journeys() {
        return (Journeys) state.slices().get(2);
    }

    private static Identity identity(Address address) {
        return new Identity(address.kind(), address.value());
    }

    Instant now() {
        return now;
    }

    Object trait(String trait) {
        return state.customer().profile().traits().get(trait);
    }

    Object state() {
        return state;
    }

    /** The instances under way. */
    List<Instance> instances() {
        return journeys().instances();
    }

    Map<String, Instant> timers() {
        return timers;
    }

    /** All plans so far. */
    List<Plan> plans() {
        return all(Plan.class);
    }

    /** The latest plan. */
    Plan plan() {
        return plans().get(plans().size() - 1);
    }

    <P extends Payload> List<P> all(Class<P> type) {
        return told.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What the last step told. */
    List<Payload> told() {
        return effects.stream()
                .filter(Effect.Tell.class::isInstance)
                .map(effect -> ((Effect.Tell) effect).payload())
                .toList();
    }

    List<JourneyNote.Change> changes() {
        return notes.stream().map(JourneyNote::change).toList();
    }

    List<JourneyNote> notes() {
        return notes;
    }

    List<Decision> decisions() {
        return decisions;
    }
}
