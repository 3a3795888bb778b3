// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.wire.Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All journeys of one customer: those under way, in the order in which she entered, and the campaigns that may be entered once and
 * were. Immutable. The names of the campaigns stand beside the instances, so that an event looks only at those that it concerns.
 */
final class Journeys {

    static final Journeys NONE = new Journeys(new String[0], new Instance[0], Set.of(), new byte[0]);

    static final Codec<Journeys> CODEC = Codec.of(
            (journeys, out) -> {
                out.each(1, Instance.CODEC, journeys.instances());
                journeys.entered.forEach(campaign -> out.string(2, campaign));
                out.raw(journeys.unknown);
            },
            in -> {
                var instances = in.each(1, Instance.CODEC).toArray(new Instance[0]);
                var campaigns = Arrays.stream(instances).map(Instance::campaign).toArray(String[]::new);
                var entered = Collections.unmodifiableSet(new TreeSet<>(in.strings(2)));
                return new Journeys(campaigns, instances, entered, in.above(2));
            });

    private final String[] campaigns;
    private final Instance[] instances;
    private final Set<String> entered;
    private final byte[] unknown;

    private Journeys(String[] campaigns, Instance[] instances, Set<String> entered, byte[] unknown) {
        this.campaigns = campaigns;
        this.instances = instances;
        this.entered = entered;
        this.unknown = unknown;
    }

    List<Instance> instances() {
        return Collections.unmodifiableList(Arrays.asList(instances));
    }

    /** Those in some campaigns. */
    List<Instance> in(Set<String> names) {
        List<Instance> found = List.of();
        for (int i = 0; i < instances.length; i++) {
            if (names.contains(campaigns[i])) {
                found = found.isEmpty() ? new ArrayList<>(4) : found;
                found.add(instances[i]);
            }
        }
        return found;
    }

    boolean inside(String campaign, String key) {
        for (int i = 0; i < instances.length; i++) {
            if (campaigns[i].equals(campaign) && instances[i].key().equals(key)) {
                return true;
            }
        }
        return false;
    }

    /** The one whose timer it is. */
    @Nullable
    Instance timedBy(String timer) {
        for (int i = 0; i < instances.length; i++) {
            if (instances[i].isTimedBy(timer)) {
                return instances[i];
            }
        }
        return null;
    }

    boolean hasEntered(String campaign) {
        return entered.contains(campaign);
    }

    Journeys with(Instance instance) {
        int place = place(instance);
        if (place < instances.length) {
            var same = instances.clone();
            same[place] = instance;
            return new Journeys(campaigns, same, entered, unknown);
        }
        var more = Arrays.copyOf(instances, place + 1);
        var names = Arrays.copyOf(campaigns, place + 1);
        more[place] = instance;
        names[place] = instance.campaign();
        return new Journeys(names, more, entered, unknown);
    }

    Journeys without(Instance instance) {
        int place = place(instance);
        if (place == instances.length) {
            return this;
        }
        var fewer = Arrays.copyOf(instances, instances.length - 1);
        var names = Arrays.copyOf(campaigns, fewer.length);
        System.arraycopy(instances, place + 1, fewer, place, fewer.length - place);
        System.arraycopy(campaigns, place + 1, names, place, fewer.length - place);
        return new Journeys(names, fewer, entered, unknown);
    }

    Journeys entered(String campaign) {
        var more = new TreeSet<>(entered);
        more.add(campaign);
        return new Journeys(campaigns, instances, Collections.unmodifiableSet(more), unknown);
    }

    /** Where an instance is, or the end. */
    private int place(Instance instance) {
        int place = 0;
        while (place < instances.length
                && !(campaigns[place].equals(instance.campaign())
                        && instances[place].id().equals(instance.id()))) {
            place++;
        }
        return place;
    }
}
