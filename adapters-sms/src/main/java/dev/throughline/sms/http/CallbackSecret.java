// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.channel.RawCallback;
import dev.throughline.sms.Credentials;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Where a callback carries the secret that proves whose it is: most gateways sign nothing, but repeat the address they were given. */
record CallbackSecret(Place place, String name, String credential) {

    enum Place {
        /** The last segment of the path. */
        PATH,
        /** A parameter of the query. */
        QUERY,
        /** A header. */
        HEADER
    }

    static CallbackSecret read(Part part) {
        part.only("in", "name", "credential");
        if (!part.child("in").present()) {
            part.child("in").fault(Part.names(Place.class));
        }
        var place = part.child("in").oneOf(Place.class, Place.PATH);
        return new CallbackSecret(
                place,
                place == Place.PATH ? "" : part.child("name").text("the parameter's or header's name"),
                part.child("credential").textOr("CallbackSecret"));
    }

    /** The address that a gateway is told to call. */
    String addressed(String base, Credentials credentials) {
        String secret = URLEncoder.encode(credentials.require(credential), StandardCharsets.UTF_8);
        return switch (place) {
            case PATH -> base + (base.endsWith("/") ? "" : "/") + secret;
            case QUERY -> base + (base.contains("?") ? "&" : "?") + name + "=" + secret;
            case HEADER -> base;
        };
    }

    /** Compared in constant time, so that it cannot be guessed octet by octet. */
    boolean isIn(RawCallback callback, JsonNode fields, Credentials credentials) {
        String carried =
                switch (place) {
                    case PATH -> CallbackFields.lastSegment(callback);
                    case QUERY -> Condition.text(fields, JsonPointer.empty().appendProperty(name));
                    case HEADER -> callback.header(name).orElse("");
                };
        boolean found = false;
        for (String name : credentials.names()) {
            found |= isNamed(name) && isSame(carried, credentials.require(name));
        }
        return found;
    }

    /** A secret that is signed with no more goes on being known: providers call the addresses that they were given with messages of before. */
    private boolean isNamed(String secret) {
        return secret.equals(credential) || secret.startsWith(credential + ".");
    }

    private boolean isSame(String carried, String secret) {
        String wanted = place == Place.PATH ? URLEncoder.encode(secret, StandardCharsets.UTF_8) : secret;
        return MessageDigest.isEqual(carried.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }
}
