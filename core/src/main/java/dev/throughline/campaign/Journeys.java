// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.channel.MessageId;
import dev.throughline.wire.Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All journeys of one customer: those under way, in the order in which she entered, and what outlives them.
 * Immutable; changed by way of a {@link Draft}. The names of the campaigns stand beside the instances, so that an event looks
 * only at those that it concerns.
 */
final class Journeys {

    static final Journeys NONE = new Journeys(new String[0], new Instance[0], 0, Lasting.NONE, new byte[0]);

    static final Codec<Journeys> CODEC = Codec.of(
            (journeys, out) -> {
                out.each(1, Instance.CODEC, journeys.instances());
                journeys.lasting.write(2, out);
                out.raw(journeys.unknown);
            },
            in -> {
                var instances = in.each(1, Instance.CODEC).toArray(new Instance[0]);
                var campaigns = Arrays.stream(instances).map(Instance::campaign).toArray(String[]::new);
                return new Journeys(campaigns, instances, instances.length, Lasting.read(2, in), in.above(4));
            });

    private final String[] campaigns;
    private final Instance[] instances;

    /** How many there are; the arrays may have room for more. */
    private final int size;

    private final Lasting lasting;
    private final byte[] unknown;

    private Journeys(String[] campaigns, Instance[] instances, int size, Lasting lasting, byte[] unknown) {
        this.campaigns = campaigns;
        this.instances = instances;
        this.size = size;
        this.lasting = lasting;
        this.unknown = unknown;
    }

    List<Instance> instances() {
        return Collections.unmodifiableList(Arrays.asList(instances).subList(0, size));
    }

    /** Those in some campaigns. */
    List<Instance> in(Set<String> names) {
        List<Instance> found = List.of();
        for (int i = 0; i < size; i++) {
            if (names.contains(campaigns[i])) {
                found = found.isEmpty() ? new ArrayList<>(4) : found;
                found.add(instances[i]);
            }
        }
        return found;
    }

    /** The one whose timer it is. */
    @Nullable
    Instance timedBy(String timer) {
        boolean own = Instance.isOwn(timer);
        for (int i = 0; i < size; i++) {
            if ((own || timer.endsWith(campaigns[i])) && instances[i].isTimedBy(timer)) {
                return instances[i];
            }
        }
        return null;
    }

    /** The one that waits for a message's verdict; most often one of the last. */
    @Nullable
    Instance awaiting(MessageId message) {
        for (int i = size - 1; i >= 0; i--) {
            if (instances[i].awaits(message)) {
                return instances[i];
            }
        }
        return null;
    }

    /** The one that waits for the host's code. */
    @Nullable
    Instance awaiting(Predicate<Instance> answer) {
        for (int i = 0; i < size; i++) {
            if (answer.test(instances[i])) {
                return instances[i];
            }
        }
        return null;
    }

    Lasting lasting() {
        return lasting;
    }

    /** The journeys while one input changes them: copied once, however many change. Not thread-safe. */
    static final class Draft {

        private static final int ROOM = 2;

        private final Journeys before;
        private String[] campaigns;
        private Instance[] instances;
        private int size;
        private Lasting lasting;

        Draft(Journeys before) {
            this.before = before;
            this.campaigns = before.campaigns;
            this.instances = before.instances;
            this.size = before.size;
            this.lasting = before.lasting;
        }

        boolean inside(String campaign, String key) {
            return find(campaign, key) != null;
        }

        @Nullable
        Instance find(String campaign, String key) {
            for (int i = 0; i < size; i++) {
                if (campaigns[i].equals(campaign) && instances[i].key().equals(key)) {
                    return instances[i];
                }
            }
            return null;
        }

        Lasting lasting() {
            return lasting;
        }

        void keep(Lasting changed) {
            lasting = changed;
        }

        void add(Instance instance) {
            if (campaigns == before.campaigns || size == instances.length) {
                campaigns = Arrays.copyOf(campaigns, size + ROOM);
                instances = Arrays.copyOf(instances, size + ROOM);
            }
            campaigns[size] = instance.campaign();
            instances[size++] = instance;
        }

        void replace(Instance old, Instance changed) {
            if (instances == before.instances) {
                instances = Arrays.copyOf(instances, size);
            }
            instances[place(old)] = changed;
        }

        /** Keeps an instance where it stopped, or lets it go if it came to the end. */
        void move(Instance old, @Nullable Instance after) {
            if (after == null) {
                remove(old);
            } else {
                replace(old, after);
            }
        }

        void remove(Instance old) {
            int place = place(old);
            campaigns = campaigns == before.campaigns ? Arrays.copyOf(campaigns, size) : campaigns;
            instances = instances == before.instances ? Arrays.copyOf(instances, size) : instances;
            size--;
            System.arraycopy(campaigns, place + 1, campaigns, place, size - place);
            System.arraycopy(instances, place + 1, instances, place, size - place);
            instances[size] = null;
        }

        @SuppressWarnings("ReferenceEquality") // it is one of these very objects, so that none has to be looked into
        private int place(Instance instance) {
            int place = 0;
            while (instances[place] != instance) {
                place++;
            }
            return place;
        }

        Journeys done() {
            return isSame() ? before : new Journeys(campaigns, instances, size, lasting, before.unknown);
        }

        @SuppressWarnings("ReferenceEquality") // what has changed is another object
        private boolean isSame() {
            return instances == before.instances && lasting == before.lasting;
        }
    }
}
