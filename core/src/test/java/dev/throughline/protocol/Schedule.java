// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Virtual time and chance: everything that happens in a run happens from here, in an order that the seed decides. */
final class Schedule {
    private static final int PATIENCE = 60_000;

    private record Event(long at, long tie, Runnable action) {}

    private final SplittableRandom random;
    private PriorityQueue<Event> events = queue();
    private long now;

    Schedule(long seed) {
        random = new SplittableRandom(seed);
    }

    private static PriorityQueue<Event> queue() {
        return new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::tie));
    }

    long now() {
        return now;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long within(long seconds) {
        return random.nextLong(seconds + 1);
    }

    void after(long delay, Runnable action) {
        events.add(new Event(now + delay, random.nextLong(), action));
    }

    void at(long instant, Runnable action) {
        after(Math.max(0, instant - now), action);
    }

    double oneOf(double... values) {
        return values[random.nextInt(values.length)];
    }

    /** Mostly seconds; slow ones take minutes, seldom hours and hardly ever days. */
    long delay(double slow) {
        if (!chance(slow)) {
            return within(2);
        }
        int dice = random.nextInt(40);
        if (dice < 34) {
            return within(3 * Rules.MINUTE);
        }
        return within(dice < 39 ? 3 * Rules.HOUR : 2 * Rules.DAY);
    }

    /** Everything stands still; what was due meanwhile then happens at once, in any order. */
    void outage(long seconds) {
        PriorityQueue<Event> overdue = events;
        long end = now + seconds;
        events = queue();
        overdue.forEach(event -> {
            long at = event.at() < end ? end + within(Rules.MINUTE) : event.at();
            events.add(new Event(at, random.nextLong(), event.action()));
        });
        now = end;
    }

    void runUntilNothingIsLeft() {
        for (int step = 0; !events.isEmpty(); step++) {
            if (step > PATIENCE) {
                throw new LawBroken("something waits for ever: " + PATIENCE + " events and no end");
            }
            Event event = events.poll();
            now = event.at();
            event.action().run();
        }
    }
}
