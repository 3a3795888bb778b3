// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message;

import dev.throughline.channel.MessageClass;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.json.Named;
import dev.throughline.json.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads and writes the wordings and settings of messages. */
final class MessageJson {

    /** Members of a message that bear on nothing if its head is wrong. */
    private static final List<String> BODY = List.of(
            "validFor", "resendWhenUnknown", "lenient", "followsContent", "layout", "topic", "drawsOn", "wordings");

    private static final List<String> DRAFTS = List.of("html", "template", "text");

    private MessageJson() {}

    static Map<String, Object> written(Wording wording, Map<String, Wording> variants) {
        var object = written(wording.draft());
        if (!variants.isEmpty()) {
            var languages = new LinkedHashMap<String, Object>();
            variants.forEach((language, variant) -> languages.put(language, written(variant.draft())));
            object.put("languages", languages);
        }
        return object;
    }

    private static Map<String, Object> written(Draft draft) {
        var object = new LinkedHashMap<String, Object>();
        if (draft instanceof Draft.Mail mail) {
            object.put("subject", mail.subject());
            object.put("html", mail.html());
            if (!mail.text().isEmpty()) {
                object.put("text", mail.text());
            }
        } else if (draft instanceof Draft.Template template) {
            object.put("template", template.templateId());
            object.put("parameters", template.parameters());
        } else {
            object.put("text", ((Draft.Text) draft).text());
        }
        return object;
    }

    /** A document of one message, with the brand that it names. */
    static @Nullable Message document(Node node) {
        var brands = new Named<Brand>("brand", Brand::equals);
        node.parts("brands").forEach(part -> brands.add(part, "brand", part.whole(Brand::read)));
        return read(node, brands);
    }

    /** The message, {@code null} if its brand is not known or its head is wrong. */
    static @Nullable Message read(Node node, Named<Brand> brands) {
        String name = node.text("message");
        Brand brand = brands.find(node, "brand");
        MessageClass messageClass = node.required("class", MessageClass.class);
        Message message = null;
        if (brand != null && messageClass != null) {
            message = made(node, "message", () -> Message.of(name, messageClass, brand));
        }
        return message == null ? ignored(node) : worded(node.part("wordings"), set(node, message));
    }

    /** So that only the head is told of, not what depends on it. */
    private static @Nullable Message ignored(Node node) {
        BODY.forEach(node::skip);
        return null;
    }

    private static Message set(Node node, Message message) {
        Message set = message;
        if (node.has("validFor")) {
            var time = node.duration("validFor", message.validity());
            set = changed(node, "validFor", set, before -> before.validFor(time));
        }
        if (node.flag("resendWhenUnknown", false)) {
            set = changed(node, "resendWhenUnknown", set, Message::resendWhenUnknown);
        }
        if (node.flag("lenient", false)) {
            set = set.lenient();
        }
        if (node.flag("followsContent", false)) {
            set = set.followsContent();
        }
        if (node.has("layout")) {
            String layout = node.text("layout");
            set = changed(node, "layout", set, before -> before.layout(layout));
        }
        if (node.has("topic")) {
            String topic = node.text("topic");
            set = changed(node, "topic", set, before -> before.topic(topic));
        }
        for (String pool : node.texts("drawsOn")) {
            set = set.drawsOn(pool);
        }
        node.skip("validFor");
        node.skip("layout");
        node.skip("topic");
        return set;
    }

    private static Message worded(Node node, Message message) {
        Message worded = message;
        for (String name : node.members().keySet()) {
            Channel channel = made(node, name, () -> Channel.parse(name));
            Node part = node.part(name);
            Node languages = part.part("languages");
            Draft draft = part.whole(MessageJson::draft);
            if (channel != null && draft != null) {
                worded = changed(node, name, worded, before -> before.on(channel, draft));
                worded = varied(languages, worded, channel);
            }
        }
        node.finish();
        return worded;
    }

    private static Message varied(Node node, Message message, Channel channel) {
        Message varied = message;
        for (String language : node.members().keySet()) {
            Draft draft = node.part(language).whole(MessageJson::draft);
            if (draft != null) {
                varied = changed(node, language, varied, before -> before.on(channel, language, draft));
            }
        }
        return varied;
    }

    private static @Nullable Draft draft(Node node) {
        if (node.has("html") || node.has("subject")) {
            return new Draft.Mail(node.text("subject"), node.text("html"), node.text("text", ""));
        }
        String kind = node.kind(DRAFTS);
        if (kind == null) {
            return null;
        }
        return kind.equals("template") ? template(node) : new Draft.Text(node.text(kind));
    }

    private static Draft template(Node node) {
        var parameters = new TreeMap<String, String>();
        Node part = node.part("parameters");
        part.members().keySet().forEach(name -> parameters.put(name, part.text(name)));
        return new Draft.Template(node.word("template"), parameters);
    }

    private static Message changed(Node node, String member, Message message, Function<Message, Message> change) {
        Message changed = made(node, member, () -> change.apply(message));
        return changed == null ? message : changed;
    }

    private static <T> @Nullable T made(Node node, String member, Supplier<T> maker) {
        return node.made(member, ThroughlineException.class, maker);
    }
}
