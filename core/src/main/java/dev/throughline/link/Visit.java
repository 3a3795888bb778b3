// SPDX-License-Identifier: Apache-2.0
package dev.throughline.link;

import dev.throughline.channel.RawCallback;
import dev.throughline.identity.Given;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody, or something, who follows a link asks for. GET and HEAD look, and never change anything, because scanners follow links;
 * POST acts.
 *
 * @param method in capitals
 * @param token the end of the address; empty if there is none
 * @param language {@code vi} or {@code en}, by the query's {@code lang}, else by Accept-Language, else as given
 * @param form what was posted; empty if nothing was that can be read
 */
public record Visit(String method, String token, String language, Optional<Form> form) {

    private static final Pattern END = Pattern.compile("([A-Za-z0-9_-]{1,128})(?:[?&]lang=(en|vi))?$");

    /** Behind this there is no token, however long the rest is. */
    private static final int LONGEST_END = 200;

    private static final int LONGEST_ACCEPT_LANGUAGE = 1_000;

    /**
     * Reads a request.
     *
     * @param request what came; cookies are not looked at (RFC 8058 section 3.1)
     * @param otherwise the language of who does not say which
     * @return the visit
     */
    public static Visit of(RawCallback request, String otherwise) {
        Given.required("visit", "request", request);
        String target = request.target();
        Matcher end = END.matcher(target.substring(Math.max(0, target.length() - LONGEST_END)));
        boolean found = end.find();
        String asked = found ? end.group(2) : null;
        return new Visit(
                request.method().toUpperCase(Locale.ROOT),
                found ? end.group(1) : "",
                asked == null ? accepted(request, otherwise) : asked,
                Form.of(request));
    }

    /**
     * Whether it only looks.
     *
     * @return whether
     */
    public boolean looks() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /**
     * Whether it acts.
     *
     * @return whether
     */
    public boolean posts() {
        return method.equals("POST");
    }

    /**
     * Whether it unsubscribes with one click: its one field is {@code List-Unsubscribe=One-Click} (RFC 8058 section 3.1).
     *
     * @return whether
     */
    public boolean isOneClick() {
        return posts()
                && form.map(fields -> fields.all("List-Unsubscribe").equals(List.of("One-Click")))
                        .orElse(false);
    }

    private static String accepted(RawCallback request, String otherwise) {
        String fallback = otherwise.startsWith("vi") ? "vi" : "en";
        try {
            String header = request.header("Accept-Language").orElse("");
            var ranges = Locale.LanguageRange.parse(header.length() <= LONGEST_ACCEPT_LANGUAGE ? header : "");
            String tag = Locale.lookupTag(ranges, List.of("vi", "en"));
            return tag == null ? fallback : tag;
        } catch (IllegalArgumentException unreadable) {
            return fallback;
        }
    }
}
