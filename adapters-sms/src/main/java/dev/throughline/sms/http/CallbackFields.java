// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.channel.RawCallback;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a callback carries: the parameters of its query, overlaid with those of its body, be that a form or JSON. */
final class CallbackFields {

    private static final int LARGEST_BODY = 1 << 20;

    private CallbackFields() {}

    /**
     * The fields as one object.
     *
     * @throws MalformedException if the query or the body is not what it claims to be
     */
    static JsonNode of(RawCallback callback) throws MalformedException {
        var fields = JsonNodeFactory.instance.objectNode();
        int query = callback.target().indexOf('?');
        if (query >= 0) {
            addForm(fields, callback.target().substring(query + 1));
        }
        addBody(fields, callback);
        return fields;
    }

    /** The path's last segment, or a parameter of the query, as the secret may stand there; empty if it does not. */
    static String lastSegment(RawCallback callback) {
        String path = callback.target().split("\\?", 2)[0];
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void addBody(ObjectNode fields, RawCallback callback) throws MalformedException {
        if (callback.body().length > LARGEST_BODY) {
            throw new MalformedException();
        }
        String body = new String(callback.body(), StandardCharsets.UTF_8);
        String type = callback.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-www-form-urlencoded")) {
            addForm(fields, body);
        } else if (!body.isBlank()) {
            addJson(fields, body);
        }
    }

    private static void addForm(ObjectNode fields, String form) throws MalformedException {
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
    }

    private static String decoded(String text) throws MalformedException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            throw new MalformedException();
        }
    }

    private static void addJson(ObjectNode fields, String body) throws MalformedException {
        try {
            if (Json.MAPPER.readTree(body) instanceof ObjectNode object) {
                fields.setAll(object);
            } else {
                throw new MalformedException();
            }
        } catch (JacksonException notJson) {
            throw new MalformedException();
        }
    }

    /** A callback that cannot be read. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
