// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Contents;
import dev.throughline.campaign.Roster;
import dev.throughline.campaign.Statuses;
import dev.throughline.decision.Approvals;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outstanding;
import dev.throughline.segment.Condition;
import dev.throughline.segment.Segment;
import dev.throughline.store.Codecs;
import dev.throughline.store.Store;
import dev.throughline.wire.Codec;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a model. What a customer is made of is settled with the first machine: by the host's campaigns and by what was published
 * until then. A version that is published later and needs more is left to hosts that have more. Thread-safe.
 */
public final class ModelRules implements Rules {

    private final Model model;
    private final boolean approving;
    private final Late customers = new Late();
    private @Nullable Shape shape;
    private Generation generation = Generation.NONE;
    private volatile @Nullable Machine latest;

    ModelRules(Model model, boolean approving) {
        this.model = model;
        this.approving = approving;
    }

    /**
     * Which parts customers have besides those that all have.
     *
     * @param commerce whether baskets and orders are kept
     * @param segments whether there are segments
     */
    record Shape(boolean commerce, boolean segments) {

        static Shape of(Model model, Collection<Campaign> published) {
            var all = Stream.concat(model.campaigns().stream(), published.stream())
                    .toList();
            var watched = model.watched().stream().map(Segment::condition);
            return new Shape(
                    all.stream().anyMatch(Campaign::usesCommerce) || watched.anyMatch(Condition::usesCommerce),
                    all.stream().anyMatch(campaign -> !campaign.segments().isEmpty())
                            || !model.watched().isEmpty());
        }

        boolean fits(Campaign campaign) {
            return (commerce || !campaign.usesCommerce())
                    && (segments || campaign.segments().isEmpty());
        }
    }

    /** Customers are stored as the first machine has them, which is made once the store is open and tells what is published. */
    private static final class Late implements Codec<Object> {
        private volatile @Nullable Codec<Object> codec;

        @Override
        public void write(Object value, Writer out) {
            known().write(value, out);
        }

        @Override
        public Object read(Reader in) {
            return known().read(in);
        }

        private Codec<Object> known() {
            Codec<Object> known = codec;
            if (known == null) {
                throw new IllegalStateException("a customer is read or written before there is a machine");
            }
            return known;
        }
    }

    /**
     * How a store is to keep states and payloads; customers from the first machine on.
     *
     * @return the codecs
     */
    public Codecs codecs() {
        var codecs = model.machine().codecs();
        var states = new EnumMap<Key.Kind, Codec<Object>>(codecs.states());
        states.put(Key.Kind.CUSTOMER, customers);
        return new Codecs(states, codecs.payloads(), this::outstanding);
    }

    /** By the machine that was made last. */
    private Outstanding outstanding(Key key, Object state, Instant now) {
        Machine machine = latest;
        return machine == null ? Outstanding.NOTHING : machine.outstanding(key, state, now);
    }

    /**
     * Settles by what is published in a store what customers are made of, and what is made anew for those whom others have stepped.
     *
     * @param store the store, which is open
     */
    public synchronized void open(Store store) {
        generation = Generation.open(store, needs(store));
    }

    /**
     * {@link #open} of a store in which nothing may be written yet: customers whom others have stepped under the same needs can be told
     * what they wait for.
     *
     * @param store the store, which is open
     */
    public synchronized void look(Store store) {
        generation = Generation.find(store, needs(store));
    }

    private Set<String> needs(Store store) {
        var published = Publication.read(store, Map.of());
        return machine(new Directives(Statuses.NONE, Approvals.NOT_REQUIRED, published, Contents.NONE))
                .needs();
    }

    @Override
    public HostPorts hosted() {
        return model.asked();
    }

    @Override
    public synchronized Machine machine(Directives directives) {
        Shape fixed = shape;
        if (fixed == null) {
            fixed = Shape.of(model, directives.published().values());
            shape = fixed;
        }
        var older = new TreeMap<String, Campaign>();
        for (var entry : directives.published().entrySet()) {
            if (fixed.fits(entry.getValue())) {
                older.put(entry.getKey(), entry.getValue());
            }
        }
        Machine machine = model.machine(
                new Roster(model.campaigns(), older, directives.statuses(), directives.contents()),
                directives.approvals().ifRequired(approving),
                fixed);
        customers.codec = machine.step(Key.Kind.CUSTOMER).codec();
        Machine made = generation.isNone() ? machine : machine.at(generation);
        latest = made;
        return made;
    }
}
