// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.CampaignJson.made;

import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.json.Json;
import dev.throughline.json.Named;
import dev.throughline.json.Node;
import dev.throughline.message.Message;
import dev.throughline.segment.Condition;
import dev.throughline.segment.Conditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Steps as JSON: each is an object of which one member says its kind. */
final class StepJson {

    private static final List<String> KINDS = List.of("branch", "delay", "end", "send", "waitUntil");

    /** When a leg that is not the first is taken. */
    private static final List<String> LATER = List.of("ifNoResponse", "ifUndeliverable");

    /** Goes on in the place of what is wrong, so that the steps within are read, too. */
    private static final Condition WRONG = Conditions.trait("wrong").exists();

    private static final EventRule MISSING = new EventRule("missing", null);

    private final Named<Message> messages;

    StepJson(Named<Message> messages) {
        this.messages = messages;
    }

    static List<Map<String, Object>> written(List<Step> steps) {
        return steps.stream().map(StepJson::written).toList();
    }

    private static Map<String, Object> written(Step step) {
        var object = new LinkedHashMap<String, Object>();
        if (step instanceof Step.Delay delay) {
            object.put("delay", Json.text(delay.time()));
        } else if (step instanceof Step.Await await) {
            object.put("waitUntil", CampaignJson.written(await.rule()));
            object.put("atMost", Json.text(await.atMost()));
            put(object, "happened", await.happened());
            put(object, "timeout", await.timeout());
        } else if (step instanceof Step.Branch branch) {
            object.put("branch", branch.condition().data());
            put(object, "then", branch.then());
            put(object, "otherwise", branch.otherwise());
        } else if (step instanceof Step.Send send) {
            object.put("send", send.message().name());
            object.put(
                    "over", send.route().legs().stream().map(StepJson::written).toList());
        } else if (step instanceof Step.End end && end.reason().isEmpty()) {
            object.put("end", true);
        } else {
            throw new ThroughlineException(
                    "step " + StepText.of(step) + " cannot be written as JSON: expected one of " + KINDS);
        }
        return object;
    }

    private static void put(Map<String, Object> object, String name, List<Step> block) {
        if (!block.isEmpty()) {
            object.put(name, written(block));
        }
    }

    private static Map<String, Object> written(Route.Leg leg) {
        var object = new LinkedHashMap<String, Object>();
        object.put("channel", leg.channel().written());
        if (leg.when() == Route.When.NO_RESPONSE) {
            object.put("ifNoResponse", Json.text(leg.after()));
        } else if (leg.when() == Route.When.UNDELIVERABLE) {
            object.put("ifUndeliverable", true);
        }
        return object;
    }

    /** Reads the steps of a block, each of which must be reached. */
    void read(Node node, String member, JourneyBuilder to) {
        List<Node> parts = node.parts(member);
        Node ending = null;
        boolean told = false;
        for (Node part : parts) {
            int before = to.steps().size();
            part.whole(step -> read(step, to));
            if (ending != null && !told) {
                told = true;
                part.fault("never reached, because " + ending.place() + " ends the journey");
            }
            if (ending == null && to.steps().size() > before && ends(to.steps().get(before))) {
                ending = part;
            }
        }
    }

    /** Whether no customer goes on after a step, whichever way she goes. */
    private static boolean ends(Step step) {
        if (step instanceof Step.Branch branch) {
            return end(branch.then()) && end(branch.otherwise());
        }
        return step instanceof Step.Await await
                ? end(await.happened()) && end(await.timeout())
                : step instanceof Step.End;
    }

    private static boolean end(List<Step> block) {
        return block.stream().anyMatch(StepJson::ends);
    }

    private @Nullable JourneyBuilder read(Node node, JourneyBuilder to) {
        String kind = node.kind(KINDS);
        if (kind == null) {
            return null;
        }
        return switch (kind) {
            case "branch" -> branch(node, to);
            case "delay" -> delay(node, to);
            case "end" -> node.flag(kind, true) ? to.end() : node.fault(kind, false, "true", to);
            case "send" -> send(node, to);
            default -> await(node, to);
        };
    }

    private static @Nullable JourneyBuilder delay(Node node, JourneyBuilder to) {
        Duration time = node.duration("delay");
        return made(node, "delay", () -> to.delay(time));
    }

    private JourneyBuilder branch(Node node, JourneyBuilder to) {
        Condition condition = node.part("branch").whole(Condition::read);
        return to.branch(
                Objects.requireNonNullElse(condition, WRONG),
                then -> read(node, "then", then),
                otherwise -> read(node, "otherwise", otherwise));
    }

    private @Nullable JourneyBuilder await(Node node, JourneyBuilder to) {
        EventRule rule = node.part("waitUntil").whole(CampaignJson::rule);
        Duration atMost = node.duration("atMost");
        node.skip("happened");
        node.skip("timeout");
        return made(
                node,
                "atMost",
                () -> to.waitUntil(
                        Objects.requireNonNullElse(rule, MISSING),
                        atMost,
                        happened -> read(node, "happened", happened),
                        timeout -> read(node, "timeout", timeout)));
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
