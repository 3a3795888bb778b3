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
        object.put("startOn", written(campaign.entry()));
        if (campaign.once()) {
            object.put("once", true);
        }
        if (!campaign.key().isEmpty()) {
            object.put("keyedBy", campaign.key());
        }
        if (!campaign.exits().isEmpty()) {
            object.put(
                    "exitOn",
                    campaign.exits().stream().map(CampaignJson::written).toList());
        }
        object.put("journey", StepJson.written(campaign.steps()));
        return object;
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
