// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.DateRule.Source;
import dev.throughline.json.Node;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dates of customers as JSON. */
final class DateJson {

    private static final List<String> SOURCES = List.of("property", "trait");

    private DateJson() {}

    static Map<String, Object> written(DateRule rule) {
        var object = new LinkedHashMap<String, Object>();
        object.put(rule.source() == Source.TRAIT ? "trait" : "property", rule.name());
        if (rule.days() != 0) {
            object.put("days", rule.days());
        }
        if (rule.at() != null) {
            object.put("at", rule.at().toString());
        }
        if (!rule.shift().isZero()) {
            object.put("shift", rule.shift().toString());
        }
        return object;
    }

    static @Nullable DateRule read(Node node) {
        String source = node.kind(SOURCES);
        if (source == null) {
            return null;
        }
        String name = node.word(source);
        int days = node.integer("days", 0);
        var at = node.time("at");
        Duration shift = node.duration("shift", Duration.ZERO);
        return CampaignJson.made(
                node,
                source,
                () -> new DateRule(source.equals("trait") ? Source.TRAIT : Source.EVENT, name, days, at, shift));
    }
}
