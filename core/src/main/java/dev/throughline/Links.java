// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.RawCallback;
import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.link.Page;
import dev.throughline.link.Visit;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/**
 * What comes to the addresses of signed links, as plain functions for any web framework: a request as a value in, an answer as a value
 * out. Cookies are not looked at, and nothing is redirected. Thread-safe.
 */
public final class Links {

    /**
     * What is heard of somebody who follows a link to confirm when its time is over and asks for another one: start the journey that
     * asks for confirmation on it, too.
     */
    public static final String CONFIRMATION_REQUESTED = "Confirmation Requested";

    private final Confirmations confirmations;
    private final Predicate<String> known;
    private final Predicate<String> unsubscribe;
    private final String language;

    Links(Confirmations confirmations, Predicate<String> known, Predicate<String> unsubscribe, String language) {
        this.confirmations = confirmations;
        this.known = known;
        this.unsubscribe = unsubscribe;
        this.language = language;
    }

    /**
     * One-click unsubscription (RFC 8058). A POST whose one field is {@code List-Unsubscribe=One-Click} acts; a GET shows a page with a
     * button that posts just that, and changes nothing, because scanners follow links. A link that is cut, forged or from elsewhere
     * gets a page that says so, and changes nothing either.
     *
     * @param request what came to the address that {@link dev.throughline.identity.Brand#optOutByWeb} names; the token is its end, and a
     *     query {@code lang=vi} or {@code lang=en} after it says the language
     * @return 200 if it is done or asked for, 404 for a link that is none of ours, 400 and 405 for what is neither, 503 if it could not
     *     be stored
     */
    public CallbackAnswer unsubscribe(RawCallback request) {
        Given.required("links", "request", request);
        var visit = Visit.of(request, language);
        return page(visit).in(visit.language());
    }

    /**
     * Double opt-in: what comes to the address of {@code {{ links.confirm }}} in a mail of class CONSENT_REQUEST. A GET shows a page with
     * a button and changes nothing, because scanners follow links; a POST of {@code confirm=yes} confirms the consents that wait at the
     * address for it. After seven days it confirms nothing: the page offers another mail, and its {@code confirm=again} lets the consent
     * wait anew and is heard as {@link #CONFIRMATION_REQUESTED}.
     *
     * @param request what came; the token is its end
     * @return 200 if it is confirmed, asked for, or there is nothing to confirm; 410 if its time is over; 404, 400, 405 and 503 as in
     *     {@link #unsubscribe}
     */
    public CallbackAnswer confirm(RawCallback request) {
        Given.required("links", "request", request);
        var visit = Visit.of(request, language);
        try {
            return confirmations.page(visit).in(visit.language());
        } catch (ThroughlineException | CompletionException notStored) {
            return Page.LATER.in(visit.language());
        }
    }

    private Page page(Visit visit) {
        if (!visit.looks() && !visit.posts()) {
            return Page.METHOD;
        }
        try {
            if (!known.test(visit.token())) {
                return Page.INVALID;
            }
            if (visit.looks()) {
                return Page.ASK;
            }
            return visit.isOneClick() ? acted(visit.token()) : Page.UNREADABLE;
        } catch (ThroughlineException | CompletionException notStored) {
            return Page.LATER;
        }
    }

    private Page acted(String token) {
        return unsubscribe.test(token) ? Page.DONE : Page.INVALID;
    }
}
