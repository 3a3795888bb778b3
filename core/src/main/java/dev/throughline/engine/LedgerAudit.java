// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.consent.LedgerHead;
import dev.throughline.consent.LedgerLine;
import dev.throughline.decision.ContactPointAggregate;
import dev.throughline.engine.LedgerFault.Kind;
import dev.throughline.identity.Address;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.store.LinePlace;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the chains of the ledger, address by address, while the host goes on: reads what has committed and waits for nobody. Thread-safe.
 */
public final class LedgerAudit {

    private static final int PAGE = 5_000;
    private static final int MOST_FAULTS = 1_000;

    private final Store store;

    /**
     * Verifies a store.
     *
     * @param store the store
     */
    public LedgerAudit(Store store) {
        this.store = store;
    }

    /**
     * All addresses.
     *
     * @return what was found
     */
    public LedgerReport all() {
        var run = new Run();
        run.chains();
        run.strays();
        return run.report();
    }

    /**
     * One address.
     *
     * @param address the address
     * @return what was found
     */
    public LedgerReport of(Address address) {
        var run = new Run();
        run.chain(Key.of(address));
        return run.report();
    }

    /**
     * One address, whose chain has to go through a head that was noted earlier, outside the store: so that nobody can have written all of it
     * anew.
     *
     * @param address the address
     * @param noted what {@link #head} has said once
     * @return what was found
     */
    public LedgerReport of(Address address, LedgerHead noted) {
        LedgerReport report = of(address);
        if (!report.isWhole() || noted.lines() == 0 || isThere(address, noted)) {
            return report;
        }
        var fault = new LedgerFault(address.toString(), noted.lines(), noted.id(), Kind.REWRITTEN);
        return new LedgerReport(report.addresses(), report.lines(), report.blotted(), List.of(fault));
    }

    /**
     * The end of an address's chain.
     *
     * @param address the address
     * @return how many lines there are and the hash of the last; {@link LedgerHead#NONE} if there are none
     */
    public LedgerHead head(Address address) {
        return head(Key.of(address)).orElse(LedgerHead.NONE);
    }

    private boolean isThere(Address address, LedgerHead noted) {
        return store.entries(Entry.Log.LEDGER, address.toString()).stream()
                .anyMatch(line -> line.id().equals(noted.id())
                        && line.body() instanceof LedgerLine said
                        && said.number() == noted.lines());
    }

    /** One walk over the ledger. */
    private final class Run {

        private final List<LedgerFault> faults = new ArrayList<>();
        private long addresses;
        private long lines;
        private long blotted;

        LedgerReport report() {
            return new LedgerReport(addresses, lines, blotted, faults);
        }

        /** Addresses whose state knows of lines. */
        void chains() {
            @Nullable Key after = null;
            List<Key> page;
            do {
                page = store.keys(Key.Kind.CONTACT_POINT, after, PAGE);
                for (Key key : page) {
                    if (head(key).filter(head -> head.lines() > 0).isPresent()) {
                        chain(key);
                    }
                    after = key;
                }
            } while (page.size() == PAGE);
        }

        /** Lines of subjects whose state knows of none, or cannot be read. */
        void strays() {
            @Nullable LinePlace after = null;
            String last = "";
            List<Entry> page;
            do {
                page = store.older(Entry.Log.LEDGER, Instant.MAX, after, PAGE);
                for (Entry line : page) {
                    if (!line.subject().equals(last)) {
                        last = line.subject();
                        stray(new Key(Key.Kind.CONTACT_POINT, last));
                    }
                    after = LinePlace.of(line);
                }
            } while (page.size() == PAGE);
        }

        private void stray(Key key) {
            if (head(key).filter(head -> head.lines() > 0).isEmpty()) {
                chain(key);
            }
        }

        /** What a step commits between two looks at the head is read again with it. */
        void chain(Key key) {
            Optional<LedgerHead> head = head(key);
            List<Entry> found = store.entries(Entry.Log.LEDGER, key.id());
            for (var again = head(key); !again.equals(head); again = head(key)) {
                head = again;
                found = store.entries(Entry.Log.LEDGER, key.id());
            }
            if (head.isPresent() || !found.isEmpty()) {
                note(key.id(), head, found);
            }
        }

        private void note(String subject, Optional<LedgerHead> head, List<Entry> found) {
            addresses++;
            lines += head.map(LedgerHead::lines).orElse(0L);
            blotted += found.stream()
                    .filter(line -> line.body() instanceof LedgerLine known && known.isBlotted())
                    .count();
            var fault = head.map(end -> LedgerChain.fault(subject, end, found))
                    .orElse(Optional.of(new LedgerFault(subject, 0, "", Kind.HEADLESS)));
            fault.filter(one -> faults.size() < MOST_FAULTS).ifPresent(faults::add);
        }
    }

    /** The end of the chain; empty if there is no state that could be read. */
    private Optional<LedgerHead> head(Key key) {
        try {
            return store.peek(key).map(ContactPointAggregate::ledger);
        } catch (StoreException unreadable) {
            if (unreadable.isTransient()) {
                throw unreadable;
            }
            return Optional.empty();
        }
    }
}
