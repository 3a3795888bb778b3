// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.channel.RawCallback;
import dev.throughline.customer.Customer;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.link.Form;
import dev.throughline.link.Link;
import dev.throughline.link.LinkKeys;
import dev.throughline.link.LinkReading;
import dev.throughline.link.Visit;
import dev.throughline.preference.PreferenceCentre;
import dev.throughline.preference.PreferenceChoice;
import dev.throughline.preference.PreferenceMenu;
import dev.throughline.preference.PreferenceVisit;
import dev.throughline.preference.PreferenceVisit.Kind;
import dev.throughline.touchpoint.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/**
 * A preference centre, as plain functions for any web framework: for who is logged in by {@link #show} and {@link #choose}, for who
 * follows a link by {@link #visit}. What is chosen counts at the next decision. Thread-safe.
 */
public final class Preferences {

    /** For how long a link works unless said otherwise: 30 days. */
    public static final Duration VALIDITY = Duration.ofDays(30);

    private final Throughline host;
    private final PreferenceMenu menu;
    private final LinkKeys keys;
    private final InstantSource clock;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(3_660);

    Preferences(Throughline host, PreferenceMenu menu, LinkKeys keys, InstantSource clock) {
        this.host = host;
        this.menu = menu;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The end of an address at which somebody can see and change what she gets without a login. Whoever has it can; send it to nobody
     * else.
     *
     * @param who how she is known here
     * @param validFor for how long it works, such as {@link #VALIDITY}
     * @return the token
     * @throws ThroughlineException if nobody is known so, the time is none, or the host has no key
     */
    public String link(Identity who, Duration validFor) {
        Given.required("preferences", "who", who);
        Given.required("preferences", "validFor", validFor);
        if (validFor.compareTo(SHORTEST) < 0 || validFor.compareTo(LONGEST) > 0) {
            throw new ThroughlineException(
                    "preferences link for " + validFor + ": expected " + SHORTEST + " to " + LONGEST);
        }
        CustomerId customer = host.queries()
                .customer(who)
                .map(Customer::id)
                .orElseThrow(() -> new ThroughlineException(
                        "preferences link: nobody is known by this " + who.type() + ", expected a customer"));
        return keys.sign(new Link(
                Link.Purpose.PREFERENCES, customer.toString(), clock.instant().plus(validFor)));
    }

    /**
     * What somebody has chosen.
     *
     * @param who how she is known here
     * @return what to show her; empty if nobody is known so
     */
    public Optional<PreferenceCentre> show(Identity who) {
        return host.queries().preferences(Given.required("preferences", "who", who), menu);
    }

    /**
     * Takes what somebody has chosen on a page that showed {@link #show}. Blocks until it counts.
     *
     * @param who how she is known here
     * @param form what was posted
     * @return what became of it; nothing is taken of a form with a field or value that the page does not have, or that was shown before
     *     something else has changed
     * @throws ThroughlineException if nobody is known so
     */
    public PreferenceChoice choose(Identity who, Form form) {
        Given.required("preferences", "form", form);
        var centre = show(who)
                .orElseThrow(() -> new ThroughlineException(
                        "preferences: nobody is known by this " + who.type() + ", expected a customer"));
        return choose(who, centre, form);
    }

    /**
     * Takes a request to the address of a {@link #link}. A GET shows, and changes nothing; a POST of the page's form chooses.
     *
     * @param request what came; the token is its end, and a query {@code lang=vi} or {@code lang=en} after it says the page's language
     * @return what became of it, and what to show
     */
    public PreferenceVisit visit(RawCallback request) {
        Given.required("preferences", "request", request);
        var visit = Visit.of(request, menu.brand().language());
        if (!visit.looks() && !visit.posts()) {
            return told(Kind.METHOD, visit);
        }
        LinkReading reading = keys.read(visit.token(), Link.Purpose.PREFERENCES, clock.instant());
        if (reading.state() != LinkReading.State.VALID) {
            return told(reading.state() == LinkReading.State.EXPIRED ? Kind.EXPIRED : Kind.INVALID, visit);
        }
        try {
            return reading.link()
                    .flatMap(link -> host.queries().customer(CustomerId.parse(link.subject())))
                    .map(customer -> visited(customer, visit))
                    .orElse(told(Kind.INVALID, visit));
        } catch (ThroughlineException | CompletionException notStored) {
            return told(Kind.LATER, visit);
        }
    }

    private PreferenceVisit visited(Customer customer, Visit visit) {
        var centre = host.queries().preferences(customer, menu).shownIn(visit.language());
        if (visit.looks()) {
            return new PreferenceVisit(Kind.SHOWN, visit.language(), centre, null);
        }
        var choice =
                visit.form().map(form -> choose(known(customer), centre, form)).orElse(null);
        Customer after = host.queries().customer(customer.id()).orElse(customer);
        return new PreferenceVisit(
                choice == null ? Kind.REFUSED : kind(choice),
                visit.language(),
                host.queries().preferences(after, menu).shownIn(visit.language()),
                choice);
    }

    private static Kind kind(PreferenceChoice choice) {
        return switch (choice.outcome()) {
            case CHANGED -> Kind.SAVED;
            case UNCHANGED -> Kind.UNCHANGED;
            case STALE -> Kind.STALE;
            case REFUSED -> Kind.REFUSED;
            case TOO_SOON -> Kind.TOO_SOON;
        };
    }

    /** Sent twice, the same form is the same acts. */
    private PreferenceChoice choose(Identity who, PreferenceCentre centre, Form form) {
        Instant now = clock.instant();
        var choice = PreferenceChoice.of(centre, form, now);
        int index = 0;
        for (var act : choice.acts()) {
            host.record(stamp(who, centre, form, index++, now).consent(who, act.name(), act.properties()));
        }
        if (!choice.language().isEmpty()) {
            host.record(stamp(who, centre, form, index, now).identify(who, Map.of("language", choice.language())));
        }
        return choice;
    }

    private static Stamp stamp(Identity who, PreferenceCentre centre, Form form, int index, Instant now) {
        var fields = new TreeMap<>(form.fields());
        return Stamp.of(Ids.hash("preferences", who, centre.version(), fields, index, now.getEpochSecond()), now);
    }

    /** A name of hers that stays: browsers and devices make room for others. */
    private static Identity known(Customer customer) {
        return customer.identities().stream()
                .filter(identity -> Customer.address(identity).isPresent()
                        || identity.type().equals("userId"))
                .findFirst()
                .orElseGet(() -> customer.identities().get(0));
    }

    private static PreferenceVisit told(Kind kind, Visit visit) {
        return new PreferenceVisit(kind, visit.language(), null, null);
    }
}
