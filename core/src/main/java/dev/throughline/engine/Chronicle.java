// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.JourneyNote;
import dev.throughline.channel.MessageId;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Decision;
import dev.throughline.decision.DeliveryNote;
import dev.throughline.decision.MessageOrigin;
import dev.throughline.ring.Entry;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        var origins = new HashMap<MessageId, MessageOrigin>();
        for (Entry entry : entries) {
            if (entry.body() instanceof Decision decision) {
                origins.put(decision.message(), decision.origin());
            }
        }
        return entries.stream()
                .map(entry -> Placed.of(entry, origins))
                .sorted(Placed.ORDER)
                .map(Placed::entry)
                .toList();
    }

    /** A log line with its place among those of its instant, which their ids say nothing about. */
    private record Placed(Entry entry, Instant at, int rank, MessageOrigin origin, int word) {

        private static final MessageOrigin NONE = new MessageOrigin("", "", "", 0, "");
        private static final Pattern NUMBER = Pattern.compile("\\d+");
        private static final int MESSAGES = 7;

        static final Comparator<Placed> ORDER = Comparator.comparing(Placed::at)
                .thenComparing(placed -> placed.entry.subject())
                .thenComparing(Placed::rank)
                .thenComparing(placed -> placed.origin.instance())
                .thenComparing(Placed::step)
                .thenComparing(placed -> placed.origin.leg())
                .thenComparing(Placed::word)
                .thenComparing(placed -> placed.entry.id());

        static Placed of(Entry entry, Map<MessageId, MessageOrigin> origins) {
            if (entry.body() instanceof Decision decision) {
                return new Placed(entry, entry.at(), MESSAGES, decision.origin(), decision.correction() ? 2 : 0);
            }
            if (entry.body() instanceof DeliveryNote news) {
                var origin = origins.getOrDefault(news.message(), NONE);
                return new Placed(entry, entry.at(), MESSAGES, origin, 1);
            }
            if (entry.body() instanceof JourneyNote note) {
                return new Placed(entry, entry.at(), rank(note), NONE, 0);
            }
            Instant at = entry.body() instanceof Observed observed
                    ? observed.touchpoint().occurredAt()
                    : entry.at();
            return new Placed(entry, at, 0, NONE, 0);
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
