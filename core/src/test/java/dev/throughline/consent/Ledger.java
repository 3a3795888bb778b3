// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A contact point's consents, told as a story: each act at its own hour. */
final class Ledger {

    static final Instant START = Instant.parse("2026-11-23T02:00:00Z");
    static final Address PHONE = Address.phone("+84 90 000 0001");
    static final CustomerId MAI = CustomerId.of(START, "mai");
    static final CustomerId LAN = CustomerId.of(START.plusSeconds(1), "lan");
    static final String SHOP = "Shop Ltd";

    ConsentState state = ConsentState.NONE;
    private int acts;

    static Instant minute(long minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }

    Occasion at(Instant when, @Nullable CustomerId holder) {
        return new Occasion("act-" + acts++, holder, SHOP, when, when);
    }

    Ledger act(Instant when, CustomerId holder, ConsentAct act) {
        act.eventsAt(PHONE, at(when, holder)).forEach(this::event);
        return this;
    }

    Ledger event(ConsentEvent event) {
        state = state.apply(event);
        return this;
    }

    Standing standing(Instant when, CustomerId holder) {
        return standing(when, holder, Channel.SMS);
    }

    Standing standing(Instant when, CustomerId holder, Channel channel) {
        return state.standing(new Question(holder, SHOP, channel, Purpose.ADVERTISING, when));
    }
}
