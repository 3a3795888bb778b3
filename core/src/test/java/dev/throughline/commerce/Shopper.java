// SPDX-License-Identifier: Apache-2.0
package dev.throughline.commerce;

import dev.throughline.customer.Context;
import dev.throughline.customer.Customer;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Profile;
import dev.throughline.customer.Slice;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Somebody who shops, and what the slice keeps of it. */
final class Shopper {

    static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    private static final CommerceSlice SLICE = new CommerceSlice();
    private static final CustomerId MAI = CustomerId.of(NOW, "mai");

    private Commerce commerce = Commerce.NONE;

    Shopper does(String id, String event, int minute, Map<String, Object> properties) {
        return does(touchpoint(id, event, minute, properties));
    }

    Shopper does(Touchpoint touchpoint) {
        var customer = new Customer(MAI, Profile.EMPTY, List.of(), List.of(), List.of());
        var input = new Input.Told("told", Key.of(touchpoint.identity()), new Observed(touchpoint));
        commerce = SLICE.apply(commerce, new Context(customer, new NoParts(), NOW), input, new Effects());
        return this;
    }

    static Touchpoint touchpoint(String id, String event, int minute, Map<String, Object> properties) {
        return new Touchpoint(
                id,
                Touchpoint.Call.TRACK,
                event,
                List.of(Identity.userId("mai")),
                NOW.minusSeconds(100_000).plusSeconds(minute * 60L),
                NOW,
                properties,
                "web",
                Origin.LIVE);
    }

    Commerce commerce() {
        return commerce;
    }

    /** All that can be seen of it, in words. */
    static String told(Commerce commerce) {
        var orders = commerce.orders().stream().map(Order::model).toList();
        return commerce.basket().model() + " " + orders;
    }

    private static final class NoParts implements Context.Parts {
        @Override
        public <T> T of(Slice<T> slice) {
            throw new UnsupportedOperationException("baskets look at no other slice");
        }
    }
}
