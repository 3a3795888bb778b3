// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.CampaignJson.made;

import dev.throughline.identity.Channel;
import dev.throughline.json.Named;
import dev.throughline.json.Node;
import dev.throughline.message.Message;
import dev.throughline.segment.Condition;
import dev.throughline.segment.Conditions;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads steps from JSON: each is an object of which one member says its kind. */
final class StepJson {

    private static final List<String> KINDS = List.of(
            "branch",
            "branches",
            "call",
            "delay",
            "delayDays",
            "delayUntil",
            "delayUntilDate",
            "end",
            "experiment",
            "send",
            "setTrait",
            "waitUntil");

    /** The blocks of steps within steps. */
    private static final List<String> BLOCKS = List.of("happened", "ifFails", "otherwise", "then", "timeout");

    /** When a leg that is not the first is taken. */
    private static final List<String> LATER = List.of("ifNoResponse", "ifUndeliverable");

    /** Goes on in the place of what is wrong, so that the steps within are read, too. */
    private static final Condition WRONG = Conditions.trait("wrong").exists();

    private final Named<Message> messages;

    StepJson(Named<Message> messages) {
        this.messages = messages;
    }

    /** Reads the steps of a block, each of which must be reached. */
    void read(Node node, String member, JourneyBuilder to) {
        Node ending = null;
        boolean told = false;
        for (Node part : node.parts(member)) {
            int before = to.steps().size();
            part.whole(step -> read(step, to));
            if (ending != null && !told) {
                told = true;
                part.fault("never reached, because " + ending.place() + " ends the journey");
            }
            if (ending == null && to.steps().size() > before && Layout.ends(to.steps())) {
                ending = part;
            }
        }
    }

    private @Nullable JourneyBuilder read(Node node, JourneyBuilder to) {
        String kind = node.kind(KINDS);
        if (kind == null) {
            BLOCKS.forEach(node::skip);
            return null;
        }
        return switch (kind) {
            case "branch" -> branch(node, to);
            case "branches" -> branches(node, to);
            case "call" -> call(node, to);
            case "delay" -> delay(node, to);
            case "delayDays" -> delayDays(node, to);
            case "delayUntil" -> delayUntil(node, to);
            case "delayUntilDate" -> delayUntilDate(node, to);
            case "end" -> end(node, to);
            case "experiment" -> experiment(node, to);
            case "send" -> send(node, to);
            case "setTrait" -> setTrait(node, to);
            default -> waitUntil(node, to);
        };
    }

    private @Nullable JourneyBuilder call(Node node, JourneyBuilder to) {
        String function = node.word("call");
        node.skip("ifFails");
        return made(
                node,
                "call",
                () -> to.call(function, call -> {
                    Node constants = node.part("with");
                    Node paths = node.part("take");
                    constants.members().keySet().forEach(name -> given(constants, name, call));
                    paths.members().keySet().forEach(name -> taken(paths, name, call));
                    if (node.has("as")) {
                        String name = node.word("as");
                        made(node, "as", () -> call.as(name));
                    }
                    tried(node, call);
                    if (node.has("ifFails")) {
                        call.ifFails(block(node, "ifFails"));
                    }
                }));
    }

    private static void given(Node node, String name, CallBuilder call) {
        Object value = node.value(name);
        if (value == null) {
            node.fault(name, "null", "a value", "");
            return;
        }
        made(node, name, () -> call.with(name, value));
    }

    private static void taken(Node node, String name, CallBuilder call) {
        String path = node.word(name);
        made(node, name, () -> call.take(name, path));
    }

    private static void tried(Node node, CallBuilder call) {
        int attempts = node.integer("attempts", Step.Call.USUAL.attempts());
        made(node, "attempts", () -> call.attempts(attempts));
        var backoff = node.duration("backoff", Step.Call.USUAL.backoff());
        made(node, "backoff", () -> call.backoff(backoff));
        var deadline = node.duration("deadline", Step.Call.USUAL.deadline());
        made(node, "deadline", () -> call.deadline(deadline));
    }

    private static @Nullable JourneyBuilder delay(Node node, JourneyBuilder to) {
        Duration time = node.duration("delay");
        return made(node, "delay", () -> to.delay(time));
    }

    private static @Nullable JourneyBuilder delayDays(Node node, JourneyBuilder to) {
        int days = node.integer("delayDays", 0);
        LocalTime at = node.time("at");
        return made(node, "delayDays", () -> at == null ? to.delayDays(days) : to.delayDays(days, at));
    }

    private static @Nullable JourneyBuilder delayUntil(Node node, JourneyBuilder to) {
        LocalTime at = node.time("delayUntil");
        DayOfWeek on = node.constant("on", DayOfWeek.class);
        if (at == null) {
            return null;
        }
        return on == null ? to.delayUntil(at) : to.delayUntil(on, at);
    }

