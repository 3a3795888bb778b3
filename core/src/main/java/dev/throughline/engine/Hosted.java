// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.AddressBook;
import dev.throughline.campaign.Catalogue;
import dev.throughline.campaign.FunctionQuestion;
import dev.throughline.campaign.HostFunction;
import dev.throughline.campaign.HostTables;
import dev.throughline.campaign.LookupAnswer;
import dev.throughline.campaign.LookupQuestion;
import dev.throughline.campaign.LookupQuestion.Table;
import dev.throughline.campaign.ProfileSource;
import dev.throughline.consent.ReplyClassifier;
import dev.throughline.decision.ReplyQuestion;
import dev.throughline.decision.ReplyRead;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Code and tables of the host's own that journeys reach. Immutable.
 *
 * @param functions by the names under which campaigns call them
 * @param tables what journeys look up
 * @param replies reads what the tables of opt-out words cannot; {@code null} if nobody does
 * @param executor runs it; {@code null} for threads of the engine's own
 */
public record Hosted(
        Map<String, Registered> functions,
        Tables tables,
        @Nullable ReplyClassifier replies,
        @Nullable Executor executor) {

    /** How many calls of one function are under way at once, unless the host says otherwise. */
    public static final int AT_ONCE = 8;

    /** Nothing. */
    public static final Hosted NONE = new Hosted(Map.of(), Tables.NONE, null, null);

    /** Copies the map. */
    public Hosted {
        functions = Map.copyOf(functions);
    }

    /**
     * A function.
     *
     * @param function what it does
     * @param atOnce how many calls of it are under way at once
     */
    public record Registered(HostFunction function, int atOnce) {}

    /**
     * Tables of the host's.
     *
     * @param catalogue its products; {@code null} if it tells none
     * @param addresses its addresses; {@code null} if it tells none
     * @param profiles where traits are read; {@code null} if nowhere
     */
    public record Tables(
            @Nullable Catalogue catalogue,
            @Nullable AddressBook addresses,
            @Nullable Profiles profiles) {

        /** No table. */
        public static final Tables NONE = new Tables(null, null, null);

        /** What the steps have to know of them. */
        HostTables known() {
            return new HostTables(
                    catalogue != null,
                    addresses != null,
                    profiles == null ? Set.of() : profiles.traits,
                    profiles == null ? Duration.ZERO : profiles.fresh);
        }

        private void addTo(Map<String, HostPorts.Port> ports) {
            Catalogue products = catalogue;
            if (products != null) {
                put(
                        ports,
                        Table.PRODUCT,
                        asked -> asked.product(products.find(asked.about()).orElse(null)));
            }
            AddressBook book = addresses;
            if (book != null) {
                put(
                        ports,
                        Table.ADDRESS,
                        asked -> asked.address(book.find(asked.customer(), Objects.requireNonNull(asked.channel()))
                                .orElse(null)));
            }
            Profiles read = profiles;
            if (read != null) {
                put(ports, Table.TRAITS, asked -> asked.traits(read.source.read(asked.customer()), read.traits));
            }
        }

        private static void put(Map<String, HostPorts.Port> ports, Table table, Looking looking) {
            ports.put(table.port(), new HostPorts.Port(asked -> looking.up((LookupQuestion) asked), AT_ONCE));
        }
    }

    private interface Looking {
        LookupAnswer up(LookupQuestion question) throws Exception;
    }

    /**
     * Where traits are read.
     *
     * @param source reads them
     * @param fresh for how long what was read is not read again
     * @param traits which it may tell
     */
    public record Profiles(ProfileSource source, Duration fresh, Set<String> traits) {

        /** Copies the set. */
        public Profiles {
            traits = new TreeSet<>(traits);
        }
    }

    HostPorts ports() {
        var ports = new TreeMap<String, HostPorts.Port>();
        functions.forEach((name, registered) -> ports.put(FunctionQuestion.PORT + name, port(registered)));
        tables.addTo(ports);
        ReplyClassifier reader = replies;
        if (reader != null) {
            ports.put(ReplyQuestion.PORT, new HostPorts.Port(asked -> read(reader, (ReplyQuestion) asked), AT_ONCE));
        }
        return new HostPorts(ports, executor);
    }

    private static ReplyRead read(ReplyClassifier reader, ReplyQuestion asked) throws Exception {
        return asked.answered(Objects.requireNonNull(reader.classify(asked.reply()), "a classifier answered null"));
    }

    private static HostPorts.Port port(Registered registered) {
        return new HostPorts.Port(
                question -> {
                    var asked = (FunctionQuestion) question;
                    return asked.answered(registered.function().call(asked.call()));
                },
                registered.atOnce());
    }
}
