// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.MessageId;
import dev.throughline.customer.Customer;
import dev.throughline.decision.Decision;
import dev.throughline.decision.DeliveryNote;
import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Entry;
import dev.throughline.store.Definition;
import dev.throughline.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What has been decided and why, for whoever has to answer for it: of a customer, of a message, or of a time. Reads what has committed;
 * findings are told as they were found. Thread-safe.
 */
public final class Audit {

    private static final Comparator<AuditLine> BY_TIME =
            Comparator.comparing(AuditLine::at).thenComparing(AuditLine::kind);

    private final Store store;
    private final Queries queries;

    /** How the lines of a time are written. */
    public enum Format {
        /** A JSON object in each line, with all findings and their values. */
        JSON_LINES,
        /** Comma-separated values by RFC 4180 with a header; of findings check, rule, outcome and reason. */
        CSV
    }

    /**
     * Audits a store.
     *
     * @param store the store
     * @param queries reads it
     */
    public Audit(Store store, Queries queries) {
        this.store = store;
        this.queries = queries;
    }

    /**
     * Everything that was decided about a customer's messages, and every act on her addresses that it may rest on.
     *
     * @param identity one of her identities
     * @return the lines, oldest first
     */
    public List<AuditLine> of(Identity identity) {
        var lines = new ArrayList<AuditLine>();
        queries.decided(identity).forEach(line -> add(line, lines));
        lines.addAll(acts(queries.customer(identity).map(Customer::addresses).orElse(List.of())));
        lines.sort(BY_TIME);
        return List.copyOf(lines);
    }

    /**
     * What was decided about a message, the acts that this rests on, and what was refused since on its customer's addresses: a refusal that
     * came when the message was with its provider stands behind the verdict, each with its own instant. Reads the whole log of decisions.
     *
     * @param message which
     * @return the lines, oldest first; empty if nothing was decided about it
     */
    public List<AuditLine> of(MessageId message) {
        var lines = new ArrayList<AuditLine>();
        var subjects = new LinkedHashSet<String>();
        store.scan(Entry.Log.DECISIONS, line -> {
            if (isAbout(line, message)) {
                add(line, lines);
                subjects.add(line.subject());
            }
        });
        if (!lines.isEmpty()) {
            lines.addAll(acts(addresses(subjects)).stream().filter(since(lines)).toList());
            lines.sort(BY_TIME);
        }
        return List.copyOf(lines);
    }

    /**
     * Writes all verdicts, corrections and news of deliveries of a time, line by line as they are read. Reads the log of decisions from its
     * beginning, and from one moment of the store, which on SQLite keeps its log of writes growing while it takes.
     *
     * @param from the first instant
     * @param until the first instant that is not meant any more
     * @param format how
     * @param out where to; not closed
     * @return how many lines were written, without a header
     * @throws UncheckedIOException if they could not be written
     */
    public long write(Instant from, Instant until, Format format, Appendable out) {
        var written = new long[1];
        if (format == Format.CSV) {
            append(out, AuditLine.csvHeader(), "\r\n");
        }
        store.scan(Entry.Log.DECISIONS, entry -> {
            if (entry.at().isBefore(from) || !entry.at().isBefore(until)) {
                return;
            }
            AuditLine line = AuditLine.of(entry);
            if (line != null) {
                boolean csv = format == Format.CSV;
                append(out, csv ? line.toCsv() : line.toJson(), csv ? "\r\n" : "\n");
                written[0]++;
            }
        });
        return written[0];
    }

    /**
     * The rules under which something was decided.
     *
     * @param hash of the policy, as {@link AuditLine#policy} has it
     * @return name, rules as JSON, and since when which host had them; empty if no host has published such a policy here
     */
    public Optional<Definition> policy(String hash) {
        return store.definitions().stream()
                .filter(one ->
                        one.kind().equals(Publication.POLICY) && one.version().equals(hash))
                .findFirst();
    }

    private List<AuditLine> acts(Collection<Address> addresses) {
        return addresses.stream()
                .map(Address::toString)
                .flatMap(address -> LedgerLines.events(store.entries(Entry.Log.LEDGER, address)).stream()
                        .map(event -> AuditLine.of(address, event)))
                .toList();
    }

    /** The acts that are cited, and whatever was refused from the first verdict on. */
    private static Predicate<AuditLine> since(List<AuditLine> decided) {
        Set<String> cited =
                decided.stream().flatMap(line -> line.basis().stream()).collect(Collectors.toCollection(TreeSet::new));
        Instant first = decided.stream()
                .map(AuditLine::at)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Set<String> refusals = Set.of("REFUSED", "WITHDRAWN", "OBJECTED", "SUPPRESSED");
        return act -> cited.contains(act.facts().getOrDefault("event", ""))
                || (!act.at().isBefore(first) && refusals.contains(act.facts().getOrDefault("type", "")));
    }

    private Set<Address> addresses(Set<String> subjects) {
        var addresses = new TreeSet<Address>();
        for (String subject : subjects) {
            customer(subject).ifPresentOrElse(customer -> addresses.addAll(customer.addresses()), () -> address(subject)
                    .ifPresent(addresses::add));
        }
        return addresses;
    }

    private Optional<Customer> customer(String subject) {
        try {
            return queries.customer(CustomerId.parse(subject));
        } catch (ThroughlineException noCustomer) {
            return Optional.empty();
        }
    }

    private static Optional<Address> address(String subject) {
        try {
            return Optional.of(Address.parse(subject));
        } catch (ThroughlineException noAddress) {
            return Optional.empty();
        }
    }

    private static boolean isAbout(Entry line, MessageId message) {
        return (line.body() instanceof Decision decision && decision.message().equals(message))
                || (line.body() instanceof DeliveryNote note && note.message().equals(message));
    }

    private static void add(Entry entry, List<AuditLine> lines) {
        Stream.ofNullable(AuditLine.of(entry)).forEach(lines::add);
    }

    private static void append(Appendable out, String line, String end) {
        try {
            out.append(line).append(end);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
