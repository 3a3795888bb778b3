// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.ThroughlineException;
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

    private static final List<String> OPTIONAL = List.of("startOn", "keyedBy");

    private CampaignJson() {}

    static Map<String, Object> written(Campaign campaign) {
        var object = new LinkedHashMap<String, Object>();
        object.put("campaign", campaign.name());
        Terms terms = campaign.terms();
        object.put("startOn", written(entry(campaign)));
        if (terms.reentry().once()) {
            object.put("once", true);
        }
        if (!terms.key().isEmpty()) {
            object.put("keyedBy", terms.key());
        }
        if (!terms.exits().isEmpty()) {
            object.put(
                    "exitOn", terms.exits().stream().map(CampaignJson::written).toList());
        }
        object.put("journey", StepJson.written(campaign.steps()));
        return object;
    }

    /** What JSON can say of the entry, if it can say everything that the campaign says besides its steps. */
    private static EventRule entry(Campaign campaign) {
        Terms terms = campaign.terms();
        var sayable = new Terms(
                terms.entry(),
                terms.reentry().once() ? Reentry.ONCE : Reentry.FREE,
                terms.key(),
                terms.exits(),
                List.of(),
                0,
                null);
        if (terms.entry() instanceof EventRule rule && terms.equals(sayable)) {
            return rule;
        }
        throw new ThroughlineException(
                "campaign '" + campaign.name() + "' cannot be written as JSON: expected an event that starts it,"
                        + " and neither goals, reenterAfter, holdout nor zone");
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
            withRule(node.part("startOn"), journey::startOn);
        }
        if (node.flag("once", false)) {
            journey.once();
        }
        if (node.has("keyedBy")) {
            journey.keyedBy(node.word("keyedBy"));
        }
        node.parts("exitOn").forEach(part -> withRule(part, journey::exitOn));
        new StepJson(messages).read(node, "journey", journey);
        boolean refused = journey.steps().isEmpty() && !node.parts("journey").isEmpty();
        return refused ? null : made(node, "journey", journey::build);
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
