// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.channel.MessageClass;
import dev.throughline.identity.Sender;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.sms.Diacritics;
import dev.throughline.sms.PhoneForm;
import dev.throughline.sms.Segments;
import dev.throughline.sms.SmsText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A gateway as data. */
record Description(
        String name,
        PhoneForm address,
        List<String> senders,
        Map<MessageClass, String> types,
        SmsText text,
        RequestForm request,
        @Nullable RequestForm template,
        Answers answers,
        @Nullable StatusCall status,
        @Nullable Callbacks callbacks) {

    /**
     * Reads a description and checks it as a whole.
     *
     * @param source what to call it in messages
     * @param secrets which secrets there are to fill in
     * @throws ThroughlineException naming every fault
     */
    static Description read(String source, String json, Set<String> secrets) {
        var root = Part.root(parsed(source, json))
                .only(
                        "name",
                        "about",
                        "address",
                        "senders",
                        "types",
                        "text",
                        "request",
                        "template",
                        "answer",
                        "status",
                        "callbacks");
        var description = new Description(
                name(root.child("name")),
                root.child("address").oneOf(PhoneForm.class, PhoneForm.E164),
                senders(root.child("senders")),
                types(root.child("types")),
                text(root.child("text")),
                RequestForm.read(root.child("request")),
                root.child("template").present() ? RequestForm.read(root.child("template")) : null,
                Answers.read(root.child("answer")),
                StatusCall.read(root.child("status")),
                Callbacks.read(root.child("callbacks")));
        checkPlaces(description.request, root.child("request"), Values.PLACES, secrets);
        if (description.template != null) {
            checkPlaces(description.template, root.child("template"), Values.PLACES, secrets);
        }
        if (description.status != null) {
            checkPlaces(description.status.request(), root.child("status").child("request"), Values.SOUGHT, secrets);
        }
        if (!root.faults().isEmpty()) {
            throw faulty(source, root.faults());
        }
        return description;
    }

    private static JsonNode parsed(String source, String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (JacksonException notJson) {
            throw new ThroughlineException(
                    "SMS gateway description '" + source + "' is not JSON: " + notJson.getOriginalMessage(), notJson);
        }
    }

    private static String name(Part part) {
        String name = part.text("a short name such as esms");
        if (!name.isEmpty() && !name.matches("[a-z][a-z0-9-]{0,31}")) {
            part.fault("lower-case letters, digits and hyphens");
        }
        return name;
    }

    private static List<String> senders(Part part) {
        var kinds = part.items().stream()
                .map(item -> item.oneOf(Sender.Kind.class, Sender.Kind.OTHER).name())
                .toList();
        return part.present() ? kinds : List.of();
    }

    private static Map<MessageClass, String> types(Part part) {
        var types = new EnumMap<MessageClass, String>(MessageClass.class);
        String known = Part.names(MessageClass.class) + " or default";
        for (var messageClass : MessageClass.values()) {
            if (part.present()) {
                types.put(messageClass, part.child("default").textOr(""));
            }
        }
        part.members().forEach((name, type) -> {
            if (Part.names(MessageClass.class).contains(name)) {
                types.put(MessageClass.valueOf(name), type.text("a text"));
            } else if (!name.equals("default")) {
                part.faults().add(type.where() + " is unknown; expected one of " + known);
            }
        });
        return types;
    }

    private static SmsText text(Part part) {
        if (!part.present()) {
            return SmsText.DEFAULT;
        }
        part.only("diacritics", "segments");
        int most = part.child("segments").intOr(SmsText.DEFAULT.mostSegments(), "a number from 1 to " + Segments.MOST);
        if (most < 1 || most > Segments.MOST) {
            part.child("segments").fault("a number from 1 to " + Segments.MOST);
        }
        return new SmsText(part.child("diacritics").oneOf(Diacritics.class, Diacritics.KEEP), most, null);
    }

    private static void checkPlaces(RequestForm request, Part part, List<String> known, Set<String> secrets) {
        for (String place : new TreeSet<>(request.places())) {
            boolean secret = place.startsWith(Values.SECRET);
            if (secret && !secrets.contains(place.substring(Values.SECRET.length()))) {
                part.faults()
                        .add(part.where() + " fills in {{" + place + "}}: add credential "
                                + place.substring(Values.SECRET.length()) + "; given: " + new TreeSet<>(secrets));
            } else if (!secret && !known.contains(place)) {
                part.faults()
                        .add(part.where() + " has {{" + place + "}}; expected secret.NAME or one of "
                                + String.join(", ", known));
            }
        }
    }

    private static ThroughlineException faulty(String source, List<String> faults) {
        var lines = new ArrayList<String>();
        lines.add("SMS gateway description '" + source + "' has " + faults.size()
                + (faults.size() == 1 ? " fault:" : " faults:"));
        faults.forEach(fault -> lines.add("  " + fault));
        return new ThroughlineException(String.join("\n", lines));
    }

    /** Whether the gateway takes such a sender: an alphanumeric one has at most 11 characters (3GPP TS 23.040, 9.1.2.5). */
    boolean takes(Sender sender) {
        boolean fits = sender.kind() != Sender.Kind.BRANDNAME || sender.value().length() <= 11;
        return fits && (senders.isEmpty() || senders.contains(sender.kind().name()));
    }
}
