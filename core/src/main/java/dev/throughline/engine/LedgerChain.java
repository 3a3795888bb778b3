// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.consent.LedgerHead;
import dev.throughline.consent.LedgerLine;
import dev.throughline.engine.LedgerFault.Kind;
import dev.throughline.ring.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Follows the chain of one address from its first line to its head. Used once. */
final class LedgerChain {

    private final String subject;
    private final LedgerHead end;
    private final List<Entry> lines;
    private final Map<Long, List<Entry>> numbered = new TreeMap<>();
    private final List<Entry> unread = new ArrayList<>();

    private LedgerChain(String subject, LedgerHead end, List<Entry> lines) {
        this.subject = subject;
        this.end = end;
        this.lines = lines;
        for (Entry line : lines) {
            var place = line.body() instanceof LedgerLine said
                    ? numbered.computeIfAbsent(said.number(), number -> new ArrayList<>(1))
                    : unread;
            place.add(line);
        }
    }

    /** The first line that is not as it was written; empty if all are. */
    static Optional<LedgerFault> fault(String subject, LedgerHead end, List<Entry> lines) {
        return Optional.ofNullable(new LedgerChain(subject, end, lines).first());
    }

    private @Nullable LedgerFault first() {
        LedgerHead head = LedgerHead.NONE;
        while (head.lines() < end.lines()) {
            long number = head.lines() + 1;
            List<Entry> here = numbered.getOrDefault(number, List.of());
            LedgerHead before = head;
            var right = here.stream()
                    .filter(line -> after(before, line).id().equals(line.id()))
                    .findFirst();
            if (right.isEmpty()) {
                return here.isEmpty() ? gap(number) : fault(number, here.get(0), Kind.ALTERED);
            }
            head = after(head, right.get());
            here.remove(right.get());
            here.removeIf(this::bearsAny);
            if (!here.isEmpty()) {
                return fault(number, here.get(0), Kind.FOREIGN);
            }
            numbered.remove(number);
        }
        return head.equals(end) ? stray() : new LedgerFault(subject, end.lines(), head.id(), Kind.ALTERED);
    }

    private LedgerHead after(LedgerHead head, Entry line) {
        return head.after((LedgerLine) line.body(), subject, line.at());
    }

    /** A line that cannot be read, or says another number, has the name by which the next one was reckoned. */
    private LedgerFault gap(long number) {
        return lines.stream()
                .filter(line -> bears(line, number))
                .findFirst()
                .map(line -> fault(number, line, Kind.ALTERED))
                .orElseGet(() -> unnamed(number));
    }

    /** What only says a wrong number is named when its own place is reached. */
    private boolean bearsAny(Entry line) {
        return LongStream.rangeClosed(1, end.lines()).anyMatch(number -> bears(line, number));
    }

    private boolean bears(Entry line, long number) {
        if (number == end.lines()) {
            return line.id().equals(end.id());
        }
        var next = numbered.getOrDefault(number + 1, List.of());
        return LedgerHead.find(number, line.id())
                .filter(head ->
                        next.stream().anyMatch(other -> after(head, other).id().equals(other.id())))
                .isPresent();
    }

    /** Where the next one is gone as well, lines that cannot be read stand in the gaps if there are as many of them as gaps. */
    private LedgerFault unnamed(long number) {
        long known = numbered.keySet().stream()
                .filter(other -> other > number && other <= end.lines())
                .count();
        boolean fills = !unread.isEmpty() && end.lines() - number + 1 - known <= unread.size();
        return fills ? fault(number, unread.get(0), Kind.ALTERED) : new LedgerFault(subject, number, "", Kind.MISSING);
    }

    private @Nullable LedgerFault stray() {
        for (var more : numbered.entrySet()) {
            return fault(more.getKey(), more.getValue().get(0), Kind.FOREIGN);
        }
        return unread.isEmpty() ? null : fault(0, unread.get(0), Kind.FOREIGN);
    }

    private LedgerFault fault(long number, Entry line, Kind kind) {
        return new LedgerFault(subject, number, line.id(), kind);
    }
}
