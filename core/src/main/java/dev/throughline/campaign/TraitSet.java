// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.customer.Profile;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.segment.SegmentsSlice;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a journey says of its customer: a touchpoint like any other that identifies her, but one that starts no journey. */
final class TraitSet {

    private static final Set<String> ADDRESSES = Set.of("email", "phone");

    private TraitSet() {}

    static Touchpoint of(Step.SetTrait step, Instance instance, String path, Identity who, Instant now) {
        return of(Ids.hash("trait", instance.deeds(), path), step.name(), step.value(), who, now);
    }

    /**
     * The step that sets a trait.
     *
     * @throws ThroughlineException if nobody could read the value, or if it is an address
     */
    static Step.SetTrait step(String campaign, String name, @Nullable Object value) {
        String where = "campaign '" + campaign + "', setTrait: ";
        if (name.length() > 100 || !Identity.isLine(name)) {
            throw new ThroughlineException(where + "name '" + Shown.of(name)
                    + "': expected 1 to 100 characters, without line breaks or other control characters");
        }
        if (ADDRESSES.contains(name)) {
            throw new ThroughlineException(
                    where + "'" + name + "' is an address, expected identify, which asks whose it is");
        }
        try {
            var probe = of("probe", name, value, Identity.userId("probe"), Touchpoint.EARLIEST);
            Profile.check(probe);
            return new Step.SetTrait(name, probe.property(name));
        } catch (ThroughlineException unreadable) {
            throw new ThroughlineException(where + unreadable.getMessage(), unreadable);
        }
    }

    private static Touchpoint of(String id, String name, @Nullable Object value, Identity who, Instant now) {
        Map<String, @Nullable Object> traits = new TreeMap<>();
        traits.put(name, value);
        return new Touchpoint(
                id,
                Touchpoint.Call.IDENTIFY,
                SegmentsSlice.TRAIT_SET,
                List.of(who),
                now,
                now,
                traits,
                "journey",
                Origin.LIVE);
    }
}
