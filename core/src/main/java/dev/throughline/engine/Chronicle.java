// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.JourneyNote;
import dev.throughline.channel.MessageId;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Decision;
import dev.throughline.decision.DeliveryNote;
import dev.throughline.decision.MessageOrigin;
import dev.throughline.ring.Entry;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The lines of timelines and decisions in the order in which people tell them. Public for rehearsals. */
public final class Chronicle {

    private Chronicle() {}

    /**
     * Log lines in the order in which they happened. What happened in one instant is told as the ring makes it: what the customer
     * did, what her journeys made of it, what became of each message leg by leg, the journey's end.
     *
     * @param entries lines of timelines and decisions, in any order
     * @return the same, oldest first
     */
    public static List<Entry> inOrder(Collection<Entry> entries) {
        return sorted(entries, Placed.CUSTOMER_BY_CUSTOMER);
    }

    /** The lines of one customer in their order, under whatever ids she was known. */
    static List<Entry> ofOne(Collection<Entry> entries) {
        return sorted(entries, Placed.ORDER);
    }

    private static List<Entry> sorted(Collection<Entry> entries, Comparator<Placed> order) {
        var started = new HashSet<List<Object>>();
        var origins = new HashMap<MessageId, MessageOrigin>();
        for (Entry entry : entries) {
            if (entry.body() instanceof Decision decision) {
                origins.put(decision.message(), decision.origin());
            } else if (entry.body() instanceof JourneyNote note && note.change() == JourneyNote.Change.STARTED) {
                started.add(List.of(note.instance(), entry.at()));
            }
        }
        return entries.stream()
                .map(entry -> Placed.of(entry, origins, started))
                .sorted(order)
                .map(Placed::entry)
                .toList();
    }

    /** A log line with its place among those of its instant, which their ids say nothing about. */
    private record Placed(Entry entry, Instant at, int rank, MessageOrigin origin, int word, Instant told) {

        private static final MessageOrigin NONE = new MessageOrigin("", "", "", 0, "");
        private static final Pattern NUMBER = Pattern.compile("\\d+");
        private static final int MESSAGES = 7;
        private static final int LATER = 3;

        private static final Comparator<Placed> IN_AN_INSTANT = Comparator.comparing((Placed placed) -> placed.rank)
                .thenComparing(placed -> placed.origin.instance())
                .thenComparing(Placed::step)
                .thenComparing(placed -> placed.origin.leg())
                .thenComparing(Placed::word)
                .thenComparing(Placed::told)
                .thenComparing(placed -> placed.entry.id());

        static final Comparator<Placed> ORDER = Comparator.comparing(Placed::at).thenComparing(IN_AN_INSTANT);
        static final Comparator<Placed> CUSTOMER_BY_CUSTOMER = Comparator.comparing(Placed::at)
                .thenComparing(placed -> placed.entry.subject())
                .thenComparing(IN_AN_INSTANT);

        static Placed of(Entry entry, Map<MessageId, MessageOrigin> origins, Set<List<Object>> started) {
            if (entry.body() instanceof Decision decision) {
                return new Placed(entry, MESSAGES, decision.origin(), decision.correction() ? 2 : 0);
            }
            if (entry.body() instanceof DeliveryNote news) {
                return new Placed(entry, MESSAGES, origins.getOrDefault(news.message(), NONE), 1);
            }
            if (entry.body() instanceof JourneyNote note) {
                boolean began = started.contains(List.of(note.instance(), entry.at()));
                return new Placed(entry, began ? rankOfNew(note) : rank(note), NONE, LATER);
            }
            if (entry.body() instanceof Observed observed) {
                Touchpoint touchpoint = observed.touchpoint();
                return new Placed(
                        entry, touchpoint.occurredAt(), 0, NONE, word(touchpoint.call()), touchpoint.receivedAt());
            }
            return new Placed(entry, 0, NONE, LATER);
        }

        private Placed(Entry entry, int rank, MessageOrigin origin, int word) {
            this(entry, entry.at(), rank, origin, word, entry.at());
        }

        /** Who she is comes before what she agrees to, and that before what she does; then what became of her names. */
        private static int word(Touchpoint.Call call) {
            return switch (call) {
                case IDENTIFY, GROUP, ALIAS -> 0;
                case CONSENT -> 1;
                default -> 2;
            };
        }

        /** What happens to a journey in the very instant in which it began comes behind its beginning. */
        private static int rankOfNew(JourneyNote note) {
            return switch (note.change()) {
                case RESPONDED, REACHED -> MESSAGES + 1;
                case EXITED, MERGED -> MESSAGES + 2;
                default -> rank(note);
            };
        }

        /** Who leaves by herself has gone through steps before; who is led out by an event may begin again with it. */
        private static int rank(JourneyNote note) {
            return switch (note.change()) {
                case RESUMED -> 0;
                case RESPONDED -> 1;
                case REACHED -> 2;
                case EXITED -> note.detail().isEmpty() ? 3 : MESSAGES + 2;
                case MERGED -> 3;
                case REFUSED, HELD_OUT -> 4;
                case STARTED -> 5;
                case ASSIGNED, CALLED, MIGRATED, PINNED -> 6;
                case PARKED -> MESSAGES + 1;
                case ENDED -> MESSAGES + 2;
            };
        }

        /** The path of the step, so that 10 comes after 9. */
        private String step() {
            return NUMBER.matcher(origin.step())
                    .replaceAll(
                            number -> "0".repeat(Math.max(0, 4 - number.group().length())) + number.group());
        }
    }
}
