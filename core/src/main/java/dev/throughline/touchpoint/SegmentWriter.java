// SPDX-License-Identifier: Apache-2.0
package dev.throughline.touchpoint;

import dev.throughline.identity.Identity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a touchpoint down as one call. Used once, by one thread. */
final class SegmentWriter {

    private final Touchpoint touchpoint;
    private final Map<String, @Nullable Object> call = new LinkedHashMap<>();
    private final List<Identity> names;

    SegmentWriter(Touchpoint touchpoint) {
        this.touchpoint = touchpoint;
        this.names = new ArrayList<>(touchpoint.identities());
    }

    String json() {
        call.put("type", SegmentReader.word(touchpoint.call()));
        call.put("messageId", touchpoint.id());
        name("userId");
        name("anonymousId");
        said();
        call.put("timestamp", touchpoint.occurredAt().toString());
        call.put("receivedAt", touchpoint.receivedAt().toString());
        context();
        touchpoint.fields().forEach(call::putIfAbsent);
        if (!touchpoint.source().equals(SegmentReader.implied(call))) {
            call.put("channel", touchpoint.source());
        }
        return Json.print(call);
    }

    /** The name of a type; in an alias rather not the one that she went by before. */
    private void name(String type) {
        Object previous = touchpoint.fields().get("previousId");
        names.stream()
                .filter(name -> name.type().equals(type))
                .min((one, other) -> Boolean.compare(
                        one.value().equals(previous), other.value().equals(previous)))
                .ifPresent(name -> {
                    call.put(type, name.value());
                    names.remove(name);
                });
    }

    private void said() {
        var properties = touchpoint.properties();
        switch (touchpoint.call()) {
            case IDENTIFY -> call.put("traits", properties);
            case GROUP -> {
                var traits = new LinkedHashMap<>(properties);
                call.put("groupId", traits.remove("groupId"));
                call.put("traits", traits);
            }
            case PAGE, SCREEN -> {
                call.put("name", properties.get("name"));
                call.put("category", properties.get("category"));
                call.values().removeIf(value -> !(value instanceof String));
                call.put("properties", properties);
            }
            case ALIAS -> {}
            default -> {
                call.put("event", touchpoint.name());
                call.put("properties", properties);
            }
        }
    }

    /** What no other field tells of her names is told as external ids. */
    private void context() {
        var context = new LinkedHashMap<>(touchpoint.context());
        var told = new ArrayList<Identity>();
        Addresses.mentioned(Values.map(context.get("traits")), told);
        if (touchpoint.call() == Touchpoint.Call.IDENTIFY) {
            Addresses.mentioned(touchpoint.properties(), told);
        }
        names.removeAll(told);
        names.removeAll(previous());
        var externalIds = new ArrayList<@Nullable Object>();
        if (context.get(SegmentReader.EXTERNAL_IDS) instanceof List<?> others) {
            externalIds.addAll(others);
        }
        for (Identity name : names) {
            externalIds.add(external(name));
        }
        if (!externalIds.isEmpty()) {
            context.put(SegmentReader.EXTERNAL_IDS, externalIds);
        }
        if (!context.isEmpty()) {
            call.put("context", context);
        }
    }

    /** What a reader makes of the previous id by itself. */
    private List<Identity> previous() {
        if (!(touchpoint.fields().get("previousId") instanceof String previous)) {
            return List.of();
        }
        var made = List.of(Identity.anonymousId(previous));
        var same = names.stream().filter(name -> name.value().equals(previous)).toList();
        return same.equals(made) ? made : List.of();
    }

    private static Map<String, Object> external(Identity name) {
        var external = new LinkedHashMap<String, Object>();
        external.put("id", name.value());
        external.put("type", name.type());
        external.put("collection", "users");
        external.put("encoding", "none");
        return external;
    }
}
