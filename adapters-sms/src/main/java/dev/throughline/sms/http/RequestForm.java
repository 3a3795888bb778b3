// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.sms.Credentials;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The request that carries one message, or asks about one. */
record RequestForm(
        String method,
        Template url,
        Map<String, Template> headers,
        List<String> basicAuth,
        Map<String, Template> form,
        @Nullable JsonNode json) {

    private static final String METHODS =
            "POST or PUT (clients and proxies repeat a GET by themselves, and the message with it)";

    static RequestForm read(Part part) {
        part.only("method", "url", "headers", "basicAuth", "form", "json");
        String method = part.child("method").textOr("POST");
        if (!method.matches("POST|PUT")) {
            part.child("method").fault(METHODS);
        }
        if (part.child("form").present() == part.child("json").present()) {
            part.faults()
                    .add(part.where() + " has " + (part.child("form").present() ? "both" : "neither")
                            + " form and json; expected one of them");
        }
        return new RequestForm(
                method,
                url(part.child("url")),
                templates(part.child("headers")),
                basicAuth(part.child("basicAuth")),
                templates(part.child("form")),
                part.child("json").present() ? part.child("json").node() : null);
    }

    /** A request that changes nothing, so that it may be repeated. */
    static RequestForm question(Part part) {
        part.only("method", "url", "headers", "basicAuth", "form", "json");
        String method = part.child("method").textOr("GET");
        boolean body = part.child("form").present() || part.child("json").present();
        if (!method.matches("GET|POST") || (method.equals("GET") && body)) {
            part.child("method").fault("GET, without form and json, or POST");
        }
        return new RequestForm(
                method,
                url(part.child("url")),
                templates(part.child("headers")),
                basicAuth(part.child("basicAuth")),
                templates(part.child("form")),
                part.child("json").present() ? part.child("json").node() : null);
    }

    private static Template url(Part part) {
        String text = part.text("an https address");
        if (!text.isEmpty() && !text.matches("https?://[^/\\s]+.*|\\{\\{secret\\.\\w+}}(/.*)?")) {
            part.fault("an https address or the place of a secret that holds one");
        }
        return new Template(text);
    }

    private static List<String> basicAuth(Part part) {
        var names = part.present() ? part.texts("the names of two secrets, user and password") : List.<String>of();
        if (!names.isEmpty() && names.size() != 2) {
            part.fault("the names of two secrets, user and password");
        }
        return names;
    }

    private static Map<String, Template> templates(Part part) {
        var templates = new LinkedHashMap<String, Template>();
        part.members().forEach((name, text) -> templates.put(name, new Template(text.text("a text"))));
        return templates;
    }

    /** Everything that must be filled in, for the check against what can be. */
    List<String> places() {
        var places = new ArrayList<>(url.places());
        headers.values().forEach(template -> places.addAll(template.places()));
        form.values().forEach(template -> places.addAll(template.places()));
        basicAuth.forEach(name -> places.add(Values.SECRET + name));
        if (json != null) {
            places.addAll(new Template(texts(json)).places());
        }
        return places;
    }

    private static String texts(JsonNode node) {
        return node.isString()
                ? node.asString()
                : node.values().stream().map(RequestForm::texts).collect(Collectors.joining(" "));
    }

    /** The address; a place at its beginning is filled in as it is. */
    URI uri(Map<String, String> values) {
        int end = url.text().startsWith("{{") ? url.text().indexOf("}}") + 2 : 0;
        var first = new Template(url.text().substring(0, end));
        var rest = new Template(url.text().substring(end));
        return URI.create(first.fill(values, UnaryOperator.identity()) + rest.fill(values, RequestForm::urlEncoded));
    }

    Map<String, String> headers(Map<String, String> values, Credentials credentials) {
        var filled = new LinkedHashMap<String, String>();
        if (!method.equals("GET")) {
            filled.put(
                    "Content-Type",
                    json == null
                            ? "application/x-www-form-urlencoded; charset=utf-8"
                            : "application/json; charset=utf-8");
        }
        if (!basicAuth.isEmpty()) {
            String pair = credentials.require(basicAuth.get(0)) + ":" + credentials.require(basicAuth.get(1));
            filled.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        headers.forEach((name, template) -> filled.put(name, template.fill(values, UnaryOperator.identity())));
        return filled;
    }

    /** A member that becomes empty is left out. */
    String body(Map<String, String> values, Map<String, String> parameters) {
        return json == null ? form(values) : filled(json, values, parameters).toString();
    }

    private String form(Map<String, String> values) {
        return form.entrySet().stream()
                .map(field -> Map.entry(field.getKey(), field.getValue().fill(values, UnaryOperator.identity())))
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> urlEncoded(field.getKey()) + "=" + urlEncoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static JsonNode filled(JsonNode node, Map<String, String> values, Map<String, String> parameters) {
        if (node.isString()) {
            return text(new Template(node.asString()), values, parameters);
        }
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            node.values().forEach(item -> array.add(filled(item, values, parameters)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        var object = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(member -> {
            var value = filled(member.getValue(), values, parameters);
            if (!value.isString() || !value.asString().isEmpty()) {
                object.set(member.getKey(), value);
            }
        });
        return object;
    }

    private static JsonNode text(Template template, Map<String, String> values, Map<String, String> parameters) {
        if (template.places().equals(List.of(Values.PARAMETERS))) {
            var object = JsonNodeFactory.instance.objectNode();
            parameters.forEach(object::put);
            return object;
        }
        return JsonNodeFactory.instance.stringNode(template.fill(values, UnaryOperator.identity()));
    }

    private static String urlEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
