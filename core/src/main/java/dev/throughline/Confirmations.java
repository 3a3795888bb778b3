// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.channel.MessageId;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.DoubleOptIn;
import dev.throughline.consent.Occasion;
import dev.throughline.decision.ContactPointAggregate;
import dev.throughline.identity.Address;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.link.Link;
import dev.throughline.link.LinkKeys;
import dev.throughline.link.LinkReading;
import dev.throughline.link.Page;
import dev.throughline.link.Visit;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.store.Store;
import dev.throughline.touchpoint.Stamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Double opt-in: a click in a mail confirms what waits at the address, and late asks for another mail. Thread-safe. */
final class Confirmations {

    private final Throughline host;
    private final Store store;
    private final LinkKeys keys;
    private final InstantSource clock;

    Confirmations(Throughline host, Store store, LinkKeys keys, InstantSource clock) {
        this.host = host;
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /** What a link leads to. */
    private record Asked(MessageId message, Key contactPoint, DoubleOptIn consents) {}

    Page page(Visit visit) {
        if (!visit.looks() && !visit.posts()) {
            return Page.METHOD;
        }
        LinkReading reading = keys.read(visit.token(), Link.Purpose.CONFIRMATION, clock.instant());
        Link link = reading.link().or(reading::expired).orElse(null);
        Asked asked = link == null ? null : asked(link).orElse(null);
        if (asked == null) {
            return Page.INVALID;
        }
        boolean late = reading.expired().isPresent();
        if (visit.looks()) {
            return late ? Page.CONFIRM_EXPIRED : Page.CONFIRM;
        }
        if (!says(visit, late ? "again" : "yes")) {
            return late && says(visit, "yes") ? Page.CONFIRM_EXPIRED : Page.UNREADABLE;
        }
        return late ? again(asked) : confirmed(asked);
    }

    private static boolean says(Visit visit, String word) {
        return visit.form()
                .map(form -> form.all("confirm").equals(List.of(word)))
                .orElse(false);
    }

    private Optional<Asked> asked(Link link) {
        return store.route(link.subject()).flatMap(key -> DoubleOptIn.of(
                        store.peek(key).map(ContactPointAggregate::consent).orElse(ConsentState.NONE),
                        link.subject(),
                        clock.instant())
                .map(found -> new Asked(new MessageId(link.subject()), key, found)));
    }

    private Page confirmed(Asked asked) {
        if (asked.consents().confirmed()) {
            return Page.CONFIRMED;
        }
        if (asked.consents().pending().isEmpty()) {
            return Page.NOTHING_TO_CONFIRM;
        }
        var occasion = occasion("confirm/" + asked.message(), clock.instant());
        for (ConsentEvent pending : asked.consents().pending()) {
            submit(
                    asked,
                    ConsentEvent.confirmed(
                            pending,
                            occasion,
                            asked.consents().channel(),
                            asked.message().value()));
        }
        return Page.CONFIRMED;
    }

    /** The person has asked again, which the policy allows one more mail for; campaigns hear of it as an event. */
    private Page again(Asked asked) {
        if (asked.consents().confirmed()) {
            return Page.CONFIRMED;
        }
        if (asked.consents().pending().isEmpty()) {
            return Page.NOTHING_TO_CONFIRM;
        }
        Instant now = clock.instant();
        String id = "again/" + asked.message();
        ConsentEvent last =
                asked.consents().pending().get(asked.consents().pending().size() - 1);
        submit(
                asked,
                ConsentEvent.renewed(last, occasion(id, now), asked.consents().channel()));
        Address address = Address.parse(asked.contactPoint().id());
        host.record(Stamp.of(Ids.hash(id), now)
                .track(
                        new Identity(address.kind(), address.value()),
                        Links.CONFIRMATION_REQUESTED,
                        Map.of("channel", asked.consents().channel())));
        return Page.ANOTHER_LINK;
    }

    private void submit(Asked asked, ConsentEvent event) {
        host.settled(new Envelope(asked.contactPoint(), new Input.Received(event.id(), event), "", 0));
    }

    private static Occasion occasion(String id, Instant now) {
        return new Occasion(id, null, "", now, now);
    }
}
