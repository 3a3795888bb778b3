// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.wire.Codec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All journeys of one customer.
 *
 * @param instances those under way, in the order in which she entered
 * @param entered campaigns that may be entered once and were
 * @param unknown fields of a newer version
 */
record Journeys(List<Instance> instances, Set<String> entered, byte[] unknown) {

    static final Journeys NONE = new Journeys(List.of(), Set.of(), new byte[0]);

    static final Codec<Journeys> CODEC = Codec.of(
            (journeys, out) -> {
                out.each(1, Instance.CODEC, journeys.instances);
                journeys.entered.forEach(campaign -> out.string(2, campaign));
                out.raw(journeys.unknown);
            },
            in -> new Journeys(
                    in.each(1, Instance.CODEC),
                    Collections.unmodifiableSet(new TreeSet<>(in.strings(2))),
                    in.above(2)));

    boolean inside(String campaign, String key) {
        for (Instance instance : instances) {
            if (instance.campaign().equals(campaign) && instance.key().equals(key)) {
                return true;
            }
        }
        return false;
    }

    Journeys with(Instance instance) {
        var more = new ArrayList<>(instances);
        for (int i = 0; i < more.size(); i++) {
            if (more.get(i).id().equals(instance.id())) {
                more.set(i, instance);
                return new Journeys(more, entered, unknown);
            }
        }
        more.add(instance);
        return new Journeys(more, entered, unknown);
    }

    Journeys without(Instance instance) {
        var fewer = new ArrayList<>(instances);
        fewer.removeIf(other -> other.id().equals(instance.id()));
        return new Journeys(fewer, entered, unknown);
    }

    Journeys entered(String campaign) {
        var more = new TreeSet<>(entered);
        more.add(campaign);
        return new Journeys(instances, Collections.unmodifiableSet(more), unknown);
    }
}