    private static @Nullable JourneyBuilder delayUntilDate(Node node, JourneyBuilder to) {
        DateRule date = node.part("delayUntilDate").whole(DateJson::read);
        IfPast ifPast = node.required("ifPast", IfPast.class);
        return date == null || ifPast == null ? null : to.delayUntil(date, ifPast);
    }

    private static @Nullable JourneyBuilder end(Node node, JourneyBuilder to) {
        if (node.value("end") instanceof String reason && !reason.isEmpty()) {
            return made(node, "end", () -> to.end(reason));
        }
        return node.flag("end", true) ? to.end() : node.fault("end", false, "true or a reason", to);
    }

    private static @Nullable JourneyBuilder setTrait(Node node, JourneyBuilder to) {
        String name = node.word("setTrait");
        Object value = node.value("to");
        if (!node.has("to")) {
            node.fault("to", "nothing", "the trait's value, or null to remove it", "");
        }
        return made(node, "to", () -> to.setTrait(name, value));
    }

    private @Nullable JourneyBuilder branch(Node node, JourneyBuilder to) {
        Condition condition = condition(node.part("branch"));
        BLOCKS.forEach(node::skip);
        return made(node, "branch", () -> to.branch(condition, block(node, "then"), block(node, "otherwise")));
    }

    private @Nullable JourneyBuilder branches(Node node, JourneyBuilder to) {
        BLOCKS.forEach(node::skip);
        return made(
                node,
                "branches",
                () -> to.branch(ways -> {
                    node.parts("branches").forEach(part -> part.whole(way -> option(way, ways)));
                    if (node.has("otherwise")) {
                        ways.otherwise(block(node, "otherwise"));
                    }
                }));
    }

    private Branches option(Node node, Branches ways) {
        node.skip("then");
        return ways.when(condition(node.part("when")), block(node, "then"));
    }

    private @Nullable JourneyBuilder experiment(Node node, JourneyBuilder to) {
        String name = node.word("experiment");
        node.skip("variants");
        return made(
                node,
                "experiment",
                () -> to.experiment(name, variants -> node.parts("variants")
                        .forEach(part -> part.whole(one -> variant(one, variants)))));
    }

    private @Nullable Variants variant(Node node, Variants variants) {
        String name = node.word("variant");
        int percent = node.integer("percent", 0);
        node.skip("steps");
        return made(node, "percent", () -> variants.variant(name, percent, block(node, "steps")));
    }

    private @Nullable JourneyBuilder waitUntil(Node node, JourneyBuilder to) {
        Node awaited = node.part("waitUntil");
        EventRule rule = awaited.has("event") ? awaited.whole(CampaignJson::rule) : null;
        Condition condition = awaited.has("event") ? WRONG : condition(awaited);
        Duration atMost = node.duration("atMost");
        BLOCKS.forEach(node::skip);
        return made(
                node,
                "waitUntil",
                () -> rule == null
                        ? to.waitUntil(condition, atMost, block(node, "happened"), block(node, "timeout"))
                        : to.waitUntil(rule, atMost, block(node, "happened"), block(node, "timeout")));
    }

    private static Condition condition(Node node) {
        return Objects.requireNonNullElse(node.whole(Condition::read), WRONG);
    }

    private Consumer<JourneyBuilder> block(Node node, String member) {
        return to -> read(node, member, to);
    }

    private @Nullable JourneyBuilder send(Node node, JourneyBuilder to) {
        Message message = messages.find(node, "send");
        List<Node> parts = node.parts("over");
        var legs = new ArrayList<Route.Leg>();
        for (Node part : parts) {
            boolean first = part == parts.get(0);
            Route.Leg leg = part.whole(item -> leg(item, first));
            if (leg != null) {
                legs.add(leg);
            }
        }
        if (parts.isEmpty()) {
            node.fault("over", "nothing", "at least one channel", "");
            return null;
        }
        boolean right = message != null && legs.size() == parts.size();
        return right ? made(node, "over", () -> to.send(Objects.requireNonNull(message), new Route(legs))) : null;
    }

    private static Route.@Nullable Leg leg(Node node, boolean first) {
        String name = node.word("channel");
        Channel channel = made(node, "channel", () -> Channel.parse(name));
        if (channel == null) {
            LATER.forEach(node::skip);
            return null;
        }
        return first ? Route.first(channel).legs().get(0) : later(node, channel);
    }

    private static Route.@Nullable Leg later(Node node, Channel channel) {
        String when = node.kind(LATER);
        if (when == null) {
            return null;
        }
        Route before = Route.first(channel);
        Route route;
        if (when.equals("ifNoResponse")) {
            Duration time = node.duration(when);
            route = made(node, when, () -> before.thenIfNoResponse(time, channel));
        } else {
            route = before.thenIfUndeliverable(channel);
            if (!node.flag(when, true)) {
                node.fault(when, false, "true", when);
            }
        }
        return route == null ? null : route.legs().get(1);
    }
}
