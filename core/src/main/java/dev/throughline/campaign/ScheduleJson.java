// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.Schedule.Every;
import dev.throughline.json.Node;
import dev.throughline.segment.Condition;
import java.time.DayOfWeek;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries by schedule as JSON. */
final class ScheduleJson {

    private ScheduleJson() {}

    static Map<String, Object> written(ScheduleEntry entry) {
        var schedule = entry.schedule();
        var object = new LinkedHashMap<String, Object>();
        object.put("every", schedule.every().name());
        if (schedule.weekday() != null) {
            object.put("weekday", schedule.weekday().name());
        }
        if (schedule.day() != 0) {
            object.put("day", schedule.day());
        }
        if (schedule.at() != null) {
            object.put("at", schedule.at().toString());
        }
        if (schedule.instant() != null) {
            object.put("instant", schedule.instant().toString());
        }
        var whole = new LinkedHashMap<String, Object>();
        whole.put("schedule", object);
        whole.put("members", entry.members().data());
        return whole;
    }

    static @Nullable ScheduleEntry read(Node node) {
        Schedule schedule = node.part("schedule").whole(ScheduleJson::schedule);
        Condition members = node.part("members").whole(Condition::read);
        return schedule == null || members == null
                ? null
                : CampaignJson.made(node, "members", () -> new ScheduleEntry(schedule, members));
    }

    private static @Nullable Schedule schedule(Node node) {
        Every every = node.required("every", Every.class);
        var weekday = node.constant("weekday", DayOfWeek.class);
        int day = node.integer("day", 0);
        var at = node.time("at");
        var instant = node.has("instant") ? node.instant("instant") : null;
        return every == null
                ? null
                : CampaignJson.made(node, "every", () -> new Schedule(every, weekday, day, at, instant));
    }
}
