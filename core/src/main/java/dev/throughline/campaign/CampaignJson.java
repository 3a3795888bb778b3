// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.json.Json;
import dev.throughline.json.Named;
import dev.throughline.json.Node;
import dev.throughline.message.Message;
import dev.throughline.segment.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What campaigns say besides their steps, as JSON. */
final class CampaignJson {

    private static final List<String> OPTIONAL = List.of("startOn", "reenterAfter", "keyedBy", "holdout", "zone");
    private static final List<String> STARTS = List.of("call", "date", "event", "schedule");

    private CampaignJson() {}

    static Map<String, Object> written(Campaign campaign) {
        Terms terms = campaign.terms();
        var object = new LinkedHashMap<String, Object>();
        object.put("campaign", campaign.name());
        object.put("startOn", written(campaign, terms.entry()));
        if (terms.reentry().once()) {
            object.put("once", true);
        } else if (terms.reentry().isLimited()) {
            object.put("reenterAfter", Json.text(terms.reentry().after()));
        }
        if (!terms.key().isEmpty()) {
            object.put("keyedBy", terms.key());
        }
        if (terms.holdout() > 0) {
            object.put("holdout", terms.holdout());
        }
        if (terms.zone() != null) {
            object.put("zone", terms.zone().getId());
        }
        put(object, "exitOn", terms.exits());
        put(object, "goals", terms.goals());
        object.put("journey", StepData.of(campaign.steps()));
        return object;
    }

    private static void put(Map<String, Object> object, String name, List<EventRule> rules) {
        if (!rules.isEmpty()) {
            object.put(name, rules.stream().map(CampaignJson::written).toList());
        }
    }

    private static Map<String, Object> written(Campaign campaign, EntryRule entry) {
        if (entry instanceof EventRule rule) {
            return rule.equals(call(campaign.name())) ? Map.of("call", true) : written(rule);
        }
        if (entry instanceof ScheduleEntry timed) {
            return ScheduleJson.written(timed);
        }
        var dated = (DateEntry) entry;
        var object = new LinkedHashMap<String, Object>();
        object.put("date", DateJson.written(dated.date()));
        if (dated.yearly()) {
            object.put("yearly", true);
        }
        return object;
    }

    private static EventRule call(String campaign) {
        return new EventRule(Campaign.callOf(campaign), null);
    }

    static Map<String, Object> written(EventRule rule) {
        var object = new LinkedHashMap<String, Object>();
        object.put("event", rule.event());
        if (rule.condition() != null) {
            object.put("where", rule.condition().data());
        }
        return object;
    }

    /** The campaign; {@code null} if anything in it is wrong. */
    static @Nullable Campaign read(Node node, Named<Message> messages) {
        String name = node.text("campaign");
        if (made(node, "campaign", () -> Campaign.named(name)) == null) {
            return null;
        }
        var journey = new JourneyBuilder(name, false);
        OPTIONAL.forEach(node::skip);
        if (node.has("startOn")) {
            node.part("startOn").whole(part -> started(part, journey));
        }
        limited(node, journey);
        if (node.has("keyedBy")) {
            journey.keyedBy(node.word("keyedBy"));
        }
        if (node.has("zone")) {
            String zone = node.word("zone");
            made(node, "zone", () -> journey.zone(zone));
        }
        node.parts("exitOn").forEach(part -> withRule(part, journey::exitOn));
        node.parts("goals").forEach(part -> withRule(part, rule -> made(part, "event", () -> journey.goal(rule))));
        new StepJson(messages).read(node, "journey", journey);
        boolean refused = journey.steps().isEmpty() && !node.parts("journey").isEmpty();
        return refused ? null : made(node, "journey", journey::build);
    }

    private static void limited(Node node, JourneyBuilder journey) {
        if (node.flag("once", false)) {
            journey.once();
        }
        if (node.has("reenterAfter")) {
            var time = node.duration("reenterAfter");
            made(node, "reenterAfter", () -> journey.reenterAfter(time));
        }
        if (node.has("holdout")) {
            int percent = node.integer("holdout", 0);
            made(node, "holdout", () -> journey.holdout(percent));
        }
    }

    private static @Nullable JourneyBuilder started(Node node, JourneyBuilder journey) {
        String kind = node.kind(STARTS);
        if (kind == null) {
            return null;
        }
        return switch (kind) {
            case "call" -> node.flag(kind, true) ? journey.startOnCall() : node.fault(kind, false, "true", journey);
            case "date" -> dated(node, journey);
            case "schedule" -> scheduled(node, journey);
            default -> {
                EventRule rule = rule(node);
                yield rule == null ? null : made(node, kind, () -> journey.startOn(rule));
            }
        };
    }

    private static @Nullable JourneyBuilder dated(Node node, JourneyBuilder journey) {
        DateRule date = node.part("date").whole(DateJson::read);
        boolean yearly = node.flag("yearly", false);
        return date == null
                ? null
                : made(node, "date", () -> yearly ? journey.startYearlyOn(date) : journey.startOn(date));
    }

    private static @Nullable JourneyBuilder scheduled(Node node, JourneyBuilder journey) {
        ScheduleEntry entry = ScheduleJson.read(node);
        return entry == null ? null : made(node, "schedule", () -> journey.startOn(entry.schedule(), entry.members()));
    }

    private static void withRule(Node node, Consumer<EventRule> use) {
        EventRule rule = node.whole(CampaignJson::rule);
        if (rule != null) {
            use.accept(rule);
        }
    }

    static @Nullable EventRule rule(Node node) {
        String event = node.word("event");
        Condition condition = node.has("where") ? node.part("where").whole(Condition::read) : null;
        return event.isEmpty() ? null : made(node, "event", () -> new EventRule(event, condition));
    }

    static <T> @Nullable T made(Node node, String member, Supplier<T> maker) {
        return node.made(member, ThroughlineException.class, maker);
    }
}
