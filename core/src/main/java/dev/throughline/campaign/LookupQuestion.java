// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.customer.Customer;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Question;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks a table of the host's.
 *
 * @param table which
 * @param customer for whom
 * @param about the product's id; empty if it is about none
 * @param channel over which channel a leg goes; {@code null} where none is under way
 * @param instance which instance asks
 * @param path at which step
 * @param leg for which leg; -1 where the journey begins
 */
public record LookupQuestion(
        Table table,
        Customer customer,
        String about,
        @Nullable Channel channel,
        String instance,
        String path,
        int leg) implements Question {

    static final Duration DEADLINE = Duration.ofSeconds(5);

    /** The tables, in the order in which they are asked. */
    public enum Table {
        /** Traits, from the {@link ProfileSource}. */
        TRAITS(0),
        /** An address, from the {@link AddressBook}. */
        ADDRESS(1),
        /** A product, from the {@link Catalogue}. */
        PRODUCT(2);

        private static final List<Table> ALL = List.of(values());

        private final int stage;

        Table(int stage) {
            this.stage = stage;
        }

        /** Its place among those that are asked, as instances store it. */
        int stage() {
            return stage;
        }

        static Table at(int stage) {
            return ALL.get(stage);
        }

        /**
         * The name of the port that it is.
         *
         * @return such as {@code table/product}
         */
        public String port() {
            return "table/" + word();
        }

        String word() {
            return switch (this) {
                case TRAITS -> "profile source";
                case ADDRESS -> "address book";
                case PRODUCT -> "catalogue";
            };
        }
    }

    /**
     * The answer of a profile source.
     *
     * @param said what it has returned
     * @param announced which traits it may tell
     * @return the answer
     */
    public LookupAnswer traits(@Nullable Map<String, ? extends @Nullable Object> said, Set<String> announced) {
        if (said == null) {
            return failed(Answers.UNUSABLE, "null, expected a map");
        }
        var taken = new TreeMap<String, @Nullable Object>();
        said.forEach((name, value) -> {
            if (announced.contains(name)) {
                taken.put(name, value);
            }
        });
        return answered(taken);
    }

    /**
     * The answer of an address book.
     *
     * @param found what it has found; {@code null} if nothing
     * @return the answer, which has failed if the address is of another kind than the channel's
     */
    public LookupAnswer address(@Nullable Address found) {
        if (found == null) {
            return answered(Map.of());
        }
        String kind = channel == null ? "" : channel.addressKind();
        if (!found.kind().equals(kind)) {
            return failed(Answers.UNUSABLE, "an address of kind " + found.kind() + ", expected " + kind);
        }
        try {
            return answered(Map.of(kind, Address.of(kind, found.value()).value()));
        } catch (ThroughlineException unreadable) {
            return failed(Answers.UNUSABLE, "no " + kind);
        }
    }

    /**
     * The answer of a catalogue.
     *
     * @param found what it has found; {@code null} if nothing
     * @return the answer
     */
    public LookupAnswer product(@Nullable Product found) {
        return answered(found == null ? Map.of() : found.model(about));
    }

    @Override
    public Duration deadline() {
        return DEADLINE;
    }

    @Override
    public LookupAnswer unanswered(Lack lack, String detail) {
        return failed(lack.name(), detail);
    }

    private LookupAnswer answered(Map<String, ? extends @Nullable Object> said) {
        var answer = Answers.of(said);
        return new LookupAnswer(table, instance, path, leg, answer.failure(), answer.detail(), answer.values());
    }

    private LookupAnswer failed(String failure, String detail) {
        return new LookupAnswer(table, instance, path, leg, failure, detail, Map.of());
    }
}
