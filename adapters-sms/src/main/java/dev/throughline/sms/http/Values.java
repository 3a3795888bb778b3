// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Sought;
import dev.throughline.channel.TemplateContent;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.sms.Credentials;
import dev.throughline.sms.PhoneForm;
import dev.throughline.sms.Segments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the places of a description are filled with. */
record Values(Credentials credentials, Map<MessageClass, String> types, PhoneForm form, String callbackUrl) {

    /** The places there are, beside {@code secret.NAME}. */
    static final List<String> PLACES = List.of(
            "to",
            "to.e164",
            "to.international",
            "to.national",
            "from",
            "text",
            "unicode",
            "segments",
            "id",
            "type",
            "callbackUrl",
            "template.id",
            "template.language",
            "template.parameters");

    /** Those of a question about a message. */
    static final List<String> SOUGHT = List.of("id", "reference", "to", "to.e164", "to.international", "to.national");

    static final String PARAMETERS = "template.parameters";
    static final String SECRET = "secret.";

    Map<String, String> of(Outbound message) {
        var values = about(message.id(), message.to());
        values.put("from", message.from().value());
        values.put("type", types.getOrDefault(message.messageClass(), ""));
        values.put("callbackUrl", callbackUrl);
        content(message, values);
        return values;
    }

    Map<String, String> of(Sought message) {
        var values = about(message.id(), message.to());
        values.put("reference", message.references().stream().findFirst().orElse(""));
        return values;
    }

    private Map<String, String> about(MessageId id, Address address) {
        var values = new HashMap<String, String>();
        credentials.names().forEach(name -> values.put(SECRET + name, credentials.require(name)));
        String to = address.value();
        values.put("to", form.of(to));
        values.put("to.e164", PhoneForm.E164.of(to));
        values.put("to.international", PhoneForm.INTERNATIONAL.of(to));
        values.put("to.national", PhoneForm.NATIONAL.of(to));
        values.put("id", id.value());
        return values;
    }

    private static void content(Outbound message, Map<String, String> values) {
        if (message.content() instanceof TextContent text) {
            var segments = Segments.of(text.text());
            values.put("text", text.text());
            values.put("segments", Integer.toString(segments.count()));
            values.put("unicode", segments.encoding() == Segments.Encoding.UCS_2 ? "1" : "0");
        } else if (message.content() instanceof TemplateContent template) {
            values.put("template.id", template.templateId());
            values.put("template.language", template.language());
        }
    }
}
